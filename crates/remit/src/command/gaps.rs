//! `remit gaps`

use crate::{
    config::AsOf,
    matrix::shortened,
    terminal::{self, Terminal, plain},
};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use domain::{
    clause::Confidence,
    export::cell::{Cell, Column, Kind},
    gaps::{Gap, GapFilter, GapOf, Remedy},
    time::{Day, Seq},
    view::View,
    vocabulary::GapKind,
};
use ingest::export::{Csv, Tables as _};
use serde::Serialize;
use std::{collections::BTreeMap, io, process::ExitCode};
use uuid::Uuid;

/// What plans leave open: tasks that nobody leads, open lists, targets that nobody answers for.
///
/// Each gap comes with the words that show it and the command (of `remit change`, or the mutation) that would close it. It
/// reads only, and may run beside a server.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit gaps                                    of all plans in force\n  \
    remit gaps PLAN --kind no_lead --kind indefinite_only\n  \
    remit gaps PLAN --format csv > gaps.csv")]
pub(crate) struct Gaps {
    /// What the plan is called by [default: all plans in force].
    plan: Option<String>,

    /// Only gaps of this kind; may be given several times.
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<GapKind>,

    /// From which confidence on a clause is taken to be read right, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = GapFilter::SURE_FROM.as_percent())]
    sure_from: u8,

    /// As what.
    #[arg(long, default_value = "table")]
    format: Format,

    #[command(flatten)]
    as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: how many there are of each kind, and every one in a line.
    Table,
    /// For spreadsheet programs.
    Csv,
    /// For other programs.
    Json,
}

fn kind(word: &str) -> Result<GapKind, String> {
    let kind = word.parse();
    kind.map_err(|unknown: domain::vocabulary::UnknownWord| format!("one of: {}", unknown.known))
}

impl Gaps {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let (snapshot, view) = self.as_of.view().await?;
        let plan = self.plan.as_deref().map(|code| {
            let plan = view.plan_find_by_code(code);
            plan.with_context(|| format!("the register has no plan {code:?} as of then"))
        });
        let filter = GapFilter {
            plan: plan.transpose()?,
            kinds: self.kind,
            sure_from: Confidence::percent(self.sure_from),
            ..GapFilter::default()
        };
        let gaps: Vec<_> = view
            .gaps(&filter)
            .map(|gap| Line::new(&view, &gap))
            .collect();
        match self.format {
            Format::Table => table(&gaps, terminal)?,
            Format::Csv => csv(&gaps).context("cannot print the gaps")?,
            Format::Json => {
                let of = Of {
                    register: &snapshot.summary().code,
                    valid_on: view.valid_on(),
                    known_seq: view.seq(),
                };
                let document = serde_json::json!({ "of": of, "gaps": gaps });
                terminal::result(serde_json::to_string_pretty(&document)?)?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Serialize)]
struct Of<'v> {
    register: &'v str,
    valid_on: Day,
    known_seq: Seq,
}

/// A gap in words.
#[derive(Serialize)]
struct Line<'v> {
    kind: GapKind,
    /// What the plan is called by.
    plan: &'v str,
    /// Where the task stands, if it is about one task.
    path: Vec<&'v str>,
    task: Option<&'v str>,
    /// What kind of thing it is of, and which.
    of: &'static str,
    id: Uuid,
    words: &'v str,
    /// The characters of the document at which the words stand, if one says them.
    start: Option<u32>,
    end: Option<u32>,
    command: &'static str,
    remedy: &'static str,
}

impl<'v> Line<'v> {
    fn new(view: &'v View, gap: &Gap) -> Self {
        let task = view.gap_task(gap);
        let citation = view.gap_citation(gap);
        let points = citation.map(|citation| view.quote(citation).passage.points);
        let (of, id) = match gap.of {
            GapOf::Task(task) => ("task", view.id(task).into()),
            GapOf::Clause(clause) => ("clause", view.id(clause).into()),
            GapOf::Target(target) => ("target", view.id(target).into()),
            GapOf::Assignment(assignment) => ("assignment", view.id(assignment).into()),
            GapOf::Party { party, .. } => ("party", view.id(party).into()),
        };
        let Remedy { command, text } = view.gap_remedy(gap);
        Self {
            kind: gap.kind,
            plan: view.text(view.thing(gap.plan).code),
            path: task.map_or_else(Vec::new, |task| view.task_path(task)),
            task: task.map(|task| view.text(view.thing(task).title)),
            of,
            id,
            words: view.gap_words(gap),
            start: points.map(|points| points.start),
            end: points.map(|points| points.end),
            command,
            remedy: text,
        }
    }
}

/// How wide words may be in a table.
const WORDS: usize = 60;

fn table(gaps: &[Line<'_>], terminal: Terminal) -> io::Result<()> {
    if gaps.is_empty() {
        return terminal.show("nothing is left open");
    }
    let mut counts: BTreeMap<GapKind, (usize, &Line<'_>)> = BTreeMap::new();
    for gap in gaps {
        counts.entry(gap.kind).or_insert((0, gap)).0 += 1;
    }
    let mut kinds = terminal::table(&["gaps", "", "closed by", ""]);
    for (kind, (count, first)) in counts {
        kinds.add_row([
            &count.to_string(),
            kind.as_str(),
            first.command,
            first.remedy,
        ]);
    }
    terminal::result(terminal::text(kinds, 2))?;
    let mut each = terminal::table(&["gap", "plan", "task", "words"]);
    for gap in gaps {
        let task = gap.task.unwrap_or_default();
        let task = plain(&format!("{} {task}", gap.path.concat()));
        let words = shortened(&plain(gap.words), WORDS);
        each.add_row([gap.kind.as_str(), gap.plan, task.trim(), &words]);
    }
    terminal::result("")?;
    terminal::result(terminal::text(each, 2))
}

static COLUMNS: [Column; 11] = [
    Column::new("kind", Kind::Text, "What is missing."),
    Column::new("plan", Kind::Text, "What the plan is called by."),
    Column::new("path", Kind::Texts, "Where the task stands."),
    Column::new("task", Kind::Text, "The task, if it is about one.").or_nothing(),
    Column::new("of", Kind::Text, "What kind of thing it is missing from."),
    Column::new("id", Kind::Id, "Which one."),
    Column::new("words", Kind::Text, "The words that show it."),
    Column::new("start", Kind::Number, "Where they begin in the document.").or_nothing(),
    Column::new("end", Kind::Number, "The first character after them.").or_nothing(),
    Column::new("command", Kind::Text, "What would close it."),
    Column::new("remedy", Kind::Text, "What is to be done."),
];

fn csv(gaps: &[Line<'_>]) -> io::Result<()> {
    let mut csv = Csv::new(|_| Ok(io::stdout().lock()));
    csv.begin("gap", &COLUMNS)?;
    for gap in gaps {
        let form = |text: &str| Cell::Form(text.to_owned());
        let number = |number: Option<u32>| number.map_or(Cell::Null, |n| Cell::Number(n.into()));
        csv.row(&[
            form(gap.kind.as_str()),
            Cell::Text(gap.plan),
            Cell::Texts(gap.path.clone()),
            gap.task.map_or(Cell::Null, Cell::Text),
            form(gap.of),
            Cell::Form(gap.id.to_string()),
            Cell::Text(gap.words),
            number(gap.start),
            number(gap.end),
            form(gap.command),
            form(gap.remedy),
        ])?;
    }
    csv.end()
}
