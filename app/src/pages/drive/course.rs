//! A road's course as the phone follows it, and how it is known.

use domain::road::{Basis, Line, Road, sketch};
use leptos::prelude::*;
use std::fmt::Write as _;

/// So many points of a line go to the phone: 5,000 km of mountain road within 100 m.
const MOST_POINTS: usize = 1_500;
/// Steps of 1e-7 degree in a step of 1e-5 degree, about a metre.
const STEP: i32 = 100;

/// `lat,lng,metres` in 1e-5 degree, then differences to the point before, each point behind a blank:
/// what `public/scripts/drive/line.js` reads.
pub fn code(line: &Line) -> String {
    let mut text = String::new();
    let (mut lat, mut lng, mut along) = (0, 0, 0);
    for (point, metres) in sketch(line, MOST_POINTS) {
        let next = (rounded(point.lat_e7()), rounded(point.lng_e7()), i64::from(metres));
        let blank = if text.is_empty() { "" } else { " " };
        // Writing to a string cannot fail.
        let _ = write!(text, "{blank}{},{},{}", next.0 - lat, next.1 - lng, next.2 - along);
        (lat, lng, along) = next;
    }
    text
}

fn rounded(e7: i32) -> i32 {
    (e7 + STEP / 2).div_euclid(STEP)
}

/// Farther from the line than this, in metres, nobody is on the road. A chain is drawn straight from
/// area to area, and the road between them is not.
pub const fn reach_m(road: &Road) -> u32 {
    match road.basis {
        Basis::Line => 3_000,
        Basis::Chain => 8_000,
    }
}

/// Where the course is from, and that distances are 约.
pub fn known(road: &Road) -> impl IntoView + use<> {
    let source = road.source.attribution.as_deref().unwrap_or(&road.source.name);
    let from =
        if super::is_demo(road) { "本项目编的示范数据，别照着开".to_owned() } else { source.to_owned() };
    let licence = road.source.licence.as_deref().map(|licence| format!("，许可 {licence}"));
    let how = match road.basis {
        Basis::Line => "线路来自导入的线路文件",
        Basis::Chain => "线路是把服务区连起来推定的，弯路上距离会偏小",
    };
    view! { <p class="meta small">{how}"。来源："{from}{licence}"。距离都是大约的。"</p> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::geo::Point;

    #[test]
    fn a_line_is_told_in_steps_of_a_metre() {
        let at = |lat, lng| Point::from_degrees(lat, lng).expect("on the globe");
        let line = Line::new([at(31.0, 117.0), at(31.1, 117.0), at(31.1, 116.9)]).expect("a line");
        assert_eq!(code(&line), "3100000,11700000,0 10000,0,11120 0,-10000,9521");
    }
}
