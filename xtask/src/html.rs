//! Reads and changes the built `index.html`.
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

/// The links to style sheets.
const STYLESHEET: &str = "link[rel=stylesheet]";

/// The Content-Security-Policy of the published page. It stands in the page itself, so that it holds on every
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

/// The attributes that hold one address; `data-module` and `data-wasm` are read by `start.js`.
const ADDRESSES: [&str; 5] = ["href", "src", "data-module", "data-wasm", "poster"];

/// Lists the files that the page names, in document order. Links for people to follow are left out.
///
/// # Errors
/// When the page names a file of another origin.
pub(crate) fn files(html: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    visit(html, &mut |element| {
        let tag = element.tag_name();
        if matches!(tag.as_str(), "a" | "area") {
            return Ok(());
        }
        let sets = element.get_attribute("srcset").unwrap_or_default();
        let candidates =
            sets.split(',').filter_map(|candidate| candidate.split_whitespace().next());
        let single = ADDRESSES.iter().filter_map(|name| element.get_attribute(name));
        for address in single.chain(candidates.map(str::to_owned)) {
            if address.starts_with("data:") {
                continue;
            }
            if address.contains(':') || address.starts_with('/') || address.contains("..") {
                bail!("<{tag}> refers to a file outside the app's own folder: {address}");
            }
            let path = address.split(['?', '#']).next().unwrap_or_default();
            found.push(path.strip_prefix("./").unwrap_or(path).to_owned());
        }
        Ok(())
    })?;
    Ok(found)
}

/// The addresses of the linked style sheets, in document order.
pub(crate) fn stylesheets(html: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!(STYLESHEET, |link| {
            found.extend(link.get_attribute("href"));
            Ok(())
        })),
    )?;
    Ok(found)
}

/// Fails when the page holds an inline script or style, which [`policy`] refuses.
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
/// in the page, the first paint is styled.
pub(crate) fn with_style_and_policy(html: &str, style: &str) -> Result<String> {
    let mut sheets = 0;
    let mut policies = 0;
    let lower = style.to_ascii_lowercase();
    if lower.contains("</style") {
        bail!("the style sheet would end its own element");
    }
    // Files that a sheet names are fetched late, and the page's policy refuses most of them.
    if lower.contains("url(") || lower.contains("@import") {
        bail!("the style sheet loads a file");
    }
    let finished = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!(STYLESHEET, |link| {
                sheets += 1;
                if sheets == 1 {
                    link.before(&format!("<style>{style}</style>"), ContentType::Html);
                }
                link.remove();
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
    let mut icons = 0;
    let changed = rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!(
            "link[rel=icon]",
            |link| {
                icons += 1;
                link.set_attribute("href", &format!("data:image/svg+xml,{escaped}"))?;
                Ok(())
            }
        )),
    )?;
    if icons != 1 {
        bail!("the page needs exactly one icon; it has {icons}");
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

#[cfg(test)]
mod tests;
