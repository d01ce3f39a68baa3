//! Collectives: a set of bodies that a text names as one, and who belonged to it on a day.

use super::View;
use crate::{
    fold::fold,
    image::{Party, PartyRef, PlaceRef},
    vocabulary::{PartyKind, PlaceLevel},
};

/// What the name of a collective says of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Members {
    kind: PartyKind,
    /// The levels of their places; nothing for bodies of the collective's own place.
    levels: Vec<PlaceLevel>,
}

/// The words for places in the names of collectives, longer ones before those that they begin with. A 市 of a province
/// is a prefecture, one that stands beside 县 or 区 a county-level city.
const LEVELS: [(&str, PlaceLevel); 13] = [
    ("设区市", PlaceLevel::Prefecture),
    ("地级市", PlaceLevel::Prefecture),
    ("县级市", PlaceLevel::District),
    ("自治州", PlaceLevel::Prefecture),
    ("街道", PlaceLevel::Township),
    ("市", PlaceLevel::Prefecture),
    ("州", PlaceLevel::Prefecture),
    ("盟", PlaceLevel::Prefecture),
    ("区", PlaceLevel::District),
    ("县", PlaceLevel::District),
    ("旗", PlaceLevel::District),
    ("镇", PlaceLevel::Township),
    ("乡", PlaceLevel::Township),
];

/// Reads 各区人民政府, 各县（市、区）政府, 各镇街, 各功能区管委会, 各部门. Nothing for names that leave their bodies open.
fn members(name: &str) -> Option<Members> {
    let name = fold(name);
    if ["有关", "相关", "其他", "等"]
        .iter()
        .any(|word| name.contains(word))
    {
        return None;
    }
    let (_, said) = name.split_once('各')?;
    let own = |kind| Members {
        kind,
        levels: vec![],
    };
    if ["部门", "委办局", "市直部门", "市级部门"].contains(&said) {
        return Some(own(PartyKind::Department));
    }
    let zones = ["功能区", "开发区", "园区", "管委会"];
    if zones.iter().any(|zone| said.starts_with(zone)) {
        return Some(own(PartyKind::FunctionalZone));
    }
    let mut rest = said;
    let mut levels = vec![];
    'words: while !rest.is_empty() {
        for (word, level) in LEVELS {
            if let Some(after) = rest.strip_prefix(word) {
                levels.push((word, level));
                rest = after;
                continue 'words;
            }
        }
        match rest.strip_prefix(['(', ')', '、', '和', ',']) {
            Some(after) => rest = after,
            None => break,
        }
    }
    // 镇街 is short for towns and street offices.
    let rest = rest.strip_prefix('街').unwrap_or(rest);
    let governments = [
        "",
        "人民政府",
        "政府",
        "党委、政府",
        "政府(管委会)",
        "办事处",
    ];
    if levels.is_empty() || !governments.contains(&rest) {
        return None;
    }
    let below = levels
        .iter()
        .any(|(_, level)| *level == PlaceLevel::District);
    let levels = levels.into_iter().map(|(word, level)| {
        if word == "市" && below {
            PlaceLevel::District
        } else {
            level
        }
    });
    let mut levels: Vec<_> = levels.collect();
    levels.sort_unstable();
    levels.dedup();
    Some(Members {
        kind: PartyKind::Government,
        levels,
    })
}

impl View {
    /// The bodies that a collective stands for on the view's day, in directory order: those that its name means in its
    /// place, as far as the register knows them. Nobody, where the name leaves it open or has no place.
    pub fn collective_members(&self, collective: PartyRef) -> Vec<PartyRef> {
        let image = self.thing(collective);
        let name = self.party_name(collective).map(|name| self.text(name));
        let (Some(place), Some(members)) = (image.place, name.and_then(members)) else {
            return vec![];
        };
        let belongs = |party: &Party| {
            party.kind == members.kind
                && party.validity.contains(self.valid_on())
                && party.place.is_some_and(|own| {
                    if members.levels.is_empty() {
                        own == place || self.place_is_beneath(own, place)
                    } else {
                        members.levels.contains(&self.thing(own).level)
                            && self.place_is_beneath(own, place)
                    }
                })
        };
        let mut found: Vec<_> = self
            .known::<Party>()
            .filter(|(_, party)| belongs(party))
            .map(|(party, _)| party)
            .collect();
        found.sort_unstable_by_key(|&party| (self.thing(party).position, party));
        found
    }

    /// Whether a place lies in another: by what the register says, or else by the division codes, in which a county's
    /// begins with its prefecture's first four digits and a prefecture's with its province's first two.
    fn place_is_beneath(&self, place: PlaceRef, within: PlaceRef) -> bool {
        if place == within {
            return false;
        }
        let code = |place: PlaceRef| self.thing(place).code.map(|code| self.text(code));
        self.place_lies_in(place, within)
            || code(place).zip(code(within)).is_some_and(|(code, within)| {
                let prefix = within.trim_end_matches("00");
                prefix.len() < within.len() && code.starts_with(prefix) && code != within
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_collective_says_who_belongs_to_it() {
        use PlaceLevel::{District, Prefecture, Township};
        for (name, levels) in [
            ("各区人民政府", vec![District]),
            ("各區人民政府", vec![District]),
            ("各区", vec![District]),
            ("各县（市、区）人民政府", vec![District]),
            ("各市人民政府", vec![Prefecture]),
            ("各设区市政府", vec![Prefecture]),
            ("各市、县人民政府", vec![District]),
            ("各镇街", vec![Township]),
            ("各乡镇人民政府", vec![Township]),
        ] {
            let kind = PartyKind::Government;
            assert_eq!(members(name), Some(Members { kind, levels }), "{name}");
        }
        for (name, kind) in [
            ("各部门", PartyKind::Department),
            ("市级各部门", PartyKind::Department),
            ("各功能区管委会", PartyKind::FunctionalZone),
            ("各开发区", PartyKind::FunctionalZone),
        ] {
            assert_eq!(
                members(name).map(|members| members.kind),
                Some(kind),
                "{name}"
            );
        }
    }

    #[test]
    fn a_name_that_leaves_its_bodies_open_has_no_members() {
        for name in [
            "有关单位",
            "各有关部门",
            "各相关区",
            "各区等单位",
            "市科技局",
            "各类企业",
        ] {
            assert_eq!(members(name), None, "{name}");
        }
    }
}
