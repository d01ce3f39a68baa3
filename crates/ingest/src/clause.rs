//! Step 4: the clauses of a text: in brackets, as lines and sentences that begin with a label, or as sentences that say
//! nothing else.

mod bracketed;
mod flattened;
mod heading;
mod labelled;
mod sentence;

use crate::{
    bracket::brackets,
    label,
    line::{Line, ends_sentence},
    statement::{Grammar, Statement},
};
use std::ops::Range;

/// A clause in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// The words, with their brackets.
    pub(crate) range: Range<usize>,
    /// What they state.
    pub(crate) statement: Statement,
    /// The rule that found it.
    pub(crate) rule: Rule,
    /// Whether nothing else stands in its lines.
    pub(crate) alone: bool,
    /// Where it counts: where it stands, or the row of a table that a merged cell reaches down to.
    pub(crate) at: usize,
}

/// How a clause shows that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Labels or verbs in brackets.
    Bracket,
    /// The same, with one of the brackets missing.
    HalfBracket,
    /// Brackets with nothing but names, behind what they govern.
    BracketList,
    /// Labels at the head of lines or sentences.
    LabelLines,
    /// A line that is nothing but names and verbs.
    Line,
    /// The last sentence before the next heading, nothing but names and verbs.
    Sentence,
    /// Headings that are the names of bodies.
    Heading,
    /// The cells of a table's row.
    TableRow,
    /// The cells of a row that had to be told apart by what they hold.
    TableRowFitted,
    /// The cells of a row, where a column shows by its cells alone that bodies stand in it.
    TableRowSupposed,
    /// Marks in the fields of a row, under the names of the bodies.
    TableGrid,
    /// Headings of a table with what is of them beside each.
    TablePairs,
    /// A row of a table whose cells nothing separates.
    TableGlued,
}

impl Rule {
    /// Its name in a draft.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bracket => "bracket",
            Self::HalfBracket => "half_bracket",
            Self::BracketList => "bracket_list",
            Self::LabelLines => "label_lines",
            Self::Line => "line",
            Self::Sentence => "sentence",
            Self::Heading => "heading",
            Self::TableRow => "table_row",
            Self::TableRowFitted => "table_row_fitted",
            Self::TableRowSupposed => "table_row_supposed",
            Self::TableGrid => "table_grid",
            Self::TablePairs => "table_pairs",
            Self::TableGlued => "table_glued",
        }
    }

    /// Whether what it finds stands in a table.
    pub(crate) fn of_table(self) -> bool {
        matches!(
            self,
            Self::TableRow
                | Self::TableRowFitted
                | Self::TableRowSupposed
                | Self::TableGrid
                | Self::TablePairs
                | Self::TableGlued
        )
    }

    /// How sure it is, in percent, that what it finds is a clause.
    pub(crate) fn certainty(self) -> u32 {
        match self {
            Self::Bracket
            | Self::BracketList
            | Self::LabelLines
            | Self::TableRow
            | Self::TableRowFitted
            | Self::TableRowSupposed
            | Self::TableGrid
            | Self::TablePairs
            | Self::TableGlued => 100,
            Self::Line => 85,
            Self::HalfBracket | Self::Sentence | Self::Heading => 70,
        }
    }
}

/// The clauses of a text, and the brackets that look like clauses and could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clauses {
    pub(crate) read: Vec<Clause>,
    pub(crate) unread: Vec<Range<usize>>,
}

/// What is longer, in bytes, is no clause.
const LONGEST: usize = 3000;

/// Finds all clauses, in the order of the text. None overlaps another.
pub(crate) fn clauses(grammar: Grammar, lines: &[Line]) -> Clauses {
    let brackets = brackets(grammar.text, lines);
    let labelled = labelled::labelled(grammar, lines, &brackets);
    let mut found = bracketed::bracketed(grammar, lines, &brackets, &labelled);
    found.read.extend(labelled);
    found.read.sort_by_key(|clause| clause.range.start);
    let sentences = sentence::sentences(grammar, lines, &found.read);
    found.read.extend(sentences);
    found.read.sort_by_key(|clause| clause.range.start);
    let rows = flattened::rows(grammar, lines, &found.read);
    found.read.extend(rows);
    found.read.sort_by_key(|clause| clause.range.start);
    let headings = heading::headings(grammar, lines, &found.read);
    found.read.extend(headings);
    found.read.sort_by_key(|clause| clause.range.start);
    found
}

/// The first of `clauses` that overlaps `range`.
fn overlapping<'c>(clauses: &'c [Clause], range: &Range<usize>) -> Option<&'c Clause> {
    let next = clauses.partition_point(|clause| clause.range.end <= range.start);
    clauses
        .get(next)
        .filter(|clause| clause.range.start < range.end)
}

/// Whether a line, or an item, ends at `at` or behind the full stop there.
fn ends_block(text: &str, at: usize) -> bool {
    let rest = text[at..].trim_start_matches(['。', ';', ',', '.', ' ']);
    rest.is_empty() || rest.starts_with('\n') || label::at(text, text.len() - rest.len()).is_some()
}

