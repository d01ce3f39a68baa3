//! What is otherwise in one view than in another.

use super::handle;
use crate::naive::{Kind, Moment};
use domain::{
    assignment::Assignment,
    clause::Clause,
    deadline::Deadline,
    diff::{Diff, DiffScope, Entry, How, diff},
    document::Document,
    id::{AssignmentId, PartyId, PartyNameId, PlanId, ReorganizationId, SupervisionCaseId},
    image::{self, Image},
    party::{Party, PartyName},
    place::Place,
    plan::{Plan, Section},
    progress::{ProgressReport, Reported},
    progress_rule::ProgressRule,
    register::Ref,
    reorganization::Reorganization,
    standing::Standing,
    supervision::SupervisionCase,
    target::Target,
    task::Task,
    time::{Day, Validity},
    view::View,
    vocabulary::ReorganizationKind,
};

/// An entry of the model: how it is otherwise, and by which reorganizations.
type Entered<I> = (Said<I>, Vec<ReorganizationId>);

/// What it is, of which fact; for a duty that passed, from which to which.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said<I> {
    Added(I),
    Ended(I),
    Corrected(I),
    Advanced(I),
    Transferred(I, I),
    Superseded(I, I),
}

/// Two views and what the model knows of each.
pub(crate) struct Two<'a> {
    pub(crate) before: (&'a View, &'a Moment<'a>),
    pub(crate) after: (&'a View, &'a Moment<'a>),
}

/// Compares the whole, each plan, and each party in all plans and in each.
pub(crate) fn all(two: &Two<'_>) {
    let (view, moment) = (two.after.0, two.known());
    two.ask(None, None);
    let parties = moment.lists.ids::<Party>();
    for &party in &parties {
        two.ask(None, Some(party));
    }
    for plan in moment.lists.ids::<Plan>() {
        two.ask(Some(plan), None);
        if let Some(&party) = parties.first() {
            two.ask(Some(plan), Some(party));
        }
    }
    let nothing = diff(view, view, DiffScope::default());
    assert!(nothing.assignments.is_empty() && nothing.tasks.is_empty());
}

impl Two<'_> {
    /// The one that knows more.
    fn known(&self) -> &Moment<'_> {
        if self.before.0.seq() > self.after.0.seq() {
            self.before.1
        } else {
            self.after.1
        }
    }

    fn ask(&self, plan: Option<PlanId>, party: Option<PartyId>) {
        let register = self.after.0.register();
        let scope = DiffScope {
            plan: plan.map(|plan| handle::<image::Plan>(register, plan)),
            party: party.map(|party| handle::<image::Party>(register, party)),
        };
        let diff = diff(self.before.0, self.after.0, scope);
        self.things(&diff, plan, party);
        self.work(&diff, plan, party);
        let Diff {
            assignments,
            targets,
            deadlines,
            ..
        } = diff;
        let lists = &self.known().lists;
        let in_plan = |of: PlanId| plan.is_none_or(|plan| plan == of);
        let duties = self.duties(|id| {
            let duty = lists.thing::<Assignment>(id);
            party.is_none_or(|party| party == duty.party)
                && in_plan(lists.thing::<Task>(duty.task).plan)
        });
        assert_eq!(self.said(&assignments), duties);
        let of_plans = party.is_none();
        let plan_of = |subject| self.known().subject_plan(subject);
        assert_eq!(
            self.said(&targets),
            self.entries::<Target>(|_, target| of_plans && in_plan(plan_of(target.subject)))
        );
        assert_eq!(
            self.said(&deadlines),
            self.entries::<Deadline>(|_, deadline| of_plans && in_plan(plan_of(deadline.subject)))
        );
    }

    /// What there is: documents, places, plans and what they hold, parties and their names.
    fn things(&self, diff: &Diff, plan: Option<PlanId>, party: Option<PartyId>) {
        let of_all = plan.is_none() && party.is_none();
        let of_plans = party.is_none();
        let in_plan = |of: PlanId| of_plans && plan.is_none_or(|plan| plan == of);
        let is_party = |of: PartyId| plan.is_none() && party.is_none_or(|party| party == of);
        assert_eq!(
            self.said(&diff.documents),
            self.entries::<Document>(|document, _| of_plans
                && plan.is_none_or(
                    |plan| self.is_known::<Plan>(plan, |plan| plan.document == Some(document))
                ))
        );
        assert_eq!(
            self.said(&diff.places),
            self.entries::<Place>(|_, _| of_all)
        );
        assert_eq!(
            self.said(&diff.parties),
            self.entries::<Party>(|id, _| is_party(id))
        );
        assert_eq!(
            self.said(&diff.party_names),
            self.entries::<PartyName>(|_, name| is_party(name.party))
        );
        assert_eq!(self.said(&diff.plans), self.plans(in_plan));
        assert_eq!(
            self.said(&diff.sections),
            self.entries::<Section>(|_, section| in_plan(section.plan))
        );
        assert_eq!(
            self.said(&diff.tasks),
            self.entries::<Task>(|_, task| in_plan(task.plan))
        );
        assert_eq!(
            self.said(&diff.clauses),
            self.entries::<Clause>(|_, it| in_plan(self.known().subject_plan(it.subject)))
        );
        assert_eq!(
            self.said(&diff.progress_rules),
            self.entries::<ProgressRule>(|_, it| it.plan.map_or(of_all, in_plan))
        );
        assert_eq!(
            self.said(&diff.reorganizations),
            self.entries::<Reorganization>(|id, _| plan.is_none()
                && self.is_known::<Reorganization>(id, |it| {
                    party.is_none_or(|party| it.from.contains(&party) || it.to.contains(&party))
                }))
        );
    }

    /// How work goes.
    fn work(&self, diff: &Diff, plan: Option<PlanId>, party: Option<PartyId>) {
        let lists = &self.known().lists;
        let in_plan = |of: PlanId| plan.is_none_or(|plan| plan == of);
        let plan_of = |task| lists.thing::<Task>(task).plan;
        assert_eq!(
            self.said(&diff.standings),
            self.entries::<Standing>(|_, it| party.is_none() && in_plan(plan_of(it.task)))
        );
        let is_asked = |of: PartyId| party.is_none_or(|party| party == of);
        assert_eq!(
            self.said(&diff.progress_reports),
            self.entries::<ProgressReport>(|_, it| is_asked(it.party)
                && in_plan(match it.about {
                    Reported::Task(task) => plan_of(task),
                    Reported::Target(target) => {
                        let subject = lists.thing::<Target>(target).subject;
                        self.known().subject_plan(subject)
                    }
                }))
        );
        assert_eq!(
            self.said(&diff.supervision_cases),
            self.cases(|id, it| in_plan(plan_of(it.task))
                && self.is_known::<SupervisionCase>(id, |it| is_asked(it.party)))
        );
    }

    /// Whether one side or the other knows that something is so of a fact.
    fn is_known<F: Kind>(&self, id: F::Id, is_so: impl Fn(&F) -> bool) -> bool {
        let lists = [&self.before.1.lists, &self.after.1.lists];
        lists
            .into_iter()
            .any(|lists| lists.get::<F>(id).is_some_and(&is_so))
    }

    /// A case that shows on both sides went on, if all that is otherwise is what was done since.
    fn cases(
        &self,
        is_asked: impl Fn(SupervisionCaseId, &SupervisionCase) -> bool,
    ) -> Vec<Entered<SupervisionCaseId>> {
        let ((_, before), (_, after)) = (self.before, self.after);
        let told = |moment: &Moment<'_>, day: Day, id| {
            let mut case = moment.lists.get::<SupervisionCase>(id)?.clone();
            case.steps.retain(|step| step.day <= day);
            (!case.steps.is_empty()).then_some(case)
        };
        let lists = &self.known().lists;
        let mut said = vec![];
        for id in lists.ids::<SupervisionCase>() {
            if !is_asked(id, lists.thing::<SupervisionCase>(id)) {
                continue;
            }
            let entry = match (told(before, before.day, id), told(after, after.day, id)) {
                (Some(was), Some(is)) if was == is => None,
                (Some(was), Some(_)) if told(after, before.day, id) == Some(was.clone()) => {
                    Some(Said::Advanced(id))
                }
                (Some(_), Some(_)) => Some(Said::Corrected(id)),
                _ => self.entry::<SupervisionCase>(id),
            };
            said.extend(entry.map(|entry| (entry, vec![])));
        }
        said.sort();
        said
    }

    fn said<I: Image>(
        &self,
        entries: &[Entry<I>],
    ) -> Vec<Entered<<I::Fact as domain::change::Fact>::Id>>
    where
        <I::Fact as domain::change::Fact>::Id: Ord,
    {
        let view = self.after.0;
        let id = |fact: &Ref<I>| view.id(*fact);
        let said = |entry: &Entry<I>| {
            let said = match &entry.how {
                How::Added(fact) => Said::Added(id(fact)),
                How::Ended(fact) => Said::Ended(id(fact)),
                How::Corrected(fact) => Said::Corrected(id(fact)),
                How::Advanced(fact) => Said::Advanced(id(fact)),
                How::Superseded { from, by } => Said::Superseded(id(from), id(by)),
                How::Transferred { from, to } => Said::Transferred(id(from), id(to)),
            };
            (said, entry.by.iter().map(|by| view.id(*by)).collect())
        };
        let mut said: Vec<_> = entries.iter().map(said).collect();
        said.sort();
        said
    }

    /// A plan that is over by the later day is superseded by the plan that is known to take its place.
    fn plans(&self, is_asked: impl Fn(PlanId) -> bool) -> Vec<Entered<PlanId>> {
        let (_, after) = self.after;
        let mut said = self.entries::<Plan>(|id, _| is_asked(id));
        for (said, _) in &mut said {
            if let Said::Ended(id) = *said
                && let Some(plan) = after.lists.get::<Plan>(id)
                && plan.validity.to <= after.day
                && let Some(newer) = plan.superseded_by
            {
                *said = Said::Superseded(id, newer);
            }
        }
        said.sort();
        said
    }

    fn entries<F: Lasting>(&self, is_asked: impl Fn(F::Id, &F) -> bool) -> Vec<Entered<F::Id>>
    where
        F::Id: Ord,
    {
        let lists = &self.known().lists;
        let ids = lists.ids::<F>().into_iter();
        let asked = ids.filter(|&id| is_asked(id, lists.thing::<F>(id)));
        let said = |id| Some((self.entry::<F>(id)?, self.causes::<F>(id)));
        let mut said: Vec<_> = asked.filter_map(said).collect();
        said.sort();
        said
    }

    /// Whether each side shows a fact.
    fn shown<F: Lasting>(&self, id: F::Id) -> (bool, bool) {
        let shows = |moment: &Moment<'_>| {
            let known = moment.lists.get::<F>(id);
            known.is_some_and(|fact| {
                fact.validity().from <= moment.day && moment.day < fact.validity().to
            })
        };
        (shows(self.before.1), shows(self.after.1))
    }

    fn causes<F: Lasting>(&self, id: F::Id) -> Vec<ReorganizationId> {
        match self.shown::<F>(id) {
            (false, true) => F::came_by(self.after.1, id),
            (true, false) => F::went_by(self.after.1, id),
            _ => vec![],
        }
    }

    /// A fact shows while it is known and holds on the day.
    fn entry<F: Lasting>(&self, id: F::Id) -> Option<Said<F::Id>> {
        let ((_, before), (_, after)) = (self.before, self.after);
        let (was, is) = (before.lists.get::<F>(id), after.lists.get::<F>(id));
        let holds = |fact: Option<&F>, moment: &Moment<'_>| {
            fact.is_some_and(|fact| {
                fact.validity().from <= moment.day && moment.day < fact.validity().to
            })
        };
        let (showed, shows) = (holds(was, before), holds(is, after));
        // In hindsight.
        let was_so = holds(is, before);
        if showed && shows {
            (was != is).then_some(Said::Corrected(id))
        } else if shows {
            Some(if was.is_some() && was_so {
                Said::Corrected(id)
            } else {
                Said::Added(id)
            })
        } else if showed {
            Some(if was_so {
                Said::Ended(id)
            } else {
                Said::Corrected(id)
            })
        } else {
            None
        }
    }

    /// What one duty went as and another came as is one entry, wherever one of both is asked about.
    fn duties(&self, is_asked: impl Fn(AssignmentId) -> bool) -> Vec<Entered<AssignmentId>> {
        let ids = self.known().lists.ids::<Assignment>();
        let mut said = vec![];
        let mut passed = vec![];
        for &heir in &ids {
            if self.entry::<Assignment>(heir) != Some(Said::Added(heir)) {
                continue;
            }
            if let Some((from, by)) = self.origin(heir) {
                passed.push((from, heir, by));
            } else if is_asked(heir) {
                said.push((Said::Added(heir), self.causes::<Assignment>(heir)));
            }
        }
        for duty in ids.into_iter().filter(|id| is_asked(*id)) {
            let entry = match self.entry::<Assignment>(duty) {
                Some(Said::Added(_)) | None => continue,
                Some(entry) => (entry, self.causes::<Assignment>(duty)),
            };
            let heirs: Vec<_> = passed.iter().filter(|(from, ..)| *from == duty).collect();
            match heirs.first() {
                None => said.push(entry),
                // Told with the heir, if that is asked about too.
                Some(_) if heirs.iter().any(|(_, heir, _)| is_asked(*heir)) => {}
                Some((from, heir, by)) => said.push((Said::Transferred(*from, *heir), by.clone())),
            }
        }
        let heirs = passed.into_iter().filter(|(_, heir, _)| is_asked(*heir));
        said.extend(heirs.map(|(from, heir, by)| (Said::Transferred(from, heir), by)));
        said.sort();
        said
    }

    /// The duty that went and that this one continues, perhaps by others that never began.
    fn origin(&self, heir: AssignmentId) -> Option<(AssignmentId, Vec<ReorganizationId>)> {
        let (mut duty, mut by, mut seen) = (heir, vec![], vec![heir]);
        while let Some(inherits) = self.after.1.lists.thing::<Assignment>(duty).inherits {
            by.insert(0, inherits.reorganization);
            duty = inherits.assignment;
            if seen.contains(&duty) {
                return None;
            }
            seen.push(duty);
            if self.shown::<Assignment>(duty) == (true, false) {
                return Some((duty, by));
            }
        }
        None
    }
}

