//! Every sentence a person reads, zh-CN first. Pages hold the layout, this folder holds the words
//! that are computed; a word that never changes stands where it is shown.

#[cfg(feature = "ssr")]
pub mod account;
pub mod arrival;
#[cfg(feature = "ssr")]
pub mod card;
pub mod distance;
#[cfg(feature = "ssr")]
pub mod drive;
#[cfg(feature = "ssr")]
pub mod join;
#[cfg(feature = "ssr")]
pub mod membership;
#[cfg(feature = "ssr")]
pub mod moment;
#[cfg(feature = "ssr")]
pub mod phone;
#[cfg(feature = "ssr")]
pub mod proofs;
#[cfg(feature = "ssr")]
pub mod station;
#[cfg(feature = "ssr")]
pub mod voices;
