//! Importing through a server that is running.

use crate::{
    env::SystemEnv,
    input, outcome,
    server::{self, Server},
    terminal::Terminal,
};
use anyhow::Context as _;
use api::env::Env as _;
use domain::time::Day;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const DOCUMENT: Import = Import {
    field: "importDocument",
    asked: "mutation Import($input: ImportDocumentInput!) {
        importDocument(input: $input) {
            changeCount
            changeset { seq }
            plan { code title tasks { totalCount } }
            userErrors { message }
        }
    }",
};

const DIRECTORY: Import = Import {
    field: "importDirectory",
    asked: "mutation Import($input: ImportDirectoryInput!) {
        importDirectory(input: $input) {
            partyCount
            changeCount
            changeset { seq }
            userErrors { message }
        }
    }",
};

/// A mutation that takes a file.
struct Import {
    /// The field whose payload comes back.
    field: &'static str,
    /// What is asked of the server.
    asked: &'static str,
}

/// What is said of every document.
pub(super) struct Said {
    pub(super) register: Option<String>,
    pub(super) code: Option<String>,
    pub(super) valid_from: Option<Day>,
    pub(super) dry_run: bool,
}

impl Server {
    /// Sends the directories, then the documents, one after another and prints what came of each.
    pub(super) fn import(
        &self,
        files: &[PathBuf],
        said: &Said,
        limit: usize,
        terminal: Terminal,
    ) -> anyhow::Result<()> {
        let (directories, documents): (Vec<_>, Vec<_>) =
            files.iter().partition(|file| super::is_directory(file));
        for file in directories {
            let input = json!({
                "register": said.register,
                "file": null,
                "dryRun": said.dry_run,
            });
            let payload = self.send(&DIRECTORY, file, &input, limit)?;
            terminal.show(format!(
                "{}: {} parties, {}",
                input::name(file),
                payload["partyCount"],
                outcome::told(&payload)
            ))?;
        }
        for file in documents {
            let input = json!({
                "register": said.register,
                "file": null,
                "address": super::address(file),
                "code": said.code,
                "validFrom": said.valid_from.map(|day| day.to_string()),
                "dryRun": said.dry_run,
            });
            let payload = self.send(&DOCUMENT, file, &input, limit)?;
            terminal.show(format!(
                "{}: {}",
                input::name(file),
                outcome::told(&payload)
            ))?;
            if let Some(plan) = plan(&payload["plan"]) {
                terminal.show(format!("\n{plan}\n"))?;
            }
        }
        Ok(())
    }

    /// Sends one file; what comes back is the payload of the mutation.
    fn send(
        &self,
        import: &Import,
        file: &Path,
        input: &Value,
        limit: usize,
    ) -> anyhow::Result<Value> {
        let content = input::read(file, limit)?;
        let boundary = format!("remit-{}", SystemEnv.new_id());
        let operations = json!({ "query": import.asked, "variables": { "input": input } });
        let answer = self.post(
            &format!("multipart/form-data; boundary={boundary}"),
            &form(&boundary, &operations.to_string(), &content),
            "Importing the same again changes nothing, should the file have arrived",
        );
        let payload = answer.and_then(|answer| server::payload(&answer, import.field));
        payload.with_context(|| super::cannot(file))
    }
}

/// The body of a multipart request: the file is sent as it is, because how it is encoded is for the reader to find
/// out.
fn form(boundary: &str, operations: &str, content: &[u8]) -> Vec<u8> {
    let mut form = vec![];
    for (heading, content) in [
        ("name=\"operations\"", operations.as_bytes()),
        ("name=\"map\"", br#"{"0":["variables.input.file"]}"#),
        ("name=\"0\"; filename=\"file\"", content),
    ] {
        let heading = format!("--{boundary}\r\nContent-Disposition: form-data; {heading}\r\n\r\n");
        form.extend_from_slice(heading.as_bytes());
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n");
    }
    form.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    form
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
