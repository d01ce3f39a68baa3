//! `remit draft`

mod correct;
mod list;
mod show;

use super::import::share;
use crate::{
    config::Storage,
    env::{self, SystemEnv},
    outcome,
    terminal::Terminal,
};
use anyhow::{Context as _, bail};
use api::{
    Served,
    draft::{Acceptance, Share, accept_draft, dismiss_draft, open_draft},
    import::Signature,
};
use clap::{Args, Subcommand, ValueEnum};
use domain::{change::Authority, clause::Confidence, id::DraftId};
use std::{path::PathBuf, process::ExitCode, sync::Arc};
use store::Store;

/// List, look at, correct, accept and dismiss drafts.
///
/// `remit import --review` leaves a draft of each document: what was read from it, before anybody accepts it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit draft list\n  \
    remit draft show KEY\n  \
    remit draft show KEY --format json | jq '.tasks[] | {key, title}'\n  \
    remit draft correct KEY corrections.json\n  \
    remit draft accept KEY --above 0.9 --reason 'compared with the text'\n  \
    remit draft dismiss KEY 'a duplicate'")]
pub(crate) struct Draft {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List drafts, a line each: key, state, version, what is in it, title.
    List {
        /// Those in this state.
        #[arg(long, default_value = "open")]
        state: State,
        #[command(flatten)]
        storage: Storage,
    },
    /// Print a draft: what it says, what names mean, what is doubtful, what accepting it would change.
    Show {
        /// The draft's key.
        key: DraftId,
        /// For people, or the whole of it for programs.
        #[arg(long, default_value = "text")]
        format: Format,
        /// How sure is sure enough (0 to 1): what is less sure is listed as doubtful.
        #[arg(long, value_name = "SHARE", value_parser = share)]
        below: Option<Confidence>,
        #[command(flatten)]
        storage: Storage,
    },
    /// Correct a draft from a file.
    ///
    /// The file is JSON: a list of corrections as the variable `corrections` of the mutation `correctDraft` takes them,
    /// such as [{"remove": 12}, {"task": {"key": 3, "title": "种树"}}]. All are made or none.
    Correct {
        /// The draft's key.
        key: DraftId,
        /// The corrections; `-` is standard input.
        file: PathBuf,
        #[command(flatten)]
        storage: Storage,
    },
    /// Accept a draft in one changeset.
    Accept {
        /// The draft's key.
        key: DraftId,
        /// Only what is at least so sure (0 to 1) or was looked at by a person; the rest stays in the draft.
        #[arg(long, value_name = "SHARE", value_parser = share)]
        above: Option<Confidence>,
        /// What the plan is to be called by: accept it as a new one, whatever it may be a newer version of.
        #[arg(long, value_name = "CODE")]
        code: Option<String>,
        /// Why.
        #[arg(long)]
        reason: Option<String>,
        /// On whose authority: a document by its number or name.
        #[arg(long)]
        authority: Option<String>,
        /// Only tell what would come of it, and keep nothing.
        #[arg(long)]
        dry_run: bool,
        #[command(flatten)]
        storage: Storage,
    },
    /// Dismiss a draft: it is not to be accepted.
    Dismiss {
        /// The draft's key.
        key: DraftId,
        /// Why.
        reason: String,
        #[command(flatten)]
        storage: Storage,
    },
}

/// In which state.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum State {
    Open,
    Accepted,
    Dismissed,
    Any,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// An overview.
    Text,
    /// The draft as JSON, after schema/draft.schema.json, with the keys of its facts.
    Json,
}

impl Draft {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        match self.action {
            Action::List { state, storage } => {
                list::list(&storage.store().await?, state, terminal).await?;
            }
            Action::Show {
                key,
                format,
                below,
                storage,
            } => show::show(&served(storage).await?, key, (format, below)).await?,
            Action::Correct { key, file, storage } => {
                correct::correct(&served(storage).await?, key, &file, terminal).await?;
            }
            Action::Accept {
                key,
                above,
                code,
                reason,
                authority,
                dry_run,
                storage,
            } => {
                let acceptance = Acceptance {
                    id: key,
                    version: None,
                    share: above.map_or(Share::Whole, Share::Above),
                    code,
                };
                let signature = Signature {
                    reason,
                    authority: authority.map(Authority::Named),
                    ..Signature::of(env::local_actor())
                };
                let served = served(storage).await?;
                accept(&served, acceptance, signature, dry_run, terminal).await?;
            }
            Action::Dismiss {
                key,
                reason,
                storage,
            } => dismiss(&storage.store().await?, key, reason, terminal).await?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The register, and what is needed from outside to work on its drafts.
async fn served(storage: Storage) -> anyhow::Result<Served> {
    Ok(Served {
        stores: vec![storage.store().await?],
        env: Arc::new(SystemEnv),
        // No document is read here.
        document_limit: 0,
    })
}

async fn dismiss(
    store: &Store,
    key: DraftId,
    reason: String,
    terminal: Terminal,
) -> anyhow::Result<()> {
    if reason.trim().is_empty() {
        bail!("say why the draft is dismissed");
    }
    let opened = open_draft(store, key).await?;
    let by = env::local_actor().subject;
    dismiss_draft(store, opened, reason, by)
        .await
        .context("cannot dismiss the draft")?;
    terminal.remark(format!("draft {key} is dismissed"));
    Ok(())
}

async fn accept(
    served: &Served,
    acceptance: Acceptance,
    signature: Signature,
    dry_run: bool,
    terminal: Terminal,
) -> anyhow::Result<()> {
    let store = &served.stores[0];
    let before = store.view(served.today(store));
    let accepted = accept_draft(served, store, acceptance, signature, dry_run)
        .await
        .context("cannot accept the draft")?;
    let changes = accepted.outcome.changes();
    for line in show::differences(&before, &accepted.opened.text, changes) {
        terminal.show(line)?;
    }
    terminal.show(outcome::of(&accepted.outcome))?;
    if !accepted.rest.is_empty() {
        let (rest, id) = (accepted.rest.len(), accepted.opened.draft.id);
        terminal.show(format!(
            "{rest} facts are not sure enough; they stay in draft {id}"
        ))?;
    }
    Ok(())
}
