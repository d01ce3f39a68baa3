//! Parties and their names.

use super::{Valid, View, Words};
use crate::{
    fold::fold,
    image::{AssignmentRef, Party, PartyNameRef, PartyRef, PlaceRef, PlanRef, TaskRef},
    page::{self, BadPage, Cursor, Key, Page, PageRequest, Sorted},
    register::TextRef,
    time::Seq,
    vocabulary::{NameKind, PartyKind, PlaceLevel, Role},
};
use rustc_hash::FxHashSet;

/// Which parties.
#[derive(Clone, Debug, Default)]
pub struct PartyFilter {
    /// Of one of these kinds; of any if none is named.
    pub kinds: Vec<PartyKind>,
    /// Of this place or one that lies in it.
    pub place: Option<PlaceRef>,
    /// Directly under this party.
    pub parent: Option<PartyRef>,
    /// With an assignment in this plan. As everywhere, one counts while it holds and its task is in force.
    pub plan: Option<PlanRef>,
    /// With an assignment in one of these roles; in any if none is named.
    pub roles: Vec<Role>,
    /// With these words in a name.
    pub words: Option<Words>,
    /// Existing on the view's day, or any; of assignments and their tasks, too.
    pub valid: Valid,
}

/// The order of a list of parties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartyOrder {
    /// As the directory lists them.
    #[default]
    Directory,
    /// By name, in pinyin order.
    Name,
}

impl View {
    /// A page of parties.
    pub fn party_page(
        &self,
        filter: &PartyFilter,
        order: PartyOrder,
        request: &PageRequest,
    ) -> Result<Page<Party>, BadPage> {
        let key = move |party| self.party_key(order, party);
        page::page(
            self,
            &Sorted::new(self.parties(filter).into_iter(), key),
            request,
        )
    }

    /// Where a party stands in a list in this order.
    pub fn party_cursor(&self, order: PartyOrder, party: PartyRef) -> Cursor {
        page::cursor(
            self,
            &Sorted::new(std::iter::empty(), move |party| {
                self.party_key(order, party)
            }),
            party,
        )
    }

    /// How many parties.
    pub fn party_count(&self, filter: &PartyFilter) -> usize {
        self.parties(filter).len()
    }

    /// What a party is called: of its names valid on the view's day, or else of all it ever had, the official one, else
    /// a short one, else another; of several, the one that began last.
    pub fn party_name(&self, party: PartyRef) -> Option<TextRef> {
        let mut best = None;
        for name in self.register().graph.names_of.of(party) {
            let Some(name) = self.get(name) else { continue };
            let rank = (
                name.validity.contains(self.valid_on()),
                name.kind == NameKind::Official,
                name.kind == NameKind::Short,
                name.validity.from,
            );
            // Of equals the first recorded.
            if best.is_none_or(|(best, _)| rank > best) {
                best = Some((rank, name.text));
            }
        }
        best.map(|(_, text)| text)
    }

    /// The version of a party and its names: the seq since which this view knows all of them as they are.
    pub fn party_version(&self, party: PartyRef) -> Seq {
        let names = self.register().graph.names_of.of(party);
        let names = names.map(|name| self.version(name)).max();
        self.version(party).max(names.unwrap_or_default())
    }

    /// The names of a party, in the order of recording.
    pub fn party_names(&self, party: PartyRef, valid: Valid) -> Vec<PartyNameRef> {
        let listed = |name: &PartyNameRef| {
            self.get(*name)
                .is_some_and(|image| self.lists(image.validity, valid))
        };
        self.register()
            .graph
            .names_of
            .of(party)
            .filter(listed)
            .collect()
    }

    /// The parties that are meant by a name, script and width making no difference: those that are called so on the
    /// view's day, or else those that were or will be; and for one that is over, who stands for it on that day.
    pub fn party_find_by_name(&self, name: &str) -> Vec<PartyRef> {
        let called = |valid| {
            let folded = fold(name.trim());
            let mut parties: Vec<PartyRef> = self
                .register()
                .graph
                .by_name
                .find(&folded)
                .into_iter()
                .filter_map(|name| self.get(name))
                .filter(|image| {
                    self.lists(image.validity, valid) && fold(self.text(image.text)) == folded
                })
                .map(|image| image.party)
                .filter(|&party| self.get(party).is_some())
                .collect();
            parties.sort_unstable();
            parties.dedup();
            parties
        };
        let mut called_so = called(Valid::OnDay);
        if called_so.is_empty() {
            called_so = called(Valid::Any);
        }
        let meant = called_so.into_iter();
        let mut meant: Vec<_> = meant
            .flat_map(|party| self.party_heirs(party))
            .filter(|&party| self.get(party).is_some())
            .collect();
        meant.sort_unstable();
        meant.dedup();
        meant
    }