/// A kind of fact that holds for a time.
trait Lasting: Kind {
    fn validity(&self) -> Validity;

    /// The reorganizations by which it began.
    fn came_by(_: &Moment<'_>, _: Self::Id) -> Vec<ReorganizationId> {
        vec![]
    }

    /// The reorganizations by which it is no longer.
    fn went_by(_: &Moment<'_>, _: Self::Id) -> Vec<ReorganizationId> {
        vec![]
    }
}

/// The reorganizations known of which something is so.
fn reorganizations(
    moment: &Moment<'_>,
    is_so: impl Fn(ReorganizationId, &Reorganization) -> bool,
) -> Vec<ReorganizationId> {
    let known = moment.lists.known::<Reorganization>();
    known
        .filter(|(id, it)| is_so(*id, it))
        .map(|(id, _)| id)
        .collect()
}

/// Merging, splitting and setting up make the bodies that were not there before.
fn sets_up(it: &Reorganization, party: PartyId) -> bool {
    use ReorganizationKind::{Create, Merge, Split};
    let is_new = it.to.contains(&party) && !it.from.contains(&party);
    is_new && [Merge, Split, Create].contains(&it.kind)
}

/// Whoever is merged or split is over unless it is there afterwards, too; whoever is abolished is over.
fn is_the_end_of(it: &Reorganization, party: PartyId) -> bool {
    it.from.contains(&party)
        && match it.kind {
            ReorganizationKind::Abolish => true,
            ReorganizationKind::Merge | ReorganizationKind::Split => !it.to.contains(&party),
            _ => false,
        }
}

