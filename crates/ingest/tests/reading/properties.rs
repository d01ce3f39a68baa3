//! Texts that nobody would write: nothing panics, every span slices, and the time grows with the text alone.

use domain::text::Span;
use ingest::{Options, Reading, json::draft_json, read};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn spans(reading: &Reading) -> Vec<Span> {
    let draft = &reading.draft;
    let dues = draft
        .targets
        .iter()
        .filter_map(|target| target.due.as_ref());
    let dues = dues.chain(draft.deadlines.iter().map(|deadline| &deadline.due));
    let parties = draft.clauses.iter().flat_map(|clause| &clause.parties);
    let mut spans = draft.document.cites.clone();
    spans.extend(draft.sections.iter().map(|section| section.span));
    spans.extend(draft.tasks.iter().map(|task| task.span));
    spans.extend(draft.tasks.iter().filter_map(|task| task.body));
    spans.extend(draft.clauses.iter().map(|clause| clause.span));
    spans.extend(draft.clauses.iter().filter_map(|clause| clause.scope));
    spans.extend(draft.clauses.iter().flat_map(|clause| &clause.persons));
    spans.extend(parties.clone().map(|party| party.span));
    spans.extend(parties.filter_map(|party| party.convention));
    spans.extend(draft.targets.iter().map(|target| target.span));
    spans.extend(dues.map(|due| due.span));
    spans.extend(draft.mentions.iter().map(|mention| mention.span));
    spans.extend(draft.problems.iter().filter_map(|problem| problem.span));
    spans
}

/// Pieces that the grammar looks for, and some that it does not.
const PIECES: &str = "一、|二、|（一）|(二)|1.|2、|（1）|①|第一章|3.2020年|市科技局|市教委|各区人民政府|有关单位|中新城|\
                      牵头|负责|配合|按职责分工|等|、|，|；|。|：|（|）|〔|］|【|责任单位：|牵头单位:|完成时限：|2023年底前|到2024年|\
                      100个|3至5家|以上|不低于98%|国发〔2017〕35号|由|和|及|会同|为牵头|第一|不再列出|均需|落实|“|《|》|\
                      序号|重点任务|责任领导|完成时限|张三|1 ¦ |2 ¦ | ¦\n|¦|\t|1\n|2\n|一、 ¦ ¦ ¦\n|序号 ¦ 任务 ¦ 责任单位 ¦ 时限\n|序号重点任务责任单位1|\
                      \n|\r\n| |　|設(shè)|\u{FEFF}|\u{E000}|5G|x|滨海新区|关于印发|通知|列第一位的为牵头单位|以下任务均需各区落实，不再列出|（牵头）|&nbsp;|(you)|— 3 —|壹、|114年|。ㄒ唬|分别|\
                      2020-10-22|各县（市、区）|# |**|- |[甲](https://example.org)|\\.|<table>|<tr><td>|</td></tr></table>";

fn text() -> impl Strategy<Value = String> {
    let pieces: Vec<&str> = PIECES.split('|').collect();
    // `|` separates the pieces, so they have another sign for it.
    let pieces = prop::collection::vec(prop::sample::select(pieces), 0..120);
    pieces.prop_map(|pieces| pieces.concat().replace('¦', "|"))
}

proptest! {
    #[test]
    fn any_text_gives_a_draft_whose_spans_all_slice(text in text()) {
        let Ok(reading) = read(text.as_bytes(), &Options::default()) else {
            let nothing = |c: char| c.is_whitespace() || c == '\u{FEFF}';
            // Tags say nothing by themselves.
            let tags = ["<table>", "<tr><td>", "</td></tr></table>"];
            let words = tags.iter().fold(text, |text, tag| text.replace(tag, ""));
            prop_assert!(words.chars().all(nothing), "refused a text");
            return Ok(());
        };
        for span in spans(&reading) {
            prop_assert!(span.slice(&reading.text).is_some(), "{:?}", span);
        }
        let draft = &reading.draft;
        // A convention is the clause of every task that has no other, and the words of a merged cell state the
        // responsibility for several rows.
        let stated: Vec<_> = draft.clauses.iter().filter(|clause| clause.rule != "convention").collect();
        let apart = |a: Span, b: Span| a.end <= b.start || a == b;
        let ordered = stated.windows(2).all(|pair| apart(pair[0].span, pair[1].span));
        prop_assert!(ordered, "clauses overlap");
        for clause in stated {
            let own = clause.parties.iter().filter(|party| party.convention.is_none());
            for party in own {
                // A merged cell of a table says it for the rows below, too.
                let above = clause.rule.starts_with("table") && party.span.end <= clause.span.start;
                prop_assert!(clause.span.contains(party.span) || above);
                prop_assert!(!party.span.is_empty());
            }
        }
        draft_json(&reading);
    }

    #[test]
    fn any_bytes_give_a_draft_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &Options::default());
    }
}

