//! The elements of a page. A tokenizer after the standard reads the tags; how they nest is decided here by the few rules
//! that the text depends on, as pages close their elements as they like. No page costs more than its length.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use rustc_hash::FxHashMap;

/// A page.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The title that the page's own system gives the article.
    pub(super) title: Option<String>,
}

/// An element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) children: Vec<Child>,
    /// How many columns and rows a cell spans.
    pub(super) spans: (usize, usize),
    /// Where a numbered list begins.
    pub(super) start: Option<u32>,
    /// Which name it has, as a number.
    name: u32,
}

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It stands in a line.
    Inline,
    /// A link, which does so too.
    Link,
    /// It has lines of its own.
    Block,
    Paragraph,
    List,
    NumberedList,
    Item,
    Table,
    RowGroup,
    Row,
    Cell,
    /// What it holds is not the document's.
    LeftOut,
    /// It holds nothing.
    Void,
}

impl Kind {
    fn of(name: &str) -> Self {
        match name {
            "p" => Self::Paragraph,
            "a" => Self::Link,
            "ul" | "menu" | "dl" => Self::List,
            "ol" => Self::NumberedList,
            "li" | "dd" | "dt" => Self::Item,
            "table" => Self::Table,
            "tbody" | "thead" | "tfoot" => Self::RowGroup,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "script" | "style" | "noscript" | "template" | "head" | "iframe" | "object" | "svg"
            | "select" | "textarea" | "button" | "nav" | "footer" | "aside" | "video" | "audio"
            | "map" => Self::LeftOut,
            "area" | "base" | "basefont" | "col" | "embed" | "img" | "input" | "link" | "meta"
            | "param" | "source" | "track" | "wbr" | "html" | "body" => Self::Void,
            "address" | "article" | "blockquote" | "caption" | "center" | "details" | "dir"
            | "div" | "fieldset" | "figure" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "header" | "main" | "pre" | "section" => Self::Block,
            _ => Self::Inline,
        }
    }

    /// Whether a paragraph or an item ends where this begins.
    fn begins_block(self) -> bool {
        !matches!(self, Self::Inline | Self::Link | Self::LeftOut | Self::Void)
    }
}

/// What stands in an element.
#[derive(Debug)]
pub(super) enum Child {
    Text(String),
    Element(usize),
    /// A line ends here.
    Break,
}

/// The element that all others stand in.
pub(super) const ROOT: usize = 0;

/// Deeper elements are read as if they stood here.
const DEEPEST: usize = 200;

