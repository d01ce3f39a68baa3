//! The words of a file as sites show them on which people share files: a page of it a line, each behind its number.

use crate::line::lines;
use std::ops::Range;

/// What such a site says before the pages.
const SAYS: &str = "页珍藏版)";

/// The numbers of the pages, with the line ends before all but the first: a page ends in the middle of a word.
pub(super) fn page_marks(text: &str) -> Vec<Range<usize>> {
    let Some(said) = text.find(SAYS) else {
        return vec![];
    };
    let mut marks: Vec<Range<usize>> = vec![];
    let mut end = 0;
    for line in lines(text).iter().filter(|line| line.range.start > said) {
        let mark = format!("{}、", marks.len() + 1);
        let words = &text[line.range.clone()];
        if words.starts_with(&mark) {
            let start = if marks.is_empty() {
                line.range.start
            } else {
                end
            };
            marks.push(start..line.range.start + mark.len());
        } else if !marks.is_empty() {
            break;
        }
        end = line.range.end;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn the_pages_of_a_viewer_go_on_in_each_other() {
        let head = "分工表.docx\n《分工表.docx(3页珍藏版)》请在网上搜索。\n";
        let folded = Folded::of(
            "分工表.docx\n《分工表.docx(3页珍藏版)》请在网上搜索。\n1、一、修路。(市交\n\n2、通局负责)2.种树\n\n3、。\n4、5",
        );
        let marks = page_marks(folded.text());
        let clean = folded.without(&marks);
        assert_eq!(
            clean.text(),
            format!("{head}一、修路。(市交通局负责)2.种树。5")
        );
        assert!(page_marks("1、修路\n2、种树").is_empty());
    }
}
