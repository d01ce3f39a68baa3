//! A register without a database, and documents to accept into it.

use domain::{
    change::{Actor, Authentication, Change, Changeset, Proposal},
    command::{AcceptDraft, Against, DraftRefused, Extent, ImportDirectory},
    directory::Directory,
    draft::Draft,
    id::RegisterId,
    image::PartyRef,
    register::{Texts, Writer},
    review::NameMeaning,
    text::Sha256,
    time::{Day, Instant, Seq},
    view::View,
};
use ingest::{Options, Reading};
use std::{cell::Cell, collections::HashMap, sync::Arc};
use uuid::Uuid;

pub(crate) const DIRECTORY: &[u8] = include_bytes!("../../../../examples/tianjin-parties.csv");
pub(crate) const PLAN: &str = include_str!("../../../../examples/tianjin-smart-city-plan.txt");

/// A register without a database.
pub(crate) struct Desk {
    writer: Writer,
    texts: Kept,
    ids: Cell<u128>,
}

#[derive(Default)]
struct Kept(HashMap<Sha256, Arc<str>>);

impl Texts for Kept {
    fn text(&self, digest: Sha256) -> Option<Arc<str>> {
        self.0.get(&digest).cloned()
    }
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self {
            writer: Writer::new(RegisterId::from(Uuid::from_u128(1))),
            texts: Kept::default(),
            ids: Cell::new(0),
        }
    }

    pub(crate) fn with_directory() -> Self {
        let mut desk = Self::new();
        desk.import(&ingest::directory_csv::read(DIRECTORY).unwrap());
        desk
    }

    pub(crate) fn view(&self) -> View {
        let register = Arc::clone(self.writer.register());
        View::new(register, Seq(u32::MAX), today())
    }

    /// A seed for ids, later than all before.
    pub(crate) fn seed(&self) -> Uuid {
        self.ids.set(self.ids.get() + 1);
        Uuid::from_u128(self.ids.get() << 80 | 7 << 76 | 2 << 62)
    }

    pub(crate) fn commit(&mut self, changes: Vec<Change>) {
        let proposal = Proposal {
            actor: Actor {
                subject: "local:tester".to_owned(),
                authentication: Authentication::Local,
            },
            action: "test.done".to_owned(),
            reason: None,
            authority: None,
            idempotency_key: None,
            changes,
        };
        let register = self.writer.register();
        let seq = register.seq().next();
        let changeset = Changeset::new(register.id(), seq, Instant(seq.0.into()), proposal);
        self.writer.apply(&changeset, &self.texts).unwrap();
    }

    pub(crate) fn import(&mut self, directory: &Directory) -> usize {
        let command = ImportDirectory {
            directory,
            today: today(),
            ids: self.seed(),
        };
        let changes = command.decide(&self.view()).unwrap();
        let count = changes.len();
        if count > 0 {
            self.commit(changes);
        }
        count
    }

    pub(crate) fn decide(
        &self,
        reading: &Reading,
        code: Option<&str>,
    ) -> Result<Vec<Change>, DraftRefused> {
        let whole = (&reading.draft, Extent::Whole, &[][..]);
        self.decide_against(Against::Nothing, &reading.text, whole, code)
    }

    pub(crate) fn decide_against(
        &self,
        against: Against<'_>,
        text: &str,
        (draft, extent, meanings): (&Draft, Extent, &[NameMeaning]),
        code: Option<&str>,
    ) -> Result<Vec<Change>, DraftRefused> {
        AcceptDraft {
            draft,
            text,
            against,
            extent,
            meanings,
            code: code.map(str::to_owned),
            address: None,
            valid_from: today(),
            ids: self.seed(),
        }
        .decide(&self.view())
    }

    pub(crate) fn accept(&mut self, text: &str, code: &str) {
        let reading = read(text);
        let changes = self.decide(&reading, Some(code)).unwrap();
        self.keep(&reading.text);
        self.commit(changes);
    }

    /// Keeps a text, so that what quotes it can be committed.
    pub(crate) fn keep(&mut self, text: &str) {
        self.texts
            .0
            .insert(Sha256::of(text.as_bytes()), text.into());
    }

    pub(crate) fn party(&self, name: &str) -> PartyRef {
        let found = self.view().party_find_by_name(name);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        found[0]
    }
}

pub(crate) fn today() -> Day {
    "2024-06-30".parse().unwrap()
}

pub(crate) fn read(text: &str) -> Reading {
    ingest::read(text.as_bytes(), &Options::default()).unwrap()
}

/// A plan of a city with one task a line, each with its clause.
pub(crate) fn plan(title: &str, clauses: &[&str]) -> String {
    let tasks = (1..)
        .zip(clauses)
        .map(|(n, clause)| format!("{n}.第{n}项工作。把它做好。（{clause}）\n\n"));
    format!(
        "{title}\n\n2024年1月8日\n\n一、重点任务\n\n{}",
        tasks.collect::<String>()
    )
}
