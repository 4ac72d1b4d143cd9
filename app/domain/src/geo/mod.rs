//! Places on the earth: positions, distances, the cells a phone may reveal,
//! the datums Chinese maps use, and the exact search over station positions.
//!
//! Everything here is arithmetic: the same input gives the same bits on the
//! server and in the phone's WASM, so an answer found offline is the answer
//! the server would have given.

mod bounds;
mod cell;
mod corridor;
mod datum;
mod distance;
mod index;
mod mainland;
mod point;
mod trig;

pub use bounds::Bounds;
pub use cell::Cell;
pub use corridor::{Along, Line, LineFault, Place, Precision, Tangled, corridor, decode_polyline};
pub use datum::{Datum, from_wgs84, to_wgs84};
pub use distance::{Compass, bearing_deg, distance_m};
pub use index::{Hit, Index};
pub use mainland::in_mainland;
pub use point::Point;
