//! Step 4: the grammar of a clause: which parties it names, in which role.
//!
//! A clause is either *labelled* (牵头单位:甲局;责任单位:乙局), or made of *segments* that end in a verb (甲局牵头,乙局、丙局
//! 配合), or a *bare* list. Labels and verbs decide, punctuation does not: a segment without a verb takes the next one to
//! its right, and what is left over after a lead is responsible.

mod label;
mod reader;

use crate::{
    bracket::split_outside,
    convention::Convention,
    due::DueWords,
    kind::{
        ends_small, is_mere_level, is_of_others, kind_shown, looks_like_name, may_be_body,
        may_be_small, reference, says_what_to_do,
    },
    line::trimmed,
    list::{list, shared_end},
    party::Names,
    role::{Slot, glued_label, label, spaced_label, stated_label},
    words::Words,
};
use domain::{
    clause::Confidence,
    directory::{Resolution, level_word},
    vocabulary::{PartyKind, Reference, Role},
};
use reader::Reader;
pub(crate) use reader::before_object;
use std::ops::Range;

/// What a clause states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The parties in the order of the text.
    pub(crate) parties: Vec<Stated>,
    /// The words that carry the roles.
    pub(crate) form: Vec<Range<usize>>,
    /// Whether the list goes on.
    pub(crate) open: bool,
    /// Leaders by name.
    pub(crate) persons: Vec<Range<usize>>,
    /// By when, and by when else.
    pub(crate) dues: Vec<DueWords>,
    /// The shape of the clause.
    pub(crate) shape: Shape,
    /// How many of the names are known to be parties, in percent.
    pub(crate) known: u8,
    /// How many of them hardly leave a doubt.
    pub(crate) certain: u8,
    /// Whether bodies stand in it of which it is not known what they do.
    pub(crate) passed_over: bool,
    /// Whether the text ends inside of it.
    pub(crate) cut_off: bool,
}

impl Statement {
    /// Adds what a row below states of the same, which makes the whole no surer than either.
    pub(crate) fn extend(&mut self, more: Self) {
        if more.shape == Shape::GuessedRow {
            self.shape = more.shape;
        }
        let (own, other) = (self.parties.len(), more.parties.len());
        let known = usize::from(self.known) * own + usize::from(more.known) * other;
        self.known = known.checked_div(own + other).unwrap_or(0) as u8;
        self.parties.extend(more.parties);
        self.form.extend(more.form);
        self.persons.extend(more.persons);
        self.open |= more.open;
        self.passed_over |= more.passed_over;
        self.cut_off |= more.cut_off;
        if self.dues.is_empty() {
            self.dues = more.dues;
        }
    }
}

/// Where several lead whom different words name, they do it together.
pub(crate) fn lead_together(parties: &mut [Stated]) {
    let leads = |party: &&mut Stated| matches!(party.role, Role::Lead | Role::CoLead);
    let leading: Vec<_> = parties.iter_mut().filter(leads).collect();
    if leading.len() > 1 {
        for party in leading {
            party.role = Role::CoLead;
        }
    }
}

/// A party as a clause names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) name: Range<usize>,
    pub(crate) role: Role,
}

/// The shape of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// 责任单位:甲局
    Labelled,
    /// 甲局牵头,乙局配合
    Segments,
    /// 甲局负责资金保障
    WithObject,
    /// 甲局、乙局
    Bare,
    /// The cells of a table's row.
    Row,
    /// Cells that had to be told apart by what they hold, or are taken to hold what stands above.
    GuessedRow,
    /// Cells that nothing separates.
    GluedRow,
}

impl Statement {
    /// How sure it is, in percent, that these are the parties and roles, if it is a clause at all.
    pub(crate) fn certainty(&self) -> u32 {
        let sure = match self.shape {
            Shape::Labelled | Shape::Segments | Shape::Row if self.passed_over => 80,
            Shape::Labelled | Shape::Segments | Shape::Row => 95,
            Shape::WithObject | Shape::GuessedRow => 75,
            Shape::GluedRow => 40,
            // Nothing but the names says that a list is one.
            Shape::Bare if self.certain < 100 => 70,
            Shape::Bare if self.parties.len() == 1 => 80,
            Shape::Bare => 92,
        };
        if self.known < 100 { sure - 15 } else { sure }
    }
}

