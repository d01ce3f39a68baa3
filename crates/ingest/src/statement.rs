//! Step 6b: the grammar of a clause: which parties it names, in which role.
//!
//! A clause is either *labelled* (牵头单位:甲局;责任单位:乙局), or made of *segments* that end in a verb (甲局牵头,乙局、丙局
//! 配合), or a *bare* list. Labels and verbs decide, punctuation does not: a segment without a verb takes the next one to
//! its right, and what is left over after a lead is responsible.

use crate::{
    bracket::split_outside,
    convention::Convention,
    due::{self, DueWords},
    line::trimmed,
    list::list,
    party::{Names, kind_shown, reference},
    role::{Slot, WITH_OBJECT, before_adverbs, label, verb_phrase},
};
use domain::{
    clause::Confidence,
    directory::Resolution,
    vocabulary::{Reference, Role},
};
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
    /// By when.
    pub(crate) due: Option<DueWords>,
    /// The shape of the clause.
    pub(crate) shape: Shape,
    /// How many of the names are known to be parties, in percent.
    pub(crate) known: u8,
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
}

impl Shape {
    /// How sure a clause of this shape is when all its names are known.
    pub(crate) fn confidence(self) -> u8 {
        match self {
            Self::Labelled | Self::Segments => 95,
            Self::WithObject => 75,
            Self::Bare => 65,
        }
    }
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
        if label(&self.text[range.clone()]).is_some() {
            reader.labelled(range);
        } else {
            reader.segments(range, Role::Responsible);
            if reader.form.is_empty() {
                return None;
            }
        }
        let statement = reader.finish();
        // At least half: one name that nobody knows does not spoil a clause, a sentence with one known name is none.
        (statement.known >= 50).then_some(statement)
    }

    /// Reads `range` as a list of nothing but parties.
    pub(crate) fn bare(&self, range: Range<usize>) -> Option<Statement> {
        let mut reader = Reader::new(*self);
        reader.segments(range, Role::Responsible);
        reader.shape = Shape::Bare;
        let certain = |name: &Stated| self.certainly_party(&self.text[name.name.clone()]);
        (reader.form.is_empty() && reader.parties.iter().all(certain))
            .then(|| reader.finish())
            .filter(|statement| !statement.parties.is_empty())
    }

    /// Without a verb, the ending 区 or 部 is not enough.
    fn certainly_party(&self, name: &str) -> bool {
        const NOT_A_NAME: [&str; 7] = ["含", "包括", "不含", "如", "例如", "即", "见"];
        reference(name) != Reference::Named
            || self.names.resolve(name) != Resolution::Unknown
            || (kind_shown(name).1 >= Confidence::percent(80)
                && !NOT_A_NAME.iter().any(|word| name.starts_with(word)))
    }

    fn parts(&self, range: Range<usize>) -> Vec<Range<usize>> {
        split_outside(self.text, range, |c| matches!(c, ',' | ';' | '。'))
            .into_iter()
            .map(|(_, part)| trimmed(self.text, part))
            .filter(|part| !part.is_empty() && !self.is_convention(part))
            .collect()
    }

    fn is_convention(&self, part: &Range<usize>) -> bool {
        let overlaps = |c: &Convention| c.range.start < part.end && part.start < c.range.end;
        let first = self.conventions.partition_point(|c| c.range.end <= part.start);
        self.conventions.get(first).is_some_and(overlaps)
            || ["下同", "下列同"].contains(&&self.text[part.clone()])
    }

    fn all_parties(&self, names: &[Range<usize>]) -> bool {
        let party = |name: &Range<usize>| self.names.is_party(&self.text[name.clone()]);
        !names.is_empty() && names.iter().all(party)
    }
}

/// A statement in the making.
struct Reader<'a> {
    grammar: Grammar<'a>,
    parties: Vec<Stated>,
    /// Names that wait for their verb.
    waiting: Vec<Range<usize>>,
    form: Vec<Range<usize>>,
    open: bool,
    persons: Vec<Range<usize>>,
    due: Option<DueWords>,
    shape: Shape,
}

impl<'a> Reader<'a> {
    fn new(grammar: Grammar<'a>) -> Self {
        Self {
            grammar,
            parties: vec![],
            waiting: vec![],
            form: vec![],
            open: false,
            persons: vec![],
            due: None,
            shape: Shape::Segments,
        }
    }

    fn labelled(&mut self, range: Range<usize>) {
        self.shape = Shape::Labelled;
        let labels = labels(self.grammar.text, range.clone());
        for (index, (slot, words, start)) in labels.iter().enumerate() {
            let end = labels.get(index + 1).map_or(range.end, |next| next.1.start);
            match slot {
                Slot::Parties(role) => {
                    self.form.push(words.clone());
                    self.segments(*start..end, *role);
                }
                Slot::Persons => {
                    let names = split_outside(self.grammar.text, *start..end, |c| {
                        matches!(c, '、' | ',' | ';' | '。') || c.is_whitespace()
                    });
                    let names = names.into_iter().map(|(_, name)| name);
                    self.persons.extend(names.filter(|name| !name.is_empty()));
                }
                Slot::Deadline => {
                    let due = due::expected(self.grammar.text, *start..end, self.grammar.year);
                    self.due = self.due.take().or(due);
                }
                Slot::Other => {}
            }
        }
    }

