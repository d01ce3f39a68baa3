//! What pages and exports do to a text without changing what it says.

use domain::fold::fold;
use proptest::{prelude::*, sample::select};

/// What is done to a text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Damage {
    /// Lines that end where they are so many characters wide, inside of words too.
    Wrapped(usize),
    /// The same, with a space where a line ended and another sign where a paragraph did.
    Spaced(usize, &'static str),
    /// Traditional characters with how they are spoken in brackets behind some of them.
    Glossed,
    /// Lines with nothing between.
    Tight,
    /// Commas twice.
    Doubled,
    /// The signs of a sentence in half width.
    Narrow,
    /// The marks of Markdown before headings, and around labels.
    Marked,
}

pub(super) fn damage() -> impl Strategy<Value = Damage> {
    let width = 22usize..36;
    prop_oneof![
        width.clone().prop_map(Damage::Wrapped),
        (width, select(&["\n", " "][..])).prop_map(|(width, end)| Damage::Spaced(width, end)),
        Just(Damage::Glossed),
        Just(Damage::Tight),
        Just(Damage::Doubled),
        Just(Damage::Narrow),
        Just(Damage::Marked),
    ]
}

/// Characters with their traditional form and how they are spoken.
const GLOSSES: [(char, &str); 16] = [
    ('设', "設(shè)"),
    ('发', "發(fā)"),
    ('区', "區(qū)"),
    ('务', "務(wù)"),
    ('产', "產(chǎn)"),
    ('环', "環(huán)"),
    ('运', "運(yùn)"),
    ('财', "財(cái)"),
    ('员', "員(yuán)"),
    ('教', "教(jiào)"),
    ('责', "責"),
    ('单', "單"),
    ('县', "縣"),
    ('实', "實(shí)"),
    ('应', "應(yīng)"),
    ('数', "數(shù)"),
];

impl Damage {
    pub(super) fn done_to(self, text: &str) -> String {
        match self {
            Self::Wrapped(width) if text.contains('\n') => {
                let lines = text.lines().map(|line| wrapped(line, 2 * width));
                lines.collect::<Vec<_>>().join("\n")
            }
            Self::Spaced(width, end) if text.contains('\n') => {
                let lines = text.lines();
                let lines = lines.map(|line| wrapped(line, 2 * width).replace('\n', " "));
                lines.collect::<Vec<_>>().join(end)
            }
            // On one line there is nothing to be broken.
            Self::Wrapped(_) | Self::Spaced(..) => text.to_owned(),
            Self::Glossed => {
                let glossed = |c: char| {
                    let gloss = GLOSSES.iter().find(|(plain, _)| *plain == c);
                    gloss.map_or_else(|| c.to_string(), |(_, gloss)| (*gloss).to_owned())
                };
                text.chars().map(glossed).collect()
            }
            Self::Marked => {
                let heading = |line: &str| line.trim_start().starts_with(['一', '二', '三', '四']);
                let lines = text.lines().enumerate().map(|(index, line)| match index {
                    0 => format!("# {}", line.trim_start()),
                    _ if heading(line) => format!("\n## {}\n", line.trim_start()),
                    _ => line.to_owned(),
                });
                let text = lines.collect::<Vec<_>>().join("\n");
                let labels = ["牵头单位：", "责任单位：", "配合单位：", "完成时限："];
                labels.iter().fold(text, |text, label| {
                    text.replace(label, &format!("**{label}**"))
                })
            }
            Self::Tight => text.replace('\n', ""),
            Self::Doubled => text.replace('，', "，，"),
            Self::Narrow => text
                .replace('，', ",")
                .replace('；', ";")
                .replace('：', ":"),
        }
    }
}

/// A line broken where it is so wide; a Chinese character has a width of two.
fn wrapped(line: &str, most: usize) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    for c in line.chars() {
        let own = if c.is_ascii() { 1 } else { 2 };
        if width + own > most {
            wrapped.push('\n');
            width = 0;
        }
        wrapped.push(c);
        width += own;
    }
    wrapped
}

/// A name without what was done to it.
pub(super) fn without(name: &str) -> String {
    let mut words = fold(name).replace(char::is_whitespace, "");
    for (plain, gloss) in GLOSSES {
        if let Some(at) = gloss.find('(') {
            words = words.replace(&fold(gloss), &plain.to_string());
            words = words.replace(&fold(&gloss[at..]), "");
        }
    }
    words
}
