//! How staff prove who they are, on both databases: an authenticator made of software, and what it may not do.

mod authenticator;
#[path = "../stations/databases.rs"]
mod databases;
mod invitations;
mod passkeys;
mod totp;
mod world;
