//! The labels that Word counts itself: they stand in no paragraph, only the rule does by which they are made.

use super::xml::{attribute, number};
use quick_xml::{Reader, events::Event};
use rustc_hash::FxHashMap;

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each is counted.
#[derive(Default)]
pub(super) struct Numbering {
    /// The definition that a list follows, and the numbers with which it begins anew.
    lists: FxHashMap<u32, (u32, [Option<u32>; LEVELS])>,
    definitions: FxHashMap<u32, Definition>,
}

#[derive(Default)]
struct Definition {
    levels: [Level; LEVELS],
    /// The last number of each level.
    counted: [Option<u32>; LEVELS],
    /// The list that counted last.
    list: Option<u32>,
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// The label with %1 for the number of the first level.
    text: String,
}

impl Numbering {
    /// Reads `numbering.xml`, as far as it can be read.
    pub(super) fn read(xml: &str) -> Self {
        let mut numbering = Self::default();
        let mut reader = Reader::from_str(xml);
        let (mut definition, mut list, mut level) = (None, None, 0);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) | Event::Empty(element) => {
                    let id = |name| attribute(&element, name).and_then(|id| id.parse::<u32>().ok());
                    let name = element.local_name();
                    match name.as_ref() {
                        "abstractNum" => {
                            definition = id("abstractNumId");
                            list = None;
                        }
                        "num" => (definition, list) = (None, id("numId")),
                        "lvl" | "lvlOverride" => {
                            level = id("ilvl").map_or(0, |level| level as usize).min(LEVELS - 1);
                        }
                        "abstractNumId" => {
                            if let (Some(list), Some(definition)) = (list, number(&element)) {
                                numbering.lists.insert(list, (definition, [None; LEVELS]));
                            }
                        }
                        "startOverride" => {
                            if let Some((_, starts)) =
                                list.and_then(|list| numbering.lists.get_mut(&list))
                            {
                                starts[level] = number(&element);
                            }
                        }
                        part => {
                            if let Some(definition) = definition.filter(|_| list.is_none()) {
                                let definition =
                                    numbering.definitions.entry(definition).or_default();
                                let level = &mut definition.levels[level];
                                match part {
                                    "start" => level.start = number(&element).unwrap_or(1),
                                    "numFmt" => {
                                        level.format =
                                            attribute(&element, "val").unwrap_or_default();
                                    }
                                    "lvlText" => {
                                        level.text = attribute(&element, "val").unwrap_or_default();
                                    }
                                    _ => {}
                                }
                            }
                        }
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        numbering
    }

    /// The label of the next paragraph of a list at a level; nothing for bullets and for lists that are not defined.
    pub(super) fn next(&mut self, list: u32, level: usize) -> Option<String> {
        let level = level.min(LEVELS - 1);
        let (definition, starts) = self.lists.get(&list)?;
        let definition = self.definitions.get_mut(definition)?;
        // Lists of one definition count on, unless one says that it begins anew.
        if definition.list != Some(list) {
            for (counted, start) in definition.counted.iter_mut().zip(starts) {
                if let Some(start) = start {
                    *counted = start.checked_sub(1).filter(|&before| before > 0);
                }
            }
            definition.list = Some(list);
        }
        let start = |level: usize| starts[level].unwrap_or(definition.levels[level].start);
        let counted = definition.counted[level];
        let next = counted.map_or_else(|| start(level), |before| before.saturating_add(1));
        let firsts: [u32; LEVELS] = std::array::from_fn(start);
        definition.counted[level] = Some(next);
        for (above, first) in firsts.iter().enumerate().take(level) {
            definition.counted[above].get_or_insert(*first);
        }
        definition.counted[level + 1..].fill(None);
        definition.label(level)
    }
}

impl Definition {
    fn label(&self, level: usize) -> Option<String> {
        let Level { format, text, .. } = &self.levels[level];
        if format == "bullet" || format == "none" || text.is_empty() {
            return None;
        }
        let mut label = String::new();
        let mut characters = text.chars();
        while let Some(c) = characters.next() {
            let place = (c == '%')
                .then(|| characters.next()?.to_digit(10))
                .flatten();
            match place {
                Some(place @ 1..=9) => {
                    let place = place as usize - 1;
                    label.push_str(&written(
                        self.counted[place].unwrap_or(1),
                        &self.levels[place].format,
                    ));
                }
                _ => label.push(c),
            }
        }
        if label.ends_with(char::is_alphanumeric) {
            label.push(' ');
        }
        Some(label)
    }
}

/// A number in one of Word's formats; an unknown one is read as decimal.
fn written(number: u32, format: &str) -> String {
    const CIRCLED_ONE: u32 = '①' as u32;
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "ideographDigital"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => han(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if (1..=20).contains(&number) => {
            char::from_u32(CIRCLED_ONE + number - 1)
                .map_or_else(|| number.to_string(), String::from)
        }
        "decimalEnclosedParen" => format!("({number})"),
        "decimalEnclosedFullstop" => format!("{number}."),
        "lowerLetter" | "upperLetter" if (1..=26).contains(&number) => {
            let first = if format == "upperLetter" { b'A' } else { b'a' };
            char::from(first + (number - 1) as u8).to_string()
        }
        "upperRoman" | "lowerRoman" if (1..=39).contains(&number) => {
            let roman = "X".repeat(number as usize / 10)
                + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
                    [number as usize % 10];
            if format == "lowerRoman" {
                roman.to_lowercase()
            } else {
                roman
            }
        }
        _ => number.to_string(),
    }
}

/// 二十一. Beyond what any list counts, in figures.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let ones = DIGITS[ones as usize];
    match (hundreds, tens) {
        (0, 0) if number == 0 => "〇".to_owned(),
        (0, 0) => ones.to_owned(),
        (0, 1) => format!("十{ones}"),
        (0, tens) => format!("{}十{ones}", DIGITS[tens as usize]),
        (1..=9, 0) if ones.is_empty() => format!("{}百", DIGITS[hundreds as usize]),
        (1..=9, 0) => format!("{}百零{ones}", DIGITS[hundreds as usize]),
        (1..=9, tens) => format!(
            "{}百{}十{ones}",
            DIGITS[hundreds as usize], DIGITS[tens as usize]
        ),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_does() {
        for (number, format, expected) in [
            (3, "decimal", "3"),
            (10, "chineseCounting", "十"),
            (21, "chineseCountingThousand", "二十一"),
            (100, "chineseCounting", "一百"),
            (105, "chineseCounting", "一百零五"),
            (110, "chineseCounting", "一百一十"),
            (2, "decimalEnclosedCircleChinese", "②"),
            (4, "lowerRoman", "iv"),
            (2, "upperLetter", "B"),
            (7, "unheardOf", "7"),
        ] {
            assert_eq!(written(number, format), expected, "{format}");
        }
    }

    #[test]
    fn levels_count_by_themselves_and_begin_anew_below_a_new_heading() {
        let xml = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="1">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
            <w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3.%4"/></w:lvl>
            <w:lvl w:ilvl="4"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl></w:abstractNum>
            <w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>
            <w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
            </w:numbering>"#;
        let mut numbering = Numbering::read(xml);
        let labels = [
            (5, 0),
            (5, 1),
            (5, 2),
            (5, 2),
            (5, 3),
            (5, 4),
            (5, 1),
            (5, 2),
            (6, 2),
            (5, 0),
            (7, 0),
        ];
        let shown = labels.map(|(list, level)| {
            numbering
                .next(list, level)
                .unwrap_or_else(|| "-".to_owned())
        });
        assert_eq!(
            shown,
            [
                "一、",
                "（一）",
                "1.",
                "2.",
                "2.1 ",
                "-",
                "（二）",
                "1.",
                "1.",
                "二、",
                "-"
            ]
        );
    }
}
