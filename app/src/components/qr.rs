//! A QR code (GB/T 18284), drawn as one path: dark on white in every theme, because cameras want it so.

use leptos::prelude::*;
use std::fmt::Write as _;

/// Empty squares around it, at least four (GB/T 18284, 7.3.7).
const QUIET: usize = 4;

/// Rows of squares; true is dark.
#[component]
pub fn Qr(
    /// The rows.
    squares: Vec<Vec<bool>>,
    /// What it is, for who cannot see it.
    label: &'static str,
) -> impl IntoView {
    let size = squares.len() + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in squares.into_iter().enumerate() {
        let mut x = 0;
        while x < row.len() {
            let length = row[x..].iter().take_while(|dark| **dark).count();
            if length > 0 {
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length.max(1);
        }
    }
    view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
}
