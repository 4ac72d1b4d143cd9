//! A QR code (GB/T 18284), drawn as one path: dark on white in every theme, because cameras want it so.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Empty squares around it, at least four (GB/T 18284, 7.3.7).
const QUIET: usize = 4;

/// The rows of squares of a text, true is dark; none where it is too long for a code.
pub fn squares(text: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Vec::new() };
    let dark = |colour: &Color| *colour == Color::Dark;
    code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect()
}

/// The dark squares as the data of a path, one unit each, the quiet zone left free.
pub fn path(squares: &[Vec<bool>]) -> String {
    let mut path = String::new();
    for (y, row) in squares.iter().enumerate() {
        let mut x = 0;
        while x < row.len() {
            let length = row[x..].iter().take_while(|dark| **dark).count();
            if length > 0 {
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length.max(1);
        }
    }
    path
}

/// Rows of squares; true is dark.
#[component]
pub fn Qr<'a>(
    /// The rows.
    squares: &'a [Vec<bool>],
    /// What it is, for who cannot see it.
    label: &'static str,
) -> impl IntoView {
    let size = squares.len() + 2 * QUIET;
    let path = path(squares);
    view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label shape-rendering="crispEdges">
            <rect width=size height=size fill="#fff"></rect>
            <path d=path fill="#000"></path>
        </svg>
    }
}
