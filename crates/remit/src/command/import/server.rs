//! Importing through a server that is running.

use crate::{
    env::SystemEnv,
    input,
    server::{self, Server},
    terminal::Terminal,
};
use anyhow::{Context as _, bail};
use api::env::Env as _;
use domain::time::Day;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What is asked of the server.
const IMPORT: &str = "mutation Import($input: ImportDocumentInput!) {
    importDocument(input: $input) {
        changeCount
        changeset { seq }
        plan { code title tasks { totalCount } }
        userErrors { message }
    }
}";

/// What is said of every document.
pub(super) struct Said {
    pub(super) register: Option<String>,
    pub(super) code: Option<String>,
    pub(super) valid_from: Option<Day>,
    pub(super) dry_run: bool,
}

impl Server {
    /// Sends documents one after another and prints what came of each.
    pub(super) fn import(
        &self,
        files: &[PathBuf],
        said: &Said,
        limit: usize,
        terminal: Terminal,
    ) -> anyhow::Result<()> {
        if let Some(directory) = files.iter().find(|file| super::is_directory(file)) {
            bail!(
                "{} is a party directory, and a server takes documents only: start it with `remit serve --import {0}`, \
                 or stop it and import the directory into its database",
                directory.display()
            );
        }
        for file in files {
            let document = input::read(file, limit)?;
            let payload = self
                .send(file, &document, said)
                .with_context(|| format!("cannot import {}", input::name(file)))?;
            terminal.show(format!("{}: {}", input::name(file), outcome(&payload)))?;
            if let Some(plan) = plan(&payload["plan"]) {
                terminal.show(format!("\n{plan}\n"))?;
            }
        }
        Ok(())
    }

    /// Sends one document; what comes back is the payload of the mutation.
    fn send(&self, file: &Path, document: &[u8], said: &Said) -> anyhow::Result<Value> {
        let boundary = format!("remit-{}", SystemEnv.new_id());
        let answer = self.post(
            &format!("multipart/form-data; boundary={boundary}"),
            &form(&boundary, file, document, said),
            "Importing the same again changes nothing, should the document have arrived",
        )?;
        server::payload(&answer, "importDocument")
    }
}

/// The body of a multipart request: the file is sent as it is, because how it is encoded is for the reader to find
/// out.
fn form(boundary: &str, file: &Path, document: &[u8], said: &Said) -> Vec<u8> {
    let input = json!({
        "register": said.register,
        "file": null,
        "address": super::address(file),
        "code": said.code,
        "validFrom": said.valid_from.map(|day| day.to_string()),
        "dryRun": said.dry_run,
    });
    let operations = json!({ "query": IMPORT, "variables": { "input": input } }).to_string();
    let mut form = vec![];
    for (heading, content) in [
        ("name=\"operations\"", operations.as_bytes()),
        ("name=\"map\"", br#"{"0":["variables.input.file"]}"#),
        ("name=\"0\"; filename=\"document\"", document),
    ] {
        let heading = format!("--{boundary}\r\nContent-Disposition: form-data; {heading}\r\n\r\n");
        form.extend_from_slice(heading.as_bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    form
}

/// What came of it, in the words of an import without a server.
fn outcome(payload: &Value) -> String {
    let changes = payload["changeCount"].as_u64().unwrap_or_default();
    match payload["changeset"]["seq"].as_u64() {
        Some(seq) => format!("{changes} changes, kept as changeset {seq}"),
        None if changes > 0 => format!("{changes} changes would be made; this was a dry run"),
        None => "is kept already, nothing changed".to_owned(),
    }
}

fn plan(plan: &Value) -> Option<String> {
    let word = |value: &Value| value.as_str().map(crate::terminal::plain);
    Some(format!(
        "{}\nplan {}\n{} tasks",
        word(&plan["title"])?,
        word(&plan["code"])?,
        plan["tasks"]["totalCount"],
    ))
}
