//! Step 7: targets: figures with a unit, in the words that set them.

use crate::{
    number::digits,
    quantity::{bounds, number, unit},
    words::Words,
};
use domain::{target::Decimal, vocabulary::Firmness};
use std::ops::Range;

/// A target in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The words that set it.
    pub(crate) range: Range<usize>,
    pub(crate) min: Option<Decimal>,
    pub(crate) max: Option<Decimal>,
    /// The unit, with 万 or 亿 where that stands before it.
    pub(crate) unit: Range<usize>,
    pub(crate) firmness: Firmness,
}

/// The targets of one sentence, in the order of the text.
///
/// A target's words are those between two commas; where figures are listed (培育10家…、50家以上…) each item with a figure
/// of its own is one.
pub(crate) fn figures(text: &str, sentence: Range<usize>) -> Vec<Figure> {
    static PAST: Words = Words::of("截至 目前 已经 已建 已有 已达 去年");
    static SUBSIDY: Words = Words::of("补贴 补助 奖励 资助 最高");
    let words = &text[sentence.clone()];
    if !words.contains(|c: char| c.is_ascii_digit()) {
        return vec![];
    }
    let past = first_of(words, &PAST);
    let signs = FIRMNESS
        .each_ref()
        .map(|(firmness, signs)| (*firmness, first_of(words, signs)));
    let mut figures = vec![];
    for mut figure in items(text, sentence.clone()) {
        let end = figure.range.end - sentence.start;
        let own = &text[figure.range.clone()];
        let money = text[figure.unit.clone()].ends_with('元');
        if past < end || (money && SUBSIDY.inside(own)) {
            continue;
        }
        let said = signs.iter().find(|(_, first)| *first < end);
        figure.firmness = said.map_or(Firmness::Unstated, |(firmness, _)| *firmness);
        figures.push(figure);
    }
    figures
}

/// Where the first of these words stands; the greatest number if none does.
fn first_of(words: &str, signs: &Words) -> usize {
    let first = signs.places(words).next();
    first.map_or(usize::MAX, |(at, _)| at)
}

/// The words that say how firmly a target is meant, the weightier ones first.
static FIRMNESS: [(Firmness, Words); 3] = [
    (Firmness::Aspirational, Words::of("力争 争取 努力")),
    (Firmness::Expected, Words::of("预期 预计")),
    (Firmness::Firm, Words::of("确保 必须 约束性 完成")),
];

/// The first figure of each part between commas, parted again at 、 where a figure stands on both sides.
fn items(text: &str, sentence: Range<usize>) -> Vec<Figure> {
    let words = &text[sentence.clone()];
    let mut found: Vec<Figure> = vec![];
    // The item that is being put together: where it began, and its figure as soon as it has one.
    let mut item: (usize, Option<Figure>) = (sentence.start, None);
    let mut start = sentence.start;
    let signs = words.char_indices().map(Some).chain([None]);
    for sign in signs {
        let (at, len, ends_item) = match sign {
            Some((at, ',')) if parts_thousands(words, at) => continue,
            Some((at, ',' | ':')) => (sentence.start + at, 1, true),
            Some((at, c @ '、')) => (sentence.start + at, c.len_utf8(), false),
            Some(_) => continue,
            None => (sentence.end, 0, true),
        };
        if let Some(new) = figure(text, &(start..at)) {
            match &mut item.1 {
                // What was listed before the figure belongs to its words: 甲、乙等50家企业.
                None if item.0 < start => {
                    let range = item.0..at;
                    item.1 = Some(Figure { range, ..new });
                }
                slot => {
                    found.extend(slot.take());
                    item = (start, Some(new));
                }
            }
        } else if let Some(figure) = &mut item.1 {
            figure.range.end = at;
        }
        start = at + len;
        if ends_item {
            found.extend(item.1.take());
            item = (start, None);
        }
    }
    found
}

/// Whether the comma at `at` stands inside a number, as in 1,000.
fn parts_thousands(words: &str, at: usize) -> bool {
    words[..at].ends_with(|c: char| c.is_ascii_digit()) && digits(&words[at + 1..]) == 3
}

