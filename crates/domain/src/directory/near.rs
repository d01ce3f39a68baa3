//! Names that are nearly the same: offered with what speaks for them, never taken for the same.

use super::{Directory, level_word};
use crate::{fold::fold, time::Day};
use rustc_hash::FxHashMap;

/// A body whose name is nearly the one that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The entry.
    pub entry: usize,
    /// Its name that comes near, folded.
    pub name: String,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for a body whose name is another, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The same name, but for a level word or the name of the place: 科技局 and 市科技局.
    LevelWord,
    /// The same name on other days.
    OtherDays,
    /// One character is missing, more or another.
    OneCharacter,
    /// Another word for the kind of body: 市科技局 and 市科技委.
    Suffix,
    /// The same name in another place.
    Elsewhere,
}

/// The words that say what kind of body it is, longer ones before those that they end with.
const SUFFIXES: [&str; 14] = [
    "管理委员会",
    "委员会",
    "管委会",
    "办公室",
    "管理局",
    "总局",
    "分局",
    "中心",
    "局",
    "委",
    "办",
    "厅",
    "处",
    "部",
];

/// How many are offered for a name.
const MOST: usize = 5;

/// Names with fewer characters than this are not compared character by character: too many would come near.
const SHORTEST: usize = 3;

impl Directory {
    /// The bodies whose names come nearest to one that means none of them for certain, the nearest first, at most five.
    ///
    /// Whether a name is another body's in another place is for a person to say; so is everything else here.
    pub fn near(&self, name: &str, jurisdiction: Option<&str>, on: Option<Day>) -> Vec<Near> {
        let name = fold(name);
        let jurisdiction = jurisdiction.map(fold).unwrap_or_default();
        let core = without_place(&name, &jurisdiction);
        let mut best: FxHashMap<u32, (Evidence, &str)> = FxHashMap::default();
        for (listed, entries) in &self.index {
            // Nothing that differs much in length is compared any further.
            if listed.chars().count().abs_diff(name.chars().count()) > LONGEST_PREFIX {
                continue;
            }
            for &(entry, position) in entries {
                let body = &self.entries[entry as usize];
                let place = body.place.as_deref().map(fold).unwrap_or_default();
                let inside = jurisdiction.is_empty() || self.belongs(entry as usize, &jurisdiction);
                let valid = on.is_none_or(|day| {
                    let name = &body.names[position as usize];
                    body.validity.contains(day) && name.validity.contains(day)
                });
                let listed_core = without_place(without_place(listed, &jurisdiction), &place);
                let Some(evidence) = evidence((&name, core), (listed, listed_core), inside, valid)
                else {
                    continue;
                };
                let held = best.entry(entry).or_insert((evidence, listed));
                *held = (*held).min((evidence, listed));
            }
        }
        let mut near: Vec<_> = best
            .into_iter()
            .map(|(entry, (evidence, name))| Near {
                entry: entry as usize,
                name: name.to_owned(),
                evidence,
            })
            .collect();
        near.sort_unstable_by_key(|near| (near.evidence, near.entry));
        near.truncate(MOST);
        near
    }
}

/// How many characters the name of a place and its level word add to a name at most: 新疆维吾尔自治区人民政府.
const LONGEST_PREFIX: usize = 12;

fn evidence(
    (name, core): (&str, &str),
    (listed, listed_core): (&str, &str),
    inside: bool,
    valid: bool,
) -> Option<Evidence> {
    if core == listed_core {
        return Some(match (inside, valid) {
            (false, _) => Evidence::Elsewhere,
            (true, false) => Evidence::OtherDays,
            (true, true) if name == listed => return None,
            (true, true) => Evidence::LevelWord,
        });
    }
    if !inside || core.chars().count() < SHORTEST {
        return None;
    }
    if differ_by_one(core, listed_core) {
        return Some(Evidence::OneCharacter);
    }
    let (stem, listed_stem) = (stem(core)?, stem(listed_core)?);
    (stem == listed_stem && stem.chars().count() >= 2).then_some(Evidence::Suffix)
}

