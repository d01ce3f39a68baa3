//! A draft under review: corrected, and accepted as it was corrected.

use crate::desk::{Desk, plan, read};
use domain::{
    clause::Confidence,
    command::{Against, Extent},
    directory::Directory,
    image::{Subject, TaskRef},
    review::{
        Correction, CorrectionRefused, FactKey, Mark, Meaning, NameMeaning, NewClause, NewParty,
        PartyCorrection, Review, TaskCorrection, Understood, span_of,
    },
    text::{CodePoints, Points, Span},
    time::Instant,
    view::{Valid, View},
    vocabulary::{PartyKind, Reference, Role},
};

const TEXT: &str = "天津市绿化行动计划\n\n2024年1月8日\n\n一、重点任务\n\n\
    1.种树。多种树。（市科技局、市林业和园林局负责）\n\n\
    2.养护。由市水务局把树养好。（市城管委负责）\n";

struct Desktop {
    review: Review,
    text: String,
}

impl Desktop {
    fn new() -> Self {
        let reading = read(TEXT);
        Self {
            review: Review::new(reading.draft),
            text: reading.text,
        }
    }

    fn try_correct(
        &self,
        corrections: &[Correction],
    ) -> Result<Review, (usize, CorrectionRefused)> {
        let signature = (
            self.review.log.len() as u32 + 2,
            "token:reviewer",
            Instant(7),
        );
        self.review.corrected(&self.text, corrections, signature)
    }

    fn correct(&mut self, corrections: &[Correction]) {
        self.review = self.try_correct(corrections).unwrap();
    }

    fn refused(&self, correction: Correction) -> CorrectionRefused {
        let (index, refused) = self.try_correct(&[correction]).unwrap_err();
        assert_eq!(index, 0);
        refused
    }

    fn span(&self, words: &str) -> Span {
        let at = self.text.find(words).unwrap();
        Span::of(at..at + words.len())
    }

    fn party(&self, name: &str) -> FactKey {
        let span = self.span(name);
        let parties = &self.review.parties;
        let named = parties.iter().find(|named| named.fact.party.span == span);
        named.unwrap().key
    }

    fn new_party(&self, name: &str, role: Role) -> NewParty {
        NewParty {
            span: self.span(name),
            role,
            reference: Reference::Named,
            kind: PartyKind::Department,
        }
    }

    /// Accepts the draft as it now is; tells the tasks with their parties, and the rules of their clauses.
    fn accepted(&self) -> Vec<(String, Vec<String>)> {
        let mut desk = Desk::new();
        let draft = self.review.draft();
        let what = (&draft, Extent::Whole, &self.review.meanings[..]);
        let changes = desk.decide_against(Against::Itself, &self.text, what, Some("p"));
        desk.keep(&self.text);
        desk.commit(changes.unwrap());
        let view = desk.view();
        let tasks = view.plan_tasks(view.plan_find_by_code("p").unwrap(), Valid::OnDay);
        tasks
            .into_iter()
            .map(|task| described(&view, task))
            .collect()
    }
}

fn described(view: &View, task: TaskRef) -> (String, Vec<String>) {
    let assignments = view.task_assignments(task, Valid::OnDay).into_iter();
    let parties = assignments.map(|assignment| {
        let held = view.thing(assignment);
        let name = view.text(view.party_name(held.party).unwrap());
        format!("{name} {}", held.role)
    });
    let clauses = view.clauses(Subject::Task(task)).into_iter();
    let rules = clauses.map(|clause| {
        let held = view.thing(clause);
        format!("{} {}", view.text(held.rule), held.confidence.as_percent())
    });
    let title = view.text(view.thing(task).title).to_owned();
    (title, parties.chain(rules).collect())
}

#[test]
fn what_nobody_touched_is_accepted_as_it_was_read() {
    let desktop = Desktop::new();
    let reading = read(TEXT);
    assert_eq!(desktop.review.draft(), reading.draft);
}

#[test]
fn a_review_reads_back_from_json_as_it_was() {
    let mut desktop = Desktop::new();
    let name = "市科技局".to_owned();
    let means = Meaning::SameAs("市城管委".to_owned());
    desktop.correct(&[
        Correction::Remove {
            key: desktop.party("市城管委"),
        },
        Correction::Name(NameMeaning { name, means }),
    ]);
    let json = serde_json::to_string(&desktop.review).unwrap();
    let back: Review = serde_json::from_str(&json).unwrap();
    assert_eq!(back, desktop.review);
}

