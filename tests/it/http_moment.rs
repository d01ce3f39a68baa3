//! A request sees one moment of a register from start to end, whatever is written meanwhile.

use crate::{
    graph::Example,
    support::{
        database::on_both,
        edge::{ask, loopback, serve},
        write::{plan, write},
    },
};
use domain::{change::Change, id::PlanId, plan::Plan, view::View};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    convert::Infallible,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::Store;

/// A plan whose title is the changeset that wrote it last.
fn titled(code: &str, seq: u32) -> Plan {
    Plan {
        title: seq.to_string(),
        ..plan(code)
    }
}

/// Gives both plans the number of the changeset that does it as their titles, in one changeset.
fn retitle([a, b]: [PlanId; 2], view: &View) -> Vec<Change> {
    let change = |id, code| {
        let (before, after) = (view.seq().0, view.seq().next().0);
        if before == 0 {
            Change::record(id, titled(code, after))
        } else {
            Change::revise(id, titled(code, before), titled(code, after))
        }
    };
    vec![change(a, "a"), change(b, "b")]
}

/// Writes for as long as somebody reads.
async fn write_on(store: Store, plans: [PlanId; 2], read: Arc<AtomicBool>) {
    while !read.load(Ordering::SeqCst) {
        let decide = move |view: &View| Ok::<_, Infallible>(retitle(plans, view));
        store.write(write("plan.revised"), decide).await.unwrap();
    }
}

/// Everything that one request can look at the two plans through, each many times.
fn document() -> String {
    let look = "asOf { seq } first: plan(code: \"a\") { title } plans(first: 2) { nodes { title } }
                last: plan(code: \"b\") { title }";
    let registers =
        (0..12).map(|n| format!("r{n}: register {{ {look} }} n{n}: node(id: $b) {{ ...Titled }}"));
    format!(
        "query($b: ID!) {{ {} registers {{ asOf {{ seq }} }} }} fragment Titled on Plan {{ title }}",
        registers.collect::<Vec<_>>().join(" ")
    )
}

/// Reads until it has seen so many changesets, and checks that no answer is of two of them.
async fn read(address: SocketAddr, id: Value, enough: usize) {
    let (document, variables) = (document(), serde_json::json!({ "b": id }));
    let mut seen = BTreeSet::new();
    while seen.len() < enough {
        let (status, answer) = ask(address, &document, variables.clone()).await;
        assert_eq!((status, answer.get("errors")), (200, None), "{answer}");
        let mut told = BTreeSet::new();
        tell(&answer["data"], &mut told);
        assert_eq!(told.len(), 1, "one answer of several moments: {told:?}");
        seen.extend(told);
    }
}

/// Every seq and every title in an answer; a title is the seq that wrote it.
fn tell(value: &Value, told: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("seq" | "title", Value::String(title)) => _ = told.insert(title.clone()),
                    ("seq" | "title", seq) => _ = told.insert(seq.to_string()),
                    _ => tell(value, told),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| tell(item, told)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_changed_together_is_seen_together_and_is_what_the_seq_says() {
    on_both(async |database| {
        let example = Example::empty(database).await;
        let address = serve(example.app(loopback())).await.unwrap();
        let plans = [example.env.id(), example.env.id()];
        let store = example.store();
        let decide = move |view: &View| Ok::<_, Infallible>(retitle(plans, view));
        store.write(write("plan.recorded"), decide).await.unwrap();
        let ids = "{ register { plan(code: \"b\") { id } } }";
        let (_, answer) = ask(address, ids, Value::Null).await;
        let id = answer["data"]["register"]["plan"]["id"].clone();

        let done = Arc::new(AtomicBool::new(false));
        let writer = tokio::spawn(write_on(store.clone(), plans, Arc::clone(&done)));
        let readers = [(); 2].map(|()| tokio::spawn(read(address, id.clone(), 25)));
        for reader in readers {
            reader.await.unwrap();
        }
        done.store(true, Ordering::SeqCst);
        writer.await.unwrap();
    })
    .await;
}
