//! The operators of a page that show text: which characters stand where.

use super::font::{Font, Fonts};
use lopdf::{Dictionary, Document, Object, ObjectId, content::Content};
use std::rc::Rc;

/// Characters that a page shows one after the other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) x: f32,
    pub(super) y: f32,
    /// The height of the characters.
    pub(super) size: f32,
    pub(super) width: f32,
    /// U+FFFD where nobody says which character it is.
    pub(super) words: String,
}

/// What stands in the content of a page is drawn inside of itself no deeper, and no more often, than this.
const DEEPEST: usize = 8;
const MOST_FORMS: usize = 2000;

/// A page shows no more pieces.
const MOST_PIECES: usize = 200_000;

/// The text of a page in the making.
pub(super) struct Text<'d> {
    document: &'d Document,
    fonts: &'d mut Fonts,
    /// How many bytes of content may still be read.
    left: &'d mut usize,
    forms: usize,
    turned: i64,
    pub(super) pieces: Vec<Piece>,
}

/// From one coordinate system to the one around it: where its two directions lead, and where it begins.
#[derive(Clone, Copy)]
struct Matrix {
    across: (f32, f32),
    up: (f32, f32),
    origin: (f32, f32),
}

impl Matrix {
    const SAME: Self = Self::moved(0.0, 0.0);

    /// Nothing but another beginning.
    const fn moved(x: f32, y: f32) -> Self {
        Self {
            across: (1.0, 0.0),
            up: (0.0, 1.0),
            origin: (x, y),
        }
    }

    /// Six numbers as PDF files write them.
    fn of(numbers: impl Fn(usize) -> f32) -> Self {
        Self {
            across: (numbers(0), numbers(1)),
            up: (numbers(2), numbers(3)),
            origin: (numbers(4), numbers(5)),
        }
    }

    /// First this one, then `outer`.
    fn within(self, outer: Self) -> Self {
        let led = |(x, y): (f32, f32)| {
            (
                x * outer.across.0 + y * outer.up.0,
                x * outer.across.1 + y * outer.up.1,
            )
        };
        let (x, y) = led(self.origin);
        Self {
            across: led(self.across),
            up: led(self.up),
            origin: (x + outer.origin.0, y + outer.origin.1),
        }
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    between_characters: f32,
    between_words: f32,
    stretch: f32,
    leading: f32,
    rise: f32,
}

impl<'d> Text<'d> {
    pub(super) fn new(document: &'d Document, fonts: &'d mut Fonts, left: &'d mut usize) -> Self {
        Self {
            document,
            fonts,
            left,
            forms: 0,
            turned: 0,
            pieces: vec![],
        }
    }

    /// Reads a page.
    pub(super) fn page(&mut self, id: ObjectId, content: &[u8]) {
        let page = self.document.get_dictionary(id).ok();
        let turned =
            page.and_then(|page| page.get_deref(b"Rotate", self.document).ok()?.as_i64().ok());
        self.turned = turned.unwrap_or(0).rem_euclid(360);
        let (own, others) = self.document.get_page_resources(id).unwrap_or_default();
        let others = others
            .into_iter()
            .filter_map(|id| self.document.get_dictionary(id).ok());
        let resources: Vec<_> = own.into_iter().chain(others).collect();
        self.content(content, &resources, Matrix::SAME, 0);
    }

