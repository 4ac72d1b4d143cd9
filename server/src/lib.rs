//! The program: serves the pages and the public API, imports, migrates.

#![forbid(unsafe_code)]

pub mod calendar;
pub mod commands;
pub mod config;
pub mod finder;
pub mod http;
pub mod keyd;
pub mod ops;
pub mod organisations;
pub mod outside;
pub mod regions;
pub mod roads;
pub mod services;
pub mod store;
pub mod vault;
