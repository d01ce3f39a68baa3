//! `remit due`

use crate::{
    config::AsOf,
    terminal::{self, Terminal, plain},
};
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use domain::{
    export::cell::{Cell, Column, Kind},
    image::{AssignmentRef, DeadlineRef, PartyRef, PlanRef, Subject},
    missing::MissingFilter,
    time::Day,
    view::{DeadlineFilter, View},
    vocabulary::{Light, TaskStatus},
};
use ingest::export::{Csv, Tables as _};
use serde::Serialize;
use std::{io, process::ExitCode};

/// Show what is late or falls due soon, and who has not reported.
///
/// A line a deadline that was not met, by its last day, red where it is over; then a line a party that has not reported on
/// a task for the period that was due, by the rule that the office has set. Tasks that are done or superseded have none.
///
/// It reads only, and may run beside a server. The same register as known at the same changeset, asked about the same day,
/// always gives the same lines.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    remit due --within 14                         the next two weeks, and what is over\n  \
    remit due --plan PLAN --format csv > due.csv  for a spreadsheet program\n  \
    remit due --party 市科技局 --valid-on 2024-06-30 --format json | jq 'length'")]
pub(crate) struct Due {
    /// Only of this plan, by its code.
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,

    /// Only what this party is responsible for, by any of its names.
    #[arg(long, value_name = "NAME")]
    party: Option<String>,

    /// How many days ahead to look.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    within: u16,

    /// As what.
    #[arg(long, default_value = "table")]
    format: Format,

    #[command(flatten)]
    as_of: AsOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text, as wide as it is.
    Table,
    /// For spreadsheet programs: UTF-8 behind a byte order mark; a cell that such a program would take for a formula gets
    /// an apostrophe before it.
    Csv,
    /// A list of objects.
    Json,
}

/// What is late, falls due or is missing.
#[derive(Debug, Serialize)]
struct Line<'v> {
    what: &'static str,
    light: Option<Light>,
    /// The last day in time.
    due_on: Option<Day>,
    /// How many days are left; fewer than none where it is over.
    days_left: Option<i64>,
    plan: &'v str,
    path: String,
    title: &'v str,
    /// The words of the deadline, or the period of the report.
    text: String,
    parties: Vec<&'v str>,
}

static COLUMNS: [Column; 9] = [
    Column::new("what", Kind::Text, "A deadline, or a report."),
    Column::new("light", Kind::Text, "The light that it has.").or_nothing(),
    Column::new("due_on", Kind::Day, "The last day in time.").or_nothing(),
    Column::new(
        "days_left",
        Kind::Number,
        "Fewer than none where it is over.",
    )
    .or_nothing(),
    Column::new("plan", Kind::Text, "What the plan is called by."),
    Column::new("path", Kind::Text, "Where the task or section stands."),
    Column::new("title", Kind::Text, "The task, section or plan."),
    Column::new(
        "text",
        Kind::Text,
        "The words of the deadline, or the period.",
    ),
    Column::new("parties", Kind::Texts, "Who answers for it."),
];

impl Due {
    pub(crate) async fn run(self, terminal: Terminal) -> anyhow::Result<ExitCode> {
        let (_, view) = self.as_of.view().await?;
        let lines = self.lines(&view)?;
        match self.format {
            Format::Table if lines.is_empty() => terminal.remark(format!(
                "nothing is late on {}, nothing falls due within {} days, and no report is missing",
                view.valid_on(),
                self.within
            )),
            Format::Table => terminal::result(table(&lines))?,
            Format::Csv => csv(&lines).context("cannot write to standard output")?,
            Format::Json => terminal::result(serde_json::to_string_pretty(&lines)?)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn lines<'v>(&self, view: &'v View) -> anyhow::Result<Vec<Line<'v>>> {
        let plan = match &self.plan {
            Some(code) => Some(plan(view, code)?),
            None => None,
        };
        let party = match &self.party {
            Some(name) => Some(party(view, name)?),
            None => None,
        };
        let last = view.valid_on().number() + i32::from(self.within);
        let deadlines = view.deadline_list(&DeadlineFilter {
            plan,
            party,
            from: None,
            to: Some(Day::from_number(last + 1)),
            lights: vec![],
            met: Some(false),
        });
        let missing = view.missing_report_list(&MissingFilter { plan, party });
        let open = deadlines.into_iter().filter(|&it| is_open(view, it));
        let lines = open.map(|deadline| deadline_line(view, deadline));
        let missing = missing.into_iter().map(|duty| missing_line(view, duty));
        Ok(lines.chain(missing).collect())
    }
}

fn plan(view: &View, code: &str) -> anyhow::Result<PlanRef> {
    let Some(plan) = view.plan_find_by_code(code) else {
        bail!("the register has no plan with the code {code:?}");
    };
    Ok(plan)
}

