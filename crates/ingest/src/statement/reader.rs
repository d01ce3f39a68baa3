//! How the words of a clause are gone through, from left to right.

use super::{
    Grammar, Shape, Stated, Statement,
    label::{before_number, labels},
    lead_together,
};
use crate::{
    bracket::split_outside,
    due::{self, DueWords},
    kind::{self, reference},
    line::{is_bullet, trimmed},
    list::{list, shared_end},
    person::{
        COMRADE, are_posts, behind_post, comrade, in_office, is_post, person_in, persons,
        post_behind, posts, says_office,
    },
    role::{
        Slot, VERBS_INSIDE, WITH_OBJECT, before_adverbs, before_weak_verb, label, names_office,
        verb_phrase,
    },
    words::Words,
};
use domain::vocabulary::{Reference, Role};
use std::ops::Range;

/// How many places of one word are tried, so that no text costs more than its length.
const MOST_TRIES: usize = 4;

/// What stands where nobody is named.
const NOBODY: [&str; 6] = ["无", "略", "-", "--", "待定", "暂无"];

/// A statement in the making.
pub(super) struct Reader<'a> {
    grammar: Grammar<'a>,
    pub(super) parties: Vec<Stated>,
    /// Names that wait for their verb.
    waiting: Vec<Range<usize>>,
    pub(super) form: Vec<Range<usize>>,
    open: bool,
    persons: Vec<Range<usize>>,
    pub(super) dues: Vec<DueWords>,
    pub(super) shape: Shape,
    /// Whether bodies stand behind a label that nobody knows.
    passed_over: bool,
    /// The role that the label says which is being read.
    labelled: Option<Role>,
    /// The same, as long as no verb behind the label has said one.
    silent: Option<Role>,
    /// Whether those who act together with somebody were named last, without a verb behind them.
    together: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(grammar: Grammar<'a>) -> Self {
        Self {
            grammar,
            parties: vec![],
            waiting: vec![],
            form: vec![],
            open: false,
            persons: vec![],
            dues: vec![],
            shape: Shape::Segments,
            passed_over: false,
            labelled: None,
            silent: None,
            together: false,
        }
    }

    pub(super) fn labelled(&mut self, range: Range<usize>) {
        self.shape = Shape::Labelled;
        let text = self.grammar.text;
        let labels = labels(text, range.clone());
        // What stands around the bracket in which a label does: 门卫室(分管:王校长)、保卫科.
        let mut around = None;
        for (index, (slot, words, start)) in labels.iter().enumerate() {
            let next = labels.get(index + 1).map(|(_, words, _)| words.start);
            let end = next.unwrap_or(range.end);
            let mut own = *start..end;
            let mut rest = end..end;
            if around.is_some()
                && let Some(close) = closes(text, own.clone())
            {
                rest = close + 1..end;
                own.end = close;
            }
            let list = if rest.is_empty() { &mut own } else { &mut rest };
            let open = next.and_then(|_| last_open(text, list.clone()));
            // Dashes and bullets stand before the next label.
            list.end = match (open, next) {
                (Some(open), _) => open,
                (None, Some(_)) => {
                    list.start + text[list.clone()].trim_end_matches(is_bullet).len()
                }
                (None, None) => list.end,
            };
            self.slot(*slot, words, own.start..before_number(text, own));
            let outer = around.take().filter(|_| !rest.is_empty());
            if let Some(outer) = outer {
                self.holds(outer, rest);
                lead_together(&mut self.parties);
            }
            around = open.map(|_| outer.unwrap_or(*slot));
        }
    }

    /// A cell of a table. It may say more than the heading of its column: 牵头单位:甲局 below 责任单位.
    pub(super) fn cell(&mut self, slot: Slot, heading: &Range<usize>, cell: &Range<usize>) {
        let text = self.grammar.text;
        if label(&text[cell.clone()]).is_some() {
            self.labelled(cell.clone());
            return;
        }
        // 甲局;配合部门:乙局 says of the second only that it is another role than that of the column.
        let more = |cell: &Range<usize>| {
            let labels = labels(text, cell.clone());
            let of_parties = |(slot, words, _): &(Slot, Range<usize>, usize)| {
                matches!(slot, Slot::Parties(_)).then_some(words.start)
            };
            labels.iter().find_map(of_parties)
        };
        let start = text[cell.clone()].contains(':').then(|| more(cell));
        let start = start.flatten().unwrap_or(cell.end);
        self.slot(slot, heading, cell.start..start);
        if start < cell.end {
            self.labelled(start..cell.end);
        }
    }

    /// What stands behind a label or below the heading of a column.
    fn slot(&mut self, slot: Slot, words: &Range<usize>, range: Range<usize>) {
        // 监督:群众举报 says how.
        let names_bodies = || {
            let names = list(self.grammar.text, range.clone(), self.grammar.names).names;
            names
                .iter()
                .any(|name| self.grammar.may_be_body(&self.grammar.text[name.clone()]))
        };
        if self.grammar.text[words.clone()] == *"监督" && !names_bodies() {
            return;
        }
        let range = match slot {
            Slot::Parties(role) => {
                self.form.push(words.clone());
                self.helpers_in_brackets(role, words, range)
            }
            _ => range,
        };
        self.holds(slot, range);
    }

    /// What a label or the heading of a column is of.
    fn holds(&mut self, slot: Slot, range: Range<usize>) {
        match slot {
            Slot::Parties(role) => {
                let range = unbracketed(self.grammar.text, range);
                // 牵头单位:甲局;乙局按职责负责: a semicolon ends what the label says.
                self.labelled = Some(role);
                self.silent = Some(role);
                for (_, range) in split_outside(self.grammar.text, range, |c| c == ';') {
                    self.segments(range, role);
                }
                self.labelled = None;
                self.silent = None;
            }
            Slot::Persons => {
                let named = persons(self.grammar.text, range.clone());
                let posts = named.is_empty().then(|| posts(self.grammar.text, range));
                self.persons.extend(named);
                self.persons.extend(posts.unwrap_or_default());
            }
            Slot::Deadline => {
                let dues = due::all_expected(self.grammar.text, range, self.grammar.year);
                self.dues.extend(dues);
            }
            // 包联单位:甲局: bodies behind a label that nobody knows may have a part in it.
            Slot::Other => {
                let names = list(self.grammar.text, range, self.grammar.names).names;
                let is_body = |name: &Range<usize>| {
                    let name = &self.grammar.text[name.clone()];
                    reference(name) == Reference::Named && self.grammar.certainly_party(name)
                };
                self.passed_over |= !names.is_empty() && names.iter().all(is_body);
            }
        }
    }

    /// 主(协)办机关:甲部(乙部、丙部) says in brackets who helps, as its label does: what is left without them.
    fn helpers_in_brackets(
        &mut self,
        role: Role,
        words: &Range<usize>,
        range: Range<usize>,
    ) -> Range<usize> {
        let text = self.grammar.text;
        let said = text[range.clone()].trim_end();
        let open = said.find('(').filter(|at| *at > 0);
        let (Some(open), true) = (open, text[words.clone()].contains("(协)")) else {
            return range;
        };
        let helpers = said[open + 1..].trim_end_matches(')').len();
        let leads = range.start..range.start + open;
        self.segments(leads, role);
        let helpers = range.start + open + 1..range.start + open + 1 + helpers;
        self.segments(helpers, Role::Support);
        range.end..range.end
    }

    /// Reads segments; what has no verb at all has the role `otherwise`.
    pub(super) fn segments(&mut self, range: Range<usize>, otherwise: Role) {
        let before = self.form.len();
        self.together = false;
        for part in self.grammar.parts(range) {
            self.segment(part);
        }
        let waiting = std::mem::take(&mut self.waiting);
        let role = if self.together {
            Role::Support
        } else if self.form.len() > before {
            Role::Responsible
        } else {
            otherwise
        };
        self.assign(waiting, role);
    }

    fn segment(&mut self, part: Range<usize>) {
        let text = self.grammar.text;
        let mut rest = part;
        // 甲局牵头乙局配合 and 甲局负责、乙局配合: a verb ends a segment even without a comma, if names follow.
        while let Some(end) = self.verb_inside(rest.clone()) {
            let after = end..rest.end;
            let next_end = self.verb_inside(after.clone()).unwrap_or(after.end);
            let next = self.without_verb(after.start..next_end);
            let next = list(text, next, self.grammar.names);
            if !self.grammar.all_parties(&next.names) {
                break;
            }
            self.verb_segment(rest.start..end);
            rest = after;
        }
        self.verb_segment(rest);
    }

    /// Where the first verb ends, with those that follow it at once, that may close a segment inside of `part`.
    fn verb_inside(&self, part: Range<usize>) -> Option<usize> {
        let words = &self.grammar.text[part.clone()];
        let first = |words: &str| {
            let mut places = VERBS_INSIDE.first_places(words);
            let place = places.find(|&(at, verb)| {
                // 县政协办 is a name.
                !(verb == "协办" && words[..at].ends_with('政'))
                    && outside_brackets(words, at)
                    && !names_office(&words[at + verb.len()..])
            });
            place.map(|(at, verb)| (at, verb.len()))
        };
        let (at, len) = first(words)?;
        let mut end = at + len;
        while let Some((0, len)) = first(&words[end..]) {
            end += len;
        }
        Some(part.start + end)
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
        let nobody = !found.names.iter().any(known) && right.is_none();
        if nobody && self.with_object(part.clone()) {
            return;
        }
        self.open |= found.open;
        // 配合单位:甲局、乙局,各区负责落实: the names behind the label have its role. Behind 部门分工:甲局牵头, the next
        // ones wait for their own verb.
        if let Some(role) = self.silent.filter(|role| *role != verb.role)
            && !found.names.is_empty()
        {
            let labelled = std::mem::take(&mut self.waiting);
            self.assign(labelled, role);
        }
        let mut subjects = std::mem::take(&mut self.waiting);
        // 甲局、乙局,丙局配合: those before the first who help, if nobody leads, are the ones that are helped.
        let helps = matches!(
            verb.role,
            Role::Support | Role::Participate | Role::Supervise
        );
        if helps && self.parties.is_empty() && !subjects.is_empty() && !found.names.is_empty() {
            let helped = std::mem::take(&mut subjects);
            self.assign(helped, Role::Responsible);
        }
        self.silent = None;
        self.form.push(end..part.end);
        subjects.extend(found.names);
        let helpers = right.map(|right| list(text, right, self.grammar.names));
        let is_named = |name: &Range<usize>| reference(&text[name.clone()]) == Reference::Named;
        let named = helpers
            .as_ref()
            .is_some_and(|helpers| helpers.names.iter().any(is_named));
        let leads = |party: &Stated| matches!(party.role, Role::Lead | Role::CoLead);
        let role = match verb.role {
            // 验收单位:甲局牵头,乙局配合: none of them answers for the work.
            _ if self.labelled == Some(Role::Supervise) => Role::Supervise,
            Role::Responsible if named => Role::Lead,
            // Beside one who leads, 协同办理 helps; without, all do it together.
            Role::Responsible
                if text[end..part.end].starts_with("协同") && self.parties.iter().any(leads) =>
            {
                Role::Support
            }
            role => role,
        };
        self.assign(subjects, role);
        if let Some(helpers) = helpers {
            self.open |= helpers.open;
            self.assign(helpers.names, Role::Support);
        }
    }

    /// 甲委会同有关部门: who acts, and together with whom.
    fn together_with(&self, range: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
        static WORDS: Words = Words::of("会同 联同 协同 联合 商 组织");
        let text = self.grammar.text;
        let words = &text[range.clone()];
        let mut tried = vec![];
        let places = WORDS.places(words).filter(|(_, word)| {
            let again = tried.iter().filter(|other| *other == word).count() < MOST_TRIES;
            if again {
                tried.push(*word);
            }
            again
        });
        let mut places = places.map(|(at, word)| (range.start + at, word));
        let split = places.find(|&(at, word)| {
            let end = at + word.len();
            // 市社科联同市委宣传部
            let of_union =
                word == "联同" && text[..at].ends_with(['科', '妇', '残', '文', '侨', '商']);
            if of_union || is_part_of_a_name(word, &text[end..range.end]) {
                return false;
            }
            // 甲局牵头,会同乙局负责: who acts stands in the segment before.
            if at == range.start {
                return !(self.parties.is_empty() && self.waiting.is_empty());
            }
            let left = list(text, range.start..at, self.grammar.names);
            let right = list(text, end..range.end, self.grammar.names);
            self.grammar.all_parties(&left.names) && self.grammar.any_party(&right.names)
        });
        match split {
            Some((at, word)) => (range.start..at, Some(at + word.len()..range.end)),
            None => (range, None),
        }
    }

    /// Names that wait for a verb, or a deadline.
    fn verbless(&mut self, part: Range<usize>) {
        let text = self.grammar.text;
        let part = self.before_due(part);
        if self.with_object(part.clone()) {
            return;
        }
        // 2021年底前建成300处 ends like a name.
        if let Some(due) = due::find(text, part.clone(), self.grammar.year)
            && due.range.start == part.start
            && !text[part.clone()].contains('、')
        {
            let dues = due::all_expected(text, part, self.grammar.year);
            self.dues.extend(dues);
            return;
        }
        // 甲局牵头,会同乙局 and 甲局会同乙局组织考核: together with whom needs no verb that says of a role.
        if let (left, Some(right)) = self.together_with(part.clone()) {
            let subjects = list(text, left.clone(), self.grammar.names);
            let together = left.end..right.start;
            let helpers = right.start..before_object(text, right);
            let helpers = list(text, helpers, self.grammar.names);
            if self.grammar.all_parties(&helpers.names) {
                let mut acting = std::mem::take(&mut self.waiting);
                acting.extend(subjects.names);
                if !left.is_empty() {
                    self.form.push(together);
                    self.shape = Shape::WithObject;
                }
                self.assign(acting, Role::Responsible);
                self.open |= subjects.open || helpers.open;
                self.assign(helpers.names, Role::Support);
                // 甲局会同乙局,丙局: the third helps too.
                self.together = true;
                return;
            }
        }
        let mut words = before_adverbs(&text[part.clone()]);
        // 市河长办组织,各区河长办具体实施
        if let Some(name) = before_weak_verb(words)
            && self.grammar.certainly_party(name)
            && !self.grammar.certainly_party(words)
        {
            words = name;
        }
        let found = list(
            text,
            part.start..part.start + words.len(),
            self.grammar.names,
        );
        let party = |name: &Range<usize>| self.grammar.names.is_party(&text[name.clone()]);
        if !found.names.iter().any(party) {
            let dues = due::all_expected(text, part.clone(), self.grammar.year);
            if !dues.is_empty() {
                self.dues.extend(dues);
                return;
            }
        }
        if !found.names.iter().any(party) && self.is_remark(part) {
            return;
        }
        self.open |= found.open;
        self.waiting.extend(found.names);
    }

    /// What stands before the time by which it has to be done, behind white space: 甲处 9月底前. An event has its day there.
    fn before_due(&mut self, part: Range<usize>) -> Range<usize> {
        let text = self.grammar.text;
        let Some(space) = text[part.clone()].rfind(' ') else {
            return part;
        };
        let time = part.start + space + 1..part.end;
        let dues = due::all_expected(text, time.clone(), self.grammar.year);
        let limits = ['前', '底', '末', '每', '内'];
        if dues.len() != 1 || dues[0].range != time || !text[time.clone()].contains(limits) {
            return part;
        }
        self.dues.extend(dues);
        trimmed(text, part.start..time.start)
    }

    /// Whether a part says what is to be done, or something of the list, and names nobody: 加快项目建设, 资金100万元.
    fn is_remark(&self, part: Range<usize>) -> bool {
        const LONG: usize = 9;
        const ACTS: [&str; 24] = [
            "加快", "加强", "推进", "推动", "做好", "开展", "完善", "建立", "制定", "确保", "持续",
            "按", "并", "将", "在", "对", "以", "每", "已", "如", "涉及", "具体", "根据", "不",
        ];
        const ENDS: [&str; 16] = [
            "建设", "工作", "发展", "改革", "管理", "服务", "提升", "推进", "完成", "方案", "计划",
            "任务", "试点", "措施", "机制", "体系",
        ];
        let words = &self.grammar.text[part];
        ACTS.iter().any(|word| words.starts_with(word))
            || ENDS.iter().any(|word| words.ends_with(word))
            || words.ends_with('前')
            || words.contains(|c: char| c.is_ascii_digit())
            || (words.chars().count() >= LONG && words.contains('的'))
    }

    /// Reads 甲局、乙局负责资金保障, if all before the verb are parties and something stands behind it.
    fn with_object(&mut self, part: Range<usize>) -> bool {
        const NO_OBJECT: [&str; 5] = ["人", "同志", "制度", "单位", "解释"];
        let text = self.grammar.text;
        let words = &text[part.clone()];
        let verbs = WITH_OBJECT.iter();
        let earliest = verbs
            .filter_map(|(verb, role)| words.find(verb).map(|at| (at, *verb, *role)))
            .filter(|(at, ..)| outside_brackets(words, *at))
            .filter(|(at, verb, _)| !names_office(&words[at + verb.len()..]))
            .min_by_key(|(at, ..)| *at);
        let Some((at, verb, role)) = earliest else {
            return false;
        };
        let object = &words[at + verb.len()..];
        // 甲局负责牵头的抽查除外 speaks of what somebody leads.
        let behind_verbs = WITH_OBJECT
            .iter()
            .find_map(|(verb, _)| object.strip_prefix(verb));
        // 市文旅局提供图片 says whose the pictures are.
        let credits = ["图片", "照片", "数据", "信息", "资料", "稿", "视频"];
        if verb == "提供" && credits.iter().any(|credit| object.contains(credit)) {
            return false;
        }
        let is_attribute = behind_verbs.unwrap_or(object).starts_with('的');
        let subject = part.start + before_adverbs(&words[..at]).len();
        let found = list(text, part.start..subject, self.grammar.names);
        if object.is_empty()
            || is_attribute
            || NO_OBJECT.iter().any(|word| object.starts_with(word)) && !object.starts_with("人员")
            || !(self.grammar.all_parties(&found.names) || self.are_bodies(&found.names))
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

    /// Whether all names may be bodies, where one surely is or others stand before them.
    fn are_bodies(&self, names: &[Range<usize>]) -> bool {
        let text = self.grammar.text;
        let may_be = |name: &Range<usize>| self.grammar.may_be_body(&text[name.clone()]);
        let beside = !self.parties.is_empty() || self.grammar.any_party(names);
        !names.is_empty() && beside && names.iter().all(may_be)
    }

    /// Gives names their role. Two or more before one 牵头 lead together; a name may say its role itself: 甲局(牵头)、乙局.
    fn assign(&mut self, names: Vec<Range<usize>>, role: Role) {
        let text = self.grammar.text;
        let role = if role == Role::Lead && names.len() > 1 {
            Role::CoLead
        } else {
            role
        };
        let says = |name: &Range<usize>| !NOBODY.contains(&&text[name.clone()]);
        // 责任单位及责任人:市档案馆 王伟
        let of_persons = self.form.last().is_some_and(|words| {
            ["人", "领导"]
                .iter()
                .any(|word| text[words.clone()].contains(word))
        });
        let is_comrade = |name: &Range<usize>| text[name.clone()].ends_with(COMRADE);
        let comrades = names.iter().rposition(is_comrade).map_or(0, |at| at + 1);
        // 州委常委、州政府副州长王伟: who holds the last office holds those before it, too.
        let leaders: Vec<_> = names.iter().map(|name| behind_post(text, name)).collect();
        let led = leaders.iter().rposition(Option::is_some).unwrap_or(0);
        let mut since = self.parties.len();
        let names = names.into_iter().zip(leaders);
        for (index, (name, leader)) in names.filter(|(name, _)| says(name)).enumerate() {
            // 责任单位及责任人:区政府主要领导
            let post = post_behind(&text[name.clone()])
                .map(|at| name.start + at)
                .filter(|at| {
                    let body = &text[name.start..*at];
                    let whose = body.is_empty() || self.grammar.names.is_party(body);
                    self.labelled.is_some() && whose
                });
            let name = match post {
                Some(at) => {
                    self.persons.push(at..name.end);
                    name.start..at
                }
                None => name,
            };
            let is_party = self.grammar.names.is_party(&text[name.clone()]);
            // 由李明、张三同志负责
            if index < comrades && !is_party {
                self.persons.push(comrade(text, &name));
                continue;
            }
            if is_post(&text[name.clone()]) {
                self.persons.push(name);
                continue;
            }
            if let Some(person) = leader.filter(|_| !is_party) {
                self.persons.push(person);
                continue;
            }
            if index < led && may_be_held_too(&text[name.clone()]) {
                continue;
            }
            // 周建国副省长
            if let Some(person) = in_office(text, &name).filter(|_| !is_party) {
                self.persons.push(person);
                continue;
            }
            let with_person = person_in(text, &name)
                .filter(|_| of_persons && !is_party || says_office(&text[name.clone()]));
            let name = match with_person {
                Some((body, person)) => {
                    self.persons.push(person);
                    body
                }
                None => name,
            };
            if name.is_empty() {
                continue;
            }
            let whole = name.end;
            let stated = match marked(&text[name.clone()]) {
                Some((len, role)) => Stated {
                    name: name.start..name.start + len,
                    role,
                },
                None => Stated { name, role },
            };
            // 甲局(牵头),乙局、丙局(配合): what the last says of itself holds for those before it that say nothing.
            if stated.name.end < whole {
                let led = self.parties[..since]
                    .iter()
                    .any(|party| matches!(party.role, Role::Lead | Role::CoLead));
                // A 、 before them would make them of those that answer: 甲局(牵头)、乙局、丙局(配合).
                let first = self.parties.get(since).map_or(0, |party| party.name.start);
                let apart = text[..first].trim_end().ends_with([',', ';']);
                let helps = matches!(stated.role, Role::Support | Role::Participate);
                if led && apart && helps {
                    for party in &mut self.parties[since..] {
                        party.role = stated.role;
                    }
                }
                since = self.parties.len() + 1;
            }
            self.parties.push(stated);
        }
    }

    pub(super) fn finish(self) -> Statement {
        let text = self.grammar.text;
        let names = || self.parties.iter().map(|party| &text[party.name.clone()]);
        let share = |count: usize| (count * 100).checked_div(self.parties.len()).unwrap_or(0) as u8;
        // 发展改革、财政等部门 names branches, and their bodies behind them all.
        let of_branches = self.open || names().any(|name| name.ends_with("部门"));
        let ranges: Vec<_> = self
            .parties
            .iter()
            .map(|party| party.name.clone())
            .collect();
        let known = names().enumerate().filter(|(index, name)| {
            self.grammar.names.is_party(name)
                || of_branches && kind::is_branch(name)
                || self.open && is_of_the_first_levels(name)
                || shared_end(text, &ranges, *index, self.grammar.names).is_some()
        });
        let certain = names().filter(|name| self.grammar.certainly_party(name));
        Statement {
            known: share(known.count()),
            certain: share(certain.count()),
            parties: self.parties,
            form: self.form,
            open: self.open,
            persons: self.persons,
            dues: self.dues,
            shape: self.shape,
            passed_over: self.passed_over,
            cut_off: false,
        }
    }
}

