use super::Limits;
use crate::error::{Code, Fault};
use async_graphql::{Variables, parser::parse_query};
use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

/// What the limits say to a document whose variables are given as JSON.
fn judge(limits: &Limits, source: &str, variables: serde_json::Value) -> Result<bool, Fault> {
    limits.check_source(source)?;
    let document = parse_query(source).unwrap();
    let variables = Variables::from_json(variables);
    let findings = limits.check_document(&document, &variables)?;
    Ok(findings.introspects)
}

#[track_caller]
fn refused(limits: &Limits, source: &str) -> String {
    let fault = judge(limits, source, serde_json::json!({})).unwrap_err();
    assert_eq!(fault.code(), Code::LimitExceeded, "{fault}");
    fault.to_string()
}

#[track_caller]
fn allowed(limits: &Limits, source: &str) {
    judge(limits, source, serde_json::json!({})).unwrap();
}

/// A document whose fragments double at each of `levels` levels.
pub(crate) fn doubling(levels: usize) -> String {
    let mut source = "{ ...F0 }".to_owned();
    for level in 0..levels {
        let next = level + 1;
        write!(
            source,
            " fragment F{level} on Query {{ ...F{next} ...F{next} }}"
        )
        .unwrap();
    }
    write!(source, " fragment F{levels} on Query {{ hello }}").unwrap();
    source
}

#[test]
fn a_document_that_expands_to_two_to_the_thirtieth_fields_is_refused_in_milliseconds() {
    let source = doubling(30);
    let begun = Instant::now();
    let message = refused(&Limits::default(), &source);
    assert!(begun.elapsed() < Duration::from_millis(50));
    assert!(
        message.starts_with("1073741824 fields at the root"),
        "{message}"
    );
}

#[test]
fn counts_that_no_number_holds_stay_at_the_largest_that_one_does() {
    let limits = Limits {
        depth: 1_000,
        ..Limits::default()
    };
    let message = refused(&limits, &doubling(200));
    assert!(message.starts_with(&u64::MAX.to_string()), "{message}");
}

#[test]
fn a_long_chain_of_fragments_ends_at_the_deepest_level_allowed() {
    let mut source = "{ ...F0 }".to_owned();
    for level in 0..600 {
        write!(
            source,
            " fragment F{level} on Query {{ ...F{} }}",
            level + 1
        )
        .unwrap();
    }
    let message = refused(&Limits::default(), &source);
    assert!(message.starts_with("at least 33 levels"), "{message}");
}

#[test]
fn a_fragment_that_is_part_of_itself_is_named() {
    for source in [
        "{ ...A } fragment A on Query { ...A ...A }",
        "{ ...A } fragment A on Query { a { ...B } } fragment B on Query { b { ...A } }",
    ] {
        let fault = judge(&Limits::default(), source, serde_json::json!({})).unwrap_err();
        assert_eq!(fault.code(), Code::ValidationFailed);
        assert_eq!(fault.to_string(), "fragment \"A\" is part of itself");
    }
}

#[test]
fn fields_below_a_page_count_once_for_each_of_its_items() {
    let limits = Limits {
        complexity: 1 + 50 * (1 + 20 * 2),
        ..Limits::default()
    };
    allowed(
        &limits,
        "{ tasks(first: 50) { parties(last: 20) { id name } } }",
    );
    let message = refused(
        &limits,
        "{ tasks(first: 50) { parties(last: 20) { id name kind } } }",
    );
    assert_eq!(
        message,
        "3051 fields to answer, pages multiplied by their size, and no more than 2051 are allowed: \
         ask for smaller pages or for fewer fields of each item"
    );
}

#[test]
fn a_connection_without_a_page_size_counts_as_its_default_page() {
    let limits = Limits {
        page_size: 50,
        complexity: 1 + 50 * (1 + 2),
        ..Limits::default()
    };
    for allowable in [
        "{ tasks { nodes { id name } } }",
        "{ tasks(first: null) { ...Ids } } fragment Ids on TaskConnection { ... { edges { id name } } }",
        "{ tasks(first: 2) { edges { node { id name kind path } } } }",
    ] {
        allowed(&limits, allowable);
    }
    let message = refused(&limits, "{ tasks { edges { node { id name } } } }");
    assert!(message.starts_with("201 fields"), "{message}");
    let unpaged = "{ a { b { c { d { e { f { g { h } } } } } } } }";
    allowed(&limits, unpaged);
    let circling = "{ tasks { nodes { parties { nodes { tasks { nodes { id } } } } } } }";
    refused(&Limits::default(), circling);
}

