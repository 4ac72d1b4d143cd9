//! A plot of months, drawn by the server: bars beside each other. It is told in words to whoever does not see it, and the
//! numbers stand in a table beside it.

use leptos::prelude::*;

/// Of the drawing, in its own units.
const WIDTH: u64 = 360;
const HEIGHT: u64 = 150;
/// For the numbers of the scale on the left, and the months below.
const LEFT: u64 = 40;
const BOTTOM: u64 = 24;
const TOP: u64 = 14;

/// What the bars of one colour stand for, and their numbers.
#[derive(Clone)]
pub struct Series {
    /// In a word.
    pub name: &'static str,
    /// For each month.
    pub values: Vec<u64>,
}

/// A round number not below the largest, of which half is round too.
fn scale(largest: u64) -> u64 {
    let mut power = 1;
    loop {
        if let Some(top) = [10, 20, 30, 40, 50, 60, 80].into_iter().map(|step| step * power).find(|top| *top >= largest)
        {
            return top;
        }
        power *= 10;
    }
}

/// Bars of months.
#[component]
pub fn Plot(
    /// Unique on the page.
    id: &'static str,
    /// What is shown.
    title: &'static str,
    /// The same in a sentence or two.
    told: String,
    /// Below each month.
    months: Vec<String>,
    /// One or two.
    series: Vec<Series>,
) -> impl IntoView {
    let top = scale(series.iter().flat_map(|one| one.values.iter().copied()).max().unwrap_or(0));
    let inner = HEIGHT - TOP - BOTTOM;
    let count = u64::try_from(months.len()).unwrap_or(1).max(1);
    let (kinds, slot) = (u64::try_from(series.len()).unwrap_or(1).max(1), (WIDTH - LEFT) / count);
    let width = (slot * 7 / 10 / kinds).clamp(2, 28);
    let base = HEIGHT - BOTTOM;
    let y = |value: u64| base - value * inner / top;
    let bars = series
        .iter()
        .zip(0_u64..)
        .flat_map(|(one, kind)| one.values.iter().zip(0_u64..).map(move |(value, at)| (*value, kind, at)))
        .map(|(value, kind, at)| {
            let x = LEFT + at * slot + (slot - width * kinds) / 2 + kind * width;
            // Fewer than five is a line on the floor: not nothing, and not told.
            let (high, class) = if value == 0 { (2, format!("few k{kind}")) } else { (base - y(value), format!("k{kind}")) };
            view! { <rect class=class x=x.to_string() y=(base - high).to_string() width=(width - 1).to_string() height=high.to_string()/> }
        })
        .collect_view();
    let lines = [0, top / 2, top]
        .into_iter()
        .map(|value| {
            let at = y(value).to_string();
            view! {
                <line x1=LEFT.to_string() x2=WIDTH.to_string() y1=at.clone() y2=at/>
                <text class="num" x=(LEFT - 6).to_string() y=(y(value) + 4).to_string()>{value.to_string()}</text>
            }
        })
        .collect_view();
    // Twelve months fit side by side as numbers.
    let words = months
        .into_iter()
        .zip(0_u64..)
        .map(|(word, at)| {
            view! { <text class="month" x=(LEFT + at * slot + slot / 2).to_string() y=(HEIGHT - 6).to_string()>{word}</text> }
        })
        .collect_view();
    let legend = (series.len() > 1).then(|| {
        let name = |(at, one): (usize, Series)| view! { <li class=format!("k{at}")>{one.name}</li> };
        view! { <ul class="legend">{series.into_iter().enumerate().map(name).collect_view()}</ul> }
    });
    let class = if kinds > 1 { "plot" } else { "plot one" };
    let (title_id, told_id) = (format!("{id}-title"), format!("{id}-told"));
    let labels = format!("{title_id} {told_id}");
    view! {
        <figure class=class>
            <figcaption>{title}</figcaption>
            {legend}
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby=labels>
                <title id=title_id>{title}</title>
                <desc id=told_id>{told}</desc>
                <g class="lines">{lines}</g>
                <g class="bars">{bars}</g>
                <g>{words}</g>
            </svg>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_in_a_round_number_not_below_the_largest() {
        let found: Vec<u64> = [0, 5, 10, 11, 25, 55, 85, 130, 999, 1_001, 13_430].into_iter().map(scale).collect();
        assert_eq!(found, [10, 10, 10, 20, 30, 60, 100, 200, 1_000, 2_000, 20_000]);
    }
}
