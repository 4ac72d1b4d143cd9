//! Organisations, roles, invitations and desks, on both databases and over HTTP.

#[path = "../stations/databases.rs"]
mod databases;
mod desks;
mod http;
mod import;
mod invitations;
mod mobile;
mod seed;
mod world;
