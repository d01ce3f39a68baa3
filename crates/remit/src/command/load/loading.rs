//! Committing what was read: one changeset for the parties, and one for each plan that differs.

use super::{files::Files, report::Report};
use crate::{
    env::SystemEnv,
    terminal::{Terminal, Unit},
};
use anyhow::{Context as _, anyhow};
use api::env::Env as _;
use bytes::Bytes;
use domain::{
    change::{Actor, Change},
    command::load::{
        Absent, LoadContext, LoadParties, LoadPlan, LoadRefused, Origins, PartyRow, PlanRows,
        code_of_source,
    },
    image,
    text::Sha256,
    time::Day,
    view::View,
};
use ingest::interchange::{PlanLines, Reader, Reading};
use std::{collections::HashSet, sync::Arc};
use store::{Store, Write, WriteError, Written};
use tokio::sync::mpsc;
use uuid::Uuid;

/// How many rows are committed in one transaction, in as many changesets as there are plans: enough that a transaction
/// costs little beside them, and few enough that hardly anything has to be loaded again after it was broken off.
const ROWS: usize = 4_000;

/// One load of one source into one register.
pub(super) struct Loading {
    pub(super) store: Store,
    pub(super) source: String,
    pub(super) actor: Actor,
    pub(super) absent: Absent,
    pub(super) today: Day,
}

/// A plan that is refused.
struct RefusedPlan {
    key: String,
    refused: LoadRefused,
}

impl Loading {
    /// Loads the parties, then plan by plan.
    pub(super) async fn load(
        &self,
        parties: Vec<PartyRow>,
        plans: Vec<PlanLines>,
        files: Files,
        mut context: LoadContext,
        terminal: Terminal,
    ) -> anyhow::Result<Report> {
        let mut report = Report::default();
        let parties = self.parties(parties, &mut context).await;
        report.add(&parties.context("cannot load the parties")?);

        let listed = plans.iter().filter_map(|lines| lines.plan.as_ref());
        let codes: Vec<_> = listed
            .map(|plan| code_of_source(&self.source, &plan.code))
            .collect();
        let bar = terminal.bar(plans.len() as u64, Unit::Things, "loading");
        let (sender, mut batches) = mpsc::channel(1);
        let reading = tokio::task::spawn_blocking(move || read_on(files, plans, &sender));
        while let Some(batch) = batches.recv().await {
            let count = batch.len() as u64;
            for written in self.plans(batch, &mut context).await? {
                report.add(&written);
            }
            bar.inc(count);
        }
        reading
            .await
            .context("the files were not read to their end")??;
        bar.finish_and_clear();

        let view = self.store.view(self.today);
        let named = |code: &String| view.plan_find_by_code(code).is_some();
        report.renamed = codes.into_iter().filter(named).collect();
        Ok(report)
    }

    /// Checks what was read, also against what was loaded before. Where the files are complete, the plans that they do
    /// not list come behind those that they do.
    pub(super) fn finish(&self, reader: Reader, context: &LoadContext) -> Reading {
        let view = self.store.view(self.today);
        let before = context.plans_before(&view);
        let mut reading = reader.finish(&context.origins, |task| {
            before.plan_of_task(task).map(str::to_owned)
        });
        if self.absent == Absent::End {
            let listed: HashSet<_> = reading.plans.iter().map(|plan| plan.key.clone()).collect();
            let unlisted = before.into_keys().into_iter();
            let unlisted = unlisted.filter(|key| !listed.contains(key));
            reading.plans.extend(unlisted.map(|key| PlanLines {
                key,
                ..PlanLines::default()
            }));
        }
        reading
    }

