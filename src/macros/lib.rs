//! The attribute that puts a function into a lazy chunk. `docs/lazy-loading.md` explains chunks.

use proc_macro::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{FnArg, Ident, ItemFn, Pat, ReturnType, parse_macro_input};

/// Puts a function into a chunk: `#[lazy_chunk(storage)]`. In a build with the feature `split` the
/// module is cut at this function, and whatever only it reaches is in the chunk's file.
///
/// The chunk must be loaded before the function is called. Therefore the function returns `Option<T>`
/// to its callers where it is written to return `T`. A call before that is a mistake, which panics in
/// debug builds; `docs/lazy-loading.md` says what release builds do.
///
/// The function takes its arguments by value and by plain names; it is not generic, not `async` and no
/// method.
#[proc_macro_attribute]
pub fn lazy_chunk(chunk: TokenStream, function: TokenStream) -> TokenStream {
    let chunk = parse_macro_input!(chunk as Ident);
    let ItemFn { attrs, vis, sig, block } = parse_macro_input!(function as ItemFn);
    let ReturnType::Type(_, output) = &sig.output else {
        return error(&sig, "a function in a lazy chunk returns a value");
    };
    let mut names = Vec::new();
    for input in &sig.inputs {
        match input {
            FnArg::Typed(input) if matches!(&*input.pat, Pat::Ident(_)) => names.push(&input.pat),
            _ => return error(input, "a function in a lazy chunk takes arguments by plain names"),
        }
    }
    let (name, inputs) = (&sig.ident, &sig.inputs);
    let file = chunk.to_string();
    quote! {
        #(#attrs)*
        #vis fn #name(#inputs) -> ::core::option::Option<#output> {
            #[cfg_attr(
                feature = "split",
                wasm_split_helpers::wasm_split(#chunk, wasm_split_path = crate::platform::chunks)
            )]
            #[allow(clippy::needless_pass_by_value)]
            #sig #block

            crate::platform::chunks::call_loaded(#file, || #name(#(#names),*))
        }
    }
    .into()
}

fn error(at: &impl Spanned, message: &str) -> TokenStream {
    quote_spanned! { at.span() => ::core::compile_error!(#message); }.into()
}
