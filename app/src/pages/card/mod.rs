//! 电子会员证: one's own, and checking somebody's.

mod check;
mod face;
mod none;
mod offline;
mod own;
mod print;
mod scan;

pub use check::{Compare, page as check};
pub use offline::page as offline;
pub use own::{Renew, fresh, kept, page as own};
pub use print::page as print;
pub use scan::{Typed, page as scan};
