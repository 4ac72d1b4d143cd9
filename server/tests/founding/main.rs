//! Asking for a union, reports of obstruction, enterprises and occupations, on both databases and over HTTP.

#[path = "../stations/databases.rs"]
mod databases;
mod lists;
mod obstruction;
mod pages;
mod site;
mod union;
mod world;
