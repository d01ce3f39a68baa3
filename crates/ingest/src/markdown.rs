//! Step 2a: the marks of Markdown, in which converters and note pads write documents (`CommonMark` 0.31): `# ` before
//! headings, `**` around words, `- ` before items, links, and the strokes that keep a sign from being a mark. They are
//! noise in the copy that is matched.

use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// What shows by itself that a text is Markdown.
static HEADING: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^ {0,3}(#{1,6} +)\S"));

/// What shows it by standing there again and again: strong words, and links.
static AROUND: LazyLock<[Regex; 3]> = LazyLock::new(|| {
    [
        r"(\*\*)[^\s*](?:[^\n*]*[^\s*])?(\*\*)",
        r"(__)[^\s_](?:[^\n_]*[^\s_])?(__)",
        r"(!?\[)[^\]\n]*(\]\((?:https?:|mailto:|javascript:|[/.#])[^)\n]*\))",
    ]
    .map(pattern)
});

/// What is a mark in Markdown only: before items and quotations, and the stroke before a sign.
static OTHERS: LazyLock<[Regex; 2]> =
    LazyLock::new(|| [r"(?m)^ *((?:[-*+>] +)+)\S", r"(\\)[!-/:-@\[-`{-~]"].map(pattern));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

/// The marks of a folded text; none if it is no Markdown.
pub(crate) fn marks(text: &str) -> Vec<Range<usize>> {
    /// So many pairs around words show what one may be by chance.
    const FEWEST: usize = 3;
    if !text.contains(['#', '*', '_', '[']) {
        return vec![];
    }
    let found = |patterns: &[Regex]| {
        let groups = patterns
            .iter()
            .flat_map(|pattern| pattern.captures_iter(text));
        let groups = groups.flat_map(|found| {
            let groups: Vec<_> = found
                .iter()
                .skip(1)
                .flatten()
                .map(|group| group.range())
                .collect();
            groups
        });
        groups.collect::<Vec<_>>()
    };
    let mut marks = found(std::slice::from_ref(&*HEADING));
    let around = found(&*AROUND);
    if marks.is_empty() && around.len() < 2 * FEWEST {
        return vec![];
    }
    marks.extend(around);
    marks.extend(found(&*OTHERS));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn marks_are_noise_in_markdown_and_signs_elsewhere() {
        for (text, clean) in [
            ("# 计划\n\n## 一、任务\n", "计划\n\n一、任务\n"),
            (
                "# 计划\n1\\. **完善线网。** 好。**责任单位：**市教委",
                "计划\n1. 完善线网。 好。责任单位:市教委",
            ),
            (
                "# 计划\n- **牵头单位**：市教委\n* 配合单位：市科技局",
                "计划\n牵头单位:市教委\n配合单位:市科技局",
            ),
            (
                "# 计划\n* [首页](https://example.org/a \"首页\") ![标](/b.png)\n国发〔2017〕35号(试行)",
                "计划\n首页 标\n国发[2017]35号(试行)",
            ),
            ("**甲**、**乙**、**丙**", "甲、乙、丙"),
            ("**甲** #1 *市教委、市科技局", "**甲** #1 *市教委、市科技局"),
            ("- 3 -\n[市教委](见附件)", "- 3 -\n[市教委](见附件)"),
        ] {
            let folded = Folded::of(text);
            let mut marks = marks(folded.text());
            marks.sort_by_key(|mark| mark.start);
            assert_eq!(folded.without(&marks).text(), clean, "{text}");
        }
    }
}
