//! 定位: asks the phone where it is, on a tap only, and ranks the rows by that, on the phone.
//!
//! The position never leaves the phone: what the server is asked for is a cell of 0.01°. Without
//! scripts there is no button, and the rows stay in the order of the cell's centre.

use leptos::prelude::*;

/// The button. Shown by the phone once the island has started.
#[island]
pub fn NearbyIsland() -> impl IntoView {
    // Not in an effect: the button stands in the page already, and a runtime for effects weighs 14 kB.
    #[cfg(target_arch = "wasm32")]
    crate::browser::nearby::start();
    view! {
        <button class="btn main" type="button" id="locate" hidden>
            <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="7"></circle><circle cx="12" cy="12" r="2"></circle><path d="M12 1.5V5M12 19v3.5M1.5 12H5M19 12h3.5"></path></svg>
            <span>"定位，找最近的"</span>
        </button>
    }
}
