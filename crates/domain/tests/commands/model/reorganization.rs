//! What a reorganization does, told day by day.

use super::{Done, Refused, State, unless};
use domain::{
    assignment::{Assignment, Inheritance},
    command::{Duties, Fate, Lasting, Reorganize},
    id::{AssignmentId, PartyId},
    party::{Party, PartyName},
    reorganization::Reorganization,
    time::{Day, Validity},
    vocabulary::{Basis, ReorganizationKind},
};

impl State {
    pub(super) fn reorganize(&mut self, it: &Reorganize, before: &Self) -> Done {
        let mut bodies = it.from.iter().enumerate();
        unless(bodies.any(|(n, body)| it.from[..n].contains(body)))?;
        for body in &it.from {
            let duties = before.assignments.iter();
            let duties = duties.filter(|(_, duty)| duty.party == *body);
            let seen = [before.version((*body).into())];
            let mut seen = seen
                .into_iter()
                .chain(duties.map(|(id, _)| before.version((*id).into())));
            unless(seen.any(|version| it.expected.is_some() && version > it.expected))?;
        }
        let reorganization = Reorganization {
            kind: it.kind,
            effective: it.effective,
            from: it.from.clone(),
            to: it.to.clone(),
            wording: it.wording.clone(),
        };
        self.reorganizations.insert(it.id, reorganization);
        let mut duties: Vec<(AssignmentId, Assignment)> = vec![];
        for party in &it.from {
            self.get::<Party>(*party)?;
            let all = self.assignments.clone().into_iter();
            duties.extend(all.filter(|(_, duty)| duty.party == *party));
        }
        for lot in &it.allotments {
            let day = lot.handover.unwrap_or(it.effective);
            for named in &lot.duties.assignments {
                let mut open = duties.iter().filter(|(_, duty)| day < duty.validity.to);
                unless(open.all(|(id, _)| id != named))?;
            }
        }
        for (id, duty) in duties {
            self.hand_over(it, id, &duty, before)?;
        }
        for &party in it.from.iter().filter(|party| ends(it, **party)) {
            self.close(party, it.effective)?;
        }
        if it.kind == ReorganizationKind::Rename {
            let name = it.name.as_deref().ok_or(Refused)?;
            for party in &it.from {
                self.rename(*party, name, it.effective)?;
            }
        }
        Ok(())
    }

    fn means(&self, duties: &Duties, id: AssignmentId, duty: &Assignment) -> bool {
        let plan = self.tasks.get(&duty.task).map(|task| task.plan);
        (duties.assignments.is_empty() || duties.assignments.contains(&id))
            && (duties.parties.is_empty() || duties.parties.contains(&duty.party))
            && (duties.tasks.is_empty() || duties.tasks.contains(&duty.task))
            && (duties.roles.is_empty() || duties.roles.contains(&duty.role))
            && (duties.plans.is_empty() || plan.is_some_and(|plan| duties.plans.contains(&plan)))
    }

    fn hand_over(
        &mut self,
        it: &Reorganize,
        id: AssignmentId,
        duty: &Assignment,
        before: &Self,
    ) -> Done {
        let mut lots = it.allotments.iter();
        let lot = lots.find(|lot| self.means(&lot.duties, id, duty));
        let day = lot.and_then(|lot| lot.handover).unwrap_or(it.effective);
        if duty.validity.to <= day {
            return Ok(());
        }
        let heir = match (lot.map(|lot| lot.fate), it.to.as_slice()) {
            (Some(Fate::Stays), _) => return Ok(()),
            (Some(Fate::Lapses), _) => None,
            (Some(Fate::Passes(heir)), _) => Some(heir),
            (None, _) if !ends(it, duty.party) => return Ok(()),
            (None, [heir]) => Some(*heir),
            (None, _) => return Err(Refused),
        };
        if heir == Some(duty.party) {
            return Ok(());
        }
        let passes = Validity {
            from: duty.validity.from.max(day),
            to: duty.validity.to,
        };
        if let Some(heir) = heir {
            unless(!it.to.contains(&heir))?;
            unless(!self.get::<Party>(heir)?.validity.contains(passes.from))?;
            // What is withdrawn by the changeset that recorded it was never there to be continued.
            let was_there = duty.validity.from < day || before.assignments.contains_key(&id);
            let inherits = was_there.then_some(Inheritance {
                assignment: id,
                reorganization: it.id,
            });
            for validity in stretches(passes.from, |on| {
                let mut all = self.assignments.values();
                passes.contains(on)
                    && !all.any(|own| {
                        (own.task, own.party, own.role) == (duty.task, heir, duty.role)
                            && own.validity.contains(on)
                    })
            }) {
                self.record(Assignment {
                    party: heir,
                    basis: Basis::Inherited,
                    validity,
                    inherits,
                    ..duty.clone()
                });
            }
        }
        self.cut::<Assignment>(id, day);
        Ok(())
    }

    /// A body is over, and is called nothing any more.
    fn close(&mut self, party: PartyId, day: Day) -> Done {
        let held = self.get::<Party>(party)?;
        if held.validity.to != day {
            unless(held.validity.from >= day || held.validity.to < day)?;
            self.cut::<Party>(party, day);
        }
        let names = self.names.clone().into_iter();
        for (id, _) in names.filter(|(_, name)| name.party == party) {
            self.cut::<PartyName>(id, day);
        }
        Ok(())
    }

    /// What holds on a day or later no longer does; what would begin only then never was. What is over by then stays as it
    /// is, even where an earlier command of the changeset has left it no day at all, which is refused at its end.
    pub(super) fn cut<F: super::Listed + Lasting>(&mut self, id: F::Id, day: Day) {
        let Some(held) = F::list_mut(self).remove(&id) else {
            return;
        };
        let Validity { from, to } = held.validity();
        if from < day || to <= day {
            let to = to.min(day);
            F::list_mut(self).insert(id, held.held(Validity { from, to }));
        }
    }
}

/// Whether a body is over afterwards.
fn ends(it: &Reorganize, party: PartyId) -> bool {
    match it.kind {
        ReorganizationKind::Abolish => true,
        ReorganizationKind::Merge | ReorganizationKind::Split => !it.to.contains(&party),
        _ => false,
    }
}

/// More days than any history has.
const LATEST: i32 = 100;

/// The stretches of days from one on that are so: what is so on the latest is so for ever.
fn stretches(from: Day, is_so: impl Fn(Day) -> bool) -> Vec<Validity> {
    let days: Vec<Day> = (0..LATEST)
        .map(|n| Day::from_number(from.number() + n))
        .collect();
    let mut stretches: Vec<Validity> = vec![];
    for &on in days.iter().filter(|on| is_so(**on)) {
        let to = if Some(&on) == days.last() {
            Day::FOREVER
        } else {
            Day::from_number(on.number() + 1)
        };
        match stretches.last_mut() {
            Some(last) if last.to == on => last.to = to,
            _ => stretches.push(Validity { from: on, to }),
        }
    }
    stretches
}
