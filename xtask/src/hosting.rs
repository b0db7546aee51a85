//! The headers that a host should send with the app, defined once for all hosts.
//!
//! The page carries its policy itself, so the app is safe on hosts that set no headers. Headers add
//! what a page cannot say of itself, and hold for every file. The build writes them as `_headers`,
//! which Netlify, Cloudflare Pages and their kin read; `docs/hosting/` has them for nginx and Apache,
//! and the tests below hold those files to the same headers.

use crate::html;

/// How long a file may be kept whose name is made of its content: a year, the most that counts.
pub(crate) const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// The headers of every response, also of errors.
fn headers() -> [(&'static str, String); 6] {
    [
        ("Content-Security-Policy", policy()),
        // The app opens no window and wants to be reached from none.
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        // The camera reads the codes of ballots.
        (
            "Permissions-Policy",
            "camera=(self), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
                .to_owned(),
        ),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

/// The page's own policy, and that no other page may frame it, which only a header can say.
///
/// The hash of the sheet is another in each build, and a header that a host has from a former one
/// would leave the page without its look: so the header allows any sheet in the page. The page's own
/// policy holds as well, and of two the stricter counts.
fn policy() -> String {
    let page = html::policy("");
    let directives = page.split("; ").map(|directive| {
        if directive.starts_with("style-src ") { "style-src 'unsafe-inline'" } else { directive }
    });
    directives.chain(["frame-ancestors 'none'"]).collect::<Vec<_>>().join("; ")
}

/// The content of `_headers` for the files that were named after their content.
pub(crate) fn for_static_hosts(hashed: &[String]) -> String {
    let mut lines = vec!["/*".to_owned()];
    lines.extend(headers().map(|(name, value)| format!("  {name}: {value}")));
    // These hosts make browsers revalidate all other files by default. A rule for `/*` would be joined
    // with the rules below.
    for name in hashed {
        lines.extend([format!("/{name}"), format!("  Cache-Control: {IMMUTABLE}")]);
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    const NGINX: &str = include_str!("../../docs/hosting/nginx.conf");
    const APACHE: &str = include_str!("../../docs/hosting/apache.htaccess");

    /// The lines of a file that set a header for all files.
    fn set(file: &str, word: &str) -> Vec<String> {
        let lines = file.lines().map(str::trim);
        lines.filter(|line| line.starts_with(word)).map(str::to_owned).collect()
    }

    #[test]
    fn nginx_is_told_the_same_headers() {
        let expected =
            headers().map(|(name, value)| format!("add_header {name} \"{value}\" always;"));
        let all = set(NGINX, "add_header ");
        let always: Vec<_> = all.iter().filter(|line| line.ends_with(" always;")).collect();
        assert_eq!(always, expected.iter().collect::<Vec<_>>());
        assert_eq!(all.len(), expected.len() + 1);
        assert!(NGINX.contains(&format!("\"{IMMUTABLE}\"")));
    }

    #[test]
    fn apache_is_told_the_same_headers() {
        let expected =
            headers().map(|(name, value)| format!("Header always set {name} \"{value}\""));
        assert_eq!(set(APACHE, "Header always "), expected);
        assert!(APACHE.contains(&format!("Header set Cache-Control \"{IMMUTABLE}\"")));
    }

    #[test]
    fn the_header_is_the_policy_of_the_page_but_for_its_sheet_and_who_may_frame_it() {
        let (page, header) = (html::policy("p{}"), policy());
        let mut header: Vec<_> = header.split("; ").collect();
        assert_eq!(header.pop(), Some("frame-ancestors 'none'"));
        let page: Vec<_> = page.split("; ").collect();
        assert_eq!(header.len(), page.len());
        let pairs = header.into_iter().zip(page);
        let differing: Vec<_> = pairs.filter(|(header, page)| header != page).collect();
        assert!(
            matches!(&differing[..], [("style-src 'unsafe-inline'", page)] if page.contains("'sha256-"))
        );
    }

    #[test]
    fn a_file_named_after_its_content_is_kept_and_no_header_is_said_twice() {
        let text = for_static_hosts(&["jalons-00c0ffee.wasm".to_owned()]);
        let (all, kept) = text.split_once("/jalons-").unwrap_or_default();
        assert!(all.starts_with("/*\n  Content-Security-Policy: default-src 'none'; "), "{all}");
        assert!(!all.contains("Cache-Control"));
        assert_eq!(kept, format!("00c0ffee.wasm\n  Cache-Control: {IMMUTABLE}\n"));
    }
}