/// The first figure of an item that is a target.
fn figure(text: &str, item: &Range<usize>) -> Option<Figure> {
    let words = &text[item.clone()];
    let mut quoted = false;
    let mut titles = 0usize;
    let mut next = 0;
    for (at, c) in words.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '《' => titles += 1,
            '》' => titles = titles.saturating_sub(1),
            _ if at < next => {}
            _ if c.is_ascii_digit() => {
                let Some(number) = number(&words[at..]) else {
                    next = at + digits(&words[at..]);
                    continue;
                };
                next = at + number.len;
                if !quoted && titles == 0 && stands_free(&words[..at]) {
                    let Some((unit_start, unit_end)) = unit(words, next) else {
                        continue;
                    };
                    if qualifies(&words[unit_end..]) {
                        next = unit_end;
                        continue;
                    }
                    let (min, max) = bounds(&words[..at], number, &words[unit_end..]);
                    return Some(Figure {
                        range: item.start + statement_start(words, at)..item.end,
                        min,
                        max,
                        unit: item.start + unit_start..item.start + unit_end,
                        firmness: Firmness::Unstated,
                    });
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a figure only says which things are counted, by a figure behind them: 10亿元以上项目6个.
fn qualifies(behind: &str) -> bool {
    let counted = ["以上", "及以上", "级", "以下", "以上的"]
        .iter()
        .find_map(|word| {
            let rest = behind.strip_prefix(word)?;
            let things = rest.find(|c: char| !domain::fold::is_han(c))?;
            (things > 0).then_some(&rest[things..])
        });
    counted.is_some_and(|rest| {
        let number = number(rest);
        number.is_some_and(|number| unit(rest, number.len).is_some())
    })
}

/// Where the words that set the figure at `at` begin: behind a leading 到2024年, which is a deadline of its own.
fn statement_start(words: &str, at: usize) -> usize {
    let due = crate::due::find(words, 0..at, None).filter(|due| due.range.start == 0);
    let start = due.map_or(0, |due| due.range.end);
    start + words[start..].len() - words[start..].trim_start().len()
}

/// Whether a figure may begin behind `before`: not in 第3, 5G-2, 1+3, v2.
fn stands_free(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_ascii_alphanumeric() || "第前.+×*/-[".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let bound = |b: Option<Decimal>| b.map_or("_".to_owned(), |b| b.to_string());
        let figures = figures(text, 0..text.len()).into_iter();
        figures
            .map(|f| {
                let (min, max) = (bound(f.min), bound(f.max));
                format!("{min}..{max} {} | {}", &text[f.unit], &text[f.range])
            })
            .collect()
    }

    #[test]
    fn figures_with_units_are_targets_with_their_bounds() {
        for (text, expected) in [
            (
                "打造100个示范项目,推动引领",
                vec!["100..100 个 | 打造100个示范项目"],
            ),
            (
                "培育10家领军企业、50家以上高新技术企业,形成3至5个产业集群",
                vec![
                    "10..10 家 | 培育10家领军企业",
                    "50.._ 家 | 50家以上高新技术企业",
                    "3..5 个 | 形成3至5个产业集群",
                ],
            ),
            (
                "突破10种以上关键装备、成套装备、核心软件",
                vec!["10.._ 种 | 突破10种以上关键装备、成套装备、核心软件"],
            ),
            (
                "到2024年建成5g基站3.5万个",
                vec!["3.5..3.5 万个 | 建成5g基站3.5万个"],
            ),
            (
                "产业规模突破1,000亿元",
                vec!["1000.._ 亿元 | 产业规模突破1,000亿元"],
            ),
            ("办结率不低于95%", vec!["95.._ % | 办结率不低于95%"]),
            (
                "能耗控制在8-10吨/年以内",
                vec!["8..10 吨/年 | 能耗控制在8-10吨/年以内"],
            ),
            ("事项压减到30项以内", vec!["_..30 项 | 事项压减到30项以内"]),
            (
                "新签10亿元以上项目6个",
                vec!["6..6 个 | 新签10亿元以上项目6个"],
            ),
            ("引进100余名专家", vec!["100.._ 名 | 引进100余名专家"]),
            ("增长6.2%左右", vec!["6.2..6.2 % | 增长6.2%左右"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_target_is_none() {
        for text in [
            "打造\"1+3\"标杆区",
            "推动5g应用",
            "第3届大会",
            "国发[2017]35号",
            "2020年10月22日",
            "十九大",
            "3个月内完成",
            "7×24小时服务",
            "截至2019年底,建成50个项目",
            "给予最高100万元补贴",
            "30人(含)以下",
            "c-v2x网络",
            "前10名城市",
            "2021",
            "《100个项目清单》",
            "18526420289",
        ] {
            assert_eq!(shown(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn how_firmly_a_target_is_meant_is_read_from_its_sentence() {
        for (text, firmness) in [
            ("力争建成10个中心", Firmness::Aspirational),
            ("确保建成10个中心", Firmness::Firm),
            ("预期增长5%", Firmness::Expected),
            ("建成10个中心", Firmness::Unstated),
        ] {
            assert_eq!(figures(text, 0..text.len())[0].firmness, firmness, "{text}");
        }
    }
}
