//! The screens of 会站家: pages rendered on the server, and the islands that a phone runs on top.

#![forbid(unsafe_code)]
// A page is one type, a level for each element: the default of 128 is less than a desk has.
#![recursion_limit = "256"]
#![cfg_attr(feature = "ssr", expect(clippy::must_use_candidate, reason = "a component returns a view"))]

pub mod islands;
pub mod text;

#[cfg(feature = "ssr")]
pub mod ask;
#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(feature = "ssr")]
mod components;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod shell;

/// Called once by `start.js`; each island is started by its own export.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {}
