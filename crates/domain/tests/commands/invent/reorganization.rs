//! Reorganizations made up, most of them such as may be done.

use super::Inventor;
use domain::{
    assignment::Assignment,
    command::{Allotment, Command, Duties, Fate, Reorganize},
    id::PartyId,
    party::Party,
    plan::Plan,
    reorganization::Reorganization,
    task::{Task, Wording},
    vocabulary::ReorganizationKind,
};

impl Inventor<'_> {
    pub(super) fn reorganize(&mut self) -> Command {
        let kind = self.dice.one_of(ReorganizationKind::ALL);
        let (from, to) = self.bodies(kind);
        let lots = [0, 0, 1, 1, 2][self.dice.below(5)];
        let id = self.new_id::<Reorganization>();
        let name = match kind {
            ReorganizationKind::Rename if !self.dice.once_in(12) => Some(self.words()),
            _ => None,
        };
        let expected = from.first().and_then(|&body| self.expected(body));
        Reorganize {
            id,
            kind,
            expected,
            effective: self.day(),
            allotments: (0..lots).map(|_| self.allotment(&from, &to)).collect(),
            from,
            to,
            wording: self.dice.maybe(&[Wording::Entered("撤并".to_owned())]),
            name,
        }
        .into()
    }

    /// Who there is before and after; once in a while of a reorganization that is called otherwise.
    fn bodies(&mut self, kind: ReorganizationKind) -> (Vec<PartyId>, Vec<PartyId>) {
        let mut body = || self.known::<Party>();
        let [a, b, c] = [body(), body(), body()];
        if self.dice.once_in(12) {
            return (self.dice.few(&[a, b, c]), self.dice.few(&[a, b, c]));
        }
        let other = self.dice.once_in(2);
        match (kind, other) {
            (ReorganizationKind::Rename, _) => (vec![a], vec![a]),
            (ReorganizationKind::Merge, false) | (ReorganizationKind::Transfer, true) => {
                (vec![a, b], vec![c])
            }
            (ReorganizationKind::Merge, true) => (vec![a, b], vec![b]),
            (ReorganizationKind::Split, false) => (vec![a], vec![b, c]),
            (ReorganizationKind::Split, true) => (vec![a], vec![a, b]),
            (ReorganizationKind::Abolish, false) => (vec![a], vec![]),
            (ReorganizationKind::Create, false) => (vec![], vec![a]),
            (ReorganizationKind::Abolish | ReorganizationKind::Create, true)
            | (ReorganizationKind::Transfer, false) => (vec![a], vec![b]),
        }
    }

    fn allotment(&mut self, from: &[PartyId], to: &[PartyId]) -> Allotment {
        let duties = Duties {
            parties: self.dice.few(from),
            plans: self.changed(Self::known::<Plan>).into_iter().collect(),
            tasks: self.changed(Self::known::<Task>).into_iter().collect(),
            roles: self.changed(Self::role).into_iter().collect(),
            assignments: if self.dice.once_in(6) {
                vec![self.known::<Assignment>()]
            } else {
                vec![]
            },
        };
        let fate = match self.dice.below(8) {
            0 => Fate::Lapses,
            1 => Fate::Stays,
            2 => Fate::Passes(self.known::<Party>()),
            _ => self.dice.pick(to).map_or(Fate::Lapses, Fate::Passes),
        };
        Allotment {
            duties,
            fate,
            handover: self.changed(Self::day),
        }
    }
}
