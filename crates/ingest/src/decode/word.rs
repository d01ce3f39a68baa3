//! The signs of old Word files, which programs that take the text out of them leave in it: the ends of cells, fields with their
//! instructions, hyphens. They make no text binary.

/// The sign at which a cell ends, and once more a row.
const CELL: char = '\u{7}';

/// The signs at which a field begins, its result begins, and it ends.
const FIELD: [char; 3] = ['\u{13}', '\u{14}', '\u{15}'];

/// The text with what its signs stand for, or nothing if too much of it is no text.
pub(super) fn plain(text: String) -> Option<String> {
    /// So few other control characters are strays.
    const FEW: usize = 50;
    let mut controls = text.chars().filter(|c| super::is_control(*c)).peekable();
    if controls.peek().is_none() {
        return Some(text);
    }
    let strange = |c: &char| !matches!(c, '\u{1E}' | '\u{1F}' | &CELL) && !FIELD.contains(c);
    let strays = controls.clone().filter(strange).count();
    let binary = controls.any(|c| c == '\0') || strays * FEW > text.len();
    (!binary).then(|| rewritten(&text))
}

/// Where a field begins in the text that is written, and whether what was written since is its result.
struct Field {
    start: usize,
    shown: bool,
}

fn rewritten(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut fields: Vec<Field> = vec![];
    // So many of the first ones are known to be shown.
    let mut settled = 0;
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '\u{13}' => fields.push(Field {
                start: plain.len(),
                shown: false,
            }),
            '\u{14}' => {
                if let Some(field) = fields.last_mut().filter(|field| !field.shown) {
                    plain.truncate(field.start);
                    field.shown = true;
                }
            }
            '\u{15}' => {
                if let Some(field) = fields.pop().filter(|field| !field.shown) {
                    plain.truncate(field.start);
                }
                settled = settled.min(fields.len());
            }
            CELL if before == CELL => plain.push('\n'),
            CELL => plain.push('\t'),
            '\u{E}' => plain.push('\n'),
            '\u{1E}' => plain.push('-'),
            c if super::is_control(c) => {}
            c => plain.push(c),
        }
        // No instruction goes on in another paragraph: one that seems to has lost its end.
        if matches!(c, '\n' | '\r' | CELL) {
            let open = fields.split_off(settled);
            fields.extend(open.into_iter().filter(|field| field.shown));
            settled = fields.len();
        }
        before = c;
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_word_give_what_they_stand_for() {
        for (text, expected) in [
            (
                "市\u{13} HYPERLINK \"a\" \u{14}教委\u{15}负责",
                "市教委负责",
            ),
            (
                "\u{13} TOC \\h \u{14}\u{13} HYPERLINK \\l \"a\" \u{14}一、修路\t\u{13} PAGEREF a \u{14}1\u{15}\u{15}\n二\u{15}",
                "一、修路\t1\n二",
            ),
            ("\u{13} PAGE \u{15}甲\u{15}乙\u{14}丙", "甲乙丙"),
            ("\u{13}甲局负责\n乙局配合\u{14}丙", "甲局负责\n乙局配合丙"),
            (
                "序号\u{7}任务\u{7}\u{7}1\u{7}修路\u{7}\u{7}",
                "序号\t任务\t\n1\t修路\t\n",
            ),
            (
                "1\u{1E}2月，市教\u{1F}委\u{2}、市财政局等有关部门按照各自职责分工负责",
                "1-2月，市教委、市财政局等有关部门按照各自职责分工负责",
            ),
        ] {
            assert_eq!(plain(text.to_owned()).as_deref(), Some(expected));
        }
        let nested = "\u{13}\u{14}\u{13}\n甲\u{14}乙\u{15}丙\u{13}丁\u{15}\n戊";
        assert_eq!(plain(nested.to_owned()).as_deref(), Some("\n甲乙丙\n戊"));
        for binary in ["abc\0def", "a\u{1}b\u{2}c\u{3}"] {
            assert_eq!(plain(binary.to_owned()), None);
        }
    }

    #[test]
    fn fields_that_never_end_cost_no_more_than_their_length() {
        const MANY: usize = 200_000;
        let text = "\u{13}\u{14}".repeat(MANY) + &"\u{13}甲\n".repeat(MANY);
        assert_eq!(plain(text), Some("甲\n".repeat(MANY)));
    }
}
