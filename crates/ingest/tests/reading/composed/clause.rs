//! Clauses: who has which role, and by when, as it is written.

use super::bodies::{List, elided, list, named};
use domain::{
    deadline::DueDate,
    vocabulary::{DueKind, Role},
};
use proptest::{prelude::*, sample::select};

/// What a clause says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The names as they are written, with their roles, in the order of the text.
    pub(super) parties: Vec<(String, Role)>,
    /// Whether the parties are left open.
    pub(super) open: bool,
    pub(super) due: Option<(DueKind, Option<DueDate>)>,
}

/// A clause without brackets.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) words: String,
    /// Its parts, where they begin with labels, so that they may stand in lines of their own.
    pub(super) labels: Vec<String>,
    pub(super) said: Said,
    /// Whether it only lists who is responsible, so that a rule may say that the first of them leads.
    pub(super) listed: bool,
}

impl Said {
    pub(super) fn add(&mut self, list: &List, role: Role) {
        let names = list.names.iter();
        self.parties.extend(names.map(|name| (name.clone(), role)));
        self.open |= list.open;
    }

    /// The list, unless it names somebody again.
    fn beside(&self, list: List) -> List {
        let told = |name: &String| self.parties.iter().any(|(told, _)| told == name);
        if !list.names.iter().any(told) {
            return list;
        }
        List {
            words: "有关部门".to_owned(),
            names: vec!["有关部门".to_owned()],
            open: true,
        }
    }
}

/// One body leads, several do so together.
pub(super) fn lead(names: &[String]) -> Role {
    if names.len() > 1 {
        Role::CoLead
    } else {
        Role::Lead
    }
}

/// Those who lead.
fn leads() -> impl Strategy<Value = List> {
    let joiner = prop_oneof![3 => Just("、"), 1 => Just("和")];
    (named(2), joiner).prop_map(|(names, joiner)| List::of(names, joiner))
}

/// Those who stand beside a lead.
fn others(most: usize) -> impl Strategy<Value = List> {
    prop_oneof![6 => list(most), 1 => elided()]
}

const HELP: [(&str, Role); 20] = [
    ("配合", Role::Support),
    ("参与", Role::Participate),
    ("负责", Role::Responsible),
    ("按职责分工负责", Role::Responsible),
    ("分工负责", Role::Responsible),
    ("负责落实", Role::Responsible),
    ("协助", Role::Support),
    ("协同配合", Role::Support),
    ("参加", Role::Participate),
    ("按职责配合", Role::Support),
    ("指导", Role::Supervise),
    ("督导", Role::Supervise),
    ("协办", Role::Support),
    ("按职责分工参与", Role::Participate),
    ("积极配合", Role::Support),
    ("按照各自职责分工负责", Role::Responsible),
    ("具体负责", Role::Responsible),
    ("负责具体实施", Role::Responsible),
    ("做好配合", Role::Support),
    ("抓好落实", Role::Responsible),
];

/// 甲局牵头，乙局、丙局配合，各区政府负责落实
fn led() -> impl Strategy<Value = Clause> {
    let verb = select(&["牵头", "牵头负责", "牵头落实", "负责牵头"][..]);
    let others = prop::collection::vec((others(5), select(&HELP[..])), 0..=2);
    let sign = select(&["，", "；"][..]);
    (leads(), verb, others, sign).prop_map(|(leads, verb, others, sign)| {
        let mut said = Said::default();
        said.add(&leads, lead(&leads.names));
        let mut words = format!("{}{verb}", leads.words);
        for (others, (verb, role)) in others {
            let others = said.beside(others);
            words.extend([sign, &others.words, verb]);
            said.add(&others, role);
        }
        Clause {
            words,
            labels: vec![],
            said,
            listed: false,
        }
    })
}

