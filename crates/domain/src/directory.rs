//! The directory of parties: which body a name as written means, in which place and on which day.

mod near;

pub use near::{Evidence, Near};

use crate::{
    fold::fold,
    time::{Day, Validity},
    vocabulary::{NameKind, PartyKind, PlaceLevel},
};
use rustc_hash::FxHashMap;

/// A body that the directory knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called, the official name first.
    pub names: Vec<EntryName>,
    /// What kind of body it is.
    pub kind: PartyKind,
    /// The level of the place it belongs to.
    pub level: Option<PlaceLevel>,
    /// The administrative division code of its place, where it is the government of one.
    pub division_code: Option<String>,
    /// The name of the place it belongs to.
    pub place: Option<String>,
    /// The official name of the body above it.
    pub parent: Option<String>,
    /// When it exists.
    pub validity: Validity,
}

impl Entry {
    /// The official name; of several, the last in time. The first name of any kind if there is no official one.
    pub fn official_name(&self) -> &str {
        let official = self.names.iter().filter(|n| n.kind == NameKind::Official);
        official
            .max_by_key(|name| name.validity.from)
            .or(self.names.first())
            .map_or("", |name| &name.text)
    }
}

/// One name of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryName {
    /// The name.
    pub text: String,
    /// Official, short or former.
    pub kind: NameKind,
    /// When it is in use.
    pub validity: Validity,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// The entry with this index.
    Known(usize),
    /// One of these entries; the directory cannot tell which.
    Ambiguous(Vec<usize>),
    /// Nothing that the directory knows.
    Unknown,
}

/// All bodies by name. An entry is known by its index, so that a caller can keep handles of its own beside.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    entries: Vec<Entry>,
    /// The folded names that say to which place an entry belongs: see [`Self::belongs`].
    territories: Vec<Vec<String>>,
    /// Folded name to entry and name.
    index: FxHashMap<String, Vec<(u32, u32)>>,
}

/// The characters by which a name can be relative to a place: 市科技局, 区人民政府.
const LEVELS: [char; 9] = ['市', '省', '区', '县', '州', '盟', '旗', '镇', '乡'];

/// Words in which that character says no level: 市场监管局 is not the 场监管局 of a city.
const MERELY_BEGIN: [&str; 12] = [
    "市场",
    "市政工程",
    "市政公用",
    "市政设施",
    "市容",
    "市民中心",
    "市域",
    "区域",
    "区块",
    "县域",
    "乡村",
    "省际",
];

impl Directory {
    /// The directory of these bodies; their order gives the indices.
    pub fn new(entries: Vec<Entry>) -> Self {
        let mut directory = Self::default();
        for entry in entries {
            directory.push(entry);
        }
        directory
    }

    /// Adds a body and tells its index.
    pub fn push(&mut self, entry: Entry) -> usize {
        let number = self.entries.len();
        let place = entry.place.iter().map(|place| fold(place));
        let official = entry.names.iter().filter(|n| n.kind == NameKind::Official);
        let official = official.map(|name| fold(&name.text));
        let territories = place
            .chain(official.map(|name| name.strip_prefix("中共").map_or(name.clone(), Into::into)));
        self.territories.push(territories.collect());
        for (place, name) in entry.names.iter().enumerate() {
            let key = self.index.entry(fold(&name.text)).or_default();
            key.push((number as u32, place as u32));
        }
        self.entries.push(entry);
        number
    }

    /// All bodies.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What `name` means in a text of `jurisdiction` (the name of a place, such as 天津市) on a day.
    ///
    /// Scripts and widths do not matter. A name that says only its level (市科技局) is one of the jurisdiction's, never
    /// of another place; a full name may be listed by its relative form and the other way round. A name that another
    /// body had on other days does not count, and a former name only where no body has it now. Without a day, all
    /// names count.
    pub fn resolve(&self, name: &str, jurisdiction: Option<&str>, on: Option<Day>) -> Resolution {
        let name = fold(name);
        let Some(jurisdiction) = jurisdiction.map(fold).filter(|j| !j.is_empty()) else {
            return pick(self.named(&name, on));
        };
        if let Some((territory, rest)) = relative_to(&name, &jurisdiction) {
            let listed = self.within(territory, self.named(&name, on));
            return pick(or_else(listed, || {
                self.named(&format!("{territory}{rest}"), on)
            }));
        }
        let exact = self.named(&name, on);
        let inside = or_else(self.within(&jurisdiction, exact.clone()), || {
            self.named(&format!("{jurisdiction}{name}"), on)
        });
        pick(or_else(or_else(inside, || exact), || {
            let level = jurisdiction.chars().next_back().unwrap_or_default();
            let rest = name.strip_prefix(&jurisdiction).unwrap_or_default();
            self.within(&jurisdiction, self.named(&format!("{level}{rest}"), on))
        }))
    }

    /// The entries that have this folded name on the day, those that had it formerly only if there are no others.
    fn named(&self, folded: &str, on: Option<Day>) -> Vec<usize> {
        let listed = self.index.get(folded).map_or(&[][..], Vec::as_slice);
        let valid = listed.iter().filter_map(|&(entry, name)| {
            let body = &self.entries[entry as usize];
            let name = &body.names[name as usize];
            on.is_none_or(|day| body.validity.contains(day) && name.validity.contains(day))
                .then_some((entry as usize, name.kind))
        });
        let valid: Vec<_> = valid.collect();
        let current: Vec<_> = valid
            .iter()
            .filter(|(_, kind)| *kind != NameKind::Former)
            .map(|(entry, _)| *entry)
            .collect();
        or_else(current, || {
            valid.into_iter().map(|(entry, _)| entry).collect()
        })
    }