    /// What was loaded before, as the register now stands. The head is asked first: should somebody write in between,
    /// it no longer is the head when the load is decided, and that is noticed then.
    pub(super) async fn context(&self) -> anyhow::Result<LoadContext> {
        self.store
            .catch_up()
            .await
            .context("cannot follow the log")?;
        let head = self.store.register().seq();
        let mut origins = Origins::new(&*self.source);
        let add = |origin: store::Origin<'_>| {
            origins.add(origin.entity, origin.key, origin.since, origin.id);
        };
        let read = self.store.origin_each(&self.source, add).await;
        read.context("cannot read what was loaded before")?;
        Ok(LoadContext {
            head,
            origins: Arc::new(origins),
            absent: self.absent,
            today: self.today,
            ids: SystemEnv.new_id(),
        })
    }

    async fn parties(
        &self,
        rows: Vec<PartyRow>,
        context: &mut LoadContext,
    ) -> anyhow::Result<Written> {
        let rows: Arc<[_]> = rows.into();
        loop {
            context.ids = SystemEnv.new_id();
            let command = LoadParties {
                rows: Arc::clone(&rows),
                context: context.clone(),
            };
            // What is as it was needs no transaction.
            if command.decide(&self.store.view(self.today)) == Ok(vec![]) {
                return Ok(Written::Unchanged(context.head));
            }
            let write = self.write("party.loaded", vec![]);
            let decide = move |view: &View| command.decide(view);
            match self.store.write(write, decide).await {
                Ok(written) => {
                    context.head = written.seq();
                    // The parties that are new have keys now.
                    if let Some(changeset) = written.changeset() {
                        Arc::make_mut(&mut context.origins).record(changeset);
                    }
                    return Ok(written);
                }
                Err(WriteError::Refused(LoadRefused::Overtaken)) => {
                    *context = self.context().await?;
                }
                Err(WriteError::Refused(refused)) => return Err(refused.into()),
                Err(WriteError::Store(error)) => return Err(error.into()),
            }
        }
    }

    /// Commits the plans of one batch of which something differs; decides anew if somebody else has written meanwhile.
    async fn plans(
        &self,
        batch: Vec<Arc<PlanRows>>,
        context: &mut LoadContext,
    ) -> anyhow::Result<Vec<Written>> {
        loop {
            let differing: Arc<[_]> = batch
                .iter()
                .filter(|rows| self.may_differ(rows, context))
                .map(|rows| (SystemEnv.new_id(), Arc::clone(rows)))
                .collect();
            if differing.is_empty() {
                return Ok(vec![]);
            }
            let writes = differing
                .iter()
                .map(|(_, rows)| self.write("plan.loaded", rows.texts().map(text).collect()))
                .collect();
            let begun = context.clone();
            let decide = move |number, view: &View| decide(&differing, number, &begun, view);
            match self.store.write_all(writes, decide).await {
                Ok(written) => {
                    context.head = written.last().map_or(context.head, Written::seq);
                    return Ok(written);
                }
                Err(WriteError::Refused(RefusedPlan {
                    refused: LoadRefused::Overtaken,
                    ..
                })) => {
                    *context = self.context().await?;
                }
                Err(WriteError::Refused(RefusedPlan { key, refused })) => {
                    return Err(anyhow!(refused).context(format!("cannot load the plan {key}")));
                }
                Err(WriteError::Store(error)) => {
                    return Err(anyhow!(error).context("cannot load the plans"));
                }
            }
        }
    }

    /// Whether a plan may be other than the register says: what is as it was needs no transaction.
    fn may_differ(&self, rows: &Arc<PlanRows>, context: &LoadContext) -> bool {
        let known = context.origins.find::<image::Plan>(&rows.key).is_some();
        let command = LoadPlan {
            rows: Arc::clone(rows),
            context: context.clone(),
        };
        // If this is refused, it will be again when it counts.
        !known || command.decide(&self.store.view(self.today)) != Ok(vec![])
    }

    fn write(&self, action: &str, texts: Vec<(Sha256, Bytes)>) -> Write {
        Write {
            actor: self.actor.clone(),
            action: action.to_owned(),
            reason: Some(format!("loaded from {}", self.source)),
            authority: None,
            idempotency: None,
            texts,
            today: self.today,
        }
    }
}

/// Decides on one of several plans that are committed together. `begun` is the load as it stood before the first.
fn decide(
    plans: &[(Uuid, Arc<PlanRows>)],
    number: usize,
    begun: &LoadContext,
    view: &View,
) -> Result<Vec<Change>, RefusedPlan> {
    let (ids, rows) = &plans[number];
    let mut context = begun.clone();
    context.ids = *ids;
    if number > 0 {
        // Under the lock, only the plans before this one can have been written since.
        context.head = view.seq();
    }
    let command = LoadPlan {
        rows: Arc::clone(rows),
        context,
    };
    command.decide(view).map_err(|refused| RefusedPlan {
        key: rows.key.clone(),
        refused,
    })
}

/// Reads the plans again, as many at a time as are to be committed together, until nobody wants them any more.
fn read_on(
    mut files: Files,
    plans: Vec<PlanLines>,
    batches: &mpsc::Sender<Vec<Arc<PlanRows>>>,
) -> anyhow::Result<()> {
    let (mut batch, mut rows) = (vec![], 0);
    for plan in plans {
        let plan = files.plan(plan)?;
        rows += 1 + plan.tasks.len() + plan.assignments.len();
        batch.push(Arc::new(plan));
        if rows >= ROWS {
            rows = 0;
            if batches.blocking_send(std::mem::take(&mut batch)).is_err() {
                return Ok(());
            }
        }
    }
    // Whoever does not want it any more has found something wrong and says so.
    let _ = batches.blocking_send(batch);
    Ok(())
}

fn text(text: &str) -> (Sha256, Bytes) {
    let text = text.as_bytes();
    (Sha256::of(text), Bytes::copy_from_slice(text))
}
