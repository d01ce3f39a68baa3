//! People who import one document after another into served processes, and what they remember of it.

use super::Server;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{
        Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

const IMPORT: &str = "mutation($input: ImportDocumentInput!) {
    importDocument(input: $input) { changeset { seq } userErrors { message } }
}";

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A whole answer.
    Whole(Value),
    /// Nothing: the request was not taken.
    None,
    /// The beginning of one.
    CutShort(String),
}

/// Posts a question and waits for what comes of it.
pub(super) fn post(address: &str, document: &str, variables: &Value) -> Answer {
    let body = json!({ "query": document, "variables": variables }).to_string();
    let request = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len(),
    );
    let mut answer = vec![];
    if let Ok(mut socket) = TcpStream::connect(address)
        && socket.write_all(request.as_bytes()).is_ok()
    {
        // What has come before an error is looked at all the same.
        let _ = socket.read_to_end(&mut answer);
    }
    if answer.is_empty() {
        return Answer::None;
    }
    let answer = String::from_utf8(answer).unwrap();
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body);
    match body.and_then(|body| serde_json::from_str(body).ok()) {
        Some(whole) => Answer::Whole(whole),
        None => Answer::CutShort(answer),
    }
}

/// A question that is answered.
#[track_caller]
pub(super) fn data(address: &str, document: &str) -> Value {
    match post(address, document, &Value::Null) {
        Answer::Whole(mut answer) if answer.get("errors").is_none() => answer["data"].take(),
        other => panic!("{document}: {other:?}"),
    }
}

/// A plan of one task, which nobody else writes.
pub(super) fn plan(code: &str) -> Value {
    json!({
        "text": format!(
            "关于{code}的行动计划\n\n一、重点任务\n\n1.办好{code}。今年办好这件事。（责任单位：市林业局）\n"
        ),
        "code": code,
        "idempotencyKey": code,
    })
}

/// What clerks remember, together.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The changesets that were acknowledged, with the codes of their plans.
    acknowledged: Mutex<BTreeMap<u64, String>>,
    /// The codes of all plans that were sent.
    sent: Mutex<BTreeSet<String>>,
    /// What was answered instead, by code and message.
    refused: Mutex<BTreeMap<(String, String), usize>>,
    count: Mutex<usize>,
    more: Condvar,
    stop: AtomicBool,
}

impl Book {
    /// Imports plans through these servers in turn until told to stop; each one again, with the same key, until it is
    /// acknowledged. Reads every one of them through another server.
    pub(super) fn write_on(&self, clerk: usize, addresses: &[String]) {
        let mut turn = clerk;
        let mut next = || {
            turn += 1;
            addresses[turn % addresses.len()].as_str()
        };
        for number in 0.. {
            let code = format!("{clerk}-{number}");
            let seq = loop {
                if let Some(seq) = self.import(next(), &code) {
                    break seq;
                }
                if self.is_over() {
                    return;
                }
            };
            Self::read_back(next(), seq, &code);
            if self.is_over() {
                return;
            }
        }
    }

    /// Imports one plan; the changeset if that is acknowledged.
    pub(super) fn import(&self, address: &str, code: &str) -> Option<u64> {
        self.sent.lock().unwrap().insert(code.to_owned());
        let answer = match post(address, IMPORT, &json!({ "input": plan(code) })) {
            Answer::Whole(answer) => answer,
            Answer::None => return None,
            Answer::CutShort(answer) => panic!("an answer was cut short: {answer}"),
        };
        let payload = &answer["data"]["importDocument"];
        if let Some(seq) = payload["changeset"]["seq"].as_u64() {
            self.acknowledged
                .lock()
                .unwrap()
                .insert(seq, code.to_owned());
            *self.count.lock().unwrap() += 1;
            self.more.notify_all();
            return Some(seq);
        }
        assert_eq!(payload.get("userErrors"), None, "{answer}");
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let error = &answer["errors"][0];
        let told = (word(&error["extensions"]["code"]), word(&error["message"]));
        *self.refused.lock().unwrap().entry(told).or_default() += 1;
        None
    }

