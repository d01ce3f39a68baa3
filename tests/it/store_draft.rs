//! Drafts under review, as they are kept.

use crate::{
    store_verify::unprotect,
    support::{
        database::{CODE, on_both},
        env::TestEnv,
        sql,
        write::{run, write},
    },
};
use domain::{
    change::Change,
    id::DraftId,
    review::{Correction, Review},
    text::Sha256,
    time::{Instant, Seq},
};
use std::convert::Infallible;
use store::{
    Direction, Draft, DraftAcceptance, DraftChange, DraftFilter, DraftOrigin, DraftRest,
    DraftState, NewDraft, Store, StoreError, WriteError, Written,
};

pub(crate) const TEXT: &str =
    "某市绿化行动计划\n\n一、重点任务\n\n1.种树。多种树。（甲局、乙局负责）\n";

pub(crate) fn new(env: &TestEnv, text: &str) -> NewDraft {
    let reading = ingest::read(text.as_bytes(), &ingest::Options::default()).unwrap();
    NewDraft {
        id: DraftId::from(env.uuid()),
        bytes: text.to_owned().into(),
        text: text.to_owned().into(),
        said: DraftOrigin {
            code: Some("p".to_owned()),
            address: Some("p.txt".to_owned()),
            valid_from: Some("2024-01-08".parse().unwrap()),
            supersedes: None,
        },
        review: Review::new(reading.draft),
        by: "local:tester".to_owned(),
    }
}

/// The draft without its first party.
pub(crate) fn corrected(draft: &Draft) -> DraftChange {
    let key = draft.review.parties[0].key;
    let signature = (draft.version + 1, "token:reviewer", Instant(1));
    let corrected = draft
        .review
        .corrected(TEXT, &[Correction::Remove { key }], signature);
    DraftChange::Correct {
        review: Box::new(corrected.unwrap()),
    }
}

pub(crate) async fn update(
    store: &Store,
    draft: &Draft,
    change: DraftChange,
) -> Result<Option<Draft>, StoreError> {
    let by = "token:reviewer".to_owned();
    store
        .draft_update((draft.id, draft.version), by, change)
        .await
}

#[tokio::test]
async fn a_draft_comes_back_as_it_was_kept_and_its_document_with_it() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let draft = store.draft_create(new(&env, TEXT)).await.unwrap();
        assert_eq!((draft.version, &draft.state), (1, &DraftState::Open));
        assert_eq!(
            store.draft_get(draft.id).await.unwrap().as_ref(),
            Some(&draft)
        );
        assert_eq!(store.text(draft.text).await.unwrap().as_deref(), Some(TEXT));
        assert_eq!(
            store.register().seq(),
            Seq::EMPTY,
            "a draft is not in the log"
        );
        assert_eq!(
            store.draft_get(DraftId::from(env.uuid())).await.unwrap(),
            None
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_bytes_are_under_review_once_even_if_two_bring_them_in_at_once() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let one = store.draft_create(new(&env, TEXT));
        let other = store.draft_create(new(&env, TEXT));
        let (one, other) = tokio::join!(one, other);
        assert_eq!(one.unwrap().id, other.unwrap().id);
        assert_eq!(store.draft_count(DraftFilter::Any).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_changes_a_draft_that_somebody_else_changed_meanwhile_is_told_who() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let draft = store.draft_create(new(&env, TEXT)).await.unwrap();
        let (one, other) = tokio::join!(
            update(&store, &draft, corrected(&draft)),
            update(&store, &draft, corrected(&draft)),
        );
        let (done, refused) = if one.is_ok() { (one, other) } else { (other, one) };
        let done = done.unwrap().unwrap();
        assert_eq!((done.version, &*done.updated.by), (2, "token:reviewer"));
        assert!(
            matches!(&refused, Err(StoreError::Stale { version: 2, by, is_open: true }) if by == "token:reviewer"),
            "{refused:?}"
        );
        assert_eq!(store.draft_get(draft.id).await.unwrap(), Some(done));
    })
    .await;
}

#[tokio::test]
async fn a_dismissed_draft_keeps_its_reason_and_the_bytes_may_come_again() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let draft = store.draft_create(new(&env, TEXT)).await.unwrap();
        let reason = "a duplicate".to_owned();
        let dismissed = update(
            &store,
            &draft,
            DraftChange::Dismiss {
                reason: reason.clone(),
            },
        )
        .await;
        let dismissed = dismissed.unwrap().unwrap();
        assert_eq!(dismissed.state, DraftState::Dismissed { reason });
        let refused = update(&store, &dismissed, corrected(&draft)).await;
        assert!(matches!(
            refused,
            Err(StoreError::Stale { is_open: false, .. })
        ));
        let again = store.draft_create(new(&env, TEXT)).await.unwrap();
        assert_ne!(again.id, draft.id);
    })
    .await;
}

