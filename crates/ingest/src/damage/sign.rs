//! Brackets that a page has lost to one sign, since its font or its encoding had none: □责任单位:甲局□, ?甲局牵头,乙局配合?.

use super::enclosed::{is_clause, is_labelled, is_number, is_round};
use crate::line::lines;
use domain::fold::is_han;

/// What stands for characters that cannot be shown.
const SIGNS: [char; 4] = ['?', '□', '\u{FFFD}', '¤'];

/// So many clauses show that a sign stands for brackets.
const FEWEST: usize = 3;

/// The brackets that are meant, and other characters that the sign stands for.
pub(super) fn brackets(text: &str) -> Vec<(usize, u8)> {
    let mut meant: Vec<_> = SIGNS.iter().flat_map(|sign| of_sign(text, *sign)).collect();
    meant.sort_unstable();
    meant
}

fn of_sign(text: &str, sign: char) -> Vec<(usize, u8)> {
    if text.match_indices(sign).nth(2 * FEWEST - 1).is_none() {
        return vec![];
    }
    let mut lost = Lost {
        text,
        width: sign.len_utf8(),
        meant: vec![],
        clauses: 0,
    };
    // A page that has lost its brackets has few others.
    let kept = text.split('(').skip(1);
    let kept = kept.filter(|words| {
        words
            .split_once(')')
            .is_some_and(|(inner, _)| is_clause(inner))
    });
    let kept = kept.count();
    for line in lines(text) {
        if ends_in_choice(&text[line.range.clone()], sign) {
            continue;
        }
        let places = text[line.range.clone()].match_indices(sign);
        let places: Vec<_> = places.map(|(at, _)| line.range.start + at).collect();
        let inside = lost.at_begin(line.range.start, &places);
        lost.inside(&places[inside..]);
    }
    let questions = if sign == '?' { questions(text) } else { 0 };
    if lost.clauses < FEWEST || lost.clauses <= kept.max(2 * questions) {
        lost.meant.clear();
    }
    lost.meant
}

/// Whether the last of a line's signs stands before a word to choose, as a box to tick does, and closes nothing: □是□否.
fn ends_in_choice(line: &str, sign: char) -> bool {
    const LONGEST: usize = 6;
    let Some((_, behind)) = line.rsplit_once(sign) else {
        return false;
    };
    let behind = behind.trim_start_matches(' ');
    let word = behind.find(|c| !is_han(c)).unwrap_or(behind.len());
    let rest = &behind[word..];
    let short = behind[..word].chars().nth(LONGEST).is_none();
    word > 0 && short && (rest.is_empty() || rest.starts_with(')'))
}

/// How many question marks stand behind questions, so that they are what they look like.
fn questions(text: &str) -> usize {
    let asks = |words: &&str| {
        let sentence = words.rsplit(['。', ',', ';', ':', '\n', ')']).next();
        sentence.is_some_and(is_question)
    };
    let mut sentences = text.split('?');
    // Behind the last one none follows.
    sentences.next_back();
    sentences.filter(asks).count()
}

fn is_question(words: &str) -> bool {
    const WORDS: [&str; 9] = [
        "谁", "什么", "怎么", "怎样", "如何", "哪", "是否", "为何", "何时",
    ];
    words.ends_with(['吗', '呢', '么']) || WORDS.iter().any(|word| words.contains(word))
}

/// What is known of a sign.
struct Lost<'a> {
    text: &'a str,
    /// How many bytes it has.
    width: usize,
    meant: Vec<(usize, u8)>,
    /// How many clauses stand between two of it.
    clauses: usize,
}

impl Lost<'_> {
    fn between(&self, open: usize, close: usize) -> &str {
        &self.text[open + self.width..close]
    }

    /// What a line begins with was white space, or the brackets of its number. Gives how many signs that are.
    fn at_begin(&mut self, start: usize, places: &[usize]) -> usize {
        let mut end = start;
        for (index, &at) in places.iter().enumerate() {
            if !self.text[end..at].trim().is_empty() {
                return index;
            }
            if let Some(&close) = places.get(index + 1)
                && is_number(self.between(at, close))
            {
                self.meant.extend([(at, b'('), (close, b')')]);
                return index + 2;
            }
            self.meant.push((at, b' '));
            end = at + self.width;
        }
        places.len()
    }

    /// What the signs inside of a line enclose: clauses, which may hold brackets and labels themselves, and remarks.
    fn inside(&mut self, places: &[usize]) {
        let mut rest = places;
        while let [open, behind @ ..] = rest {
            let count = self.sentence(*open, behind);
            let Some(&close) = behind[..count].last() else {
                rest = behind;
                continue;
            };
            let clause = is_round(self.between(*open, close));
            let (close, inner, behind) = if clause {
                self.clauses += 1;
                (close, &behind[..count - 1], &behind[count..])
            } else {
                (behind[0], &behind[..0], &behind[1..])
            };
            self.meant.push((*open, b'('));
            self.nested(inner);
            self.meant.push((close, b')'));
            rest = behind;
        }
    }

    /// How many of the places behind `open` stand in one sentence with it.
    fn sentence(&self, open: usize, places: &[usize]) -> usize {
        const MOST: usize = 12;
        const LONGEST: usize = 900;
        let mut end = open;
        let near = places.iter().take(MOST).take_while(|&&at| {
            let whole = at - open <= LONGEST && !self.between(end, at).contains('。');
            end = at;
            whole
        });
        near.count()
    }

    /// The signs inside of a clause: one before a label parts it from the one before, others are brackets.
    fn nested(&mut self, places: &[usize]) {
        let mut open = None;
        for &at in places {
            if is_labelled(&self.text[at + self.width..]) {
                self.meant.push((at, b';'));
            } else if let Some(open) = open.take() {
                self.meant.extend([(open, b'('), (at, b')')]);
            } else {
                open = Some(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::fold::Folded;

    #[test]
    fn one_sign_for_all_brackets_is_known_by_the_clauses_that_it_encloses() {
        let text = "□□一、卫生\n□一□修路。□牵头单位：甲局□配合单位：乙局□\n□二□种树100%□不含新区□。□甲局牵头，各县□市□政府配合□\n□三□清河。□丙局负责□。";
        let folded = Folded::of(text);
        let others = brackets(folded.text());
        assert_eq!(
            folded.with(&others).text(),
            "  一、卫生\n(一)修路。(牵头单位:甲局;配合单位:乙局)\n(二)种树100%(不含新区)。(甲局牵头,各县(市)政府配合)\n(三)清河。(丙局负责)。"
        );
        for text in [
            "谁负责?怎么办?\n甲?乙?丙?丁?",
            "□是□否□\n□是□否□\n□是□否□",
            "1.什么是甲?由谁负责?由乙局负责。\n2.什么是丙?由谁牵头?由丁局牵头。\n3.谁负责?戊局负责。",
            "修路由谁负责?□甲局负责□乙局负责□其他\n种树由谁负责?□甲局负责□乙局负责□其他\n清河由谁负责?□甲局负责□乙局负责□其他",
            "修路(□是□否)(甲局负责)\n□乙局牵头□\n种树(□是□否)(乙局负责)\n□丙局牵头□\n清河(丁局负责)\n□丁局牵头□",
            "?甲局?\n责任单位:乙局?\n?丙局?",
        ] {
            assert_eq!(brackets(text), []);
        }
    }
}