/// Whether a name is a province's or city's, whose government is meant: 福建省 in 福建省、广东省等省级人民政府.
fn is_of_the_first_levels(name: &str) -> bool {
    (3..=5).contains(&name.chars().count()) && name.ends_with(['省', '市'])
}

/// Whether a post is one that who holds another may hold, too: 州委常委, 党组成员. 镇长 before 副县长王伟 is somebody else.
fn may_be_held_too(name: &str) -> bool {
    let held = ["常委", "成员", "书记", "委员"];
    !name.starts_with('各') && are_posts(name) && held.iter().any(|post| name.ends_with(post))
}

/// Where names end before what they are to do: 乙局 in 乙局组织考核.
pub(crate) fn before_object(text: &str, range: Range<usize>) -> usize {
    static VERBS: Words = Words::of("组织 开展 制定 研究 推进 推动 出台 起草 编制 做好 抓好 提出");
    let words = &text[range.clone()];
    let last = words.rfind('、').map_or(0, |at| at + '、'.len_utf8());
    // 研究生院, 市委组织部 are names.
    if kind::shows_party(words[last..].trim()) {
        return range.end;
    }
    let verb = VERBS.places(&words[last..]).next();
    verb.map_or(range.end, |(at, _)| range.start + last + at)
}

/// Whether no bracket is open at `at`: what 甲局(牵头) says concerns that name alone.
fn outside_brackets(words: &str, at: usize) -> bool {
    let before = &words[..at];
    before.matches('(').count() <= before.matches(')').count()
}

