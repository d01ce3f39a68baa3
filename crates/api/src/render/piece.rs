//! What stands before the values of an answer, written again and again.

use super::Out;

/// As many bytes as nearly every piece has room in.
const ROOM: usize = 24;

/// A piece of JSON that is known before anything is answered.
///
/// A short one has room behind it: so many bytes are copied by two instructions, and what is too much of them taken back,
/// where a length that only the piece knows takes a call.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A short one, and its length.
    Short([u8; ROOM], usize),
    /// Any other.
    Long(Box<[u8]>),
}

impl Piece {
    pub(super) fn new(json: &[u8]) -> Self {
        let mut padded = [0; ROOM];
        match padded.get_mut(..json.len()) {
            Some(room) => {
                room.copy_from_slice(json);
                Self::Short(padded, json.len())
            }
            None => Self::Long(json.into()),
        }
    }
}

impl Out {
    /// Appends a piece.
    #[inline]
    pub(crate) fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Short(padded, length) => {
                let end = self.bytes.len() + length;
                self.bytes.extend_from_slice(padded);
                self.bytes.truncate(end);
            }
            Piece::Long(json) => self.raw(json),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_stand_one_behind_the_other(pieces in prop::collection::vec("[a-z:,{]{0,40}", 0..9)) {
            let mut out = Out { bytes: vec![], errors: vec![], fields: 0 };
            for piece in &pieces {
                out.piece(&Piece::new(piece.as_bytes()));
            }
            prop_assert_eq!(out.bytes, pieces.concat().into_bytes());
        }
    }
}