fn stands_alone(text: &str, lines: &[Line], range: &Range<usize>) -> bool {
    let line = lines.partition_point(|line| line.range.end <= range.start);
    let Some(line) = lines.get(line) else {
        return false;
    };
    // Where a text has lost its lines, a space behind the full stop is left of one.
    let lost = || {
        line.range.len() > LONGEST
            && text[..range.start]
                .strip_suffix(' ')
                .is_some_and(|before| before.ends_with(ends_sentence))
    };
    (line.range.start == range.start || lost()) && ends_block(text, range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{convention::conventions, line::lines, party::Names};

    fn found(text: &str) -> Vec<String> {
        let names = Names::default();
        let grammar = Grammar {
            text,
            names: &names,
            year: None,
            conventions: &conventions(text, 0..text.len(), &names),
        };
        let clauses = clauses(grammar, &lines(text));
        let read = clauses.read.iter().map(|clause| {
            let parties = clause
                .statement
                .parties
                .iter()
                .map(|p| &text[p.name.clone()]);
            format!(
                "{} {}",
                clause.rule.name(),
                parties.collect::<Vec<_>>().join("+")
            )
        });
        let unread = clauses
            .unread
            .iter()
            .map(|range| format!("unread {}", &text[range.clone()]));
        read.chain(unread).collect()
    }

    #[test]
    fn clauses_are_found_in_brackets_of_any_kind() {
        for (text, expected) in [
            ("工作。(市科技局负责)", "bracket 市科技局"),
            ("工作(市科技局负责)。", "bracket 市科技局"),
            ("工作。(市科技局牵头)后面还有话。", "bracket 市科技局"),
            (
                "工作。[市科技局、各县(市、区)政府负责)",
                "bracket 市科技局+各县(市、区)政府",
            ),
            (
                "工作。(市科技局、市教委负责",
                "half_bracket 市科技局+市教委",
            ),
            (
                "工作。(市科技局、市教委负责。后面还有话。",
                "half_bracket 市科技局+市教委",
            ),
            (
                "工作。市科技局、市教委负责)",
                "half_bracket 市科技局+市教委",
            ),
            ("甲(说明)乙。(市科技局负责)", "bracket 市科技局"),
            ("工作。[市科技局、市教委]", "bracket_list 市科技局+市教委"),
            (
                "工作。(市科技局、市教委)后面还有话。",
                "bracket_list 市科技局+市教委",
            ),
            ("(一)甲(市科技局)\n(二)乙", "bracket_list 市科技局"),
            (
                "工作。(牵头单位:市科技局;责任单位:市教委)",
                "bracket 市科技局+市教委",
            ),
            (
                "工作。(市科技局、市教委,列第一位的为牵头单位,下同)",
                "bracket_list 市科技局+市教委",
            ),
            (
                "工作。(市科技局、市教\n\n委负责)",
                "bracket 市科技局+市教\n\n委",
            ),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
        for text in [
            "西青(市科技局)等地方,工作。",
            "报市委宣传部(市政府新闻办)。",
            "创建天津(西青)先导区。",
            "(以下简称试验区)",
            "(含市科技局)",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(found("工作。(专人负责)"), ["unread (专人负责)"]);
    }

    #[test]
    fn label_lines_that_follow_each_other_are_one_clause() {
        for (text, expected) in [
            (
                "1.甲。\n牵头单位:市科技局\n\n责任单位:市教委、市委宣传部(市政府新闻办)\n时限要求:持续推进\n2.乙。",
                vec!["label_lines 市科技局+市教委+市委宣传部(市政府新闻办)"],
            ),
            (
                "1.甲。\n完成时限:6月底\n责任单位:市科技局\n2.乙。",
                vec!["label_lines 市科技局"],
            ),
            (
                "一、问题\n甲。\n二、责任单位\n市科技局\n三、验收单位\n市教委\n四、措施\n乙。",
                vec!["label_lines 市科技局", "label_lines 市教委"],
            ),
            ("(一) ", vec![]),
            (
                "1.甲。责任单位:市科技局、市教委。2.乙。责任单位:市财政局。",
                vec!["label_lines 市科技局+市教委", "label_lines 市财政局"],
            ),
            (
                "1.甲 责任单位:市科技局、市教委2.乙 责任单位:市财政局(二)丙",
                vec!["label_lines 市科技局+市教委", "label_lines 市财政局"],
            ),
            (
                "1.甲,责任单位:市科技局、\n市教委\n2.乙。",
                vec!["label_lines 市科技局+市教委"],
            ),
            (
                "1.甲。\n责任单位:(市科技局、市教委)\n2.乙。",
                vec!["label_lines 市科技局+市教委"],
            ),
            (
                "1.甲。\n[牵头单位]市科技局 [配合单位]市教委\n2.乙。",
                vec!["label_lines 市科技局+市教委"],
            ),
            (
                "1.甲。\n责任单位 市科技局、市教委\n2.乙。",
                vec!["label_lines 市科技局+市教委"],
            ),
            ("时限要求:持续推进", vec![]),
            ("各责任单位:请认真落实。", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_or_a_last_sentence_of_names_and_verbs_is_a_clause() {
        for (text, expected) in [
            (
                "1.甲。\n市科技局牵头,市教委配合。\n2.乙。",
                vec!["line 市科技局+市教委"],
            ),
            (
                "1.甲。做好工作。市科技局、市教委按职责分工负责。\n2.乙。",
                vec!["sentence 市科技局+市教委"],
            ),
            ("1.甲。由市科技局牵头,负责组织开展工作。", vec![]),
            ("1.甲。各区要重视。各区负责落实。\n2.乙。", vec![]),
            ("1.甲。\n本规划由市教委会同有关部门组织实施。", vec![]),
            ("1.甲。\n市教委、市科技局等部门要密切配合。", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
