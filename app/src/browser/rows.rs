//! The server's rows, re-ranked by where the phone is.

use crate::text::{arrival, distance};
use domain::geo::{Compass, Point, bearing_deg, distance_m};
use web_sys::{Document, Element};

/// How many rows of each list a person sees, and how far they reach. The same as the server's.
const LIST_ROWS: usize = 20;
const LIST_RADIUS_M: f64 = 20_000.0;

fn coordinate(row: &Element, name: &str) -> Option<i32> {
    row.get_attribute(name)?.parse().ok()
}

/// Ranks the rows of a list by distance from `here`, writes the distances, shows the nearest.
/// `waited` are the minutes since the server told of the doors, where they are known.
/// Returns how many are shown, of how many within reach, and how far the nearest of all is.
pub fn rank(
    document: &Document,
    list: &str,
    here: Point,
    approximate: bool,
    waited: Option<u32>,
) -> (usize, usize, Option<f64>) {
    let Some(list) = document.get_element_by_id(list) else { return (0, 0, None) };
    let mut rows = Vec::new();
    let children = list.children();
    for at in 0..children.length() {
        let Some(row) = children.item(at) else { continue };
        let point = coordinate(&row, "data-y").zip(coordinate(&row, "data-x")).and_then(|(y, x)| Point::from_e7(y, x));
        if let Some(point) = point {
            rows.push((distance_m(here, point), at, point, row));
        }
    }
    rows.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let within = rows.iter().filter(|(metres, ..)| *metres <= LIST_RADIUS_M).count();
    let nearest = rows.first().map(|(metres, ..)| *metres);
    for (rank, (metres, _, point, row)) in rows.iter().enumerate() {
        let visible = rank < LIST_ROWS && *metres <= LIST_RADIUS_M;
        if visible {
            write_far(row, *metres, bearing_deg(here, *point), approximate);
            write_arrival(row, *metres, waited);
            drop(row.remove_attribute("hidden"));
        } else {
            drop(row.set_attribute("hidden", ""));
        }
        // Moves the row; links and handlers stay.
        drop(list.append_child(row));
    }
    (within.min(LIST_ROWS), within, nearest)
}

/// Writes distance and direction into a row's `.far`.
pub fn write_far(row: &Element, metres: f64, bearing: f64, approximate: bool) {
    let (number, unit) = distance::words(metres);
    let find = |selector: &str| row.query_selector(selector).ok().flatten();
    if let Some(about) = find(".far small") {
        about.set_text_content(Some(if approximate { "约" } else { "" }));
    }
    if let Some(number_place) = find(".far b") {
        number_place.set_text_content(Some(&number));
        if let Some(unit_place) = number_place.next_sibling() {
            unit_place.set_text_content(Some(unit));
        }
    }
    if let Some(arrow) = find(".far path") {
        #[expect(clippy::cast_possible_truncation, reason = "a bearing is 0..360")]
        let turn = ((bearing / 15.0 + 0.5) as i32 * 15 % 360).to_string();
        drop(arrow.set_attribute("transform", &["rotate(", &turn, " 12 12)"].concat()));
    }
    if let Some(word) = find(".far span").and_then(|span| span.last_child()) {
        word.set_text_content(Some(&[" ", Compass::of(bearing).word()].concat()));
    }
}

/// Writes what one finds at the door. Without a clock to trust nobody can say.
fn write_arrival(row: &Element, metres: f64, waited: Option<u32>) {
    let Ok(Some(place)) = row.query_selector(".arrive") else { return };
    let door = row.get_attribute("data-d").filter(|_| waited.is_some());
    let door = arrival::door(&door.unwrap_or_default());
    place.set_text_content(Some(&arrival::sentence(metres, door, waited.unwrap_or(0))));
}

/// Adds the rows of the second reply to both lists, hidden until they are ranked.
pub fn add(document: &Document, html: &str) {
    let Ok(holder) = document.create_element("div") else { return };
    holder.set_inner_html(html);
    let lists = holder.children();
    for (at, id) in ["yes", "unsaid"].iter().enumerate() {
        let from = u32::try_from(at).ok().and_then(|at| lists.item(at));
        let (Some(from), Some(to)) = (from, document.get_element_by_id(id)) else { continue };
        while let Some(row) = from.first_element_child() {
            drop(to.append_child(&row));
        }
    }
}
