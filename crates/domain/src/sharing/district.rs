//! Districts against agencies: which governments of districts share tasks with which bodies of the level above.

use crate::{
    image::{PartyRef, PlanRef},
    view::View,
    vocabulary::PartyKind,
};
use rustc_hash::FxHashMap;

/// Governments of districts by agencies (organs of the party committee, departments, vertical agencies), sparse. Both
/// stand in directory order; who shares no task with the other side is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Districts {
    /// The governments of districts: the rows.
    pub districts: Vec<PartyRef>,
    /// The agencies: the columns.
    pub agencies: Vec<PartyRef>,
    /// Where they meet, row by row.
    pub meetings: Vec<Meeting>,
}

/// Where a district meets an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Meeting {
    /// Index of the district.
    pub row: u32,
    /// Index of the agency.
    pub column: u32,
    /// How many tasks they share.
    pub tasks: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    District,
    Agency,
}

impl View {
    /// The governments of districts against the agencies, in a plan or in the register.
    pub fn districts_by_agencies(&self, plan: Option<PlanRef>) -> Districts {
        let mut sides: FxHashMap<PartyRef, Option<Side>> = FxHashMap::default();
        let mut side = |party| *sides.entry(party).or_insert_with(|| self.side(party));
        let tally = self.tally(plan);
        let sorted = |(one, other, tasks)| match (side(one), side(other)) {
            (Some(Side::District), Some(Side::Agency)) => Some((one, other, tasks)),
            (Some(Side::Agency), Some(Side::District)) => Some((other, one, tasks)),
            _ => None,
        };
        let met: Vec<(PartyRef, PartyRef, u32)> = tally.pairs().filter_map(sorted).collect();
        let districts = self.each_once(met.iter().map(|met| met.0));
        let agencies = self.each_once(met.iter().map(|met| met.1));
        let place = |parties: &[PartyRef]| -> FxHashMap<PartyRef, u32> {
            parties.iter().copied().zip(0..).collect()
        };
        let (rows, columns) = (place(&districts), place(&agencies));
        let meetings = met.into_iter().map(|(district, agency, tasks)| Meeting {
            row: rows[&district],
            column: columns[&agency],
            tasks,
        });
        let mut meetings: Vec<_> = meetings.collect();
        meetings.sort_unstable();
        Districts {
            districts,
            agencies,
            meetings,
        }
    }

    fn side(&self, party: PartyRef) -> Option<Side> {
        use PartyKind::{CommitteeOrgan, Department, VerticalAgency};
        match self.thing(party).kind {
            CommitteeOrgan | Department | VerticalAgency => Some(Side::Agency),
            _ => self.party_is_district(party).then_some(Side::District),
        }
    }

    fn each_once(&self, parties: impl Iterator<Item = PartyRef>) -> Vec<PartyRef> {
        let mut parties: Vec<_> = parties.collect();
        parties.sort_unstable();
        parties.dedup();
        self.in_directory_order(parties)
    }
}
