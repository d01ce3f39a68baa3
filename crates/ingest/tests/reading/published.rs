//! The published form of a draft.

use crate::{read_with_directory, repository, shared};
use domain::review::Review;
use ingest::json::{draft_json, review_json};

#[test]
fn every_draft_follows_the_published_schema() {
    let schema = serde_json::from_slice(&repository("schema/draft.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut documents = vec![
        repository("examples/tianjin-smart-city-plan.txt"),
        "没有条款的文件。".as_bytes().to_vec(),
    ];
    if let Some(folder) = shared("every_draft_follows_the_published_schema") {
        documents.push(std::fs::read(folder.join("000_606a11503816fd8e.txt")).unwrap());
        let theirs = std::fs::read(folder.join("draft.schema.json")).unwrap();
        let theirs = jsonschema::validator_for(&serde_json::from_slice(&theirs).unwrap()).unwrap();
        let draft = draft_json(&read_with_directory(&documents[0]));
        let errors: Vec<_> = theirs.iter_errors(&draft).map(|e| e.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
    for document in documents {
        let reading = read_with_directory(&document);
        let review = Review::new(reading.draft.clone());
        for draft in [draft_json(&reading), review_json(&review, &reading.text)] {
            let errors: Vec<_> = validator
                .iter_errors(&draft)
                .map(|e| e.to_string())
                .collect();
            assert_eq!(errors, [""; 0]);
        }
    }
    let mut wrong = draft_json(&read_with_directory("一份文件。".as_bytes()));
    wrong["document"]["script"] = "latin".into();
    assert!(!validator.is_valid(&wrong));
}