/// 甲局会同乙局负责, and 甲局会同有关部门负责, which does not say that the first leads others.
fn with_others() -> impl Strategy<Value = Clause> {
    let verb = select(&["会同", "牵头会同"][..]);
    (leads(), verb, named(3)).prop_map(|(first, verb, names)| {
        let others = List::of(names, "、");
        let mut said = Said::default();
        said.add(&first, lead(&first.names));
        let others = said.beside(others);
        if others.open && verb == "会同" {
            for (_, role) in &mut said.parties {
                *role = Role::Responsible;
            }
        }
        said.add(&others, Role::Support);
        Clause {
            words: format!("{}{verb}{}负责", first.words, others.words),
            labels: vec![],
            said,
            listed: false,
        }
    })
}

/// 甲局、乙局按职责分工负责
fn shared() -> impl Strategy<Value = Clause> {
    const VERBS: [&str; 6] = [
        "负责",
        "按职责分工负责",
        "按照职责分工负责",
        "分别负责",
        "负责落实",
        "分工负责",
    ];
    (others(8), select(&VERBS[..])).prop_map(|(list, verb)| {
        let mut said = Said::default();
        said.add(&list, Role::Responsible);
        Clause {
            words: format!("{}{verb}", list.words),
            labels: vec![],
            said,
            listed: true,
        }
    })
}

const LEADS: [&str; 6] = [
    "牵头单位",
    "牵头部门",
    "牵头责任单位",
    "主办单位",
    "主责单位",
    "第一责任单位",
];

const OTHERS: [(&str, Role); 12] = [
    ("责任主体", Role::Responsible),
    ("承办单位", Role::Responsible),
    ("实施单位", Role::Responsible),
    ("落实单位", Role::Responsible),
    ("督导单位", Role::Supervise),
    ("协同单位", Role::Support),
    ("责任单位", Role::Responsible),
    ("配合单位", Role::Support),
    ("责任部门", Role::Responsible),
    ("协办单位", Role::Support),
    ("参与单位", Role::Participate),
    ("配合部门", Role::Support),
];

/// 牵头单位：甲局；责任单位：乙局、丙局
fn labelled() -> impl Strategy<Value = Clause> {
    let leads = prop::option::of((select(&LEADS[..]), leads()));
    let others = (select(&OTHERS[..]), others(7));
    let sign = select(&["；", "，", "。"][..]);
    (leads, others, sign).prop_map(|(leads, ((label, role), list), sign)| {
        let mut said = Said::default();
        let mut labels = vec![];
        if let Some((label, leads)) = leads {
            said.add(&leads, lead(&leads.names));
            labels.push(format!("{label}：{}", leads.words));
        }
        let listed = labels.is_empty() && role == Role::Responsible;
        let list = said.beside(list);
        said.add(&list, role);
        labels.push(format!("{label}：{}", list.words));
        Clause {
            words: labels.join(sign),
            labels,
            said,
            listed,
        }
    })
}

/// Times, and what they mean.
const TIMES: [(&str, DueKind, &str); 7] = [
    ("2024年12月底前", DueKind::ByDate, "2024-12"),
    ("2025年底前", DueKind::ByDate, "2025"),
    ("2024年6月30日前", DueKind::ByDate, "2024-06-30"),
    ("2025年6月", DueKind::ByDate, "2025-06"),
    ("长期坚持", DueKind::Ongoing, ""),
    ("持续推进", DueKind::Ongoing, ""),
    ("2026年底前", DueKind::ByDate, "2026"),
];

pub(super) fn clause() -> impl Strategy<Value = Clause> {
    let clause = prop_oneof![3 => led(), 1 => with_others(), 2 => shared(), 3 => labelled()];
    let due = prop::option::weighted(0.2, (select(&TIMES[..]), any::<bool>()));
    (clause, due).prop_map(|(mut clause, due)| {
        if let Some(((words, kind, date), label)) = due {
            clause.said.due = Some((kind, date.parse().ok()));
            if label || !clause.labels.is_empty() {
                clause.words.extend(["；完成时限：", words]);
            } else {
                clause.words.extend(["，", words]);
            }
            if !clause.labels.is_empty() {
                clause.labels.push(format!("完成时限：{words}"));
            }
        }
        clause
    })
}
