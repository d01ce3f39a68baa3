//! Step 7: parties: what a name means in this document, by the directory or else by its shape.

use crate::kind::{kind_shown, reference, shows_party};
use domain::{
    clause::Confidence,
    directory::{Directory, Resolution, level_word, made_whole},
    time::Day,
    vocabulary::{PartyKind, Reference},
};

/// What is known beside the text when names are read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Names<'a> {
    pub(crate) directory: Option<&'a Directory>,
    pub(crate) jurisdiction: Option<&'a str>,
    pub(crate) on: Option<Day>,
}

impl Names<'_> {
    /// Whether these folded words name a party, as the directory or their shape shows.
    pub(crate) fn is_party(&self, name: &str) -> bool {
        shows_party(name) || self.resolve(name) != Resolution::Unknown
    }

    /// Which entry of the directory a folded name means.
    pub(crate) fn resolve(&self, name: &str) -> Resolution {
        let Some(directory) = self.directory else {
            return Resolution::Unknown;
        };
        directory.resolve(name, self.jurisdiction, self.on)
    }

    /// What a name in a list says. `level` is the level word that the list began with: in 市甲委、乙局 the second body is
    /// 市乙局.
    pub(crate) fn party(&self, name: &str, level: Option<char>) -> Named {
        let full_name = self.full(name, level);
        let resolution = match (self.resolve(name), &full_name) {
            (Resolution::Unknown, Some(full)) => self.resolve(full),
            (resolution, _) => resolution,
        };
        let (kind, kind_confidence) = match (&resolution, self.directory) {
            (Resolution::Known(entry), Some(directory)) => {
                (directory.entries()[*entry].kind, Confidence::percent(100))
            }
            _ => kind_shown(name),
        };
        Named {
            reference: reference(name),
            kind,
            kind_confidence,
            full_name,
            resolution,
        }
    }

    /// The name with an elided level word or the jurisdiction added, where that is another name.
    fn full(&self, name: &str, level: Option<char>) -> Option<String> {
        let whole = |name: &str| made_whole(name, self.jurisdiction?);
        if reference(name) != Reference::Named {
            return None;
        }
        if let Some(full) = whole(name) {
            return Some(full);
        }
        let relative = format!("{}{name}", level.filter(|_| self.elides(name))?);
        whole(&relative).or(Some(relative))
    }

    /// Whether a name may lack a level word: a department, a court or a mass body by its shape and nothing that stands alone.
    fn elides(&self, name: &str) -> bool {
        let territorial = ['省', '市', '区', '县', '州', '旗', '盟', '镇', '乡'];
        let place_within = name
            .match_indices(territorial)
            .any(|(at, _)| !MERELY_LEVEL.iter().any(|word| name[at..].starts_with(word)));
        let holds_stem =
            |place: &str| name.contains(place.trim_end_matches(['省', '市', '区', '县']));
        let of_a_level = matches!(
            kind_shown(name).0,
            PartyKind::Department | PartyKind::MassOrganization | PartyKind::CourtProcuratorate
        );
        of_a_level
            && level_word(name).is_none()
            && !place_within
            && !name.starts_with("国")
            && !name.starts_with("中")
            && !self.jurisdiction.is_some_and(holds_stem)
    }
}

/// What is known of a party by its name and its place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) reference: Reference,
    pub(crate) kind: PartyKind,
    pub(crate) kind_confidence: Confidence,
    pub(crate) full_name: Option<String>,
    pub(crate) resolution: Resolution,
}

/// Words in which a level character names no place.
const MERELY_LEVEL: &[&str] = &["市场", "市政", "市容", "区域", "城乡", "乡村", "乡建"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_elided_level_word_and_the_jurisdiction_are_added() {
        let tianjin = Names {
            jurisdiction: Some("天津市"),
            ..Names::default()
        };
        for (names, name, level, full) in [
            (tianjin, "市科技局", None, Some("天津市科技局")),
            (tianjin, "市委网信办", None, Some("天津市委网信办")),
            (tianjin, "市民政局", None, Some("天津市民政局")),
            (tianjin, "市场监管局", Some('市'), Some("天津市市场监管局")),
            (tianjin, "教委", Some('市'), Some("天津市教委")),
            (tianjin, "财政局", Some('市'), Some("天津市财政局")),
            (Names::default(), "财政局", Some('市'), Some("市财政局")),
            (Names::default(), "财政局", None, None),
            (tianjin, "西青区教育局", Some('市'), None),
            (tianjin, "天津海关", Some('市'), None),
            (tianjin, "各区人民政府", Some('市'), None),
            (tianjin, "市级有关部门", None, None),
            (tianjin, "南开大学", Some('市'), None),
            (tianjin, "残联", Some('市'), Some("天津市残联")),
        ] {
            assert_eq!(names.full(name, level).as_deref(), full, "{name} {level:?}");
        }
    }
}
