//! Accounts: the rules of signing in and of what is held about people, on both engines.

#[path = "../stations/databases.rs"]
mod databases;
mod world;

mod brute_force;
mod codes;
mod identity;
mod inbox;
mod limits;
mod managers;
mod personal;
mod resold;
mod schema;
mod sessions;