#[tokio::test]
async fn drafts_are_listed_in_the_order_in_which_they_came() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let mut ids = vec![];
        for number in 0..5 {
            let text = format!("{TEXT}{number}");
            ids.push(store.draft_create(new(&env, &text)).await.unwrap().id);
        }
        let first = store.draft_get(ids[0]).await.unwrap().unwrap();
        let reason = "no plan".to_owned();
        update(&store, &first, DraftChange::Dismiss { reason })
            .await
            .unwrap();
        let page = async |range, limit, direction| {
            let page = store
                .draft_page(DraftFilter::Open, range, limit, direction)
                .await;
            page.unwrap()
                .iter()
                .map(|draft| draft.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(page((None, None), 2, Direction::Forward).await, ids[1..3]);
        assert_eq!(
            page((Some(ids[2]), None), 9, Direction::Forward).await,
            ids[3..]
        );
        assert_eq!(
            page((None, Some(ids[4])), 2, Direction::Backward).await,
            ids[2..4]
        );
        assert_eq!(store.draft_count(DraftFilter::Open).await.unwrap(), 4);
        assert_eq!(store.draft_count(DraftFilter::Dismissed).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_write_accepts_a_draft_with_the_record_of_its_review_or_does_nothing() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let draft = store.draft_create(new(&env, TEXT)).await.unwrap();
        let place = || {
            let place = domain::place::Place {
                code: None,
                name: "某市".to_owned(),
                level: domain::vocabulary::PlaceLevel::Prefecture,
                parent: None,
            };
            vec![Change::record(env.id(), place)]
        };
        let acceptance = |version| DraftAcceptance {
            id: draft.id,
            version,
            rest: DraftRest::Nothing,
            record: Some("the record".into()),
        };
        let accept = async |version, changes: Vec<Change>| {
            let decide = move |_: &_| Ok::<_, Infallible>(changes.clone());
            let write = write("plan.accepted");
            store
                .write_accepting(write, Some(acceptance(version)), decide)
                .await
        };
        let refused = accept(7, place()).await;
        assert!(matches!(
            refused,
            Err(WriteError::Store(StoreError::Stale { version: 1, .. }))
        ));
        assert_eq!(store.register().seq(), Seq::EMPTY);

        let written = accept(1, place()).await.unwrap();
        let Written::Committed(changeset) = &written else {
            panic!("{written:?}")
        };
        let record = Sha256::of(b"the record");
        assert_eq!(changeset.review, Some(record));
        assert_eq!(
            store.text(record).await.unwrap().as_deref(),
            Some("the record")
        );
        let accepted = store.draft_get(draft.id).await.unwrap().unwrap();
        assert_eq!(
            (accepted.state, accepted.accepted_as, accepted.version),
            (DraftState::Accepted, Some(Seq(1)), 2)
        );
        let findings = store.database().verify(CODE).await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");

        let again = store.draft_create(new(&env, TEXT)).await.unwrap();
        let unchanged = {
            let acceptance = DraftAcceptance {
                id: again.id,
                ..acceptance(1)
            };
            let decide = |_: &_| Ok::<_, Infallible>(vec![]);
            store
                .write_accepting(write("plan.accepted"), Some(acceptance), decide)
                .await
        };
        assert_eq!(unchanged.unwrap(), Written::Unchanged(Seq(1)));
        let accepted = store.draft_get(again.id).await.unwrap().unwrap();
        assert_eq!(accepted.state, DraftState::Accepted);
        run(&store, write("place.recorded"), place()).await.unwrap();
        assert_eq!(store.register().seq(), Seq(2));
    })
    .await;
}

#[tokio::test]
async fn a_record_that_is_gone_is_found_by_verifying() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let draft = store.draft_create(new(&env, TEXT)).await.unwrap();
        let place = domain::place::Place {
            code: None,
            name: "某市".to_owned(),
            level: domain::vocabulary::PlaceLevel::Prefecture,
            parent: None,
        };
        let acceptance = DraftAcceptance {
            id: draft.id,
            version: 1,
            rest: DraftRest::Doubtful,
            record: Some("the record".into()),
        };
        let changes = vec![Change::record(env.id(), place)];
        let decide = move |_: &_| Ok::<_, Infallible>(changes.clone());
        let written = store.write_accepting(write("plan.accepted"), Some(acceptance), decide);
        written.await.unwrap();
        let open = store.draft_get(draft.id).await.unwrap().unwrap();
        assert_eq!(
            (open.state, open.accepted_as),
            (DraftState::Open, Some(Seq(1)))
        );
        let record = Sha256::of(b"the record").to_string();
        let db = sql::connect(&database.url).await;
        unprotect(&database, &db).await;
        let gone = format!("DELETE FROM text WHERE sha256 = '{record}'");
        sql::execute(&db, &gone).await.unwrap();
        let findings = store.database().verify(CODE).await.unwrap();
        assert_eq!(findings.len(), 1, "{findings:?}");
    })
    .await;
}