    /// Whether a party is the government of a district.
    pub fn party_is_district(&self, party: PartyRef) -> bool {
        let party = self.thing(party);
        party.kind == PartyKind::Government
            && party
                .place
                .is_some_and(|place| self.thing(place).level == PlaceLevel::District)
    }

    /// The parties directly under a party that exist on the view's day, in directory order.
    pub fn party_children(&self, party: PartyRef) -> Vec<PartyRef> {
        let under = |child: &PartyRef| {
            self.get(*child).is_some_and(|image| {
                image.parent == Some(party) && self.lists(image.validity, Valid::OnDay)
            })
        };
        let mut children: Vec<_> = self
            .register()
            .graph
            .party_children
            .of(party)
            .filter(under)
            .collect();
        children.sort_unstable_by_key(|&child| (self.thing(child).position, child));
        children
    }

    /// The parties with an assignment in a plan on the view's day, of a task that is in force then.
    pub fn plan_parties(&self, plan: PlanRef) -> Vec<PartyRef> {
        let tasks = self.plan_tasks(plan, Valid::OnDay);
        let assigned = |assignment: AssignmentRef| self.thing(assignment).party;
        let parties: FxHashSet<_> = tasks
            .into_iter()
            .flat_map(|task| self.task_assignments(task, Valid::OnDay))
            .map(assigned)
            .collect();
        let mut parties: Vec<_> = parties.into_iter().collect();
        parties.sort_unstable_by_key(|&party| (self.thing(party).position, party));
        parties
    }

    fn parties(&self, filter: &PartyFilter) -> Vec<PartyRef> {
        self.known::<Party>()
            .filter(|(party, image)| self.party_is_meant(*party, image, filter))
            .map(|(party, _)| party)
            .collect()
    }

    pub(crate) fn party_is_meant(
        &self,
        party: PartyRef,
        image: &Party,
        filter: &PartyFilter,
    ) -> bool {
        self.lists(image.validity, filter.valid)
            && (filter.kinds.is_empty() || filter.kinds.contains(&image.kind))
            && filter
                .parent
                .is_none_or(|parent| image.parent == Some(parent))
            && filter.place.is_none_or(|within| {
                image
                    .place
                    .is_some_and(|place| self.place_lies_in(place, within))
            })
            && filter
                .words
                .as_ref()
                .is_none_or(|words| self.party_is_called(party, words))
            && self.party_is_assigned(party, filter)
    }

    fn party_is_called(&self, party: PartyRef, words: &Words) -> bool {
        let names = self.party_names(party, Valid::Any);
        names
            .into_iter()
            .any(|name| words.are_in(self.text(self.thing(name).text)))
    }

    fn party_is_assigned(&self, party: PartyRef, filter: &PartyFilter) -> bool {
        if filter.plan.is_none() && filter.roles.is_empty() {
            return true;
        }
        let graph = &self.register().graph;
        let counts = |task: TaskRef| {
            self.get(task).is_some_and(|task| {
                self.lists(task.validity, filter.valid)
                    && filter.plan.is_none_or(|plan| task.plan == plan)
            })
        };
        let fits = |assignment: AssignmentRef| {
            self.get(assignment).is_some_and(|image| {
                self.lists(image.validity, filter.valid)
                    && (filter.roles.is_empty() || filter.roles.contains(&image.role))
                    && counts(image.task)
            })
        };
        graph.party_assignments.of(party).any(fits)
    }

    fn party_key(&self, order: PartyOrder, party: PartyRef) -> Key<'_> {
        match order {
            PartyOrder::Directory => Key::Number(self.thing(party).position.into()),
            PartyOrder::Name => Key::Text(
                self.party_name(party)
                    .map_or("", |name| self.text(name))
                    .into(),
            ),
        }
    }
}
