//! Joining, as the worker's screens use it, on both engines.

#[path = "../stations/databases.rs"]
mod databases;
mod drafts;
mod sending;
mod transfer;
mod world;
