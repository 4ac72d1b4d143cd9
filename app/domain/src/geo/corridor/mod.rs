//! Places along a line: which points lie within so many metres of a road, how far along it, on which
//! side.
//!
//! **The line** runs from vertex to vertex on the shorter great circle, on the sphere that
//! [`distance_m`](super::distance_m) measures on. **The distance** of a point from it is that to its
//! nearest place on it; every piece of the line is asked the same way ([`Line::project`] asks them all
//! one after the other and is the definition), so that what is left out early is never an answer.
//!
//! The search goes down two trees at once, the index over the points and the boxes over the line:
//! a pair of boxes farther apart than the corridor is wide is never opened.

mod along;
mod line;
mod polyline;
mod segment;
mod tree;

pub use along::{Along, Tangled, corridor};
pub use line::{Line, LineFault, Place};
pub use polyline::{Precision, decode_polyline};