/// A folded name without the name of its place and without a level word.
fn without_place<'n>(name: &'n str, place: &str) -> &'n str {
    let rest = name.strip_prefix(place).filter(|rest| !rest.is_empty());
    let rest = rest.unwrap_or(name);
    level_word(rest).map_or(rest, |level| &rest[level.len_utf8()..])
}

fn stem(name: &str) -> Option<&str> {
    SUFFIXES
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .filter(|stem| !stem.is_empty())
}

/// Whether one character more, one less or another makes one of the other.
fn differ_by_one(one: &str, other: &str) -> bool {
    let (mut a, mut b) = (one.chars(), other.chars());
    let (length_a, length_b) = (a.clone().count(), b.clone().count());
    if length_a.abs_diff(length_b) > 1 {
        return false;
    }
    loop {
        let (before_a, before_b) = (a.clone(), b.clone());
        match (a.next(), b.next()) {
            (Some(x), Some(y)) if x == y => {}
            (None, None) => return false,
            _ => {
                let rest = |mut chars: std::str::Chars<'_>, skip: bool| {
                    if skip {
                        chars.next();
                    }
                    chars.as_str().to_owned()
                };
                return rest(before_a, length_a >= length_b)
                    == rest(before_b, length_b >= length_a);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        directory::{Entry, EntryName},
        time::Validity,
        vocabulary::{NameKind, PartyKind},
    };

    fn directory() -> Directory {
        let entry = |names: &[&str], place: &str| Entry {
            names: names
                .iter()
                .map(|text| EntryName {
                    text: (*text).to_owned(),
                    kind: NameKind::Short,
                    validity: Validity::ALWAYS,
                })
                .collect(),
            kind: PartyKind::Department,
            level: None,
            division_code: None,
            place: Some(place.to_owned()),
            parent: None,
            validity: Validity::ALWAYS,
        };
        let mut former = entry(&["天津市粮食局"], "天津市");
        former.names[0].validity.to = "2018-11-01".parse().unwrap();
        Directory::new(vec![
            entry(&["天津市科学技术局", "市科技局"], "天津市"),
            entry(&["重庆市林业局", "市林业局"], "重庆市"),
            entry(&["天津市人力资源和社会保障局", "市人社局"], "天津市"),
            entry(&["天津市和平区教育局"], "和平区"),
            former,
        ])
    }

    #[test]
    fn near_misses_are_offered_with_what_speaks_for_them() {
        let directory = directory();
        let day = Some("2024-01-01".parse().unwrap());
        for (name, entry, evidence) in [
            ("科技局", 0, Evidence::LevelWord),
            ("市科技委", 0, Evidence::OneCharacter),
            ("市科学技术委员会", 0, Evidence::Suffix),
            ("市人力资源社会保障局", 2, Evidence::OneCharacter),
            ("市林业局", 1, Evidence::Elsewhere),
            ("市粮食局", 4, Evidence::OtherDays),
        ] {
            let near = directory.near(name, Some("天津市"), day);
            let first = near.first().map(|near| (near.entry, near.evidence));
            assert_eq!(first, Some((entry, evidence)), "{name}: {near:?}");
        }
    }

    #[test]
    fn what_only_shares_a_few_characters_is_not_offered() {
        for name in ["市财政局", "天津大学", "市科技馆协会", "局"] {
            assert_eq!(directory().near(name, Some("天津市"), None), [], "{name}");
        }
    }

    #[test]
    fn one_character_is_one() {
        for (one, other, expected) in [
            ("人社局", "人社厅", true),
            ("人社局", "人局", true),
            ("人局", "人社局", true),
            ("人社局", "人社局", false),
            ("人社局", "社人局", false),
            ("", "局", true),
            ("ab", "cd", false),
        ] {
            assert_eq!(differ_by_one(one, other), expected, "{one} {other}");
        }
    }
}
