//! 电子会员证, on both databases.

mod codes;
#[path = "../stations/databases.rs"]
mod databases;
mod lists;
mod trial;
mod vectors;
mod world;
