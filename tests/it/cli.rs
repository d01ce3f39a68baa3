//! The real program as a person or a script runs it: what it prints, where, and with what it ends.

mod backup;
mod change;
mod clerk;
mod draft;
mod due;
mod export;
mod extract;
mod failure;
mod fault;
mod formats;
mod gaps;
mod load;
mod man;
mod matrix;
mod nodes;
mod serve;
mod server_import;
mod stopping;
mod strict;
mod token;

pub(crate) use clerk::times;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};
use tempfile::TempDir;

/// A directory of its own in which the program is run.
struct Desk {
    directory: TempDir,
}

/// What came of a run.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Desk {
    fn new() -> Self {
        Self {
            directory: TempDir::new().unwrap(),
        }
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Puts a file on the desk.
    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_remit-under-test"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("REMIT_") {
                command.env_remove(name);
            }
        }
        command.args(arguments).current_dir(self.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&self.command(arguments).output().unwrap())
    }

    fn run_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(&child.wait_with_output().unwrap())
    }

    /// Starts a server on a free port and waits until it says where it listens.
    fn serve(&self, arguments: &[&str]) -> Server {
        let mut command = self.command(&["serve"]);
        if !arguments.contains(&"--listen") {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        command.args(arguments);
        Server::start(command)
    }
}

impl Run {
    fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// The output of a run that succeeded.
    fn expect_success(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }
}

/// A running server; it is stopped when it is dropped.
struct Server {
    child: Child,
    stdout: BufReader<std::process::ChildStdout>,
    /// What it said until it listened.
    said: String,
    address: String,
}

impl Server {
    /// Starts it and waits until it says where it listens.
    fn start(mut command: Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let mut server = Self {
            child,
            stdout,
            said: String::new(),
            address: String::new(),
        };
        while server.address.is_empty() {
            server.hear_a_line();
        }
        server
    }

    /// Waits for the next line of what it says, and takes the address from it if it is that line.
    fn hear_a_line(&mut self) {
        let mut line = String::new();
        if self.stdout.read_line(&mut line).unwrap() == 0 {
            let mut stderr = String::new();
            let mut pipe = self.child.stderr.take().unwrap();
            pipe.read_to_string(&mut stderr).unwrap();
            panic!("it ended before it listened: {}{stderr}", self.said);
        }
        if let Some(address) = line.strip_prefix("serving http://") {
            let address = address.trim_end().strip_suffix("/graphql").unwrap();
            self.address = address.replace("0.0.0.0", "127.0.0.1");
        }
        self.said.push_str(&line);
    }

    /// Sends a GraphQL document, and tells the status and the body of the answer.
    fn ask(&self, document: &str, token: Option<&str>) -> (u16, serde_json::Value) {
        let body = serde_json::json!({ "query": document }).to_string();
        let authorization = token.map(|token| format!("authorization: Bearer {token}\r\n"));
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             connection: close\r\n{}\r\n{body}",
            self.address,
            body.len(),
            authorization.unwrap_or_default(),
        );
        let (status, body) = self.send(&request);
        (status, serde_json::from_str(&body).unwrap())
    }

    fn get(&self, path: &str) -> (u16, String) {
        let address = &self.address;
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
        ))
    }

    fn send(&self, request: &str) -> (u16, String) {
        let mut socket = TcpStream::connect(&self.address).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }

    /// Ends it without a word.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and tells with what it ended and all that it said.
    fn stop(mut self, signal: &str) -> Run {
        let id = self.child.id().to_string();
        let sent = Command::new("kill")
            .args([&format!("-{signal}"), &id])
            .status()
            .unwrap();
        assert!(sent.success());
        self.stdout.read_to_string(&mut self.said).unwrap();
        let mut stderr = String::new();
        self.child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut stderr)
            .unwrap();
        let code = self.child.wait().unwrap().code();
        let stdout = std::mem::take(&mut self.said);
        Run {
            code,
            stdout,
            stderr,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file of the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// The plan and the party directory of the repository, copied to a desk.
fn put_examples(desk: &Desk) {
    for (name, example) in [
        ("plan.txt", "examples/tianjin-smart-city-plan.txt"),
        ("parties.csv", "examples/tianjin-parties.csv"),
    ] {
        desk.put(name, fs::read(repository(example)).unwrap());
    }
}

#[test]
fn the_printed_schema_is_the_published_one() {
    let printed = Desk::new().run(&["schema"]).expect_success();
    let published = fs::read_to_string(repository("schema/remit.graphql")).unwrap();
    assert!(
        printed.stdout.trim() == published.trim(),
        "`remit schema > schema/remit.graphql`"
    );
}

#[test]
fn every_command_explains_itself_and_a_command_line_that_means_nothing_is_code_2() {
    let desk = Desk::new();
    let help = desk.run(&["--help"]).expect_success();
    for command in [
        "serve",
        "extract",
        "import",
        "draft",
        "change",
        "load",
        "export",
        "verify",
        "backup",
        "restore",
        "migrate",
        "token",
        "health",
        "schema",
        "completions",
        "man",
    ] {
        assert!(
            help.stdout.contains(command),
            "{command} is not in the help"
        );
        let help = desk.run(&[command, "--help"]).expect_success();
        assert!(help.stdout.contains("Usage: remit"), "{command}");
    }
    for wrong in [
        &["fly"][..],
        &["load", "."],
        &["serve", "--listen", "somewhere"],
        &["token", "add", "a b"],
    ] {
        let run = desk.run(wrong);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{wrong:?}");
        assert!(run.stderr.starts_with("error:"), "{}", run.stderr);
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let desk = Desk::new();
    let mut command = desk.command(&["completions", "bash"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}