#[test]
fn a_page_size_counts_also_as_a_variable() {
    let source = "query ($n: Int) { tasks(first: $n) { id } }";
    let limits = Limits::default();
    judge(&limits, source, serde_json::json!({ "n": 99_000 })).unwrap();
    for n in [200_000, i64::MAX] {
        let fault = judge(&limits, source, serde_json::json!({ "n": n })).unwrap_err();
        assert_eq!(fault.code(), Code::LimitExceeded);
    }
    judge(&limits, source, serde_json::json!({ "n": -1 })).unwrap();
    judge(&limits, source, serde_json::json!({ "n": null })).unwrap();
}

#[test]
fn depth_counts_fields_and_fragments_alike() {
    let limits = Limits {
        depth: 3,
        ..Limits::default()
    };
    for source in [
        "{ a { b { c } } }",
        "{ ... on Query { ... { a } } }",
        "{ ...F } fragment F on Query { a { b } }",
    ] {
        allowed(&limits, source);
    }
    for source in [
        "{ a { b { c { d } } } }",
        "{ ...F } fragment F on Query { a { b { c } } }",
        "{ ...F a { ...F } } fragment F on Query { a { b } }",
    ] {
        let message = refused(&limits, source);
        assert!(message.starts_with("at least 4 levels"), "{message}");
    }
}

#[test]
fn aliases_directives_and_root_fields_count_with_fragments_expanded() {
    let limits = Limits {
        aliases: 2,
        directives: 2,
        root_fields: 2,
        ..Limits::default()
    };
    allowed(&limits, "{ x: a { ...F } } fragment F on A { y: b }");
    let message = refused(
        &limits,
        "{ a { ...F } b { ...F z: c } } fragment F on A { y: b }",
    );
    assert!(message.starts_with("3 aliases"), "{message}");

    allowed(&limits, "{ a @x { b @y } }");
    let message = refused(
        &limits,
        "{ a { ...F @x } b { ...F } } fragment F on A { b @y }",
    );
    assert!(message.starts_with("3 directives"), "{message}");

    allowed(
        &limits,
        "{ a { b c d } ...F } fragment F on Query { b { c d e } }",
    );
    let message = refused(&limits, "{ a ...F } fragment F on Query { b ... { c } }");
    assert!(message.starts_with("3 fields at the root"), "{message}");
}

#[test]
fn each_operation_of_a_document_is_counted_for_itself() {
    let limits = Limits {
        root_fields: 2,
        ..Limits::default()
    };
    allowed(&limits, "query A { a b } query B { a b }");
    refused(&limits, "query A { a b } query B { a b c }");
}

#[test]
fn size_tokens_and_brackets_are_counted_before_parsing() {
    let limits = Limits {
        bytes: 1_000,
        tokens: 100,
        ..Limits::default()
    };
    let message = refused(&limits, &" ".repeat(1_001));
    assert!(message.starts_with("1001 bytes"), "{message}");
    let message = refused(&limits, &format!("{{ {} }}", "a ".repeat(99)));
    assert!(message.starts_with("101 tokens"), "{message}");
    let message = refused(&limits, &"[".repeat(65));
    assert!(message.starts_with("65 brackets"), "{message}");
}

/// The schema as the usual tools ask for it: `fields` below `types`, `args` below `fields`, types ten levels deep.
const WHOLE_SCHEMA: &str = "
    { __schema { types { ...Whole } directives { name args { ...Input } } } }
    fragment Whole on __Type {
        kind name description
        fields(includeDeprecated: true) { name description args { ...Input } type { ...Ref } isDeprecated }
        inputFields { ...Input } interfaces { ...Ref } possibleTypes { ...Ref } enumValues { name description }
    }
    fragment Input on __InputValue { name description type { ...Ref } defaultValue }
    fragment Ref on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
        ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } } }";

#[test]
fn the_whole_schema_can_be_asked_for_but_not_many_times_over() {
    allowed(&Limits::default(), WHOLE_SCHEMA);
    let circling = "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
    let message = refused(&Limits::default(), circling);
    assert!(message.contains("fields to answer"), "{message}");
}

#[test]
fn asking_for_the_schema_is_noticed_also_within_a_fragment() {
    let introspects = |source| judge(&Limits::default(), source, serde_json::json!({})).unwrap();
    assert!(introspects("{ __schema { queryType { name } } }"));
    assert!(introspects(
        "{ ...F } fragment F on Query { __type(name: \"A\") { name } }"
    ));
    assert!(!introspects("{ __typename }"));
}