fn party(view: &View, name: &str) -> anyhow::Result<PartyRef> {
    match *view.party_find_by_name(name) {
        [party] => Ok(party),
        [] => bail!("the register has no party that is called {name:?}"),
        ref several => bail!(
            "{} parties are called {name:?}: give a name that only one of them has",
            several.len()
        ),
    }
}

/// Whether there is something to do by a deadline.
fn is_open(view: &View, deadline: DeadlineRef) -> bool {
    let done = match view.thing(deadline).subject {
        Subject::Task(task) => view.task_status(task) == TaskStatus::Done,
        Subject::Section(_) | Subject::Plan(_) => false,
    };
    let light = view.deadline_light(deadline);
    // What is over and green is done as a whole.
    let is_over = view
        .deadline_last_day(deadline)
        .is_some_and(|last| last < view.valid_on());
    !done && light.is_some_and(|light| light != Light::Green || !is_over)
}

fn deadline_line(view: &View, deadline: DeadlineRef) -> Line<'_> {
    let image = view.thing(deadline);
    let due_on = view.deadline_last_day(deadline);
    let (path, title, parties) = match image.subject {
        Subject::Task(task) => (
            view.task_path(task).join(" "),
            view.text(view.thing(task).title),
            names(view, &view.task_reporters(task)),
        ),
        Subject::Section(section) => (
            view.section_labels(section).join(" "),
            view.text(view.thing(section).title),
            vec![],
        ),
        Subject::Plan(plan) => (String::new(), view.text(view.thing(plan).title), vec![]),
    };
    Line {
        what: "deadline",
        light: view.deadline_light(deadline),
        due_on,
        days_left: days_left(view, due_on),
        plan: view.text(view.thing(view.subject_plan(image.subject)).code),
        path,
        title,
        text: view
            .text(image.due.wording.text(view.register()))
            .to_owned(),
        parties,
    }
}

fn missing_line(view: &View, duty: AssignmentRef) -> Line<'_> {
    let task = view.thing(duty).task;
    let image = view.thing(task);
    let terms = view.plan_terms(image.plan);
    let period = view.report_period(&terms);
    let due_on = period
        .zip(terms.rhythm)
        .map(|(period, rhythm)| rhythm.due(period));
    Line {
        what: "report",
        light: view.task_light(task),
        due_on,
        days_left: days_left(view, due_on),
        plan: view.text(view.thing(image.plan).code),
        path: view.task_path(task).join(" "),
        title: view.text(image.title),
        text: period.map_or_else(String::new, |period| period.to_string()),
        parties: names(view, &[duty]),
    }
}

fn days_left(view: &View, day: Option<Day>) -> Option<i64> {
    day.map(|day| i64::from(day.number()) - i64::from(view.valid_on().number()))
}

/// Whom assignments name, each once.
fn names<'v>(view: &'v View, assignments: &[AssignmentRef]) -> Vec<&'v str> {
    let parties = assignments.iter().map(|duty| view.thing(*duty).party);
    let names = parties.filter_map(|party| Some(view.text(view.party_name(party)?)));
    let mut names: Vec<_> = names.collect();
    names.dedup();
    names
}

fn table(lines: &[Line<'_>]) -> String {
    // A line each, however wide: scripts read it.
    let mut table = terminal::bare_table();
    table.set_header(COLUMNS.iter().map(|column| column.name));
    for line in lines {
        table.add_row([
            line.what.to_owned(),
            line.light.map_or("", Light::as_str).to_owned(),
            line.due_on.map_or_else(String::new, |day| day.to_string()),
            line.days_left
                .map_or_else(String::new, |days| days.to_string()),
            plain(line.plan),
            plain(&line.path),
            plain(line.title),
            plain(&line.text),
            plain(&line.parties.join(" / ")),
        ]);
    }
    terminal::text(table, 2)
}

fn csv(lines: &[Line<'_>]) -> io::Result<()> {
    let mut csv = Csv::new(|_| Ok(io::stdout().lock()));
    csv.begin("due", &COLUMNS)?;
    for line in lines {
        let form = |form: Option<String>| form.map_or(Cell::Null, Cell::Form);
        csv.row(&[
            form(Some(line.what.to_owned())),
            form(line.light.map(|light| light.to_string())),
            form(line.due_on.map(|day| day.to_string())),
            line.days_left.map_or(Cell::Null, Cell::Number),
            Cell::Text(line.plan),
            Cell::Text(&line.path),
            Cell::Text(line.title),
            Cell::Text(&line.text),
            Cell::Texts(line.parties.clone()),
        ])?;
    }
    csv.end()
}
