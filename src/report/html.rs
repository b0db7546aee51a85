//! The report as one self-contained HTML page: it loads nothing, runs nothing, and opens without a
//! network.

use super::{Block, Cell, ChartName, Cover, Document, Fact, Quotation, Rank, Table};
use crate::text::report::chart_of;

/// A policy that forbids everything the page does not need, in case a browser treats a text as
/// markup.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE: &str = include_str!("page.css");

/// The page. `drawing` returns a chart as an SVG element, which is inserted without escaping.
#[must_use]
pub fn html(document: &Document, drawing: &dyn Fn(ChartName) -> String) -> String {
    let mut page = Page { text: String::new(), drawing };
    let title = escaped(&document.title);
    page.raw(&format!(
        "<!doctype html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    ));
    page.cover(&document.cover);
    for block in &document.blocks {
        page.block(block);
    }
    page.raw("</main>\n</body>\n</html>\n");
    page.text
}

struct Page<'a> {
    text: String,
    drawing: &'a dyn Fn(ChartName) -> String,
}

impl Page<'_> {
    fn cover(&mut self, cover: &Cover) {
        self.raw("<header>\n");
        self.element("p", &cover.kind);
        self.element("h1", &cover.title);
        self.facts(&cover.facts);
        self.element("h2", &cover.brief_title);
        self.list(&cover.brief);
        self.raw("</header>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(Rank::Section, title) => self.element("h2", title),
            Block::Heading(Rank::Part, title) => self.people("h3", title),
            Block::Paragraph(text) => self.people("p", text),
            Block::Facts(facts) => self.facts(facts),
            Block::List(lines) => self.list(lines),
            Block::Table(table) => self.table(table),
            Block::Chart(name, table) => self.chart(*name, table),
            Block::Note(note) => self.note(note),
        }
    }

    fn facts(&mut self, facts: &[Fact]) {
        self.raw("<dl>\n");
        for (name, value) in facts {
            self.raw("<div>");
            self.element("dt", name);
            self.people("dd", value);
            self.raw("</div>\n");
        }
        self.raw("</dl>\n");
    }

    fn list(&mut self, lines: &[String]) {
        self.raw("<ul>\n");
        for line in lines {
            self.people("li", line);
        }
        self.raw("</ul>\n");
    }

    fn chart(&mut self, name: ChartName, table: &Table) {
        // The table below it has the same data for screen readers. On a phone, the drawing scrolls.
        let drawing = (self.drawing)(name);
        let label = escaped(&chart_of(&table.caption));
        self.raw(&format!(
            "<figure role=\"region\" aria-label=\"{label}\" tabindex=\"0\">\n\
             <div role=\"img\" aria-label=\"{label}\">\n{drawing}</div>\n</figure>\n"
        ));
        self.table(table);
    }

    fn table(&mut self, table: &Table) {
        let name = escaped(&table.caption);
        // A wide table scrolls, and arrow keys reach all of it.
        self.raw(&format!(
            "<div class=\"table\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table>\n"
        ));
        self.element("caption", &table.caption);
        self.raw("<thead><tr>");
        for cell in &table.head {
            self.raw(&format!("<th scope=\"col\">{}</th>", escaped(cell)));
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let text = escaped(&cell.to_string());
                self.raw(&match column {
                    0 => format!("<th scope=\"row\" dir=\"auto\">{text}</th>"),
                    _ if matches!(cell, Cell::Count(_)) => {
                        format!("<td class=\"count\">{text}</td>")
                    }
                    _ => format!("<td>{text}</td>"),
                });
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn note(&mut self, Quotation { head, about, lines }: &Quotation) {
        self.raw("<blockquote>\n");
        self.raw(&format!(
            "<p><strong>{}</strong> <span>{}</span></p>\n",
            escaped(head),
            escaped(about)
        ));
        for line in lines {
            self.people("p", line);
        }
        self.raw("</blockquote>\n");
    }

    fn element(&mut self, tag: &str, text: &str) {
        self.raw(&format!("<{tag}>{}</{tag}>\n", escaped(text)));
    }

    /// A text that people may have written: its first letter decides its direction.
    fn people(&mut self, tag: &str, text: &str) {
        self.raw(&format!("<{tag} dir=\"auto\">{}</{tag}>\n", escaped(text)));
    }

    fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }
}

/// Escapes a text for elements and quoted attributes (WHATWG HTML, section 13.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // An HTML parser drops it, or replaces it by this.
            '\0' => escaped.push(char::REPLACEMENT_CHARACTER),
            c => escaped.push(c),
        }
    }
    escaped
}
