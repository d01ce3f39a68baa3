//! What each rule of the reader goes by, in words for people.

/// The rules by the names that drafts give them.
const RULES: &[(&str, &str)] = &[
    (
        "label_at_line_start",
        "a number at the start of a line, in the best sequence of all numbers",
    ),
    (
        "label_in_line",
        "a number inside of a line, in the best sequence of all numbers",
    ),
    ("bracket", "labels, or names and verbs, in brackets"),
    ("half_bracket", "a clause with one of its brackets missing"),
    (
        "bracket_list",
        "brackets with nothing but names, behind what they govern",
    ),
    ("label_lines", "labels at the head of lines or sentences"),
    ("line", "a line that is nothing but names and verbs"),
    (
        "sentence",
        "the last sentence before the next heading, nothing but names and verbs",
    ),
    (
        "heading",
        "a heading, or an item, that is the name of whoever does what stands below or behind it",
    ),
    (
        "table_row",
        "the cells of a row, under the headings of their columns",
    ),
    (
        "table_row_fitted",
        "the cells of a row, some of them missing or in several lines, under the columns that they fit",
    ),
    (
        "table_row_supposed",
        "the cells of a row, in a table with a column of bodies whose heading says nothing",
    ),
    (
        "table_grid",
        "signs or words in the fields of a row, under the names of the bodies",
    ),
    ("table_pairs", "cells that follow their labels"),
    (
        "table_glued",
        "cells that nothing separates, told apart by the running number",
    ),
    (
        "convention",
        "a rule that the document sets for tasks beside their own clauses",
    ),
    ("due_limit", "a date with a word that makes it a limit"),
    ("due_within", "a span of time"),
    ("due_word", "a word that says when or how often"),
    ("due_date_in_place", "a date where a deadline is expected"),
    (
        "figure_with_unit",
        "a figure with a unit of what plans count",
    ),
    ("prose_by", "由 and names, before what they are to do"),
    (
        "prose_duty",
        "names before a verb that leads or answers for something",
    ),
    (
        "prose_set",
        "a set of bodies, in a sentence that makes somebody answer for something",
    ),
];

/// What the rule with this name goes by; nothing for a name that no rule has.
pub fn rule(name: &str) -> Option<&'static str> {
    let found = RULES.iter().find(|(rule, _)| *rule == name);
    found.map(|(_, words)| *words)
}
