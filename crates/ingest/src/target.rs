//! Step 9b: targets: figures with a unit, in the words that set them.

use crate::number::digits;
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
    const PAST: [&str; 8] = ["截至", "目前", "现有", "已经", "已建", "已有", "已达", "去年"];
    if !text[sentence.clone()].contains(|c: char| c.is_ascii_digit()) {
        return vec![];
    }
    let mut figures: Vec<Figure> = vec![];
    for item in items(text, sentence.clone()) {
        let words = &text[item.clone()];
        if PAST.iter().any(|word| text[sentence.start..item.end].contains(word)) {
            continue;
        }
        if let Some(mut figure) = figure(text, &item) {
            let money = text[figure.unit.clone()].ends_with('元');
            let subsidy = ["补贴", "补助", "奖励", "资助", "最高"].iter().any(|word| words.contains(word));
            if !(money && subsidy) {
                figure.firmness = firmness(&text[sentence.start..item.end]);
                figures.push(figure);
            }
        }
    }
    figures
}

/// The parts between commas, parted again at 、 where a figure stands on both sides.
fn items(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut items = vec![];
    let words = &text[sentence.clone()];
    let mut start = sentence.start;
    let mut listed: Option<Range<usize>> = None;
    let mut flush = |start: usize, end: usize, ends_item: bool| {
        let part = start..end;
        let counts = figure(text, &part).is_some();
        listed = match listed.take() {
            Some(before) if counts && figure(text, &before).is_some() => {
                items.push(before);
                Some(part)
            }
            Some(before) => Some(before.start..part.end),
            None => Some(part),
        };
        if ends_item && let Some(item) = listed.take() {
            items.push(item);
        }
    };
    for (offset, c) in words.char_indices() {
        let at = sentence.start + offset;
        let ends_item = match c {
            ',' if parts_thousands(words, offset) => continue,
            ',' | ':' => true,
            '、' => false,
            _ => continue,
        };
        flush(start, at, ends_item);
        start = at + c.len_utf8();
    }
    flush(start, sentence.end, true);
    items
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

struct Number {
    low: Decimal,
    high: Option<Decimal>,
    /// 多, 余: some more than that.
    more: bool,
    len: usize,
}

/// A number or a range at the start of `words`: 10, 6.2, 1,000, 3至5, 8-10, 100余.
fn number(words: &str) -> Option<Number> {
    let (low, mut len) = decimal(words)?;
    let mut high = None;
    for sign in ["至", "到", "-", "~"] {
        if let Some(rest) = words[len..].strip_prefix(sign)
            && let Some((value, value_len)) = decimal(rest)
        {
            high = Some(value);
            len += sign.len() + value_len;
            break;
        }
    }
    let more = words[len..].starts_with(['多', '余']);
    if more {
        len += '多'.len_utf8();
    }
    Some(Number { low, high, more, len })
}

fn decimal(words: &str) -> Option<(Decimal, usize)> {
    const MOST: usize = 15;
    let mut len = digits(words);
    while len > 0 && words[len..].starts_with(',') && digits(&words[len + 1..]) == 3 {
        len += 4;
    }
    if len > 0 && words[len..].starts_with('.') {
        let fraction = digits(&words[len + 1..]);
        len += if fraction > 0 { 1 + fraction } else { 0 };
    }
    if len > MOST {
        return None;
    }
    Some((words[..len].replace(',', "").parse().ok()?, len))
}

/// Units of what plans count. Longer ones stand before those that they begin with.
const UNITS: &[&str] = &[
    "个百分点", "个", "家", "名", "项", "种", "条", "座", "所", "件", "台", "套", "辆", "人次", "人", "户", "处",
    "批次", "亩", "公里", "千米", "平方公里", "平方米", "立方米", "米", "公顷", "吨", "元", "倍", "兆瓦", "千瓦时",
    "千瓦", "吉瓦", "mw", "gw", "kw", "张", "篇", "支", "株", "头", "场", "款", "颗", "例", "栋", "间", "床", "组",
    "对", "桶", "标准箱", "班", "列", "艘", "架", "标箱", "teu", "%", "‰", "门", "次", "部", "只", "片", "盏",
    "类", "本", "份", "块", "尊", "幅", "盒", "pflops", "p",
];

/// The unit at `at`: where it begins and ends.
fn unit(words: &str, at: usize) -> Option<(usize, usize)> {
    const SCALES: [&str; 8] = ["万亿", "千万", "百万", "十万", "亿", "万", "千", "百"];
    const NO_UNITS: [&str; 7] = ["个月", "个工作日", "个小时", "个季度", "次会议", "人(", "个(含"];
    let rest = &words[at..];
    let scale = SCALES.iter().find(|scale| rest.starts_with(**scale)).map_or(0, |s| s.len());
    let counted = &rest[scale..];
    if NO_UNITS.iter().any(|word| counted.starts_with(word)) {
        return None;
    }
    let base = UNITS.iter().find(|unit| counted.starts_with(**unit))?;
    let mut end = at + scale + base.len();
    if let Some(per) = words[end..].strip_prefix('/') {
        let one = UNITS.iter().chain(&["年", "日", "小时"]).find(|unit| per.starts_with(**unit));
        end += one.map_or(0, |unit| 1 + unit.len());
    }
    // A Latin unit must end where the word does.
    let cut = base.is_ascii() && *base != "%" && words[end..].starts_with(|c: char| c.is_ascii_alphanumeric());
    (!cut).then_some((at, end))
}

/// The least and the most, from the words around the figure. What stands behind it is nearer and comes first.
fn bounds(before: &str, number: Number, after: &str) -> (Option<Decimal>, Option<Decimal>) {
    const NEAR: usize = 6;
    const LEAST_AFTER: [&str; 2] = ["以上", "及以上"];
    const MOST_AFTER: [&str; 4] = ["以内", "以下", "之内", "及以下"];
    const LEAST: [&str; 9] = ["不少于", "不低于", "不小于", "至少", "超过", "突破", "高于", "超", "大于"];
    const MOST: [&str; 7] = ["不超过", "不高于", "不大于", "不多于", "控制在", "低于", "少于"];
    let near: String = {
        let mut last: Vec<char> = before.chars().rev().take(NEAR).collect();
        last.reverse();
        last.into_iter().collect()
    };
    let after_is = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
    let before_is = |words: &[&str]| {
        words.iter().any(|word| near.ends_with(word) || near.ends_with(&format!("{word}到")))
    };
    let Number { low, high, more, .. } = number;
    if let Some(high) = high {
        (Some(low), Some(high))
    } else if after_is(&LEAST_AFTER) || more {
        (Some(low), None)
    } else if after_is(&MOST_AFTER) {
        (None, Some(low))
    } else if before_is(&LEAST) {
        // Before the next, as 不低于 ends with 低于.
        (Some(low), None)
    } else if before_is(&MOST) {
        (None, Some(low))
    } else {
        (Some(low.clone()), Some(low))
    }
}

fn firmness(words: &str) -> Firmness {
    let says = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    if says(&["力争", "争取", "努力"]) {
        Firmness::Aspirational
    } else if says(&["预期", "预计"]) {
        Firmness::Expected
    } else if says(&["确保", "必须", "约束性", "完成"]) {
        Firmness::Firm
    } else {
        Firmness::Unstated
    }
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
            ("打造100个示范项目,推动引领", vec!["100..100 个 | 打造100个示范项目"]),
            ("培育10家领军企业、50家以上高新技术企业,形成3至5个产业集群",
             vec!["10..10 家 | 培育10家领军企业", "50.._ 家 | 50家以上高新技术企业", "3..5 个 | 形成3至5个产业集群"]),
            ("突破10种以上关键装备、成套装备、核心软件", vec!["10.._ 种 | 突破10种以上关键装备、成套装备、核心软件"]),
            ("到2024年建成5g基站3.5万个", vec!["3.5..3.5 万个 | 建成5g基站3.5万个"]),
            ("产业规模突破1,000亿元", vec!["1000.._ 亿元 | 产业规模突破1,000亿元"]),
            ("办结率不低于95%", vec!["95.._ % | 办结率不低于95%"]),
            ("能耗控制在8-10吨/年以内", vec!["8..10 吨/年 | 能耗控制在8-10吨/年以内"]),
            ("事项压减到30项以内", vec!["_..30 项 | 事项压减到30项以内"]),
            ("引进100余名专家", vec!["100.._ 名 | 引进100余名专家"]),
            ("增长6.2%左右", vec!["6.2..6.2 % | 增长6.2%左右"]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_target_is_none() {
        for text in [
            "打造\"1+3\"标杆区", "推动5g应用", "第3届大会", "国发[2017]35号", "2020年10月22日", "十九大",
            "3个月内完成", "7×24小时服务", "截至2019年底,建成50个项目", "给予最高100万元补贴",
            "30人(含)以下", "c-v2x网络", "前10名城市", "2021", "《100个项目清单》", "18526420289",
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
