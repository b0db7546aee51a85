//! What the finish step and the budget read from and write into the built `index.html`.
//!
//! The page is read by a real HTML tokenizer, because the minifier drops quotes and closing slashes
//! that a search for strings would rely on. Content of `<noscript>` counts: a browser without
//! scripts loads and refuses it like the rest.

use anyhow::{Result, anyhow, bail};
use data_encoding::BASE64;
use lol_html::{
    RewriteStrSettings, doc_comments, element,
    html_content::{ContentType, Element},
    rewrite_str, text,
};
use sha2::{Digest, Sha256};

/// What the published page may load and run. It stands in the page itself, so that it holds on every
/// host, also on those where no headers can be set. Its one style sheet is known by its content.
pub(crate) fn policy(style: &str) -> String {
    let digest = BASE64.encode(&Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
         style-src 'sha256-{digest}'; img-src 'self' data:; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types jalons"
    )
}

/// The kinds of `<link>` that make a browser fetch their target when the page is visited. An
/// `apple-touch-icon` is fetched when the page is put on a home screen.
const LOADED_LINKS: [&str; 5] = ["stylesheet", "icon", "modulepreload", "preload", "manifest"];

/// The attributes that hold one address; `data-module` and `data-wasm` are read by `start.js`.
const ADDRESSES: [&str; 5] = ["href", "src", "data-module", "data-wasm", "poster"];

/// A local address that a first visit loads, and whether it is a style sheet, which names further
/// files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) address: String,
    pub(crate) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Stylesheet,
    Other,
}

/// Lists what the page loads, in document order.
///
/// # Errors
/// When the page loads something from another origin.
pub(crate) fn references(html: &str) -> Result<Vec<Reference>> {
    let mut found = Vec::new();
    visit(html, &mut |element| {
        for address in addresses(element) {
            if crosses_origin(&address) {
                bail!("<{}> refers to another origin: {address}", element.tag_name());
            }
            if !address.starts_with("data:") && is_loaded(element) {
                let kind = kind(element);
                found.push(Reference { address, kind });
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The addresses of the linked style sheets, in document order.
pub(crate) fn stylesheets(html: &str) -> Result<Vec<String>> {
    let references = references(html)?.into_iter();
    let sheets = references.filter(|reference| reference.kind == Kind::Stylesheet);
    Ok(sheets.map(|reference| reference.address).collect())
}

/// Fails when the page holds what [`policy`] refuses to run: an inline script or style.
pub(crate) fn refuse_inline(html: &str) -> Result<()> {
    visit(html, &mut |element| {
        let tag = element.tag_name();
        if tag == "style" {
            bail!("the page holds a <style>, which its policy refuses");
        }
        if tag == "script" && !element.has_attribute("src") {
            bail!("the page holds an inline <script>, which its policy refuses");
        }
        for attribute in element.attributes() {
            let name = attribute.name();
            if name == "style" || name.starts_with("on") {
                bail!("<{tag}> has the attribute `{name}`, which the page's policy refuses");
            }
        }
        Ok(())
    })
}

/// The page without its comments and the white space that indents it.
///
/// # Errors
/// When the page holds text whose lines and indentation people see.
pub(crate) fn compact(html: &str) -> Result<String> {
    let mut preformatted = false;
    let html = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_document_content_handler(doc_comments!(|comment| {
                comment.remove();
                Ok(())
            }))
            .append_element_content_handler(text!("pre, textarea", |chunk| {
                preformatted |= !chunk.as_str().is_empty();
                Ok(())
            })),
    )?;
    if preformatted {
        bail!("the page holds text in a <pre> or <textarea>, which making it compact would change");
    }
    let lines = html.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The page with other content in the place of the app.
///
/// # Errors
/// When it has no such place, or several.
pub(crate) fn with_app(html: &str, content: &str) -> Result<String> {
    let mut places = 0;
    let changed = rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!("#app", |app| {
            places += 1;
            app.set_inner_content(content, ContentType::Html);
            Ok(())
        })),
    )?;
    if places != 1 {
        bail!("the page needs exactly one element with the id `app`; it has {places}");
    }
    Ok(changed)
}

/// Puts the style itself in the place of the first linked sheet, drops the other links, and adds the
/// policy right after `<meta charset>`, so that it holds for everything that follows. With the style
/// in the page, the first thing that is painted is what stays.
pub(crate) fn with_style_and_policy(html: &str, style: &str) -> Result<String> {
    let mut sheets = 0;
    let mut policies = 0;
    if style.to_ascii_lowercase().contains("</style") {
        bail!("the style sheet would end its own element");
    }
    let finished = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("link[rel]", |link| {
                if kind(link) == Kind::Stylesheet {
                    sheets += 1;
                    if sheets == 1 {
                        link.before(&format!("<style>{style}</style>"), ContentType::Html);
                    }
                    link.remove();
                }
                Ok(())
            }))
            .append_element_content_handler(element!("meta[charset]", |meta| {
                policies += 1;
                let policy = policy(style);
                let policy =
                    format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
                meta.after(&policy, ContentType::Html);
                Ok(())
            })),
    )?;
    if policies != 1 {
        bail!(
            "the page needs exactly one <meta charset>, to put its policy behind; it has {policies}"
        );
    }
    if sheets == 0 {
        bail!("the page links no style sheet");
    }
    Ok(finished)
}

/// Puts the icon into the page, which saves a first visit a request.
pub(crate) fn with_icon(html: &str, svg: &str) -> Result<String> {
    let escaped = svg.replace('%', "%25").replace('#', "%23").replace('"', "'").replace('\n', " ");
    with_attribute(html, "link[rel=icon]", "href", &format!("data:image/svg+xml,{escaped}"))
}

/// Tells the page which build it is of, beside the script that starts it.
pub(crate) fn with_build(html: &str, build: &str) -> Result<String> {
    with_attribute(html, "script[data-module]", "data-build", build)
}

/// Sets an attribute of the one element that a selector finds.
///
/// # Errors
/// When the page has not exactly one such element.
fn with_attribute(html: &str, selector: &str, name: &str, value: &str) -> Result<String> {
    let mut found = 0;
    let changed = rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!(selector, |element| {
            found += 1;
            element.set_attribute(name, value)?;
            Ok(())
        })),
    )?;
    if found != 1 {
        bail!("the page has {found} of `{selector}` in place of one");
    }
    Ok(changed)
}

