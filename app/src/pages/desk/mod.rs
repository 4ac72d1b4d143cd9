//! 工作台: what staff and station managers do. Phone first; on a wide screen list and detail stand side by side.

mod cover;
mod grant;
mod home;
mod invite;
mod links;
pub mod members;
mod mobile;
mod organisation;
pub(in crate::pages) mod parts;
mod station;

pub use cover::page as cover;
pub use grant::{Again, Revoke, page as grant};
pub use home::page as home;
pub use invite::{Invite, Withdraw, page as invite};
pub use links::{page as links, poster, poster_svg};
pub use mobile::{ChangeMobile, page as mobile};
pub use organisation::page as organisation;
pub use station::{Clear, ManagerCode, page as station};
