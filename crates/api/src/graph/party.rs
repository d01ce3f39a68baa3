//! Parties: one interface, and a type for each sort of body.

use super::{
    assignment::{AssignmentConnection, Portfolio},
    connection::{Listed, connections},
    define::{Defaulted, graph_types, interface},
    history::{Version, history},
    id::GlobalId,
    list::{All, all},
    lookup, period,
    place::Place,
    scalar::{Date, SeqNumber, Shown, date},
    scope::{Scope, Seen, Within, maybe},
    sharing::{CoResponsibility, Sharing},
    timeline::{self, DutyFlow, TimelinePeriod},
    vocabulary::{Basis, NameKind, PartyKind, PeriodKind, Role, Valid, domain as words_of},
    workload::{PeriodWorkload, Workload},
};
use crate::render::{self, Failed, Out, Selection};
use domain::{
    image::{self, PartyNameRef, PartyRef},
    page::{BadPage, Cursor, Page, PageRequest},
    sharing::SharingScope,
    view::{AssignmentFilter, DeadlineFilter, PartyFilter, PartyOrder, View, Words},
    vocabulary,
};
use std::sync::Arc;
use uuid::Uuid;

/// A type of party: the fields that all have, said here once, and its own.
macro_rules! party_types {
    ($view:ident, $party:ident; $(
        $(#[$doc:meta])*
        $name:ident { $($own:tt)* }
    )*) => { graph_types! { $(
        $(#[$doc])*
        type $name($view, $party: PartyRef => Seen<image::Party>) {
            /// The global id.
            id -> GlobalId = $view.global_id($party.at);
            /// The party's own key, the same in every view.
            key -> Shown<Uuid> = $view.key($party.at);
            /// The version of the party and its names: the seq since which they are known as they are.
            version -> SeqNumber = SeqNumber($view.party_version($party.at));
            /// What it is called on the day that is asked about: its official name if one is known, else a short one.
            name -> &str = $view.optional($view.party_name($party.at)).unwrap_or_default();
            /// What kind of body it is.
            kind -> PartyKind = $party.kind.into();
            /// All its names: official, short and former.
            names(#[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>) -> All<PartyName> =
                all($view, $view.party_names($party.at, valid.0.into()));
            /// The body above it (上级、主管).
            parent -> Option<Party> = maybe($view, $party.parent);
            /// The bodies directly under it, in directory order.
            children -> All<Party> = all($view, $view.party_children($party.at));
            /// The territory it belongs to.
            place -> Option<Place> = maybe($view, $party.place);
            /// The bodies that went before it, the earliest first: those that a reorganization made it of.
            predecessors(
                #[graphql(desc = "By reorganizations in effect on the day that is asked about, or by any.", default)]
                valid: Defaulted<Valid>,
            ) -> All<Party> = all($view, $view.party_predecessors($party.at, valid.0.into()));
            /// The bodies that came after it, the earliest first: those that a reorganization made of it.
            successors(
                #[graphql(desc = "By reorganizations in effect on the day that is asked about, or by any.", default)]
                valid: Defaulted<Valid>,
            ) -> All<Party> = all($view, $view.party_successors($party.at, valid.0.into()));
            /// 工作量: what it has to do on the day that is asked about.
            workload(
                #[graphql(desc = "In this plan; in all if none is named.")]
                plan: Option<GlobalId>,
            ) -> Workload = {
                let plan = lookup::one($view, "plan", plan)?;
                Workload::new($view, $view.party_workload($party.at, plan).into())
            };
            /// What it has to do period by period: duties that hold on any day of the period.
            workload_by_period(
                #[graphql(desc = "By which periods.")]
                by: PeriodKind,
                #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
                from: Option<Date>,
                #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
                periods: Option<u16>,
                #[graphql(desc = "In this plan; in all if none is named.")]
                plan: Option<GlobalId>,
            ) -> All<PeriodWorkload> = {
                let plan = lookup::one($view, "plan", plan)?;
                let periods = period::periods($view, by, from, periods)?;
                let workloads = $view.party_workload_by_period($party.at, plan, periods).into_iter();
                all($view, workloads.map(|(period, workload)| (period, Arc::new(workload))))
            };
            /// What falls due when: the deadlines that govern its tasks, period by period.
            timeline(
                #[graphql(desc = "By which periods.")]
                by: PeriodKind,
                #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
                from: Option<Date>,
                #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
                periods: Option<u16>,
                #[graphql(desc = "In this plan; in all if none is named.")]
                plan: Option<GlobalId>,
            ) -> All<TimelinePeriod> = {
                let filter = DeadlineFilter {
                    plan: lookup::one($view, "plan", plan)?,
                    party: Some($party.at),
                    ..DeadlineFilter::default()
                };
                timeline::of($view, &filter, period::periods($view, by, from, periods)?)
            };
            /// 职责流转: how its duties began, ended, and passed to it and from it, period by period, as far as is known; also
            /// in days to come.
            duty_flow(
                #[graphql(desc = "By which periods.")]
                by: PeriodKind,
                #[graphql(desc = "A day of the first period; the day that is asked about if none is given.")]
                from: Option<Date>,
                #[graphql(desc = "How many periods; 12 if no number is given, at most 120.")]
                periods: Option<u16>,
            ) -> All<DutyFlow> = {
                let flows = $view.party_duty_flow($party.at, period::periods($view, by, from, periods)?);
                all($view, flows.into_iter().map(Arc::new))
            };
            /// A code of its own, where an office gives one.
            code -> Option<&str> = $view.optional($party.code);
            /// The first day on which it exists; null if none is known.
            valid_from -> Option<Date> = date($party.validity.from);
            /// The first day on which it no longer does; null while no end is known.
            valid_to -> Option<Date> = date($party.validity.to);
            /// With whom it shares tasks, in a plan or anywhere; in the pairs it is `party`.
            shared_with(
                #[graphql(desc = "In this plan.")]
                plan: Option<GlobalId>,
                #[graphql(desc = "How many tasks they share at least; 1 if no number is given.")]
                min: Option<u32>,
            ) -> CoResponsibility = {
                let scope = SharingScope { plan: lookup::one($view, "plan", plan)?, party: Some($party.at) };
                CoResponsibility::new($view, Sharing { scope, min: min.unwrap_or(1) })
            };
            /// What the register knew of it, version by version, newest first, up to what this view knows.
            history -> All<Version> = history($view, $party.at);
            $($own)*
        } paged {
            /// What it is responsible for, in the order of recording.
            assignments(
                #[graphql(desc = "In one of these roles; in any if none is named.")]
                roles: Option<Vec<Role>>,
                #[graphql(desc = "On one of these bases; on any if none is named.")]
                bases: Option<Vec<Basis>>,
                #[graphql(desc = "In this plan.")]
                plan: Option<GlobalId>,
                #[graphql(desc = "Valid on the day that is asked about, or any.", default)] valid: Defaulted<Valid>,
                ) -> AssignmentConnection = {
                let filter = AssignmentFilter {
                    roles: words_of(roles),
                    bases: words_of(bases),
                    plan: lookup::one($view, "plan", plan)?,
                    valid: valid.0.into(),
                };
                Portfolio { party: $party.at, filter }
            };
        }
    )* } };
}

party_types! {
    view, party;

    /// An organ of the party committee, a department of the government, or a vertical agency of the centre.
    Agency {}

    /// The people's government of a district; `place` is the district itself, with its division code.
    District {
        /// The administrative division code of the district (GB/T 2260).
        division_code -> Option<&str> =
            view.optional(party.place.and_then(|place| view.thing(place).code));
    }

    /// A people's government of another level.
    Government {}

    /// 功能区、管委会: a zone with an administration of its own.
    FunctionalZone {}

    /// An enterprise.
    Enterprise {}

    /// A university or an institute.
    Institution {}

    /// A set of bodies, such as 各区人民政府, or bodies that the text leaves open, such as 有关单位.
    Collective {
        /// The parties that it stands for on the day that is asked about, as far as the register knows them: for
        /// 各区人民政府 the governments of the districts of its place. Empty where its name leaves them open (有关单位).
        members -> All<Party> = all(view, view.collective_members(party.at));
    }

    /// Any other body: a coordination body, a mass organization, a court or procuratorate, a unit within another body,
    /// or one whose kind is not known.
    OtherParty {}
}

interface! {
    /// 责任主体: anybody who can be responsible.
    interface Party:
        Agency | District | Government | FunctionalZone | Enterprise | Institution | Collective | OtherParty
}

/// What is done with the type that a party is of.
macro_rules! by_type {
    ($scope:ident, $party:ident, $type:ident => $done:expr) => {{
        macro_rules! of {
            ($name:ident) => {{
                type $type = $name;
                $done
            }};
        }
        use vocabulary::PartyKind as Kind;
        match $party.kind {
            Kind::CommitteeOrgan | Kind::Department | Kind::VerticalAgency => of!(Agency),
            Kind::Government if $scope.party_is_district($party.at) => of!(District),
            Kind::Government => of!(Government),
            Kind::FunctionalZone => of!(FunctionalZone),
            Kind::Enterprise => of!(Enterprise),
            Kind::University | Kind::Institute => of!(Institution),
            Kind::Collective => of!(Collective),
            Kind::CoordinationBody
            | Kind::MassOrganization
            | Kind::CourtProcuratorate
            | Kind::Subunit
            | Kind::Other => of!(OtherParty),
        }
    }};
}

impl Within for Party {
    type Kept = Seen<image::Party>;

    fn within(scope: &Arc<Scope>, party: Self::Kept) -> Self {
        by_type!(scope, party, Type => Type::within(scope, party).into())
    }

    fn write(
        scope: &Arc<Scope>,
        party: &Self::Kept,
        place: &render::Place<'_>,
        selection: &Selection,
        out: &mut Out,
    ) -> Result<(), Failed> {
        by_type!(scope, party, Type => Type::write(scope, party, place, selection, out))
    }
}

graph_types! {
    /// 名称、简称: a name of a party, and when it was valid.
    type PartyName(view, name: PartyNameRef) {
        /// The global id.
        id -> GlobalId = view.global_id(*name);
        /// The name's own key, the same in every view.
        key -> Shown<Uuid> = view.key(*name);
        /// Its version: the seq since which it is known as it is.
        version -> SeqNumber = SeqNumber(view.version(*name));
        /// What the register knew of it, version by version, newest first, up to what this view knows.
        history -> All<Version> = history(view, *name);
        /// The name, exactly as given.
        text -> &str = view.string(view.thing(*name).text);
        /// Official, short or former.
        kind -> NameKind = view.thing(*name).kind.into();
        /// The first day on which it was valid; null if none is known.
        valid_from -> Option<Date> = date(view.thing(*name).validity.from);
        /// The first day on which it no longer was; null while no end is known.
        valid_to -> Option<Date> = date(view.thing(*name).validity.to);
    }
}

connections! {
    /// Parties, page by page.
    PartyConnection, PartyEdge: PartyList => Party;
}

/// Parties in an order.
#[derive(Clone, Debug)]
pub(crate) struct PartyList {
    pub(crate) filter: PartyFilter,
    pub(crate) order: PartyOrder,
}

impl Listed for PartyList {
    type Image = image::Party;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<image::Party>, BadPage> {
        view.party_page(&self.filter, self.order, request)
    }
    fn count(&self, view: &View) -> usize {
        view.party_count(&self.filter)
    }
    fn cursor(&self, view: &View, party: PartyRef) -> Cursor {
        view.party_cursor(self.order, party)
    }
}

/// Which parties. Everything given must hold.
#[derive(Clone, Debug, Default, async_graphql::InputObject)]
pub(crate) struct PartyFilterInput {
    /// Of one of these kinds.
    kinds: Option<Vec<PartyKind>>,
    /// Of this place or one that lies in it.
    place: Option<GlobalId>,
    /// Directly under this party.
    parent: Option<GlobalId>,
    /// With an assignment in this plan: one that holds, of a task that is in force, on the day that is asked about.
    plan: Option<GlobalId>,
    /// With an assignment in one of these roles, likewise.
    roles: Option<Vec<Role>>,
    /// With these words in a name; scripts, widths and letter case make no difference.
    words: Option<String>,
    /// Existing on the day that is asked about (the default), or any; of assignments and their tasks, too.
    valid: Option<Valid>,
}

/// The filter that an input means in a scope.
pub(crate) fn filter(
    scope: &Scope,
    input: Option<PartyFilterInput>,
) -> async_graphql::Result<PartyFilter> {
    let input = input.unwrap_or_default();
    Ok(PartyFilter {
        kinds: words_of(input.kinds),
        place: lookup::one(scope, "filter.place", input.place)?,
        parent: lookup::one(scope, "filter.parent", input.parent)?,
        plan: lookup::one(scope, "filter.plan", input.plan)?,
        roles: words_of(input.roles),
        words: input.words.as_deref().map(Words::new),
        valid: input.valid.map_or_else(Default::default, Into::into),
    })
}
