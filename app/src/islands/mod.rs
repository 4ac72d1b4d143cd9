//! The only code that costs the phone WASM. No props and no serde: an island reads the `data-*`
//! attributes of the server's rows (a prop would bring a JSON parser of 21 kB).

mod nearby;

pub use nearby::NearbyIsland;