#[test]
fn a_corrected_clause_says_so_and_the_others_keep_rule_and_confidence() {
    let mut desktop = Desktop::new();
    let untouched = desktop.accepted()[0].clone();
    desktop.correct(&[
        Correction::Party(PartyCorrection {
            key: desktop.party("市城管委"),
            span: None,
            role: Some(Role::Lead),
            reference: None,
            kind: None,
        }),
        Correction::Task(TaskCorrection {
            key: desktop.review.tasks[1].key,
            title: Some("养护树木".to_owned()),
            body: None,
        }),
    ]);
    let accepted = desktop.accepted();
    assert_eq!(accepted[0], untouched);
    let expected = ["天津市城管委 lead", "corrected 100"].map(str::to_owned);
    assert_eq!(accepted[1], ("养护树木".to_owned(), expected.into()));
    let log: Vec<_> = desktop
        .review
        .log
        .iter()
        .map(|entry| (&*entry.by, entry.version))
        .collect();
    assert_eq!(log, [("token:reviewer", 2); 2]);
}

#[test]
fn parties_are_split_and_joined() {
    let mut desktop = Desktop::new();
    let key = desktop.party("市林业和园林局");
    let names = vec![desktop.span("市林业"), desktop.span("园林局")];
    desktop.correct(&[Correction::SplitParty { key, names }]);
    let names = |desktop: &Desktop| {
        let mut names = desktop.accepted().remove(0).1;
        names.pop();
        names
    };
    assert_eq!(names(&desktop).len(), 3);
    let keys = vec![desktop.party("市林业"), desktop.party("园林局")];
    desktop.correct(&[Correction::JoinParties { keys }]);
    assert_eq!(
        names(&desktop),
        ["天津市科技局 responsible", "天津市林业和园林局 responsible"]
    );
}

#[test]
fn what_was_missed_is_added_and_what_prose_says_is_accepted() {
    let mut desktop = Desktop::new();
    let second = desktop.review.tasks[1].key;
    desktop.correct(&[Correction::AddClause(NewClause {
        of: Some(second),
        span: desktop.span("由市水务局把树养好"),
        scope: None,
        form: "由…把".to_owned(),
        open: false,
        parties: vec![desktop.new_party("市水务局", Role::Responsible)],
    })]);
    let accepted = desktop.accepted();
    assert!(
        accepted[1]
            .1
            .contains(&"天津市水务局 responsible".to_owned()),
        "{accepted:?}"
    );
    assert!(
        accepted[1].1.contains(&"added 100".to_owned()),
        "{accepted:?}"
    );
    let added = desktop
        .review
        .clauses
        .iter()
        .filter(|clause| clause.mark == Mark::Added);
    let keys: Vec<_> = added.map(|clause| clause.key).collect();
    assert_eq!(keys.len(), 1);
    desktop.correct(&[Correction::Remove { key: keys[0] }]);
    assert!(!desktop.accepted()[1].1.contains(&"added 100".to_owned()));
}

#[test]
fn a_task_that_is_removed_takes_its_clauses_with_it_and_brings_them_back() {
    let mut desktop = Desktop::new();
    let whole = desktop.review.draft();
    let key = desktop.review.tasks[0].key;
    desktop.correct(&[Correction::Remove { key }]);
    let draft = desktop.review.draft();
    assert_eq!((draft.tasks.len(), draft.clauses.len()), (1, 1));
    desktop.correct(&[Correction::Restore { key }]);
    assert_eq!(desktop.review.draft(), whole);
}

