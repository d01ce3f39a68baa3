//! Correcting a draft from a file.

use crate::{env, input, terminal::Terminal};
use anyhow::{Context as _, anyhow};
use api::{
    Served,
    draft::{correct_draft, corrections_from_json, open_draft},
};
use domain::id::DraftId;
use std::path::Path;

/// The most bytes that a file of corrections may have.
const LIMIT: usize = 16 << 20;

pub(super) async fn correct(
    served: &Served,
    key: DraftId,
    file: &Path,
    terminal: Terminal,
) -> anyhow::Result<()> {
    let bytes = input::read(file, LIMIT)?;
    let store = &served.stores[0];
    let opened = open_draft(store, key).await?;
    let json = serde_json::from_slice(&bytes)
        .with_context(|| format!("{} is not JSON", input::name(file)))?;
    let corrections = corrections_from_json(json, &opened)
        .map_err(|message| anyhow!("{}: {message}", input::name(file)))?;
    let by = env::local_actor().subject;
    let corrected = correct_draft(served, store, opened, &corrections, by)
        .await
        .context("cannot correct the draft")?;
    let version = corrected.draft.version;
    terminal.remark(format!(
        "{} corrections made; the draft is at version {version}",
        corrections.len()
    ));
    Ok(())
}