    fn within(&self, territory: &str, mut entries: Vec<usize>) -> Vec<usize> {
        entries.retain(|&entry| self.belongs(entry, territory));
        entries
    }

    /// Whether an entry belongs to a territory: its place is so named, or its official name begins so.
    fn belongs(&self, entry: usize, territory: &str) -> bool {
        let mut territories = self.territories[entry].iter();
        territories.any(|name| name.starts_with(territory))
    }
}

/// A name that says only its level, made whole: 市科技局 in 天津市 is 天津市科技局. Nothing for other names.
pub fn made_whole(name: &str, jurisdiction: &str) -> Option<String> {
    let (name, jurisdiction) = (fold(name), fold(jurisdiction));
    let (territory, rest) = relative_to(&name, &jurisdiction)?;
    Some(format!("{territory}{rest}"))
}

/// The level word that a name begins with, by which it is relative to a place: the 市 of 市科技局.
pub fn level_word(name: &str) -> Option<char> {
    let first = name.chars().next().filter(|c| LEVELS.contains(c))?;
    let merely_begins = MERELY_BEGIN.iter().any(|word| name.starts_with(word));
    (!merely_begins && name.len() > first.len_utf8()).then_some(first)
}

/// For a name that begins with a level word which the jurisdiction has too: that territory, and the rest of the name.
fn relative_to<'a>(name: &'a str, jurisdiction: &'a str) -> Option<(&'a str, &'a str)> {
    let level = level_word(name)?;
    let end = jurisdiction.rfind(level)? + level.len_utf8();
    Some((&jurisdiction[..end], &name[level.len_utf8()..]))
}

fn or_else(found: Vec<usize>, other: impl FnOnce() -> Vec<usize>) -> Vec<usize> {
    if found.is_empty() { other() } else { found }
}

fn pick(mut found: Vec<usize>) -> Resolution {
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [] => Resolution::Unknown,
        [one] => Resolution::Known(one),
        _ => Resolution::Ambiguous(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(names: &[&str], place: &str) -> Entry {
        let name = |(i, text): (usize, &&str)| EntryName {
            text: (*text).to_owned(),
            kind: if i == 0 {
                NameKind::Official
            } else {
                NameKind::Short
            },
            validity: Validity::ALWAYS,
        };
        Entry {
            names: names.iter().enumerate().map(name).collect(),
            kind: PartyKind::Department,
            level: None,
            division_code: None,
            place: Some(place.to_owned()),
            parent: None,
            validity: Validity::ALWAYS,
        }
    }

    fn directory() -> Directory {
        Directory::new(vec![
            entry(&["天津市科学技术局", "市科技局"], "天津市"),
            entry(&["重庆市科学技术局", "市科技局"], "重庆市"),
            entry(
                &["中共天津市委网络安全和信息化委员会办公室", "市委网信办"],
                "天津市",
            ),
            entry(&["天津市和平区人民政府", "和平区政府"], "和平区"),
            entry(&["沈阳市和平区人民政府", "和平区政府"], "和平区"),
            entry(&["天津大学"], "天津市"),
            entry(&["天津市市场监督管理委员会", "市市场监管委"], "天津市"),
            entry(&["天津市和平区教育局", "区教育局"], "天津市和平区"),
        ])
    }

    #[test]
    fn a_name_is_found_inside_its_jurisdiction() {
        use Resolution::{Ambiguous, Known, Unknown};
        let directory = directory();
        for (name, jurisdiction, expected) in [
            ("市科技局", Some("天津市"), Known(0)),
            ("市科技局", Some("重庆市"), Known(1)),
            ("市科技局", Some("上海市"), Unknown),
            ("市科技局", None, Ambiguous(vec![0, 1])),
            ("市科學技術局", Some("天津市"), Known(0)),
            ("天津市科技局", Some("天津市"), Known(0)),
            ("天津市委网信办", Some("天津市"), Known(2)),
            ("市委網信辦", Some("天津市"), Known(2)),
            ("和平区政府", Some("天津市"), Known(3)),
            ("和平区人民政府", Some("天津市"), Known(3)),
            ("和平区政府", None, Ambiguous(vec![3, 4])),
            ("天津大学", Some("重庆市"), Known(5)),
            ("市市场监管委", Some("天津市"), Known(6)),
            ("区教育局", Some("天津市和平区"), Known(7)),
            ("市场监督管理委员会", Some("天津市"), Known(6)),
            ("市科技局", Some("天津市和平区"), Known(0)),
            ("", Some("天津市"), Unknown),
        ] {
            let found = directory.resolve(name, jurisdiction, None);
            assert_eq!(found, expected, "{name} in {jurisdiction:?}");
        }
    }

    #[test]
    fn a_name_of_other_days_does_not_match_and_a_former_name_gives_way() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut old = entry(&["天津市知识产权局"], "天津市");
        let changed = day("2018-11-01");
        old.names[0].validity.to = changed;
        let mut heir = entry(&["天津市新知识产权局"], "天津市");
        heir.names.push(EntryName {
            text: "天津市知识产权局".to_owned(),
            kind: NameKind::Former,
            validity: Validity::ALWAYS,
        });
        let directory = Directory::new(vec![old, heir]);
        let on = |text| directory.resolve("天津市知识产权局", Some("天津市"), Some(day(text)));
        assert_eq!(on("2018-10-31"), Resolution::Known(0));
        assert_eq!(on("2018-11-01"), Resolution::Known(1));
        assert_eq!(
            directory.resolve("天津市新知识产权局", None, None),
            Resolution::Known(1)
        );
    }
}
