//! Committing what was read: one changeset for the parties, and one for each plan.

use super::report::Report;
use crate::{
    env::SystemEnv,
    terminal::{Terminal, Unit},
};
use anyhow::Context as _;
use api::env::Env as _;
use bytes::Bytes;
use domain::{
    change::{Actor, Change},
    command::load::{
        Absent, LoadContext, LoadParties, LoadPlan, LoadRefused, Origins, PlanRows, Rows,
        code_of_source,
    },
    text::Sha256,
    time::Day,
    view::View,
};
use std::sync::Arc;
use store::{Store, Write, WriteError, Written};

/// One load of one source into one register.
pub(super) struct Loading {
    pub(super) store: Store,
    pub(super) source: String,
    pub(super) actor: Actor,
    pub(super) absent: Absent,
    pub(super) today: Day,
}

impl Loading {
    /// Loads the parties, then plan by plan.
    pub(super) async fn load(
        &self,
        rows: Rows,
        mut context: LoadContext,
        terminal: Terminal,
    ) -> anyhow::Result<Report> {
        let Rows {
            parties,
            plans,
            tasks,
            assignments,
        } = rows;
        let mut report = Report::default();
        let rows: Arc<[_]> = parties.into();
        let written = self.commit("party.loaded", &[], &mut context, move |context, view| {
            let rows = Arc::clone(&rows);
            LoadParties { rows, context }.decide(view)
        });
        let written = written.await.context("cannot load the parties")?;
        report.add(&written);
        if matches!(written, Written::Committed(_)) {
            // The parties that are new have keys now.
            context = self.context().await?;
        }
        let view = self.store.view(self.today);
        let codes: Vec<_> = plans
            .iter()
            .map(|plan| code_of_source(&self.source, &plan.code))
            .collect();
        let groups = PlanRows::group(plans, tasks, assignments, &context, &view);
        let bar = terminal.bar(groups.len() as u64, Unit::Things, "loading");
        for rows in groups {
            let texts: Vec<_> = rows.texts().map(text).collect();
            let rows = Arc::new(rows);
            let plan = rows.key.clone();
            let written = self.commit("plan.loaded", &texts, &mut context, move |context, view| {
                let rows = Arc::clone(&rows);
                LoadPlan { rows, context }.decide(view)
            });
            report.add(
                &written
                    .await
                    .with_context(|| format!("cannot load the plan {plan}"))?,
            );
            bar.inc(1);
        }
        bar.finish_and_clear();
        let view = self.store.view(self.today);
        let named = |code: &String| view.plan_find_by_code(code).is_some();
        report.renamed = codes.into_iter().filter(named).collect();
        Ok(report)
    }

    /// What was loaded before, as the register now stands. The head is asked first: should somebody write in between,
    /// it no longer is the head when the load is decided, and that is noticed then.
    pub(super) async fn context(&self) -> anyhow::Result<LoadContext> {
        self.store
            .catch_up()
            .await
            .context("cannot follow the log")?;
        Ok(LoadContext {
            head: self.store.register().seq(),
            origins: Arc::new(origins(&self.store, &self.source).await?),
            absent: self.absent,
            today: self.today,
            ids: SystemEnv.new_id(),
        })
    }

    /// Commits one changeset of the load; decides anew if somebody else has written meanwhile.
    async fn commit(
        &self,
        action: &str,
        texts: &[(Sha256, Bytes)],
        context: &mut LoadContext,
        decide: impl Fn(LoadContext, &View) -> Result<Vec<Change>, LoadRefused> + Clone + Send + 'static,
    ) -> anyhow::Result<Written> {
        loop {
            context.ids = SystemEnv.new_id();
            let write = Write {
                actor: self.actor.clone(),
                action: action.to_owned(),
                reason: Some(format!("loaded from {}", self.source)),
                authority: None,
                idempotency: None,
                texts: texts.to_vec(),
                today: self.today,
            };
            let (decide, decided_with) = (decide.clone(), context.clone());
            let written = self
                .store
                .write(write, move |view| decide(decided_with.clone(), view));
            match written.await {
                Ok(written) => {
                    context.head = written.seq();
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
}

fn text(text: &str) -> (Sha256, Bytes) {
    let text = text.as_bytes();
    (Sha256::of(text), Bytes::copy_from_slice(text))
}

/// Which thing of the register each key of a source means.
async fn origins(store: &Store, source: &str) -> anyhow::Result<Origins> {
    let mut origins = Origins::new(source);
    for kind in Origins::KINDS {
        let keys = store.origins(source, kind).await;
        origins = origins.with(kind, keys.context("cannot read what was loaded before")?);
    }
    Ok(origins)
}
