//! Stations in and out of the database, on both engines: store, import, 示范 pack.

mod any_bytes;
mod calendar;
mod databases;
mod demo;
mod geojson;
mod import;
mod loads;
mod real_files;
mod reports;
mod roads;
mod store;