/// Reads a page.
pub(super) fn parse(html: &str) -> Tree {
    let mut builder = Builder {
        tree: Tree {
            nodes: vec![Node {
                kind: Kind::Block,
                children: vec![],
                spans: (1, 1),
                start: None,
                name: 0,
            }],
            title: None,
        },
        open: vec![(ROOT, false)],
        lost: 0,
        names: FxHashMap::default(),
    };
    let mut emitter = DefaultEmitter::default();
    // Scripts and styles hold what looks like tags.
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => {
                let attribute = |name: &str| {
                    let value = tag.attributes.get(name.as_bytes());
                    value.map(|value| String::from_utf8_lossy(value).into_owned())
                };
                builder.start(
                    &String::from_utf8_lossy(&tag.name),
                    attribute,
                    tag.self_closing,
                );
            }
            Token::EndTag(tag) => builder.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => builder.text(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    builder.tree
}

struct Builder {
    tree: Tree,
    /// The elements that are open, each with whether it is left out.
    open: Vec<(usize, bool)>,
    /// How many elements are open beyond the deepest.
    lost: usize,
    /// The names that were met.
    names: FxHashMap<String, u32>,
}

impl Builder {
    fn top(&self) -> (usize, bool) {
        self.open.last().copied().unwrap_or((ROOT, false))
    }

    fn name(&mut self, name: &str) -> u32 {
        let next = self.names.len() as u32 + 1;
        match self.names.get(name) {
            Some(known) => *known,
            None => *self.names.entry(name.to_owned()).or_insert(next),
        }
    }

    fn start(&mut self, name: &str, attribute: impl Fn(&str) -> Option<String>, closed: bool) {
        let kind = Kind::of(name);
        match name {
            "meta" => self.meta(&attribute),
            "br" | "hr" => return self.line_break(),
            // The body begins, whether the head was closed or not.
            "body" => self.close_head(),
            _ => {}
        }
        if kind == Kind::Void || (closed && !kind.begins_block()) {
            return;
        }
        if kind.begins_block() {
            self.close_head();
        }
        match kind {
            Kind::Item => self.close(
                Kind::Item,
                &[Kind::List, Kind::NumberedList, Kind::Table, Kind::Cell],
            ),
            Kind::Cell => self.close(Kind::Cell, &[Kind::Row, Kind::Table]),
            Kind::Row => self.close(Kind::Row, &[Kind::Table]),
            Kind::RowGroup => self.close(Kind::RowGroup, &[Kind::Table]),
            _ => {}
        }
        if kind.begins_block() {
            self.close(
                Kind::Paragraph,
                &[Kind::Cell, Kind::Table, Kind::Block, Kind::Item],
            );
        }
        if self.open.len() >= DEEPEST {
            self.lost += 1;
            return;
        }
        let (parent, left_out) = self.top();
        let left_out = left_out || kind == Kind::LeftOut || is_hidden(&attribute);
        let number =
            |name: &str| attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
        let span = |name: &str| number(name).map_or(1, |span| span.max(1) as usize);
        let node = self.tree.nodes.len();
        let (spans, start, name) = (
            (span("colspan"), span("rowspan")),
            number("start"),
            self.name(name),
        );
        self.tree.nodes.push(Node {
            kind,
            children: vec![],
            spans,
            start,
            name,
        });
        if !left_out {
            self.tree.nodes[parent].children.push(Child::Element(node));
        }
        self.open.push((node, left_out));
    }

    fn meta(&mut self, attribute: impl Fn(&str) -> Option<String>) {
        let says_title =
            attribute("name").is_some_and(|name| name.eq_ignore_ascii_case("ArticleTitle"));
        let content = attribute("content").filter(|title| says_title && !title.trim().is_empty());
        if let Some(title) = content {
            self.tree.title.get_or_insert(title.trim().to_owned());
        }
    }

    fn end(&mut self, name: &str) {
        if self.lost > 0 {
            self.lost -= 1;
            return;
        }
        let kind = Kind::of(name);
        let number = self.name(name);
        // Nothing that begins outside of a cell ends in it, and nothing of one table in another.
        let stops: &[Kind] = match kind {
            Kind::Table => &[],
            Kind::Cell | Kind::Row | Kind::RowGroup => &[Kind::Table],
            _ => &[Kind::Cell, Kind::Table],
        };
        match self.place(|node| node.name == number, stops) {
            Some(place) => self.open.truncate(place),
            None if kind == Kind::Paragraph => self.line_break(),
            None => {}
        }
    }

    fn text(&mut self, text: &str) {
        let (parent, left_out) = self.top();
        if left_out {
            return;
        }
        match self.tree.nodes[parent].children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => self.tree.nodes[parent]
                .children
                .push(Child::Text(text.to_owned())),
        }
    }

    fn line_break(&mut self) {
        let (parent, left_out) = self.top();
        if !left_out {
            self.tree.nodes[parent].children.push(Child::Break);
        }
    }

    /// Where the innermost element of a kind stands among those that are open, if none of `stops` is nearer.
    fn place(&self, is: impl Fn(&Node) -> bool, stops: &[Kind]) -> Option<usize> {
        for (place, (node, _)) in self.open.iter().enumerate().skip(1).rev() {
            let node = &self.tree.nodes[*node];
            if is(node) {
                return Some(place);
            }
            if stops.contains(&node.kind) {
                return None;
            }
        }
        None
    }

    /// Closes the innermost element of a kind and all in it, if none of `stops` is nearer.
    fn close(&mut self, kind: Kind, stops: &[Kind]) {
        if let Some(place) = self.place(|node| node.kind == kind, stops) {
            self.open.truncate(place);
        }
    }

    fn close_head(&mut self) {
        let head = self.name("head");
        // It can only be the outermost.
        if let Some((node, _)) = self.open.get(1)
            && self.tree.nodes[*node].name == head
        {
            self.open.truncate(1);
        }
    }
}

fn is_hidden(attribute: impl Fn(&str) -> Option<String>) -> bool {
    // The articles of WeChat's public accounts are hidden until a script of the page shows them.
    let shown_later = || attribute("id").is_some_and(|id| id == "js_content");
    attribute("hidden").is_some()
        || attribute("aria-hidden").is_some_and(|value| value == "true")
        || attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            let style = style.to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden") && !shown_later()
        })
}
