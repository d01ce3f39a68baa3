//! Which styles of paragraph are numbered: headings usually are by their style alone.

use super::xml::{attribute, number};
use quick_xml::{Reader, events::Event};
use rustc_hash::FxHashMap;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles {
    by_name: FxHashMap<String, Style>,
}

#[derive(Clone, Default)]
struct Style {
    based_on: Option<String>,
    list: Option<u32>,
    level: Option<usize>,
}

/// A style rests on others, but not endlessly.
const LONGEST_CHAIN: usize = 16;

impl Styles {
    /// Reads `styles.xml`, as far as it can be read: without it paragraphs have the numbers they have themselves.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut open: Option<(String, Style)> = None;
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    let name = element.local_name();
                    match (name.as_ref(), &mut open) {
                        ("style", _) => {
                            open = attribute(&element, "styleId").map(|id| (id, Style::default()));
                        }
                        ("basedOn", Some((_, style))) => {
                            style.based_on = attribute(&element, "val");
                        }
                        ("numId", Some((_, style))) => style.list = number(&element),
                        ("ilvl", Some((_, style))) => {
                            style.level = number(&element).map(|level| level as usize);
                        }
                        _ => {}
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "style" => {
                    styles.by_name.extend(open.take());
                }
                Event::Eof => break,
                _ => {}
            }
        }
        styles
    }

    /// The list that a paragraph belongs to, and its level there: its own, or that of its style. List 0 is none.
    pub(super) fn list(
        &self,
        style: Option<&str>,
        own_list: Option<u32>,
        own_level: Option<usize>,
    ) -> (Option<u32>, usize) {
        let (mut list, mut level) = (own_list, own_level);
        let mut next = style;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|name| self.by_name.get(name)) else {
                break;
            };
            list = list.or(style.list);
            level = level.or(style.level);
            next = style.based_on.as_deref();
        }
        (list.filter(|list| *list > 0), level.unwrap_or(0))
    }
}