    fn content(
        &mut self,
        content: &[u8],
        resources: &[&'d Dictionary],
        matrix: Matrix,
        depth: usize,
    ) {
        let Ok(content) = Content::decode(content) else {
            return;
        };
        let mut state = State {
            matrix,
            font: None,
            size: 0.0,
            between_characters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved = vec![];
        let (mut place, mut line) = (Matrix::SAME, Matrix::SAME);
        for operation in &content.operations {
            let operands = &operation.operands;
            let number = |index: usize| {
                operands
                    .get(index)
                    .and_then(|o| o.as_float().ok())
                    .unwrap_or(0.0)
            };
            let numbers = || Matrix::of(number);
            let mut next_line = |x: f32, y: f32| {
                line = Matrix::moved(x, y).within(line);
                line
            };
            match operation.operator.as_str() {
                "q" if saved.len() < 256 => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "cm" => state.matrix = numbers().within(state.matrix),
                "BT" => (place, line) = (Matrix::SAME, Matrix::SAME),
                "Tf" => {
                    let entry = operands.first().and_then(|name| name.as_name().ok());
                    let entry =
                        entry.and_then(|name| find(self.document, resources, b"Font", name));
                    state.font = entry.and_then(|entry| self.fonts.get(self.document, entry));
                    state.size = number(1);
                }
                "Tc" => state.between_characters = number(0),
                "Tw" => state.between_words = number(0),
                "Tz" => state.stretch = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Td" => place = next_line(number(0), number(1)),
                "TD" => {
                    state.leading = -number(1);
                    place = next_line(number(0), number(1));
                }
                "Tm" => {
                    line = numbers();
                    place = line;
                }
                "T*" => place = next_line(0.0, -state.leading),
                "Tj" => self.show(operands.first(), &state, &mut place),
                "'" => {
                    place = next_line(0.0, -state.leading);
                    self.show(operands.first(), &state, &mut place);
                }
                "\"" => {
                    (state.between_words, state.between_characters) = (number(0), number(1));
                    place = next_line(0.0, -state.leading);
                    self.show(operands.get(2), &state, &mut place);
                }
                "TJ" => {
                    let parts = operands.first().and_then(|parts| parts.as_array().ok());
                    for part in parts.into_iter().flatten() {
                        match part.as_float() {
                            Ok(back) => {
                                let step = -back / 1000.0 * state.size * state.stretch;
                                place = Matrix::moved(step, 0.0).within(place);
                            }
                            Err(_) => self.show(Some(part), &state, &mut place),
                        }
                    }
                }
                "Do" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    let form =
                        name.and_then(|name| find(self.document, resources, b"XObject", name));
                    if let Some(form) = form {
                        self.form(form, resources, state.matrix, depth);
                    }
                }
                _ => {}
            }
        }
    }

    /// What is drawn as a whole may hold text too.
    fn form(
        &mut self,
        form: &'d Object,
        resources: &[&'d Dictionary],
        matrix: Matrix,
        depth: usize,
    ) {
        self.forms += 1;
        if depth >= DEEPEST || self.forms > MOST_FORMS {
            return;
        }
        let Ok((_, object)) = self.document.dereference(form) else {
            return;
        };
        let Ok(stream) = object.as_stream() else {
            return;
        };
        if !stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Form")
        {
            return;
        }
        let Ok(content) =
            stream.get_plain_content_with_limit((*self.left).min(super::MOST_OF_A_STREAM))
        else {
            return;
        };
        *self.left -= content.len().min(*self.left);
        let own = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array);
        let own = own.map_or(Matrix::SAME, |own| {
            Matrix::of(|index| {
                own.get(index)
                    .and_then(|n| n.as_float().ok())
                    .unwrap_or(0.0)
            })
        });
        let inner = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict);
        let mut all: Vec<_> = inner.into_iter().collect();
        all.extend(resources);
        self.content(&content, &all, own.within(matrix), depth + 1);
    }

    fn show(&mut self, string: Option<&Object>, state: &State, place: &mut Matrix) {
        let (Some(Ok(string)), Some(font)) = (string.map(Object::as_str), &state.font) else {
            return;
        };
        let mut words = String::new();
        let mut width = 0.0;
        for glyph in font.glyphs(string) {
            words.push_str(glyph.words.as_deref().unwrap_or("\u{FFFD}"));
            let space = if glyph.is_space {
                state.between_words
            } else {
                0.0
            };
            width += (glyph.width / 1000.0 * state.size + state.between_characters + space)
                * state.stretch;
        }
        let start = Matrix::moved(0.0, state.rise).within(place.within(state.matrix));
        *place = Matrix::moved(width, 0.0).within(*place);
        let (x, y) = start.origin;
        let (x, y) = match self.turned {
            90 => (y, -x),
            180 => (-x, -y),
            270 => (-y, x),
            _ => (x, y),
        };
        let piece = Piece {
            x,
            y,
            size: (state.size * start.up.0.hypot(start.up.1)).abs(),
            width: width * start.across.0.hypot(start.across.1),
            words,
        };
        let sound = [piece.x, piece.y, piece.size, piece.width]
            .iter()
            .all(|n| n.is_finite());
        if sound && piece.size > 0.1 && !piece.words.is_empty() && self.pieces.len() < MOST_PIECES {
            self.pieces.push(piece);
        }
    }
}

/// An entry of the innermost resources that have one of this name.
fn find<'d>(
    document: &'d Document,
    resources: &[&'d Dictionary],
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    resources.iter().find_map(|resources| {
        let entries = resources.get_deref(kind, document).ok()?.as_dict().ok()?;
        entries.get(name).ok()
    })
}
