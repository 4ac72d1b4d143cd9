//! Joining, as the worker's screens use it, on both engines.

mod claimed;
#[path = "../stations/databases.rs"]
mod databases;
mod drafts;
mod helping;
mod identity;
mod keeping;
mod links;
mod members;
mod sending;
mod transfer;
mod world;