/// The name and the role of one that says it in brackets: 甲局(牵头), 乙局(配合单位).
fn marked(name: &str) -> Option<(usize, Role)> {
    let (before, mark) = name.strip_suffix(')')?.rsplit_once('(')?;
    let words = mark.trim_end_matches("单位").trim_end_matches("部门");
    let verb = verb_phrase(words).filter(|verb| verb.len == words.len())?;
    let said = !before.is_empty() && words.chars().count() <= 4 && verb.role != Role::Responsible;
    said.then_some((before.len(), verb.role))
}

/// The names behind a label may stand in brackets of their own: 责任单位:(甲局、乙局).
fn unbracketed(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trimmed(text, range);
    let words = &text[range.clone()];
    let inner = words
        .strip_prefix(['(', '['])
        .and_then(|words| words.strip_suffix([')', ']']));
    match inner {
        Some(inner) if !inner.contains(['(', '[']) => range.start + 1..range.end - 1,
        _ => range,
    }
}

/// Whether a name ends here with 联合社.
fn ends_with_union(after: &str) -> bool {
    let behind = after.strip_prefix('社').map(|rest| rest.chars().next());
    behind.is_some_and(|next| next.is_none_or(|c| !domain::fold::is_han(c) || "和及与".contains(c)))
}

/// Whether 商 or 联合 belongs to a name, as in 商务局 and 信用社联合社, and does not say that two act together.
fn is_part_of_a_name(word: &str, after: &str) -> bool {
    match word {
        // 甲局组织有关部门进行
        "组织" => !["有关", "相关"].iter().any(|open| after.starts_with(open)),
        "商" => !after.starts_with(['市', '省', '区', '县', '州', '国', '中', '有', '相', '各']),
        "联合" => after.starts_with('会') || ends_with_union(after),
        _ => false,
    }
}

/// Where the bracket closes that stands open before a range.
fn closes(text: &str, range: Range<usize>) -> Option<usize> {
    let mut open = 0usize;
    for (at, c) in text[range.clone()].char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(range.start + at),
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// Where the last bracket of a range opens that does not close in it.
fn last_open(text: &str, range: Range<usize>) -> Option<usize> {
    let mut closed = 0usize;
    for (at, c) in text[range.clone()].char_indices().rev() {
        match c {
            ')' => closed += 1,
            '(' if closed == 0 => return Some(range.start + at),
            '(' => closed -= 1,
            _ => {}
        }
    }
    None
}