fn renames(it: &Reorganization, party: PartyId) -> bool {
    it.kind == ReorganizationKind::Rename && it.from.contains(&party)
}

impl Lasting for Party {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn came_by(moment: &Moment<'_>, id: PartyId) -> Vec<ReorganizationId> {
        let from = moment
            .lists
            .get::<Self>(id)
            .map(|party| party.validity.from);
        reorganizations(moment, |_, it| {
            Some(it.effective) == from && sets_up(it, id)
        })
    }

    fn went_by(moment: &Moment<'_>, id: PartyId) -> Vec<ReorganizationId> {
        let to = moment.lists.get::<Self>(id).map(|party| party.validity.to);
        reorganizations(moment, |_, it| {
            Some(it.effective) == to && is_the_end_of(it, id)
        })
    }
}

impl Lasting for PartyName {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn came_by(moment: &Moment<'_>, id: PartyNameId) -> Vec<ReorganizationId> {
        let name = moment.lists.get::<Self>(id).expect("it is shown");
        reorganizations(moment, |_, it| {
            it.effective == name.validity.from
                && (sets_up(it, name.party) || renames(it, name.party))
        })
    }

    fn went_by(moment: &Moment<'_>, id: PartyNameId) -> Vec<ReorganizationId> {
        let Some(name) = moment.lists.get::<Self>(id) else {
            return vec![];
        };
        reorganizations(moment, |_, it| {
            it.effective == name.validity.to
                && (is_the_end_of(it, name.party) || renames(it, name.party))
        })
    }
}

