//! The instructions of fields, which Word computes and programs that take the text out of its files leave in it:
//! `HYPERLINK "http://…"`, `PAGEREF _Toc1 \h 3`, `PAGE \* MERGEFORMAT 2`.

use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// The instructions, with the results of those that name pages, and what Word writes where it found nothing.
pub(super) fn instructions(text: &str) -> Vec<Range<usize>> {
    // Only a switch or what is quoted shows an instruction; the words alone may be anything. Folding has lowered them.
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r#"\b(?:(?:page|numpages|sectionpages|pageref +_\w+)(?: *\\[*a-z](?: *(?:mergeformat|arabic)\b)?)+ *\d*"#,
            r#"|toc(?: *\\[a-z](?: *"[^"\n]{0,40}")?)+"#,
            r#"|hyperlink(?: *\\[a-z])* *"[^"\n]{0,2000}"(?: *\\[a-z](?: *"[^"\n]{0,200}")?)*"#,
            r#"|(?:ref|noteref) +_\w+(?: *\\[*a-z](?: *mergeformat\b)?)+"#,
            r#"|seq +[^\s\\]{1,20}(?: *\\[*a-z](?: *(?:mergeformat|arabic)\b)?)+"#,
            r#") ?"#
        ))
        .expect("the pattern is well formed")
    });
    const NOT_FOUND: [&str; 3] = [
        "错误!未找到引用源。",
        "错误!未定义书签。",
        "错误!未指定书签。",
    ];
    let fields = FIELD.find_iter(text).map(|field| field.range());
    let missing = NOT_FOUND.iter().flat_map(|words| {
        let places = text.match_indices(words);
        places.map(|(at, words)| at..at + words.len())
    });
    fields.chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn instructions_go_and_what_they_show_stays() {
        for (text, clean) in [
            (
                r#"HYPERLINK "http://a.example/1" 青峰县任务分工"#,
                "青峰县任务分工",
            ),
            (
                r#"TOC \o "1-2" \h \z \u HYPERLINK \l "_Toc1" 一、修路 PAGEREF _Toc1 \h 1"#,
                "一、修路 ",
            ),
            (r"甲 PAGE \* MERGEFORMAT 12 乙", "甲 乙"),
            (r"见 REF _Ref4 \h 错误!未找到引用源。)", "见 )"),
            (r"SEQ 表 \* ARABIC 1 分工", "1 分工"),
            ("home page 1, toc, seq 2", "home page 1, toc, seq 2"),
        ] {
            let folded = Folded::of(text);
            let instructions = instructions(folded.text());
            assert_eq!(folded.without(&instructions).text(), clean);
        }
    }
}
