//! Long texts, kept beside the log.

use crate::support::{
    database::on_both,
    env::TestEnv,
    write::{run, write},
};
use domain::{
    change::Change,
    document::Document,
    register::Inapplicable,
    text::{Sha256, Span},
    time::Seq,
};
use store::{StoreError, Write};

fn document(bytes: Sha256, text: Sha256) -> Document {
    Document {
        title: "某市行动计划".to_owned(),
        issuer: None,
        number: None,
        issued_on: None,
        posted_on: None,
        address: None,
        bytes,
        text,
        encoding: "GB18030".to_owned(),
        cites: vec![],
        reader: "test".to_owned(),
    }
}

#[tokio::test]
async fn texts_come_back_whole_and_in_slices() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let (text, bytes) = ("责任分工", b"\xd4\xf0\xc8\xce");
        let digests = [Sha256::of(text.as_bytes()), Sha256::of(bytes)];
        let texts = vec![
            (digests[0], text.into()),
            (digests[1], bytes.as_slice().into()),
            (Sha256::of(b"unnamed"), "unnamed".into()),
        ];
        let write = Write {
            texts,
            ..write("document.recorded")
        };
        let document = Change::record::<Document>(env.id(), document(digests[1], digests[0]));
        run(&store, write, vec![document]).await.unwrap();

        for _ in 0..2 {
            let found = store.text(digests[0]).await.unwrap();
            assert_eq!(found.as_deref(), Some(text));
        }
        let slice = |start, end| store.text_slice(digests[0], Span { start, end });
        assert_eq!(slice(3, 9).await.unwrap().as_deref(), Some("任分"));
        assert_eq!(slice(1, 3).await.unwrap(), None, "no character is cut");
        let kept = store.bytes(digests[1]).await.unwrap();
        assert_eq!(kept.as_deref(), Some(bytes.as_slice()));
        let unnamed = store.text(Sha256::of(b"unnamed")).await.unwrap();
        assert_eq!(unnamed, None, "what no change names is not kept");
        let undecoded = store.text(digests[1]).await;
        assert!(matches!(
            undecoded,
            Err(StoreError::Corrupt { table: "text", .. })
        ));
    })
    .await;
}

#[tokio::test]
async fn a_text_that_a_change_names_has_to_come_with_it_or_be_kept() {
    on_both(async |database| {
        let env = TestEnv::new();
        let store = database.store(&env).await;
        let digest = Sha256::of(b"text");
        let record = || Change::record::<Document>(env.id(), document(digest, digest));
        let with = |text: &'static str| Write {
            texts: vec![(digest, text.into())],
            ..write("document.recorded")
        };
        for missing in [write("document.recorded"), with("another text")] {
            let refused = run(&store, missing, vec![record()]).await.unwrap_err();
            let expected = matches!(refused, StoreError::Inapplicable(Inapplicable::TextMissing { digest: missing, .. }) if missing == digest);
            assert!(expected, "{refused:?}");
        }
        run(&store, with("text"), vec![record()]).await.unwrap();
        run(&store, write("document.recorded"), vec![record()]).await.unwrap();
        assert_eq!(store.register().seq(), Seq(2));
    })
    .await;
}
