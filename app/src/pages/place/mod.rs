//! Choosing a place: province → city → county, or by typing.

mod forget;
mod page;

pub use forget::Forget;
pub use page::{page, picks};
