//! Words that stand beside what a rule would take out from between them: where both are whole names, what is between them parts
//! two.

use crate::{kind, list, person};
use domain::vocabulary::Reference;

/// What may be a sign between names.
const SIGNS: &[char] = &[
    ' ', '\n', '|', '、', ',', '.', '。', ';', ':', '(', ')', '[', ']', '?', '!', '"', '·', '&',
];

/// No name has more bytes.
const LONGEST: usize = 120;

/// Whether a body ends before `start` and another begins at `end`, or a person does.
pub(super) fn are_two(text: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (word_before(text, start), word_behind(text, end));
    are_bodies(before, behind) || are_persons(before, behind)
}

/// Whether two words are a body each. The office of the first is none.
pub(super) fn are_bodies(before: &str, behind: &str) -> bool {
    const PARTS: [&str; 7] = [
        "人民政府",
        "政府",
        "管委会",
        "办公室",
        "办事处",
        "委员会",
        "党委",
    ];
    let own = PARTS.iter().any(|part| behind.starts_with(part));
    !own && !share_body(before, behind)
        && [before, without_verb(behind)]
            .iter()
            .all(|name| kind::shows_party(name))
}

/// Whether a set of levels goes on with another one and the body of both: 各乡, 镇人民政府.
fn share_body(before: &str, behind: &str) -> bool {
    const LEVELS: [char; 11] = [
        '省', '市', '州', '盟', '县', '区', '旗', '乡', '镇', '街', '村',
    ];
    const BODIES: [&str; 4] = ["政府", "管委会", "办事处", "委员会"];
    let bodies = BODIES.iter().any(|body| behind.ends_with(body));
    let goes_on = before.ends_with(LEVELS) && behind.starts_with(LEVELS);
    goes_on
        && (bodies || list::is_of_levels(behind))
        && kind::reference(before) == Reference::Collective
}

/// Whether two words are a person each, and no name of a body together.
pub(super) fn are_persons(before: &str, behind: &str) -> bool {
    const LONGEST: usize = 3;
    let is_person = |name: &&str| name.chars().count() <= LONGEST && person::is_leader(name);
    [before, behind].iter().all(is_person) && !kind::may_be_body(&[before, behind].concat())
}

/// The word that ends at `at`, but for spaces.
pub(super) fn word_before(text: &str, at: usize) -> &str {
    let near = &text[text.ceil_char_boundary(at.saturating_sub(LONGEST))..at];
    let near = near.trim_end_matches(' ');
    near.rsplit(SIGNS).next().unwrap_or_default()
}

/// The word that begins at `at`, but for spaces.
pub(super) fn word_behind(text: &str, at: usize) -> &str {
    let near = &text[at..text.floor_char_boundary(at.saturating_add(LONGEST))];
    let near = near.trim_start_matches(' ');
    near.split(SIGNS).next().unwrap_or_default()
}

/// A name without what it does: 县水利局 in 县水利局配合检查.
fn without_verb(words: &str) -> &str {
    const VERBS: [&str; 5] = ["牵头", "负责", "配合", "参与", "落实"];
    let ends = VERBS.iter().filter_map(|verb| words.find(verb));
    ends.min().map_or(words, |end| &words[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_told_from_the_parts_of_one() {
        for (text, two) in [
            ("由县交通局 县公安局", true),
            ("(县交通局 农业农村局配合)", true),
            ("责任人:王明 李华", true),
            ("县委宣传部 团县委 、", true),
            ("县自然资 源局", false),
            ("县 交通局", false),
            ("县人民政府 办公室", false),
            ("各乡镇 人民政府", false),
            ("各乡 镇人民政府", false),
            ("各乡镇 县林业局", true),
            ("抓好 落实", false),
            ("江南 水务局", false),
        ] {
            let at = text.find(' ').unwrap();
            assert_eq!(are_two(text, at, at + 1), two, "{text}");
        }
    }
}
