//! The size of a document by its tokens alone, before anything recursive looks at it.

/// Brackets that may be open at once.
///
/// The parser goes one call deeper with each; it allows itself this many for selections, but sets no limit for the
/// values of arguments.
pub(super) const MAX_BRACKETS: usize = 64;

/// What a document's text consists of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scan {
    pub(super) tokens: usize,
    /// The most brackets that are open at any place.
    pub(super) brackets: usize,
}

/// Counts tokens the way the GraphQL specification divides a text into them. What is no token at all is counted as one
/// and left to the parser.
pub(super) fn scan(source: &str) -> Scan {
    let mut scan = Scan::default();
    let mut open = 0_usize;
    let mut rest = source.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = match first {
            b' ' | b'\t' | b'\r' | b'\n' | b',' => tail,
            b'#' => after_line(tail),
            _ => {
                scan.tokens += 1;
                match first {
                    b'{' | b'[' | b'(' => {
                        open += 1;
                        scan.brackets = scan.brackets.max(open);
                        tail
                    }
                    b'}' | b']' | b')' => {
                        open = open.saturating_sub(1);
                        tail
                    }
                    b'"' => after_string(rest),
                    b'.' if tail.starts_with(b"..") => &tail[2..],
                    _ if is_word(first) => {
                        let length = tail.iter().take_while(|&&byte| is_word(byte)).count();
                        &tail[length..]
                    }
                    _ => tail,
                }
            }
        };
    }
    scan
}

/// The bytes of names and numbers. A number's sign and decimal point make it two or three tokens, which is close enough
/// for a limit; bytes beyond ASCII make one run.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

fn after_line(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    &text[end.unwrap_or(text.len())..]
}

/// What follows the string that `text` begins with; nothing where it has no end.
fn after_string(text: &[u8]) -> &[u8] {
    let (mark, escape): (&[u8], &[u8]) = if text.starts_with(b"\"\"\"") {
        (b"\"\"\"", b"\\\"\"\"")
    } else {
        (b"\"", b"\\")
    };
    let mut rest = &text[mark.len()..];
    loop {
        if rest.is_empty() || rest.starts_with(mark) {
            return rest.get(mark.len()..).unwrap_or_default();
        }
        // In a block string only the three quotes can be escaped, elsewhere any one character.
        let step = match (rest.starts_with(escape), mark.len()) {
            (false, _) => 1,
            (true, 1) => 2,
            (true, _) => escape.len(),
        };
        rest = rest.get(step..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, tokens: usize, brackets: usize) {
        assert_eq!(scan(source), Scan { tokens, brackets }, "{source}");
    }

    #[test]
    fn names_values_and_signs_are_tokens_and_blanks_commas_and_comments_are_not() {
        check("", 0, 0);
        check(" ,\t\r\n# {{{\n", 0, 0);
        check("{ a, b }", 4, 1);
        check("{a(x:[1 2]){...f}}", 15, 3);
    }

    #[test]
    fn a_string_is_one_token_whatever_it_holds() {
        check(r#"{a(x:"}]\"[ # {{")}"#, 8, 2);
        check(r#"{a(x:"""{ " \""" {""")}"#, 8, 2);
        check(r#"{a(x:"")}"#, 8, 2);
        check(r#"{a(x:"\\")}"#, 8, 2);
    }

    #[test]
    fn what_is_broken_is_still_counted_to_its_end() {
        check("\"", 1, 0);
        check("\"\\", 1, 0);
        check("\"\"\"\\\"\"\"", 1, 0);
        check("}}}{", 4, 1);
        check("責任", 1, 0);
    }
}
