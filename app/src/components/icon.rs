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
        b"truck" => {
            r#"<path d="M2 5h12v12H2zM14 9h4l4 4v4h-8"/><circle cx="6.5" cy="18" r="2"/><circle cx="17.5" cy="18" r="2"/>"#
        }
        b"truck_parking" => {
            r#"<rect x="3" y="3" width="18" height="18" rx="3"/><path d="M9.5 17V7H13a3 3 0 0 1 0 6H9.5"/>"#
        }
        b"hot_water" => {
            r#"<path d="M5 10h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 11h1.5a2.5 2.5 0 0 1 0 5H16M8 3v3M12.5 3v3"/>"#
        }
        b"meal_heating" => r#"<path d="M3 12h18a9 9 0 0 1-6 8H9a9 9 0 0 1-6-8zM8 3v5M12 3v5M16 3v5"/>"#,
        b"shower" => r#"<path d="M4 21V7a4 4 0 0 1 8 0M8 9h8M9 13v1M12 13v1M15 13v1M9 18v1M12 18v1M15 18v1"/>"#,
        b"laundry" => {
            r#"<rect x="4" y="2.5" width="16" height="19" rx="2"/><circle cx="12" cy="13.5" r="4.5"/><path d="M7.5 6h.01M11 6h.01"/>"#
        }
        b"fuel" => {
            r#"<path d="M4 21V4a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v17M2.5 21h13M6.5 7h5v4h-5zM14 12h2a2 2 0 0 1 2 2v3a1.7 1.7 0 0 0 3.4 0V9L18 5.5"/>"#
        }
        b"ev_charging" => r#"<path d="M13 2 5 13h6l-1 9 8-11h-6z"/>"#,
        b"close" => r#"<path d="M5 5l14 14M19 5 5 19"/>"#,
        b"unknown" => r#"<path d="M8.5 8.5a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3v.5M12 18.5h.01"/>"#,
        b"sound" => r#"<path d="M3 9.5v5h4l5 4.5V5L7 9.5zM16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12"/>"#,
        b"swap" => r#"<path d="M4 8h15l-4-4M20 16H5l4 4"/>"#,
        b"bell" => r#"<path d="M6 17v-6a6 6 0 0 1 12 0v6l1.5 2h-15zM10 22h4"/>"#,
        b"card" => {
            r#"<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><circle cx="8.5" cy="10.5" r="2"/><path d="M5.5 16c.5-1.5 1.5-2 3-2s2.5.5 3 2M15 10h3.5M15 14h3.5"/>"#
        }
        b"device" => r#"<rect x="6" y="2" width="12" height="20" rx="3"/><path d="M11 18.5h2"/>"#,
        b"paper" => r#"<path d="M6 2.5h8.5L19 7v14.5H6zM14 3v4.5h4.5M9.5 14l2 2 3.5-4"/>"#,
        b"box" => r#"<path d="M3 7.5 12 3l9 4.5v9L12 21l-9-4.5zM3.5 8l8.5 4 8.5-4M12 12v8.5"/>"#,
        b"desk" => r#"<path d="M3 10h18M5 10v10M19 10v10M8 10V4h8v6M13 10v5h6"/>"#,
        b"lock" => {
            r#"<rect x="4.5" y="10.5" width="15" height="11" rx="2.5"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 15v2.5"/>"#
        }
        b"down" => r#"<path d="M12 3v12M6.5 10.5 12 16l5.5-5.5M4 20.5h16"/>"#,
        b"key" => r#"<circle cx="7.5" cy="16.5" r="4.5"/><path d="M11 13 21 3M16.5 7.5l3.5 3.5"/>"#,
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
