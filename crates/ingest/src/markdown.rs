//! Step 1: the marks of Markdown, in which converters and note pads write documents (`CommonMark` 0.31): `# ` before
//! headings, `**` around words, `- ` before items, links, and the strokes that keep a sign from being a mark. They are
//! noise in the copy that is matched.

use std::ops::Range;

/// The marks of a folded text; none if it is no Markdown.
pub(crate) fn marks(text: &str) -> Vec<Range<usize>> {
    /// So many pairs around words show what one may be by chance.
    const FEWEST: usize = 3;
    if !text.contains(['#', '*', '_', '[']) {
        return vec![];
    }
    let (mut headings, mut around, mut others) = (vec![], vec![], vec![]);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        headings.extend(heading(line).map(|mark| from(start, mark)));
        for sign in ["**", "__"] {
            around.extend(strong(line, sign).into_iter().map(|mark| from(start, mark)));
        }
        around.extend(links(line).into_iter().map(|mark| from(start, mark)));
        others.extend(item(line).map(|mark| from(start, mark)));
        others.extend(strokes(line).map(|mark| from(start, mark)));
        start += line.len();
    }
    if headings.is_empty() && around.len() < 2 * FEWEST {
        return vec![];
    }
    [headings, around, others].concat()
}

fn from(start: usize, mark: Range<usize>) -> Range<usize> {
    start + mark.start..start + mark.end
}

/// `## ` before a heading.
fn heading(line: &str) -> Option<Range<usize>> {
    const DEEPEST: usize = 6;
    let words = line.trim_start_matches(' ');
    let title = words.trim_start_matches('#');
    let depth = words.len() - title.len();
    let start = line.len() - words.len();
    let behind = title.trim_start_matches(' ');
    let is_mark = (1..=DEEPEST).contains(&depth) && behind.len() < title.len();
    (is_mark && !behind.trim_end().is_empty()).then_some(start..line.len() - behind.len())
}

/// `- ` before an item, `> ` before a quotation, and several of them.
fn item(line: &str) -> Option<Range<usize>> {
    let words = line.trim_start_matches(' ');
    let mut rest = words;
    while let Some(behind) = rest.strip_prefix(['-', '*', '+', '>'])
        && behind.starts_with(' ')
        && !behind.trim().is_empty()
    {
        rest = behind.trim_start_matches(' ');
    }
    (rest.len() < words.len()).then(|| line.len() - words.len()..line.len() - rest.len())
}

/// Both signs around words that begin and end with no space.
fn strong(line: &str, sign: &str) -> Vec<Range<usize>> {
    let mut signs = line.match_indices(sign).map(|(at, _)| at).peekable();
    let mut marks = vec![];
    while let Some(open) = signs.next() {
        let Some(&close) = signs.peek() else { break };
        let words = &line[open + sign.len()..close];
        if !words.is_empty() && words.trim() == words {
            marks.extend([open..open + sign.len(), close..close + sign.len()]);
            signs.next();
        }
    }
    marks
}

/// What stands around the words of a link or a picture: `[首页](https://example.org)`.
fn links(line: &str) -> Vec<Range<usize>> {
    const TARGETS: [&str; 6] = ["http:", "https:", "mailto:", "javascript:", "/", "#"];
    /// Longer ones, in bytes, are none, so that no line costs more than its length.
    const LONGEST: usize = 1000;
    let mut marks = vec![];
    let mut end = 0;
    for (close, _) in line.match_indices("](") {
        let target = &line[close + "](".len()..];
        let target = &target[..target.floor_char_boundary(LONGEST)];
        let first = line
            .ceil_char_boundary(close.saturating_sub(LONGEST))
            .max(end);
        let words = line.get(first..close);
        let open = words.and_then(|words| Some(first + words.rfind('[')?));
        let is_target = TARGETS.iter().any(|begin| target.starts_with(begin));
        let (Some(open), true, Some(length)) = (open, is_target, target.find(')')) else {
            continue;
        };
        let picture = usize::from(line[..open].ends_with('!'));
        end = close + "](".len() + length + 1;
        marks.extend([open - picture..open + 1, close..end]);
    }
    marks
}

/// The strokes before signs that are no marks: `1\\.`.
fn strokes(line: &str) -> impl Iterator<Item = Range<usize>> {
    let before_sign = |at: &usize| line[at + 1..].starts_with(|c: char| c.is_ascii_punctuation());
    let strokes = line.match_indices('\\').map(|(at, _)| at);
    strokes.filter(before_sign).map(|at| at..at + 1)
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
