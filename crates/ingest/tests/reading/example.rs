//! The example plan: one document with many forms of clause.

use crate::{read_with_directory, repository};
use domain::vocabulary::Role;

#[test]
fn the_example_plan_is_read_without_a_doubt() {
    let reading = read_with_directory(&repository("examples/tianjin-smart-city-plan.txt"));
    let draft = &reading.draft;
    assert_eq!(draft.document.jurisdiction.as_deref(), Some("天津市"));
    assert_eq!(draft.problems, []);
    let words = |span: domain::text::Span| span.slice(&reading.text).unwrap();
    let rows = draft.clauses.iter().map(|clause| {
        let roles = |role: Role| {
            clause
                .parties
                .iter()
                .filter(move |party| party.role == role)
                .count()
        };
        let leads = roles(Role::Lead) + roles(Role::CoLead);
        let others = clause.parties.len() - leads - roles(Role::Responsible);
        let due = clause.deadline.as_ref().map_or("", |due| words(due.span));
        format!(
            "{} {} {leads}+{}+{others} {due}",
            clause.path.join("/"),
            clause.form,
            roles(Role::Responsible),
        )
    });
    let expected = [
        "三/（一）/1 牵头…配合…负责落实 1+1+2 ",
        "三/（一）/2 按职责分工负责 0+4+0 ",
        "三/（一）/3 牵头单位…责任单位 1+2+0 2024年6月底前",
        "三/（一）/4 牵头…参与 2+0+2 ",
        "三/（二）/1 牵头单位…责任单位 1+3+0 ",
        "三/（二）/2 责任单位 0+2+0 ",
        "三/（二）/3 负责 0+1+1 ",
        "三/（二）/4 牵头…配合 1+0+4 ",
        "三/（三）/1 按职责分工负责 0+4+0 2025年底前",
        "三/（三）/2 负责…负责 0+2+0 ",
        "三/（三）/3 按职责分工负责 0+5+0 ",
        "四/（一） 按职责分工负责 0+1+0 ",
        "四/（二） 牵头…配合 1+0+2 ",
    ];
    assert_eq!(rows.collect::<Vec<_>>(), expected);
    assert_eq!(draft.targets.len(), 11);
}