    /// Reads segments; what has no verb at all has the role `otherwise`.
    fn segments(&mut self, range: Range<usize>, otherwise: Role) {
        let before = self.form.len();
        for part in self.grammar.parts(range) {
            self.segment(part);
        }
        let waiting = std::mem::take(&mut self.waiting);
        let role = if self.form.len() > before { Role::Responsible } else { otherwise };
        self.assign(waiting, role);
    }

    fn segment(&mut self, part: Range<usize>) {
        let text = self.grammar.text;
        let mut rest = part;
        // 甲局牵头乙局配合: no separator, but 牵头 always ends a segment when names follow.
        while let Some(at) = text[rest.clone()].find("牵头") {
            let verb = rest.start + at..rest.start + at + "牵头".len();
            let after = verb.end..rest.end;
            let next = list(text, self.without_verb(after.clone()), self.grammar.names);
            if !self.grammar.all_parties(&next.names) {
                break;
            }
            self.verb_segment(rest.start..verb.end);
            rest = after;
        }
        self.verb_segment(rest);
    }

    fn without_verb(&self, part: Range<usize>) -> Range<usize> {
        let verb = verb_phrase(&self.grammar.text[part.clone()]);
        part.start..part.end - verb.map_or(0, |verb| verb.len)
    }

    fn verb_segment(&mut self, part: Range<usize>) {
        let text = self.grammar.text;
        let Some(verb) = verb_phrase(&text[part.clone()]) else {
            return self.verbless(part);
        };
        let end = part.end - verb.len;
        let (left, right) = self.together_with(part.start..end);
        let found = list(text, left, self.grammar.names);
        let known = |name: &Range<usize>| self.grammar.names.is_party(&text[name.clone()]);
        if !found.names.iter().any(known) && self.with_object(part.clone()) {
            return;
        }
        self.open |= found.open;
        self.form.push(end..part.end);
        let mut subjects = std::mem::take(&mut self.waiting);
        subjects.extend(found.names);
        let helpers = right.map(|right| list(text, right, self.grammar.names));
        let named = helpers.as_ref().is_some_and(|helpers| !helpers.open);
        let role = if named && verb.role == Role::Responsible { Role::Lead } else { verb.role };
        self.assign(subjects, role);
        if let Some(helpers) = helpers {
            self.open |= helpers.open;
            self.assign(helpers.names, Role::Support);
        }
    }

    /// 甲委会同有关部门: who acts, and together with whom.
    fn together_with(&self, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        const WORD: &str = "会同";
        let text = self.grammar.text;
        let places = text[range.clone()].match_indices(WORD);
        let split = places.map(|(at, _)| range.start + at).find(|&at| {
            let left = list(text, range.start..at, self.grammar.names);
            self.grammar.all_parties(&left.names)
        });
        match split {
            Some(at) => (range.start..at, Some(at + WORD.len()..range.end)),
            None => (range, None),
        }
    }

    /// Names that wait for a verb, or a deadline.
    fn verbless(&mut self, part: Range<usize>) {
        let text = self.grammar.text;
        if self.with_object(part.clone()) {
            return;
        }
        let words = before_adverbs(&text[part.clone()]);
        let found = list(text, part.start..part.start + words.len(), self.grammar.names);
        let party = |name: &Range<usize>| self.grammar.names.is_party(&text[name.clone()]);
        if !found.names.iter().any(party)
            && let Some(due) = due::expected(text, part, self.grammar.year)
        {
            self.due = self.due.take().or(Some(due));
            return;
        }
        self.open |= found.open;
        self.waiting.extend(found.names);
    }

    /// Reads 甲局、乙局负责资金保障, if all before the verb are parties and something stands behind it.
    fn with_object(&mut self, part: Range<usize>) -> bool {
        const NO_OBJECT: [&str; 4] = ["人", "同志", "制度", "单位"];
        let text = self.grammar.text;
        let words = &text[part.clone()];
        let verbs = WITH_OBJECT.iter();
        let earliest = verbs
            .filter_map(|(verb, role)| words.find(verb).map(|at| (at, *verb, *role)))
            .min_by_key(|(at, ..)| *at);
        let Some((at, verb, role)) = earliest else {
            return false;
        };
        let object = &words[at + verb.len()..];
        let subject = part.start + before_adverbs(&words[..at]).len();
        let found = list(text, part.start..subject, self.grammar.names);
        if object.is_empty()
            || NO_OBJECT.iter().any(|word| object.starts_with(word))
            || !self.grammar.all_parties(&found.names)
        {
            return false;
        }
        self.form.push(subject..part.start + at + verb.len());
        self.open |= found.open;
        self.assign(found.names, role);
        if self.shape == Shape::Segments {
            self.shape = Shape::WithObject;
        }
        true
    }