/// How many names a list has at least of which one is known to nobody.
const SHORTEST_LIST: usize = 4;

/// Whether words are the beginning of a name and no more: 区, 市科, 各镇乡(.
fn is_torn(words: &str) -> bool {
    // 市委 and 市府 are whole.
    let whole = words.ends_with(['委', '府', '办']);
    let begun = level_word(words).is_some() && words.chars().count() == 2 && !whole;
    begun || is_mere_level(words) || words.matches('(').count() > words.matches(')').count()
}

/// What a statement is read with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar<'a> {
    /// The folded text.
    pub(crate) text: &'a str,
    pub(crate) names: &'a Names<'a>,
    /// The document's year.
    pub(crate) year: Option<i16>,
    /// Their words are no part of a clause.
    pub(crate) conventions: &'a [Convention],
}

impl Grammar<'_> {
    /// Reads `range`, with or without the brackets around it taken off, as a clause that has labels or verbs.
    pub(crate) fn explicit(&self, range: Range<usize>) -> Option<Statement> {
        let range = trimmed(self.text, range);
        let mut reader = Reader::new(*self);
        let words = &self.text[range.clone()];
        let labelled = || {
            let label = label(words).or_else(|| spaced_label(words));
            let label = label.or_else(|| stated_label(words));
            label.or_else(|| glued_label(words)).is_some()
        };
        if labelled() || self.labels_follow(&range) {
            reader.labelled(range);
        } else if let Some(at) = self.labels_behind(&range) {
            reader.segments(range.start..at, Role::Responsible);
            reader.labelled(at..range.end);
        } else {
            reader.segments(range, Role::Responsible);
            if reader.form.is_empty() {
                return None;
            }
        }
        let statement = reader.finish();
        // At least half: one name that nobody knows does not spoil a clause, a sentence with one known name is none. Behind
        // a label stand names, if they look like any, and before 牵头.
        let named = || {
            let name = |party: &Stated| &self.text[party.name.clone()];
            let mut names = statement.parties.iter().map(name);
            let leads = |party: &Stated| matches!(party.role, Role::Lead | Role::CoLead);
            let labelled = statement.shape == Shape::Labelled
                && (statement.known > 0 || names.clone().all(ends_small));
            let led = statement.shape == Shape::Segments && statement.parties.iter().all(leads);
            let form = |words: &str| {
                let mut form = statement.form.iter();
                form.any(|range| self.text[range.clone()].contains(words))
            };
            // 甲局牵头,乙市、丙市配合: bodies whom only their place in the clause shows.
            let several_roles = statement.known > 0 && statement.form.len() > 1;
            let several = statement.parties.len() > 1 && statement.shape == Shape::Segments;
            let shared = several && (form("职责") || several_roles);
            (labelled || led || shared)
                && !statement.parties.is_empty()
                && names.all(|name| self.names.is_party(name) || looks_like_name(name))
        };
        // 镇水利站负责,东山村、西沟村配合
        let small = || {
            let name = |party: &Stated| &self.text[party.name.clone()];
            let mut small = statement.parties.iter().map(name);
            let first = small.next().is_some_and(|name| {
                let of_a_level = level_word(name).is_some() && self.may_be_body(name);
                of_a_level || self.names.is_party(name)
            });
            first && statement.shape == Shape::Segments && small.all(|name| self.may_be_body(name))
        };
        (statement.known >= 50 || named() || small()).then_some(statement)
    }

    /// Whether words say by verbs who has which role, and name nobody that is unknown: 甲局牵头,乙局配合.
    pub(crate) fn says_roles(&self, range: Range<usize>) -> bool {
        let range = trimmed(self.text, range);
        let of_roles = |said: Statement| said.shape == Shape::Segments && said.known == 100;
        self.explicit(range).is_some_and(of_roles)
    }

    /// Whether labels stand behind a remark that names nobody, or sides begin it: 预期性指标,牵头单位:甲局, 粤方:甲厅.
    fn labels_follow(&self, range: &Range<usize>) -> bool {
        if !self.text[range.clone()].contains(':') {
            return false;
        }
        let labels = label::labels(self.text, range.clone());
        let first = labels
            .iter()
            .find(|(slot, ..)| matches!(slot, Slot::Parties(_)));
        first.is_some_and(|(_, words, _)| {
            let before = &self.text[range.start..words.start];
            let remark = list(self.text, range.start..words.start, self.names).names;
            before.is_empty() || before.ends_with([',', ';', '。', ' ']) && !self.any_party(&remark)
        })
    }

    /// Where the label of leaders or helpers stands behind a list of bodies: 甲局、乙科;分管领导:王伟, 甲处;协助:乙组.
    fn labels_behind(&self, range: &Range<usize>) -> Option<usize> {
        const OFFICES: [char; 15] = [
            '局', '委', '办', '厅', '部', '处', '科', '股', '室', '组', '队', '院', '会', '府',
            '署',
        ];
        if !self.text[range.clone()].contains(':') {
            return None;
        }
        let labels = label::labels(self.text, range.clone());
        let (slot, words, _) = labels.first()?;
        let before = self.text[range.start..words.start].trim_end();
        let any_body = match slot {
            Slot::Persons => true,
            Slot::Parties(Role::Support | Role::Participate | Role::Supervise) => false,
            _ => return None,
        };
        // 图书馆、体育馆;参与:学生 says where.
        let stands = |name: &str| {
            (any_body || name.ends_with(OFFICES)) && (self.may_be_body(name) || may_be_body(name))
        };
        let listed = || {
            let names = list(self.text, range.start..words.start, self.names).names;
            let mut names = names.iter().map(|name| &self.text[name.clone()]);
            names.len() > 0 && names.all(stands)
        };
        (before.ends_with([';', ',', '。']) && listed()).then_some(words.start)
    }

    /// Reads `range` as a list of nothing but parties.
    ///
    /// Without a verb, the ending 区 or 部 is not enough for a name, unless a list that begins with a certain one, or is
    /// certain by half, holds it: 市教委、市融媒体中心.
    pub(crate) fn bare(&self, range: Range<usize>) -> Option<Statement> {
        let mut reader = Reader::new(*self);
        reader.segments(range, Role::Responsible);
        reader.shape = Shape::Bare;
        let name = |party: &Stated| &self.text[party.name.clone()];
        let names = reader.parties.iter().map(name);
        // 高教处 is nobody's name but an office's, be it in a list or by a longer name.
        let listed = reader.parties.len() > 1;
        let is_office = |name: &str| {
            kind_shown(name).0 == PartyKind::Subunit && (listed || name.chars().count() > 3)
        };
        let certain: Vec<_> = names
            .clone()
            .map(|name| self.certainly_party(name) || is_office(name))
            .collect();
        let sure = certain.iter().filter(|certain| **certain).count();
        let ranges: Vec<_> = reader
            .parties
            .iter()
            .map(|party| party.name.clone())
            .collect();
        // 广东、深圳海关 share their end.
        let shares = |index: usize| shared_end(self.text, &ranges, index, self.names).is_some();
        let unknown = names.clone().enumerate();
        let unknown = unknown.filter(|(index, name)| !self.is_name(name) && !shares(*index));
        let unknown = unknown.map(|(_, name)| name);
        // One name may be known to nobody, in a list that is long enough without it.
        let may_be_unknown = certain.first() == Some(&true) && certain.len() >= SHORTEST_LIST;
        let whole = match unknown.clone().count() {
            0 => true,
            1 => {
                let of_offices = sure + 1 == certain.len() && sure >= 2;
                unknown.clone().all(looks_like_name)
                    && (may_be_unknown || of_offices && unknown.clone().all(ends_small))
            }
            _ => false,
        };
        // 市农科所、市农广校、供销社: the first says by its first character whose it is, and no other leaves that open.
        let of_levels = || {
            let mut all = names.clone();
            let first = all.clone().next().and_then(level_word);
            let known = |name| level_word(name).is_some() || self.names.is_party(name);
            listed && first.is_some() && all.all(known)
        };
        // 复查(其他部门) says what is looked at again.
        let is_list = reader.form.is_empty()
            && !names.clone().all(is_of_others)
            && (certain.first() == Some(&true) || sure * 2 >= certain.len() || of_levels())
            && whole;
        (is_list && !reader.parties.is_empty()).then(|| reader.finish())
    }

    /// Reads `range` as a list of bodies of which each looks like one, and no more, as where other brackets of a text hold
    /// such lists: 教务处, 立案庭、技术室.
    pub(crate) fn bodies(&self, range: Range<usize>) -> Option<Statement> {
        let mut reader = Reader::new(*self);
        reader.segments(range, Role::Responsible);
        reader.shape = Shape::Bare;
        let mut names = reader
            .parties
            .iter()
            .map(|party| &self.text[party.name.clone()]);
        // 试行 and 现场 only end like one; 二楼会议室 and 停车场 are places.
        let is_office = |name: &str| {
            static PLACES: Words =
                Words::of("会议室 实验室 医务室 教室 图书室 阅览室 活动室 卫生室 机房");
            let ends = [
                '处', '科', '室', '司', '股', '庭', '局', '部', '办', '委', '厂',
            ];
            name.ends_with(ends)
                && PLACES.end(name).is_none()
                && !name.starts_with(['全', '内', '待', '已'])
        };
        let sure = |name: &str| {
            let known = || level_word(name).is_some() || name.starts_with('各');
            is_office(name) || self.certainly_party(name) && known()
        };
        let of_bodies = !reader.parties.is_empty()
            && reader.form.is_empty()
            && reader.dues.is_empty()
            && names.all(|name| sure(name) && !is_of_others(name) && !says_what_to_do(name));
        of_bodies.then(|| reader.finish())
    }

    /// Whether a name leaves hardly a doubt that it is a party.
    pub(crate) fn certainly_party(&self, name: &str) -> bool {
        // 市农科院 says by its first character whose it is.
        let of_a_level = || level_word(name).is_some() && name.chars().nth(3).is_some();
        let shown = kind_shown(name).1;
        reference(name) != Reference::Named
            || self.names.resolve(name) != Resolution::Unknown
            || shown >= Confidence::percent(80)
            || shown >= Confidence::percent(60) && of_a_level()
    }

    /// Whether a name is a party's, or looks like one of a small body: 东山村.
    pub(crate) fn may_be_body(&self, name: &str) -> bool {
        self.names.is_party(name) || may_be_small(name)
    }

    /// Whether this is a party's name and not a remark about one: 含滨海新区.
    fn is_name(&self, name: &str) -> bool {
        const REMARKS: [&str; 8] = ["含", "包括", "不含", "如", "例如", "即", "或", "见"];
        let remark = REMARKS.iter().any(|word| name.starts_with(word));
        let known = self.names.resolve(name) != Resolution::Unknown;
        // 市教科所 says whose it is, and that it is a body.
        let of_a_level = || level_word(name).is_some() && may_be_small(name);
        let shown = self.names.is_party(name) || of_a_level();
        shown && (known || reference(name) != Reference::Named || !remark)
    }

    /// Reads the cells of a row: for each what its column says that it holds, and the words that say so.
    pub(crate) fn row<'c>(
        &self,
        cells: impl IntoIterator<Item = (Slot, &'c Range<usize>, &'c Range<usize>)>,
        shape: Shape,
    ) -> Statement {
        let mut reader = Reader::new(*self);
        for (slot, heading, cell) in cells {
            reader.cell(slot, heading, cell);
        }
        reader.shape = shape;
        let mut statement = reader.finish();
        let ends = |party: &mut Stated| {
            let name = party.name.clone();
            name.end == self.text.trim_end().len() && is_torn(&self.text[name])
        };
        statement.cut_off = statement.parties.pop_if(ends).is_some();
        statement
    }

    fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        // Behind those who do it, 无相关职能的,由丙部门负责 is of other cases; before them, the case is that of the task.
        let mut other_case = false;
        let mut named = false;
        let own_case = |(sign, part): &(Option<char>, Range<usize>)| {
            let words = self.text[part.clone()].trim();
            let case = ["无", "没有", "未", "有", "不"]
                .iter()
                .any(|word| words.starts_with(word))
                && words.ends_with('的');
            other_case = case && named || other_case && *sign == Some(',');
            named |= !case;
            !case && !other_case
        };
        let apart = self.without_conventions(range).into_iter();
        apart
            .flat_map(|range| split_outside(self.text, range, |c| matches!(c, ',' | ';' | '。')))
            .filter(own_case)
            .map(|(_, part)| trimmed(self.text, part))
            .filter(|part| {
                !part.is_empty() && !["下同", "下列同"].contains(&&self.text[part.clone()])
            })
            .collect()
    }

    /// What is left of a range without the conventions in it.
    fn without_conventions(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let first = self
            .conventions
            .partition_point(|c| c.range.end <= range.start);
        let mut left = vec![];
        let mut start = range.start;
        for convention in &self.conventions[first..] {
            if convention.range.start >= range.end {
                break;
            }
            let whole = self.with_brackets(&convention.range);
            left.push(start..whole.start.clamp(start, range.end));
            start = whole.end.clamp(start, range.end);
        }
        left.push(start..range.end);
        left
    }

    /// A convention with the brackets around it, if they hold nothing else: (列第一位的为牵头单位,下同).
    fn with_brackets(&self, range: &Range<usize>) -> Range<usize> {
        let (before, behind) = (&self.text[..range.start], &self.text[range.end..]);
        let opens = before.strip_suffix(['(', '[']);
        let rest = behind.trim_start_matches([',', ';', '。']);
        let rest = rest
            .strip_prefix("下同")
            .or_else(|| rest.strip_prefix("下列同"))
            .unwrap_or(rest);
        match (opens, rest.strip_prefix([')', ']'])) {
            (Some(before), Some(rest)) => before.len()..self.text.len() - rest.len(),
            _ => range.clone(),
        }
    }

    /// Whether one of these names is a party.
    pub(crate) fn any_party(&self, names: &[Range<usize>]) -> bool {
        let mut names = names.iter();
        names.any(|name| self.names.is_party(&self.text[name.clone()]))
    }

    /// Whether all of these names, and at least one, are parties.
    pub(crate) fn all_parties(&self, names: &[Range<usize>]) -> bool {
        let party = |name: &Range<usize>| self.names.is_party(&self.text[name.clone()]);
        !names.is_empty() && names.iter().all(party)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `role:name` for each party, `+` where the list goes on, `@` before a deadline.
    fn shown(statement: Option<Statement>, text: &str) -> String {
        let Some(statement) = statement else {
            return "-".to_owned();
        };
        let parties = statement.parties.iter().map(|party| {
            let role = match party.role {
                Role::Lead => "L",
                Role::CoLead => "C",
                Role::Responsible => "R",
                Role::Support => "S",
                Role::Participate => "P",
                Role::Supervise => "G",
                Role::Coordinate => "K",
            };
            format!("{role}:{}", &text[party.name.clone()])
        });
        let due = statement
            .dues
            .iter()
            .map(|due| format!("@{}", &text[due.range.clone()]));
        let open = statement.open.then(|| "+".to_owned());
        parties.chain(open).chain(due).collect::<Vec<_>>().join(" ")
    }

    fn grammar(text: &str) -> Grammar<'_> {
        const NAMES: &Names<'_> = &Names {
            directory: None,
            jurisdiction: None,
            on: None,
        };
        Grammar {
            text,
            names: NAMES,
            year: Some(2022),
            conventions: &[],
        }
    }

    #[test]
    fn bodies_behind_a_label_that_nobody_knows_make_a_clause_less_sure() {
        for (text, certainty) in [
            ("责任单位:市教委;工作举措:排查隐患", 95),
            ("责任单位:市教委;包联单位:市科技局", 80),
        ] {
            let read = grammar(text).explicit(0..text.len());
            assert_eq!(read.map(|read| read.certainty()), Some(certainty), "{text}");
        }
    }

    #[test]
    fn each_form_of_clause_gives_its_parties_and_roles() {
        for (text, expected) in [
            (
                "市科技局、市教委、市人社局按职责分工负责",
                "R:市科技局 R:市教委 R:市人社局",
            ),
            ("市科技局、市教委等按职责分工负责", "R:市科技局 R:市教委 +"),
            ("有关单位按职责分工负责", "R:有关单位 +"),
            (
                "市科技局牵头,市教委、市人社局配合,各区人民政府负责落实",
                "L:市科技局 S:市教委 S:市人社局 R:各区人民政府",
            ),
            ("市科技局、市教委牵头", "C:市科技局 C:市教委"),
            ("市科技局、市教委共同牵头", "C:市科技局 C:市教委"),
            ("市科技局牵头市教委配合", "L:市科技局 S:市教委"),
            (
                "市科技局牵头负责,市教委,市人社局配合",
                "L:市科技局 S:市教委 S:市人社局",
            ),
            (
                "市科技局牵头,市教委、市人社局",
                "L:市科技局 R:市教委 R:市人社局",
            ),
            (
                "发展改革委牵头,国务院相关部门及各地区按职责分工负责",
                "L:发展改革委 R:国务院相关部门 R:各地区 +",
            ),
            (
                "市科技局、市教委按照职责分工,分别负责",
                "R:市科技局 R:市教委",
            ),
            (
                "牵头单位:市科技局;责任单位:市教委、市人社局,各乡镇",
                "L:市科技局 R:市教委 R:市人社局 R:各乡镇",
            ),
            (
                "牵头单位:市科技局、市教委,配合单位:市人社局",
                "C:市科技局 C:市教委 S:市人社局",
            ),
            ("责任单位:市科技局、市教委", "R:市科技局 R:市教委"),
            ("责任单位:市科技局牵头,市教委配合", "L:市科技局 S:市教委"),
            (
                "责任单位:市科技局;完成时限:2023年12月底前",
                "R:市科技局 @2023年12月底前",
            ),
            (
                "责任单位:市科技局;时限要求:持续推进",
                "R:市科技局 @持续推进",
            ),
            ("市科技局负责,2023年底前完成", "R:市科技局 @2023年底前"),
            (
                "市委宣传部(市政府新闻办)、各县(市、区)政府负责",
                "R:市委宣传部(市政府新闻办) R:各县(市、区)政府",
            ),
            ("市科技局、市教委指导", "G:市科技局 G:市教委"),
            ("市教委会同有关部门负责", "R:市教委 S:有关部门 +"),
            ("市教委会同市科技局负责", "L:市教委 S:市科技局"),
            ("市教委商市科技局负责", "L:市教委 S:市科技局"),
            ("财政部、商务部、审计署负责", "R:财政部 R:商务部 R:审计署"),
            (
                "高新区商务局、市残疾人联合会负责",
                "R:高新区商务局 R:市残疾人联合会",
            ),
            ("市财政局负责资金保障和监督", "R:市财政局"),
            ("由市科技局牵头制定", "L:市科技局"),
            (
                "中新天津生态城、市科技局等负责",
                "R:中新天津生态城 R:市科技局 +",
            ),
            ("由市教委负责解释", "-"),
            ("主要负责人参加", "-"),
            ("各区人民政府主要负责同志参加", "-"),
            ("以下简称人工智能试验区", "-"),
            ("安排专人负责", "-"),
            ("国发[2017]35号", "-"),
            (
                "责任单位:市科技局(牵头)、市教委、市人社局(配合单位)",
                "L:市科技局 R:市教委 S:市人社局",
            ),
            ("市科技局指导各区人民政府落实", "G:市科技局 R:各区人民政府"),
            ("市科技局、市教委按职责分工", "R:市科技局 R:市教委"),
            (
                "牵头单位:市科技局配合单位:市教委;工作措施:抓好落实",
                "L:市科技局 S:市教委",
            ),
            (
                "责任主体。市科技局。执行对象。小微企业。执行时间。长期有效。",
                "R:市科技局 @长期有效",
            ),
            (
                "市科技局牵头,市教委配合,加快平台建设",
                "L:市科技局 S:市教委",
            ),
            ("项目建设,市科技局负责;资金100万元", "R:市科技局"),
            ("牵头单位:市科技局;配合单位:无", "L:市科技局"),
            ("市科技局、市教委", "-"),
            ("", "-"),
        ] {
            let read = grammar(text).explicit(0..text.len());
            assert_eq!(shown(read, text), expected, "{text}");
        }
    }

    #[test]
    fn words_around_names_and_signs_between_them_vary() {
        for (text, expected) in [
            (
                "市科技局负责、市教委配合、各街道参与",
                "R:市科技局 S:市教委 P:各街道",
            ),
            (
                "牵头:市科技局;配合:市教委、市人社局",
                "L:市科技局 S:市教委 S:市人社局",
            ),
            (
                "责任处室:规划处;协助单位:市教委;时间节点:2023年底前",
                "R:规划处 S:市教委 @2023年底前",
            ),
            (
                "由市教委牵头,会同市财政局、市科技局等部门落实",
                "L:市教委 S:市财政局 S:市科技局 +",
            ),
            ("市教委,会同市财政局负责", "L:市教委 S:市财政局"),
            (
                "由省教育厅牵头,会同省民政厅、科技厅等单位负责落实",
                "L:省教育厅 S:省民政厅 S:科技厅 +",
            ),
            (
                "市教委、市科技局会同市财政局、市税务局组织考核",
                "R:市教委 R:市科技局 S:市财政局 S:市税务局",
            ),
            (
                "市教委、各街道,市税务局监督",
                "R:市教委 R:各街道 G:市税务局",
            ),
            ("市教委牵头,各街道实施", "L:市教委 R:各街道"),
            ("东湖旅发公社牵头", "L:东湖旅发公社"),
            ("由市教委负责牵头的抽查除外", "-"),
            (
                "市教委负责,各区人民政府结合实际落实",
                "R:市教委 R:各区人民政府",
            ),
            (
                "市教委、各有关部门按职责分工推进",
                "R:市教委 R:各有关部门 +",
            ),
            ("市教委牵头,持续推进", "L:市教委 @持续推进"),
            (
                "市教委牵头,市直有关部门、单位配合",
                "L:市教委 S:市直有关部门、单位 +",
            ),
            ("市教委会同有关部门按程序推进", "R:市教委 S:有关部门 +"),
            ("市教委、市科技局推动落实", "R:市教委 R:市科技局"),
        ] {
            let read = grammar(text).explicit(0..text.len());
            assert_eq!(shown(read, text), expected, "{text}");
        }
    }

    #[test]
    fn a_bare_list_is_one_only_if_everything_in_it_is_a_party() {
        for (text, expected) in [
            ("市科技局、市教委", "R:市科技局 R:市教委"),
            ("市科技局、各区人民政府等", "R:市科技局 R:各区人民政府 +"),
            ("市科技局,2023年底前", "R:市科技局 @2023年底前"),
            (
                "市教委、市融媒体中心、市供销社、市农科院",
                "R:市教委 R:市融媒体中心 R:市供销社 R:市农科院",
            ),
            (
                "市教委、市广电总台、日报社、市融媒体中心",
                "R:市教委 R:市广电总台 R:日报社 R:市融媒体中心",
            ),
            (
                "市融媒体中心、市数据中心、市科技局",
                "R:市融媒体中心 R:市数据中心 R:市科技局",
            ),
            ("规划财务处、高教处", "R:规划财务处 R:高教处"),
            ("校外教育培训监管处", "R:校外教育培训监管处"),
            ("此处", "-"),
            ("融媒体中心、数据中心、市科技局", "-"),
            ("市科技局、试点城市", "-"),
            ("市科技局、如滨海新区", "-"),
            ("西青", "-"),
            ("含滨海新区", "-"),
            ("一", "-"),
        ] {
            let read = grammar(text).bare(0..text.len());
            assert_eq!(shown(read, text), expected, "{text}");
        }
    }
}