/// Calls back for every element. The tokenizer hands over `<noscript>` as text, which is read as
/// HTML of its own.
fn visit(html: &str, each: &mut dyn FnMut(&Element) -> Result<()>) -> Result<()> {
    let mut first_error = None;
    let mut noscript = String::new();
    rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("*", |element| {
                if let Err(error) = each(element) {
                    first_error.get_or_insert(error);
                }
                Ok(())
            }))
            .append_element_content_handler(text!("noscript", |chunk| {
                noscript.push_str(chunk.as_str());
                Ok(())
            })),
    )
    .map_err(|error| anyhow!("the page is not readable as HTML: {error}"))?;
    match first_error {
        Some(error) => Err(error),
        None if noscript.is_empty() => Ok(()),
        None => visit(&noscript, each),
    }
}

fn addresses(element: &Element) -> Vec<String> {
    // A link that a person may follow loads nothing.
    if matches!(element.tag_name().as_str(), "a" | "area") {
        return Vec::new();
    }
    let single = ADDRESSES.iter().filter_map(|name| element.get_attribute(name));
    let sets = element.get_attribute("srcset").unwrap_or_default();
    let candidates = sets
        .split(',')
        .filter_map(|candidate| candidate.split_whitespace().next().map(str::to_owned));
    single.chain(candidates).collect()
}

/// Whether an address leads to another host, or names a scheme that would.
pub(crate) fn crosses_origin(address: &str) -> bool {
    let address = address.trim_start().to_ascii_lowercase();
    ["http:", "https:", "//"].iter().any(|start| address.starts_with(start))
}

fn is_loaded(element: &Element) -> bool {
    element.tag_name() != "link" || LOADED_LINKS.iter().any(|rel| has_rel(element, rel))
}

fn kind(element: &Element) -> Kind {
    if element.tag_name() == "link" && has_rel(element, "stylesheet") {
        Kind::Stylesheet
    } else {
        Kind::Other
    }
}

fn has_rel(element: &Element, wanted: &str) -> bool {
    element
        .get_attribute("rel")
        .is_some_and(|rel| rel.split_whitespace().any(|word| word.eq_ignore_ascii_case(wanted)))
}

#[cfg(test)]
mod tests;
