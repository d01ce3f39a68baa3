//! Importing with a person's help: what is doubtful is left in a draft and printed.

use super::{Importer, Manner, cannot};
use crate::{
    env, input, outcome,
    review::{self, DOUBTFUL},
    terminal::Terminal,
};
use anyhow::Context as _;
use api::{
    draft::{Acceptance, Opened, Share, accept_draft, leave_draft, namings},
    import::{ReadDocument, Signature},
};
use domain::clause::Confidence;
use std::path::Path;

/// What came of a document that was left for review or accepted in part.
pub(super) struct Left {
    pub(super) opened: Opened,
    /// What is doubtful, a line each.
    pub(super) doubts: Vec<String>,
    pub(super) outcome: String,
}

impl Importer {
    pub(super) async fn reviewed(&self, file: &Path, terminal: Terminal) -> anyhow::Result<()> {
        let read = self.document_read(file).await?;
        let left = self.leave(read).await.with_context(|| cannot(file))?;
        let Left {
            opened,
            doubts,
            outcome,
        } = left;
        terminal.show(format!("{}: {outcome}", input::name(file)))?;
        terminal.show(review::head(&opened))?;
        for line in doubts {
            terminal.show(format!("  {line}"))?;
        }
        terminal.show("")?;
        Ok(())
    }

    /// Leaves a draft of a document, and accepts what is sure of it if that was asked for.
    pub(super) async fn leave(&self, read: ReadDocument) -> anyhow::Result<Left> {
        let actor = env::local_actor();
        let by = actor.subject.clone();
        let opened = leave_draft(&self.served, &self.store, read, by).await?;
        let least = match self.manner {
            Manner::AcceptAbove(least) => least,
            Manner::Accept | Manner::Review => {
                let doubts = self.doubts(&opened, DOUBTFUL).await;
                let outcome = format!("left as draft {}", opened.draft.id);
                return Ok(Left {
                    opened,
                    doubts,
                    outcome,
                });
            }
        };
        let acceptance = Acceptance {
            id: opened.draft.id,
            version: Some(opened.draft.version),
            share: Share::Above(least),
            code: None,
        };
        let signature = Signature::of(actor);
        let accepted =
            accept_draft(&self.served, &self.store, acceptance, signature, false).await?;
        let outcome = outcome::of(&accepted.outcome);
        let doubts = self.doubts(&accepted.opened, least).await;
        let outcome = if accepted.rest.is_empty() {
            outcome
        } else {
            let (rest, id) = (accepted.rest.len(), accepted.opened.draft.id);
            format!("{outcome}; {rest} doubtful, left in draft {id}")
        };
        Ok(Left {
            opened: accepted.opened,
            doubts,
            outcome,
        })
    }

    async fn doubts(&self, opened: &Opened, least: Confidence) -> Vec<String> {
        let view = self.store.view(self.served.today(&self.store));
        let namings = namings(&view, opened).await;
        review::doubts(&view, opened, &namings, least)
    }
}