/// How long reading takes, the best of three.
fn time(text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        read(text.as_bytes(), &Options::default()).unwrap();
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn four_times_the_text_takes_about_four_times_as_long() {
    const LARGE: usize = 20_000;
    for piece in [
        "(",
        "((市科技局",
        "市科技局、",
        "(市科技局和",
        "一、甲\n",
        "1.甲。",
        "(1)",
        "第",
        "和及",
        "等",
        "1",
        "1,000",
        "100个、",
        "为牵头",
        "不再列出",
        "由牵头",
        "到2024年",
        "责任单位:",
        "会同",
        "牵头市科技局",
        "负责、市科技局",
        "责任单位:\n市科技局\n",
        "一、(一)",
        "2021年3月1日\n",
        "设(",
        "〇",
        "按职责分工",
        "\n\n",
        "“",
        "(市科技局负责)",
        "序号 | 任务 | 责任单位 |\n1 | 甲 | 市科技局 |\n序号 | 事项 | 说明 |\n1 | 乙 | 丙 |\n",
        "各区、",
        "负责会同",
        "责任单位:市科技局 ",
        "(责任单位:市科技局、\n",
        "第一位为牵头",
        "各项任务均",
        "市科技局市教委",
        "甲(you)",
        "市科技局会同",
        "责任单位 市科技局\n",
        "壹",
        "。ㄒ唬",
        "统筹协调",
        "| ",
        "甲 | 乙 |\n",
        "序号 |\n任务 |\n责任单位 |\n1 |\n甲 |\n市科技局 |\n",
        "序号 | 任务 | 责任单位\n1 | 甲 | 市科技局\n",
        "序号\n任务\n责任单位\n甲\n乙\n",
        "序号\n任务\n责任单位\n1\n甲\n市科技局\n",
        "任务\n责任单位\n甲\n市科技局\n",
        "序号 任务 责任单位\n1 甲 市科技局\n",
        "序号\n1\n任务\n甲\n责任单位\n市科技局\n",
        "任务 甲\n责任单位 市科技局\n时限 6月\n",
        "任务 甲\n任务 乙\n责任单位\n",
        "序号任务责任单位1甲。市科技局",
        "甲序号任务责任单位1乙。",
        "序号\n任务\n责任\n单位\n",
        "序号任务责任单位1甲。市科技局\n",
        "牵头单位 | 市科技局 |\n",
        "# 甲\n",
        "**甲**",
        "[甲](/)",
        "[",
        "<table>",
        "<table><tr><td>市科技局</td></tr></table>",
        "市科技局牵头,市教委配合,各区人民政府负责落实,年底前完成全部\n",
        "市科技局牵头,市教委配合,各区人民政府负责落实,年底前完成全部 ",
    ] {
        let of = |bytes: usize| format!("文。{}", piece.repeat(bytes / piece.len()));
        let grows_more = || {
            let (small, large) = (time(&of(LARGE / 4)), time(&of(LARGE)));
            // Twice the expected growth, and some for a busy machine.
            let limit = small * 8 + Duration::from_millis(200);
            (large >= limit).then(|| format!("{piece}: {small:?} and then {large:?}"))
        };
        // A machine may be busy once or twice; what is no longer linear shows every time.
        let every_time = (0..4).map_while(|_| grows_more()).collect::<Vec<_>>();
        assert!(every_time.len() < 4, "{every_time:?}");
    }
}
