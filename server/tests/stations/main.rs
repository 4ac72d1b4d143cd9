//! Stations in and out of the database, on both engines: store, import, 示范 pack.

mod any_bytes;
mod databases;
mod demo;
mod geojson;
mod import;
mod loads;
mod real_files;
mod roads;
mod store;