impl Lasting for Assignment {
    fn validity(&self) -> Validity {
        self.validity
    }

    fn came_by(moment: &Moment<'_>, id: AssignmentId) -> Vec<ReorganizationId> {
        let inherits = moment.lists.thing::<Self>(id).inherits;
        inherits.map(|it| it.reorganization).into_iter().collect()
    }

    /// What the changeset recorded that last moved its end.
    fn went_by(moment: &Moment<'_>, id: AssignmentId) -> Vec<ReorganizationId> {
        let versions = moment.history::<Self>(id);
        let end = |fact: &Option<Self>| fact.as_ref().map(|duty| duty.validity.to);
        let moved = versions
            .windows(2)
            .find(|two| end(&two[0].fact) != end(&two[1].fact));
        let Some(seq) = moved.map(|two| two[0].since) else {
            return vec![];
        };
        let party = moment.lists.thing::<Self>(id).party;
        reorganizations(moment, |id, it| {
            let first = moment.history::<Reorganization>(id).pop();
            it.from.contains(&party) && first.is_some_and(|first| first.since == seq)
        })
    }
}

macro_rules! lasting {
    ($($fact:ty),*) => {
        $(impl Lasting for $fact {
            fn validity(&self) -> Validity {
                self.validity
            }
        })*
    };
}

lasting!(Plan, Task, Target, Deadline, ProgressRule);

macro_rules! standing {
    ($($fact:ty),*) => {
        $(impl Lasting for $fact {
            fn validity(&self) -> Validity {
                Validity::ALWAYS
            }
        })*
    };
}

standing!(Document, Place, Section, Clause);

macro_rules! happening {
    ($($fact:ty: |$it:ident| $day:expr,)*) => {
        $(impl Lasting for $fact {
            fn validity(&self) -> Validity {
                let $it = self;
                Validity::since($day)
            }
        })*
    };
}

happening! {
    Standing: |it| it.reached,
    ProgressReport: |it| it.reported,
    SupervisionCase: |it| it.steps.first().map_or(Day::BEGINNING, |step| step.day),
    Reorganization: |it| it.effective,
}
