//! The words that carry a role: labels such as 牵头单位, and verbs at the end of a segment such as 按职责分工负责.
//!
//! Neither is a list of fixed phrases. Offices put them together freely (牵头责任单位, 协同责任单位, 按职能职责协同配合), so what is
//! listed are the words that they are made of, and what each says of the role.

mod label;
mod verb;

pub(crate) use label::{
    Slot, glued_label, is_duty, is_salutation, label, label_at_end, label_behind, label_line,
    lead_at_start, lost_colon, may_begin_label, spaced_label, stated_label,
};
pub(crate) use verb::{
    VERBS_INSIDE, WITH_OBJECT, before_adverbs, before_weak_verb, names_office, verb_phrase,
};

/// Words that a machine puts for 负责, 改革, 单位, 监管 and so on where it rewrites a page to look like another. They are read
/// for what they stand for, and a person is told.
const REWRITTEN: [&str; 14] = [
    "卖力",
    "生长改造",
    "生长和改造",
    "生长革新",
    "成长改造",
    "生长鼎新",
    "群众政府",
    "羁系",
    "责任单元",
    "义务单元",
    "牵头单元",
    "配合单元",
    "有关部分",
    "相关部分",
];

/// Whether words were put in the place of others by a machine.
pub(crate) fn is_rewritten(words: &str) -> bool {
    REWRITTEN.iter().any(|word| words.contains(word))
}