    /// What was written through one server is read through any other, unless that is away.
    fn read_back(address: &str, seq: u64, code: &str) {
        let document = format!(
            "{{ register(atLeast: {seq}) {{ asOf {{ seq }} plan(code: \"{code}\") {{ tasks {{ totalCount }} }} }} }}"
        );
        let Answer::Whole(answer) = post(address, &document, &Value::Null) else {
            return;
        };
        if let Some(error) = answer["errors"].get(0) {
            assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{answer}");
            return;
        }
        let register = &answer["data"]["register"];
        assert!(register["asOf"]["seq"].as_u64() >= Some(seq), "{answer}");
        assert_eq!(register["plan"]["tasks"]["totalCount"], 1, "{answer}");
    }

    /// Imports plans into one server until nobody answers there.
    pub(super) fn write_until_nobody_answers(&self, clerk: usize, addresses: &[String]) {
        for number in 0.. {
            let code = format!("{clerk}-{number}");
            if self.import(&addresses[0], &code).is_none() {
                return;
            }
        }
    }

    /// How many writes were acknowledged.
    pub(super) fn acknowledged(&self) -> u64 {
        self.acknowledged.lock().unwrap().len() as u64
    }

    /// What was answered instead, as codes and messages.
    pub(super) fn refusals(&self) -> Vec<(String, String)> {
        self.refused.lock().unwrap().keys().cloned().collect()
    }

    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    /// Waits until so many more writes have been acknowledged.
    pub(super) fn wait_for(&self, more: usize) {
        let mut count = self.count.lock().unwrap();
        let enough = *count + more;
        while *count < enough {
            count = self.more.wait(count).unwrap();
        }
    }

    /// Everything that was answered instead of an acknowledgement is what a client can make something of.
    pub(super) fn check_refusals(&self) {
        for (code, message) in self.refused.lock().unwrap().keys() {
            assert!(
                matches!(code.as_str(), "UNAVAILABLE" | "TIMEOUT"),
                "{code}: {message}"
            );
            assert!(!message.is_empty(), "{code} without a word");
            for inside in ["sqlx", "Sqlx", "SQL", "postgres://", "Error", "src/", ".db"] {
                assert!(
                    !message.contains(inside) || message.contains("SQLite"),
                    "{message}"
                );
            }
        }
    }

    /// Everything acknowledged is in the register as it was acknowledged, nothing is there twice, and the only other
    /// things there are what somebody has sent and got no answer to.
    pub(super) fn check(&self, server: &Server) {
        let acknowledged = self.acknowledged.lock().unwrap();
        let sent = self.sent.lock().unwrap();
        // A node may have to be waited for.
        if let Some((last, _)) = acknowledged.last_key_value() {
            let head = format!("{{ register(atLeast: {last}) {{ asOf {{ seq }} }} }}");
            data(&server.address, &head);
        }
        for (seq, code) in acknowledged.iter() {
            let found = data(
                &server.address,
                &format!(
                    "{{ then: register(knownSeq: {seq}) {{ plan(code: \"{code}\") {{ tasks {{ totalCount }} }} }}
                        before: register(knownSeq: {}) {{ plan(code: \"{code}\") {{ code }} }} }}",
                    seq - 1
                ),
            );
            assert_eq!(
                found["then"]["plan"]["tasks"]["totalCount"], 1,
                "{seq} {code}"
            );
            assert_eq!(found["before"]["plan"], Value::Null, "{seq} {code}");
        }
        let kept = data(
            &server.address,
            "{ register { asOf { seq } plans { totalCount } tasks { totalCount } } }",
        );
        let kept = &kept["register"];
        let plans = kept["plans"]["totalCount"].as_u64().unwrap() as usize;
        assert!(
            (acknowledged.len()..=sent.len()).contains(&plans),
            "{} acknowledged, {} sent, {plans} kept",
            acknowledged.len(),
            sent.len()
        );
        assert_eq!(kept["tasks"]["totalCount"], plans);
        assert_eq!(kept["asOf"]["seq"], plans, "a changeset a plan");
    }

    /// How much was done, for whoever runs it with large numbers.
    pub(super) fn tell(&self, what: &str) {
        let refused: usize = self.refused.lock().unwrap().values().sum();
        eprintln!(
            "{what}: {} writes acknowledged, {refused} refused meanwhile",
            self.count.lock().unwrap(),
        );
        for ((code, message), times) in self.refused.lock().unwrap().iter() {
            eprintln!("  {times} x {code}: {message}");
        }
    }
}

/// How often something is done: a few times, or as often as the environment says.
pub(crate) fn times(variable: &str, few: u32) -> u32 {
    std::env::var(variable).map_or(few, |times| times.parse().unwrap())
}
