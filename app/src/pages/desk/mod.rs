//! 工作台: what staff and station managers do. Phone first; on a wide screen list and detail stand side by side.

pub mod applications;
mod cover;
mod enterprises;
mod figures;
mod founding;
mod grant;
mod home;
mod invite;
mod links;
mod member_list;
pub mod members;
mod mobile;
mod obstructions;
mod occupations;
mod organisation;
pub(in crate::pages) mod parts;
mod station;

pub use cover::page as cover;
pub use enterprises::{
    AddEnterprise, ChangeEnterprise, RetireEnterprise, list as enterprises, new as new_enterprise, one as enterprise,
};
pub use figures::{SetTarget, file as figures_file, home as figures_home, page as figures};
pub use founding::{ConcludeFounding, RevealAgreed, WriteStarter, list as foundings, one as founding};
pub use grant::{Again, Revoke, page as grant};
pub use home::page as home;
pub use invite::{Invite, Withdraw, page as invite};
pub use links::{MakeLink, page as links, poster, poster_svg};
pub use member_list::{ExportMembers, export as member_list_export, page as member_list};
pub use mobile::{ChangeMobile, page as mobile};
pub use obstructions::{ActOnObstruction, RevealReporter, list as obstructions, one as obstruction};
pub use occupations::{
    AddOccupation, ChangeOccupation, RetireOccupation, list as occupations, new as new_occupation, one as occupation,
};
pub use organisation::page as organisation;
pub use station::{Clear, ManagerCode, page as station};
