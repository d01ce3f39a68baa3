//! The source of a web page that a text still shows: entities (`&nbsp;`, `&#65288;`) and tags (`<br/>`, `<strong>`).

use super::html;
use regex::{Captures, Regex};
use std::{borrow::Cow, sync::LazyLock};

/// So many show that a text is such a source; one or two it may be about.
const FEWEST: usize = 3;

/// Some programs write what is markup already once more: `&lt;br&gt;`, `&amp;nbsp;`.
const MOST_TIMES: usize = 3;

/// A text with the characters that entities stand for, and without tags; those of paragraphs and the like are a line end.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    let tags = TAG.captures_iter(text).filter(marks_up);
    let tags = tags.take(FEWEST).count();
    if tags < FEWEST && tags + ENTITY.find_iter(text).take(FEWEST).count() < FEWEST {
        return Cow::Borrowed(text);
    }
    let mut read = Cow::Borrowed(text);
    for _ in 0..MOST_TIMES {
        if !TAG.is_match(&read) && !ENTITY.is_match(&read) {
            break;
        }
        read = Cow::Owned(html::characters_of(&without_tags(&read)));
    }
    read
}

static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
        .expect("the pattern is well formed")
});

static TAG: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)</?(?:(?<line>br|p|div|li|ul|ol|tr|table|tbody|thead|section|h[1-6]|hr|center|title)",
        r"|(?<cell>td|th)",
        r"|strong|b|em|i|u|s|a|span|font|img|sup|sub|small|big|wbr|nobr|html|body|head|meta|link|o:p)",
        // What a tag says of itself: class="a". Any other words behind its name make it none: a<b c>.
        r"(?:\s+(?:nowrap\b|[a-z_:][-a-z0-9_:.]*\s*=)[^<>\n]*)?\s*/?>",
    ))
    .expect("the pattern is well formed")
});

/// Whether a tag stands for itself. One that begins something, and says no more, may be what a text is about: 不得使用<font>标签.
fn marks_up(tag: &Captures) -> bool {
    let whole = tag.get(0).map_or("", |tag| tag.as_str());
    whole.starts_with("</") || whole.contains(['=', '/']) || tag.name("line").is_some()
}

fn without_tags(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut start = 0;
    let mut line = false;
    for tag in TAG.captures_iter(text) {
        let Some(whole) = tag.get(0) else { continue };
        write(&mut words, &text[start..whole.start()], &mut line);
        line |= tag.name("line").is_some();
        if tag.name("cell").is_some() && whole.as_str().starts_with("</") {
            words.push('\t');
        }
        start = whole.end();
    }
    write(&mut words, &text[start..], &mut line);
    words
}

/// Writes what stands between two tags; in a new line, unless one begins there already.
fn write(words: &mut String, more: &str, line: &mut bool) {
    if more.is_empty() {
        return;
    }
    let begun = words.is_empty() || words.ends_with('\n') || more.starts_with(['\n', '\r']);
    if *line && !begun {
        words.push('\n');
    }
    *line = false;
    words.push_str(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_of_a_page_is_read_as_what_it_shows() {
        for (source, shown) in [
            (
                "&emsp;一、修路。<br/>\n（责任单位&#65306;甲局&nbsp;乙局&middot;丙局）<br>&ldquo;好&rdquo;",
                "\u{2003}一、修路。\n（责任单位：甲局\u{A0}乙局·丙局）\n“好”",
            ),
            (
                "<p class=\"a\">修路</p><p><strong>甲局</strong>负责</p>\n<P>完",
                "修路\n甲局负责\n完",
            ),
            (
                "&lt;h1&gt;方案&lt;/h1&gt;甲&amp;nbsp;乙&amp;丙",
                "方案\n甲\u{A0}乙&丙",
            ),
            (
                "<td>甲</td><td>乙</td>增长<5%，R&D、<甲局>&foo;<b>",
                "甲\t乙\t增长<5%，R&D、<甲局>&foo;",
            ),
        ] {
            assert_eq!(read(source), shown);
        }
        for kept in [
            "不得使用<font>、<u>、<s>标签，改为<strong>",
            "a<b c>d，x<p y>0，z<p w>1<br k>",
            "甲&nbsp;乙",
            "代码<br>和<p>",
            "R&D 与 A&B；<甲局>",
        ] {
            assert_eq!(read(kept), kept);
        }
    }
}
