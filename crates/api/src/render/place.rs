//! Where in an answer a value stands.

use async_graphql::PathSegment;

/// A value's place, as a chain of steps up to the root. It costs nothing until an error asks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    above: Option<&'a Place<'a>>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Segment<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The whole answer.
    pub(crate) fn root() -> Self {
        Self {
            above: None,
            segment: Segment::Root,
        }
    }

    /// A field beneath it.
    pub(crate) fn key(&'a self, key: &'a str) -> Self {
        Self {
            above: Some(self),
            segment: Segment::Key(key),
        }
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self {
            above: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// The whole path, from the root of the answer.
    pub(super) fn path(&self) -> Vec<PathSegment> {
        let mut path = self.above.map_or_else(Vec::new, Place::path);
        match self.segment {
            Segment::Root => {}
            Segment::Key(key) => path.push(PathSegment::Field(key.to_owned())),
            Segment::Index(index) => path.push(PathSegment::Index(index)),
        }
        path
    }
}
