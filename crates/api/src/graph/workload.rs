//! What parties have to do.

use super::{
    connection::{Listed, Listing, connections},
    define::{graph_types, graph_values},
    light::{LightCount, StatusCount, light_counts, status_counts},
    list::{One, one},
    party::Party,
    period::CalendarPeriod,
    vocabulary::Role,
};
use domain::{
    calendar::Period,
    image::{self, PartyRef},
    page::{BadPage, Cursor, Page, PageRequest},
    view::View,
    vocabulary,
    workload::{self, Workloads},
};
use std::sync::Arc;

graph_types! {
    /// 工作量: what a party has to do. How far its tasks have come, and their lights, are those of the day that is asked
    /// about.
    type Workload(_view, workload: Arc<workload::Workload>) {
        /// How many duties: assignments that hold, of tasks that are in force.
        duties -> u32 = workload.duties;
        /// How many tasks these are of.
        tasks -> u32 = workload.tasks;
        /// How many duties are in which role. A role that it has in none is left out.
        by_role -> Vec<DutyCount> = {
            let counts = vocabulary::Role::ALL.iter().map(|&role| DutyCount {
                role: role.into(),
                count: workload.in_role(role),
            });
            counts.filter(|it| it.count > 0).collect()
        };
        /// How many of the tasks have come how far. A status that none has is left out.
        by_status -> Vec<StatusCount> = status_counts(|status| workload.with_status(status));
        /// How many of the tasks have which light. A light that none has is left out.
        by_light -> Vec<LightCount> = light_counts(|light| workload.with_light(light));
        /// How many reports of the party are missing for the period that was due.
        missing_reports -> u32 = workload.missing_reports;
    }

    /// What a party has to do in a period.
    type PeriodWorkload(view, load: (Period, Arc<workload::Workload>)) {
        /// The period.
        period -> CalendarPeriod = load.0.into();
        /// What it has to do on any day of it.
        workload -> Workload = Workload::new(view, Arc::clone(&load.1));
    }

    /// A party and what it has to do.
    type PartyWorkload(view, load: Listing<WorkloadList>) {
        /// The party.
        party -> One<'_, Party> = one(view, load.1);
        /// What it has to do on the day that is asked about.
        workload -> Workload = Workload::new(view, load.0.list.workloads.of(load.1).into());
    }
}

graph_values! {
    /// How many duties are in a role.
    value DutyCount {
        /// The role.
        role: Role,
        /// How many.
        count: u32,
    }
}

connections! {
    /// Parties and what they have to do, page by page.
    PartyWorkloadConnection, PartyWorkloadEdge: WorkloadList => PartyWorkload;
}

/// The parties that have something to do, in an order.
#[derive(Clone, Debug)]
pub(crate) struct WorkloadList {
    pub(crate) workloads: Arc<Workloads>,
}

impl Listed for WorkloadList {
    type Image = image::Party;
    fn page(&self, view: &View, request: &PageRequest) -> Result<Page<image::Party>, BadPage> {
        self.workloads.page(view, request)
    }
    fn count(&self, _: &View) -> usize {
        self.workloads.count()
    }
    fn cursor(&self, view: &View, party: PartyRef) -> Cursor {
        self.workloads.cursor(view, party)
    }
}
