//! The life of a membership: transfers, lapse, expulsion and objection, on both databases.

#[path = "../stations/databases.rs"]
mod databases;
mod desk;
mod end;
mod forget;
mod home;
mod transfer;
mod validity;
mod world;
