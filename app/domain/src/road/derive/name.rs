//! Where a road begins, by its name.

use crate::{
    geo::{Point, distance_m},
    road::Heading,
};

/// A road whose numbering is known by its name: stakes count from the first place of 德州—上饶.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    /// `G0321`.
    pub code: Box<str>,
    /// `德上高速`.
    pub name: Box<str>,
    /// Where stakes begin.
    pub from: (Box<str>, Point),
    /// Where they end.
    pub to: (Box<str>, Point),
}

impl Named {
    /// Which way along a stretch stakes rise, and `None` unless both ends of the name say the same.
    #[must_use]
    pub fn rising(&self, first: Point, last: Point) -> Option<Heading> {
        let nearer = |end: Point| distance_m(end, first) < distance_m(end, last);
        match (nearer(self.from.1), nearer(self.to.1)) {
            (true, false) => Some(Heading::Up),
            (false, true) => Some(Heading::Down),
            _ => None,
        }
    }
}