    /// Two or more before one 牵头 lead together.
    fn assign(&mut self, names: Vec<Range<usize>>, role: Role) {
        let role = if role == Role::Lead && names.len() > 1 { Role::CoLead } else { role };
        let stated = names.into_iter().map(|name| Stated { name, role });
        self.parties.extend(stated);
    }

    fn finish(self) -> Statement {
        let text = self.grammar.text;
        let known = self
            .parties
            .iter()
            .filter(|party| self.grammar.names.is_party(&text[party.name.clone()]))
            .count();
        Statement {
            known: (known * 100).checked_div(self.parties.len()).unwrap_or(0) as u8,
            parties: self.parties,
            form: self.form,
            open: self.open,
            persons: self.persons,
            due: self.due,
            shape: self.shape,
        }
    }
}

/// The labels in `range`: what stands behind each, its words, and where that begins.
fn labels(text: &str, range: Range<usize>) -> Vec<(Slot, Range<usize>, usize)> {
    let mut found = vec![];
    let mut edge = true;
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        if edge && let Some((slot, words, whole)) = label(&text[at..range.end]) {
            found.push((slot, at..at + words, at + whole));
        }
        edge = !domain::fold::is_han(c) && !c.is_ascii_alphanumeric();
    }
    found
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
        let due = statement.due.iter().map(|due| format!("@{}", &text[due.range.clone()]));
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
    fn each_form_of_clause_gives_its_parties_and_roles() {
        for (text, expected) in [
            ("市科技局、市教委、市人社局按职责分工负责", "R:市科技局 R:市教委 R:市人社局"),
            ("市科技局、市教委等按职责分工负责", "R:市科技局 R:市教委 +"),
            ("有关单位按职责分工负责", "R:有关单位 +"),
            ("市科技局牵头,市教委、市人社局配合,各区人民政府负责落实", "L:市科技局 S:市教委 S:市人社局 R:各区人民政府"),
            ("市科技局、市教委牵头", "C:市科技局 C:市教委"),
            ("市科技局、市教委共同牵头", "C:市科技局 C:市教委"),
            ("市科技局牵头市教委配合", "L:市科技局 S:市教委"),
            ("市科技局牵头负责,市教委,市人社局配合", "L:市科技局 S:市教委 S:市人社局"),
            ("市科技局牵头,市教委、市人社局", "L:市科技局 R:市教委 R:市人社局"),
            ("发展改革委牵头,国务院相关部门及各地区按职责分工负责", "L:发展改革委 R:国务院相关部门 R:各地区 +"),
            ("市科技局、市教委按照职责分工,分别负责", "R:市科技局 R:市教委"),
            ("牵头单位:市科技局;责任单位:市教委、市人社局,各乡镇", "L:市科技局 R:市教委 R:市人社局 R:各乡镇"),
            ("牵头单位:市科技局、市教委,配合单位:市人社局", "C:市科技局 C:市教委 S:市人社局"),
            ("责任单位:市科技局、市教委", "R:市科技局 R:市教委"),
            ("责任单位:市科技局牵头,市教委配合", "L:市科技局 S:市教委"),
            ("责任单位:市科技局;完成时限:2023年12月底前", "R:市科技局 @2023年12月底前"),
            ("责任单位:市科技局;时限要求:持续推进", "R:市科技局 @持续推进"),
            ("市科技局负责,2023年底前完成", "R:市科技局 @2023年底前"),
            ("市委宣传部(市政府新闻办)、各县(市、区)政府负责", "R:市委宣传部(市政府新闻办) R:各县(市、区)政府"),
            ("市科技局、市教委指导", "G:市科技局 G:市教委"),
            ("市教委会同有关部门负责", "R:市教委 S:有关部门 +"),
            ("市教委会同市科技局负责", "L:市教委 S:市科技局"),
            ("市财政局负责资金保障和监督", "R:市财政局"),
            ("由市科技局牵头制定", "L:市科技局"),
            ("中新天津生态城、市科技局等负责", "R:中新天津生态城 R:市科技局 +"),
            ("主要负责人参加", "-"),
            ("各区人民政府主要负责同志参加", "-"),
            ("以下简称人工智能试验区", "-"),
            ("安排专人负责", "-"),
            ("国发[2017]35号", "-"),
            ("市科技局、市教委", "-"),
            ("", "-"),
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
            ("市科技局、试点城市", "-"),
            ("西青", "-"),
            ("含滨海新区", "-"),
            ("一", "-"),
        ] {
            let read = grammar(text).bare(0..text.len());
            assert_eq!(shown(read, text), expected, "{text}");
        }
    }
}
