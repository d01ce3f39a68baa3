//! Places that share the body of the last: 满洲里、二连浩特市人民政府.

use crate::{
    kind::{self, reference},
    party::Names,
    words::Words,
};
use domain::{directory::level_word, vocabulary::Reference};
use std::ops::Range;

/// Bodies of the state that are called by where they are.
static OF_PLACES: Words = Words::of(
    "检验检疫局 出入境检验检疫局 海关 海事局 银保监局 银监局 保监局 证监局 监管局 边检站 通信管理局",
);

/// What a name of a list shares with the next one: 市人民政府 for 满洲里 in 满洲里、二连浩特市人民政府, 海关 for 广州 in
/// 广州、深圳海关.
pub(crate) fn shared_end<'t>(
    text: &'t str,
    all: &[Range<usize>],
    index: usize,
    names: &Names,
) -> Option<&'t str> {
    let is_place = |name: &Range<usize>| {
        let words = &text[name.clone()];
        (2..=5).contains(&words.chars().count())
            && words.chars().all(domain::fold::is_han)
            && !names.is_party(words)
    };
    // Names of merged cells stand elsewhere.
    let listed = |pair: &&[Range<usize>]| {
        let between = text.get(pair[0].end..pair[1].start);
        between.is_some_and(|between| between.trim() == "、")
    };
    let after = all[index..]
        .windows(2)
        .take_while(listed)
        .map(|pair| &pair[1]);
    let next = after.take(MOST_PLACES).find(|name| !is_place(name))?;
    let words = &text[next.clone()];
    let mut levels = words.char_indices().skip(2);
    let level = levels.find(|(_, c)| "市区县旗州盟".contains(*c));
    let of_place = OF_PLACES.end(words).filter(|body| {
        let place = words[..words.len() - body.len()].chars().count();
        (2..=3).contains(&place)
    });
    let body = of_place.or_else(|| level.map(|(at, _)| &words[at..]))?;
    let whole = names.is_party(words) && level_word(words).is_none() && kind::shows_party(body);
    let shares = is_place(&all[index]) && whole && reference(words) == Reference::Named;
    // 成都市、绵阳市人民政府
    let level = body
        .chars()
        .next()
        .filter(|level| text[all[index].clone()].ends_with(*level));
    shares.then(|| &body[level.map_or(0, char::len_utf8)..])
}

/// How many places may share the body of the last.
const MOST_PLACES: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::list;

    #[test]
    fn places_share_the_body_of_the_last() {
        for (text, expected) in [
            ("满洲里、二连浩特市人民政府", Some("市人民政府")),
            ("朝阳、海淀、丰台区政府", Some("区政府")),
            ("东城、西城区住建局", Some("区住建局")),
            ("成都市、绵阳市人民政府", Some("人民政府")),
            ("朝阳,海淀区政府", None),
            ("市教委、海淀区政府", None),
            ("居民、市教委", None),
            ("居民、各区政府", None),
        ] {
            let names = list(text, 0..text.len(), &Names::default()).names;
            assert_eq!(
                shared_end(text, &names, 0, &Names::default()),
                expected,
                "{text}"
            );
        }
    }
}
