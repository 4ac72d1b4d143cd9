//! Lists of members, figures and targets, on both databases and over HTTP.

#[path = "../stations/databases.rs"]
mod databases;
mod export;
mod figures;
mod http;
mod import;
mod load;
mod made;
mod world;
