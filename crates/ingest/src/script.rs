//! The script that a text is written in.

use domain::{
    draft::Script,
    fold::{is_simplified, is_traditional},
};

/// Tells it from the characters that only one script has. A fifth of the other makes a text mixed; fewer are names and
/// characters that both scripts use.
pub(crate) fn script(text: &str) -> Script {
    let (mut traditional, mut simplified) = (0usize, 0usize);
    for c in text.chars() {
        if is_traditional(c) {
            traditional += 1;
        } else if is_simplified(c) {
            simplified += 1;
        }
    }
    let few = (traditional + simplified) / 5;
    match (traditional, simplified) {
        (0, 0) => Script::None,
        _ if traditional <= few => Script::Hans,
        _ if simplified <= few => Script::Hant,
        _ => Script::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_told_from_its_own_characters() {
        for (text, expected) in [
            ("天津市发展改革委员会负责编制规划", Script::Hans),
            ("天津市發展改革委員會負責編製規劃", Script::Hant),
            ("天津市發展改革委員會负责编制规划", Script::Mixed),
            ("天津大学", Script::Hans),
            ("2024 plan", Script::None),
        ] {
            assert_eq!(script(text), expected, "{text}");
        }
    }
}