#[test]
fn corrections_that_do_not_fit_are_refused_and_nothing_is_corrected() {
    let desktop = Desktop::new();
    let (first, task) = (desktop.party("市科技局"), desktop.review.tasks[0].key);
    let clause = desktop.review.clauses[0].key;
    let outside = Span { start: 1, end: 2 };
    let title = " ".to_owned();
    let key = FactKey(u32::MAX);
    for (correction, expected) in [
        (
            Correction::Remove { key },
            CorrectionRefused::NoSuchFact {
                key,
                expected: "fact",
            },
        ),
        (
            Correction::Section {
                key: task,
                title: "一".to_owned(),
            },
            CorrectionRefused::NoSuchFact {
                key: task,
                expected: "section",
            },
        ),
        (
            Correction::Task(TaskCorrection {
                key: task,
                title: Some(title),
                body: None,
            }),
            CorrectionRefused::Empty { field: "title" },
        ),
        (
            Correction::Task(TaskCorrection {
                key: task,
                title: None,
                body: Some(outside),
            }),
            CorrectionRefused::SpanOutside { span: outside },
        ),
        (
            Correction::AddParty {
                clause,
                party: desktop.new_party("市城管委", Role::Lead),
            },
            CorrectionRefused::NotInClause {
                span: desktop.span("市城管委"),
            },
        ),
        (
            Correction::SplitParty {
                key: first,
                names: vec![desktop.span("科技局"), desktop.span("市科")],
            },
            CorrectionRefused::NotInOrder,
        ),
        (
            Correction::JoinParties {
                keys: vec![first, desktop.party("市城管委")],
            },
            CorrectionRefused::NotAlike,
        ),
        (
            Correction::Name(NameMeaning {
                name: "市财政局".to_owned(),
                means: Meaning::SameAs("市科技局".to_owned()),
            }),
            CorrectionRefused::NotNamed {
                name: "市财政局".to_owned(),
            },
        ),
    ] {
        assert_eq!(desktop.refused(correction), expected);
    }
    let points = CodePoints::of(&desktop.text);
    let at = Points { start: 0, end: 3 };
    let found = span_of((&desktop.text, &points), at, Some("某某市"));
    assert!(matches!(found, Err(CorrectionRefused::QuoteDiffers { .. })));
    assert_eq!(
        span_of((&desktop.text, &points), at, Some("天津市")),
        Ok(desktop.span("天津市"))
    );
    let beyond = Points {
        start: 0,
        end: 100_000,
    };
    assert!(span_of((&desktop.text, &points), beyond, None).is_err());
}

#[test]
fn names_that_mean_each_other_are_refused() {
    let mut desktop = Desktop::new();
    let same = |name: &str, other: &str| {
        Correction::Name(NameMeaning {
            name: name.to_owned(),
            means: Meaning::SameAs(other.to_owned()),
        })
    };
    desktop.correct(&[same("市科技局", "市城管委")]);
    let refused = desktop.refused(same("市城管委", "市科技局"));
    let name = "市城管委".to_owned();
    assert_eq!(refused, CorrectionRefused::Circular { name });
    let accepted = desktop.accepted();
    assert_eq!(
        accepted[0].1[0], accepted[1].1[0],
        "one body under two names"
    );
}

#[test]
fn a_name_is_known_open_or_new_and_near_misses_are_offered_and_never_taken() {
    let mut desk = Desk::with_directory();
    let view = desk.view();
    let (directory, _) = view.directory();
    let reading = read(&plan(
        "天津市绿化行动计划",
        &["市科技局、市科技厅、市梧桐局负责"],
    ));
    let review = Review::new(reading.draft);
    let namings = review.namings(&reading.text, &directory);
    let understood: Vec<_> = namings.iter().map(|naming| &naming.understood).collect();
    assert!(matches!(understood[0], Understood::Known(_)));
    assert_eq!(understood[1..], [&Understood::New; 2]);
    let offered = &directory.entries()[namings[1].near[0].entry];
    assert_eq!(offered.official_name(), "天津市科学技术局");
    assert_eq!(namings[2].near, []);
    let before = view.party_count(&domain::view::PartyFilter::default());
    let draft = review.draft();
    let what = (&draft, Extent::Whole, &[][..]);
    let changes = desk.decide_against(Against::Nothing, &reading.text, what, None);
    desk.keep(&reading.text);
    desk.commit(changes.unwrap());
    let after = desk
        .view()
        .party_count(&domain::view::PartyFilter::default());
    assert_eq!(
        after,
        before + 2,
        "what nobody said to be the same is not merged"
    );
}

#[test]
fn doubts_are_what_is_less_sure_than_asked_for_until_somebody_looks() {
    let mut desktop = Desktop::new();
    let all = Confidence::percent(100);
    let empty = Directory::default();
    let doubts = |desktop: &Desktop| {
        let namings = desktop.review.namings(&desktop.text, &empty);
        let doubts = desktop.review.doubts(all, &desktop.text, &namings);
        doubts.iter().map(|doubt| doubt.key).collect::<Vec<_>>()
    };
    let before = doubts(&desktop);
    assert!(before.is_sorted_by_key(|_| 0) && !before.is_empty());
    let key = before[0];
    desktop.correct(&[Correction::Confirm { key }]);
    assert_eq!(doubts(&desktop), before[1..]);
}
