//! The files that a style sheet makes a browser load.

use anyhow::{Result, bail};
use cssparser::{BasicParseErrorKind, Parser, ParserInput, Token};

use crate::html::crosses_origin;

/// Lists the local addresses in a sheet.
///
/// # Errors
/// When the sheet loads something from another origin, or imports another sheet: imports are fetched
/// one after the other, and are invalid anywhere but at the start of the one published sheet.
pub(crate) fn references(css: &str) -> Result<Vec<String>> {
    let mut input = ParserInput::new(css);
    let mut found = Vec::new();
    read(&mut Parser::new(&mut input), &mut found)?;
    if let Some(address) = found.iter().find(|address| crosses_origin(address)) {
        bail!("a style sheet refers to another origin: {address}");
    }
    found.retain(|address| !address.starts_with("data:") && !address.starts_with('#'));
    Ok(found)
}

fn read(parser: &mut Parser, found: &mut Vec<String>) -> Result<()> {
    loop {
        let token = match parser.next() {
            Ok(token) => token.clone(),
            Err(error) if error.kind == BasicParseErrorKind::EndOfInput => return Ok(()),
            Err(error) => bail!("a style sheet could not be read: {:?}", error.kind),
        };
        match token {
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                bail!("a style sheet has an @import; link the sheet in index.html instead");
            }
            Token::UnquotedUrl(address) => found.push(address.to_string()),
            Token::Function(name) => {
                let is_url = ["url", "src"].iter().any(|url| name.eq_ignore_ascii_case(url));
                nested(parser, found, is_url)?;
            }
            Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                nested(parser, found, false)?;
            }
            _ => {}
        }
    }
}

/// Reads what stands between brackets; the quoted text in `url("…")` is an address.
fn nested(parser: &mut Parser, found: &mut Vec<String>, is_url: bool) -> Result<()> {
    let mut outcome = Ok(());
    let parsed = parser.parse_nested_block(|block| -> Result<(), cssparser::ParseError<()>> {
        if is_url && let Ok(address) = block.try_parse(Parser::expect_string_cloned) {
            found.push(address.to_string());
        }
        outcome = read(block, found);
        Ok(())
    });
    if parsed.is_err() {
        bail!("a style sheet has brackets that do not match");
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_in_a_sheet_is_found_however_deep() -> Result<()> {
        let css = "@layer base{@media print{p{background:url(a.svg)}}}\
            @font-face{src:url(\"b.woff2\") format(\"woff2\")} q::before{content:'url(no.svg)'}";
        assert_eq!(references(css)?, ["a.svg", "b.woff2"]);
        Ok(())
    }

    #[test]
    fn addresses_inside_the_sheet_itself_load_nothing() -> Result<()> {
        let css = "p{mask:url(data:image/svg+xml,x);filter:url(#blur)}";
        assert_eq!(references(css)?, Vec::<String>::new());
        Ok(())
    }

    #[test]
    fn another_origin_is_refused() {
        let result = references("p{background:url('https://cdn.example/a.png')}");
        assert!(result.is_err_and(|error| error.to_string().contains("https://cdn.example/a.png")));
    }

    #[test]
    fn an_import_is_refused() {
        assert!(references("@import 'a.css';").is_err());
    }
}
