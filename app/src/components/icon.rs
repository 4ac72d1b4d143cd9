//! The drawn set: 24 px, 2 px stroke, always beside a word.

use leptos::prelude::*;

/// The path data of an icon; nothing for a name that was not drawn.
const fn drawing(name: &str) -> &'static str {
    // `match` on strings is not const; bytes are.
    match name.as_bytes() {
        b"nearby" => {
            r#"<path d="M12 21.5c-4.5-4.4-7-8-7-11.4a7 7 0 0 1 14 0c0 3.4-2.5 7-7 11.4z"/><circle cx="12" cy="10" r="2.5"/>"#
        }
        b"join" => {
            r#"<circle cx="10" cy="8" r="4"/><path d="M3 21c0-4 3-7 7-7 1.5 0 2.8.4 4 1.1M18 14v7M14.5 17.5h7"/>"#
        }
        b"rights" => r#"<path d="M12 3v18M7 21h10M5 6.5h14M5 6.5 2 14h6zM19 6.5 16 14h6z"/>"#,
        b"cover" => {
            r#"<path d="M12 2.5 4 5.5v6c0 5 3.3 8.3 8 10 4.7-1.7 8-5 8-10v-6z"/><path d="m8.5 12 2.5 2.5 4.5-5"/>"#
        }
        b"me" => r#"<circle cx="12" cy="8" r="4.5"/><path d="M3.5 21.5c0-4.5 3.5-7 8.5-7s8.5 2.5 8.5 7"/>"#,
        b"locate" => {
            r#"<circle cx="12" cy="12" r="7"/><circle cx="12" cy="12" r="2"/><path d="M12 1.5V5M12 19v3.5M1.5 12H5M19 12h3.5"/>"#
        }
        b"search" => r#"<circle cx="10.5" cy="10.5" r="7"/><path d="m21 21-5.5-5.5"/>"#,
        b"phone" => {
            r#"<path d="M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"/>"#
        }
        b"copy" => {
            r#"<rect x="8" y="8" width="13" height="13" rx="2"/><path d="M16 8V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v9a2 2 0 0 0 2 2h3"/>"#
        }
        b"share" => r#"<path d="M12 15V3M7 7.5 12 2.5l5 5M5 12v7a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-7"/>"#,
        b"navigate" => r#"<path d="M21 3 3 10.5l7.5 3L13.5 21z"/>"#,
        b"map" => r#"<path d="M9 4 3 6.5v13.5l6-2.5 6 2.5 6-2.5V4l-6 2.5zM9 4v13.5M15 6.5V20"/>"#,
        b"list" => r#"<path d="M8 6h13M8 12h13M8 18h13M3.5 6h.01M3.5 12h.01M3.5 18h.01"/>"#,
        b"back" => r#"<path d="m15 4-8 8 8 8"/>"#,
        b"next" => r#"<path d="m9 4 8 8-8 8"/>"#,
        b"warning" => r#"<path d="M12 3 1.5 21h21zM12 10v5M12 18h.01"/>"#,
        b"offline" => {
            r#"<path d="M2 8.5a15 15 0 0 1 6-3.3M22 8.5a15 15 0 0 0-9.5-4M5.5 12.5a10 10 0 0 1 4-2.3M18.5 12.5a10 10 0 0 0-2.5-1.7M9 16.5a5 5 0 0 1 6 0M12 20h.01M3 2l18 20"/>"#
        }
        b"check" => r#"<path d="m4 12.5 5.5 5.5L20 6.5"/>"#,
        b"swap" => r#"<path d="M4 8h15l-4-4M20 16H5l4 4"/>"#,
        _ => "",
    }
}

/// An icon by name.
#[component]
pub fn Icon(
    /// Its name in the set.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="i" viewBox="0 0 24 24" aria-hidden="true" inner_html=drawing(name)></svg> }
}

/// An arrow towards a bearing, in steps of 15°. The turn is an SVG attribute, not a style: the CSP
/// allows no inline styles.
#[component]
pub fn Turned(
    /// Degrees from north.
    bearing: f64,
) -> impl IntoView {
    let turn = format!("rotate({:.0} 12 12)", (bearing / 15.0).round() * 15.0 % 360.0);
    view! { <svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path transform=turn d="M12 21V4M5 11l7-7 7 7"></path></svg> }
}
