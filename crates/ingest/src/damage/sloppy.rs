//! Signs between the names of a label line that a scanner has read as others: 责任单位:甲局. 乙局 · 丙局.

use super::whole;
use crate::{
    kind,
    line::lines,
    role::{Slot, label},
};
use domain::{
    directory::level_word,
    fold::{Folded, is_han},
};

/// Where they stand, with the sign that parts names.
pub(super) fn separators(folded: &Folded) -> Vec<(usize, u8)> {
    let text = folded.text();
    let mut meant = vec![];
    for line in lines(text) {
        let words = &text[line.range.clone()];
        let Some((Slot::Parties(_), _, label)) = label(words) else {
            continue;
        };
        let names = line.range.start + label..line.range.end;
        // Another label may stand behind a full stop, and so may a sentence.
        if text[names.clone()].contains([':', ';', '(']) {
            continue;
        }
        let signs = text[names.clone()].match_indices(['.', '·', '。']);
        let signs: Vec<_> = signs.map(|(at, _)| names.start + at).collect();
        let several = signs.len() > 1;
        // What stands behind the names may be a sentence.
        let between = signs
            .into_iter()
            .take_while(|at| parts_names(folded, *at, names.end, several));
        meant.extend(between.map(|at| (at, b',')));
    }
    meant
}

/// Whether a sign stands between two bodies, and is no full stop as it is written in Chinese. What follows a body may be what it
/// does: 甲局.营造氛围; and a dot may stand inside of one name, unless there are several.
fn parts_names(folded: &Folded, at: usize, end: usize, several: bool) -> bool {
    const LONGEST: usize = 16;
    let text = folded.text();
    let Some(sign) = text[at..].chars().next() else {
        return false;
    };
    let behind = at + sign.len_utf8();
    let written = folded.span(at..behind).slice(folded.original());
    let rest = text[behind..end].trim_start_matches(' ');
    let next = rest.find(['.', '·', '。', '、', ',']).unwrap_or(rest.len());
    let name = rest[..next].trim_end_matches(' ');
    let short = name.chars().nth(LONGEST).is_none();
    let inside = sign == '·' && !several && level_word(name).is_none() && !name.starts_with('各');
    let bodies = [whole::word_before(text, at), name];
    written.is_none_or(|sign| !sign.starts_with(['。', '｡', '︒']))
        && text[..at].trim_end_matches(' ').ends_with(is_han)
        && rest.starts_with(is_han)
        && short
        && !inside
        && bodies.iter().all(|name| kind::may_be_body(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_between_names_part_them_and_full_stops_end_them() {
        for (text, clean) in [
            ("责任单位:甲局. 乙局. 丙局", "责任单位:甲局, 乙局, 丙局"),
            (
                "责任单位:甲局 . 乙局 · 丙公司",
                "责任单位:甲局 , 乙局 , 丙公司",
            ),
            ("责任单位:甲局。另报乙局", "责任单位:甲局。另报乙局"),
            ("责任单位:甲局.完成时限:5月", "责任单位:甲局。完成时限:5月"),
            (
                "牵头单位:县委宣传部.营造氛围.形成合力",
                "牵头单位:县委宣传部。营造氛围。形成合力",
            ),
            (
                "责任单位:甲局.各乡镇. 每月通报",
                "责任单位:甲局,各乡镇。 每月通报",
            ),
            ("责任单位:甲公司·乙支行", "责任单位:甲公司·乙支行"),
            ("责任单位:甲局·县乙局", "责任单位:甲局,县乙局"),
            ("责任单位:阿里·甲工作室", "责任单位:阿里·甲工作室"),
            ("责任人:阿里·买买提", "责任人:阿里·买买提"),
            ("责任单位:甲局.", "责任单位:甲局。"),
            ("修路. 种树", "修路。 种树"),
        ] {
            let folded = Folded::of(text);
            let meant = separators(&folded);
            assert_eq!(folded.with(&meant).text(), clean);
        }
    }
}
