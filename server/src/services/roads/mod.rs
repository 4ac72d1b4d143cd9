//! Roads: derived from service areas, or from a line file.

mod derive;
mod input;
mod line;
mod table;

pub use derive::{Hint, Hints, derive_roads};
pub use input::{InputError, hints, junctions, line, line_of};
pub use line::{NewLine, along_line};
pub use table::table;
