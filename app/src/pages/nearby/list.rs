//! The two lists: those that meet every wish, and those that do not say.

use super::address;
use crate::{
    ask::When,
    components::{Icon, StationRow},
    text::distance,
};
use domain::{
    geo::{Cell, Point},
    ports::{Found, LIST_RADIUS_M, LIST_ROWS, NearbyAnswer},
    station::{OpenState, Wanted, Wish},
};
use leptos::prelude::*;

/// Without any candidate of the other list, at least so many rows are kept for it.
const UNSAID_ROWS: usize = 5;

/// How many rows of each list the page itself carries: [`LIST_ROWS`] in all.
fn shares(yes: usize, unsaid: usize) -> (usize, usize) {
    let yes = yes.min(LIST_ROWS - unsaid.min(UNSAID_ROWS));
    (yes, unsaid.min(LIST_ROWS - yes))
}

fn rows(found: Vec<Found>, centre: Point, when: &When, hidden: bool) -> impl IntoView + use<> {
    found.into_iter().map(|found| view! { <StationRow found from=centre when=when.clone() hidden/> }).collect_view()
}

/// What nobody within reach is, as the end of a sentence: `登记热水的站点`, `现在开门、登记淋浴的司机之家`.
fn asked_for(wanted: &Wanted) -> String {
    let (mut doors, mut kinds, mut amenities) = (Vec::new(), Vec::new(), Vec::new());
    for wish in wanted.wishes() {
        match wish {
            Wish::OpenNow | Wish::Everyone => doors.push(wish.word().to_owned()),
            Wish::AllDay => doors.push("24 小时开门".to_owned()),
            Wish::Kind(kind) => kinds.push(kind.word()),
            Wish::Amenity(amenity) => amenities.push(amenity.word()),
        }
    }
    if !amenities.is_empty() {
        doors.push(format!("登记{}", amenities.join("、")));
    }
    let of = if doors.is_empty() { "" } else { "的" };
    let kinds = if kinds.is_empty() { "站点".to_owned() } else { kinds.join("或") };
    format!("{}{of}{kinds}", doors.join("、"))
}

/// Both lists as the page carries them.
pub fn lists(answer: NearbyAnswer, cell: Cell, wanted: Wanted, when: &When) -> impl IntoView + use<> {
    let NearbyAnswer { yes, unsaid, relaxed } = answer;
    let centre = cell.centre();
    let (yes_count, unsaid_count) = (yes.candidates.len(), unsaid.candidates.len());
    let (yes_rows, unsaid_rows) = shares(yes_count, unsaid_count);
    let asked = asked_for(&wanted);
    let unsaid_words = wanted.wishes().map(Wish::word).collect::<Vec<_>>().join("、");
    let rest =
        (yes_count > yes_rows || unsaid_count > unsaid_rows).then(|| address::path("/nearby/rest", cell, &wanted));
    let head = heading(yes_rows, yes_count, &asked, &wanted);
    let advice = (yes_count == 0).then(|| advice(yes.nearest_m, &relaxed, cell, &wanted));
    let all_unknown = yes_count > 0
        && yes
            .candidates
            .iter()
            .take(yes_rows)
            .all(|found| matches!(when.state(&found.station), OpenState::Unknown { .. }));
    let yes_shown: Vec<_> = yes.candidates.into_iter().take(yes_rows).collect();
    let unsaid_shown: Vec<_> = unsaid.candidates.into_iter().take(unsaid_rows).collect();
    view! {
        {head}
        {advice}
        {all_unknown.then(|| view! { <p class="meta small">"这些站点都没有登记开门时间。"</p> })}
        <ol class="rows yes" id="yes" data-cell=cell.to_string() data-rest=rest data-now=when.now.to_string()>{rows(yes_shown, centre, when, false)}</ol>
        {(unsaid_rows > 0).then(|| view! {
            <h2 class="divide">"没有写明（去之前打电话）"<small>{format!("这些没写明：{unsaid_words}")}</small></h2>
            <ol class="rows" id="unsaid">{rows(unsaid_shown, centre, when, false)}</ol>
        })}
    }
}

/// The rows that the page did not carry, for the phone to rank by its own position.
pub fn rest_lists(answer: NearbyAnswer, cell: Cell, when: &When) -> impl IntoView + use<> {
    let (yes, unsaid) = shares(answer.yes.candidates.len(), answer.unsaid.candidates.len());
    let centre = cell.centre();
    let yes: Vec<_> = answer.yes.candidates.into_iter().skip(yes).collect();
    let unsaid: Vec<_> = answer.unsaid.candidates.into_iter().skip(unsaid).collect();
    view! { <ol>{rows(yes, centre, when, true)}</ol><ol>{rows(unsaid, centre, when, true)}</ol> }
}

fn heading(shown: usize, within: usize, asked: &str, wanted: &Wanted) -> impl IntoView + use<> {
    match (shown, within) {
        (0, _) if wanted.is_empty() => view! { <h2 class="none" id="count">"20 公里内没有登记的站点"</h2> }.into_any(),
        (0, _) => view! { <h2 class="none" id="count">{format!("20 公里内没有{asked}")}</h2> }.into_any(),
        (1, 1) => view! { <h2 class="sub" id="count">"20 公里内 1 个（直线距离）"</h2> }.into_any(),
        (shown, within) if shown == within => {
            view! { <h2 class="sub" id="count">{format!("20 公里内 {shown} 个，近的在前（直线距离）")}</h2> }.into_any()
        }
        (shown, _) => {
            view! { <h2 class="sub" id="count">{format!("最近的 {shown} 个，近的在前（直线距离）")}</h2> }.into_any()
        }
    }
}

/// When the first list is empty: how far the next one is, and which chip to drop.
fn advice(
    nearest_m: Option<f64>,
    relaxed: &[domain::ports::Relaxed],
    cell: Cell,
    wanted: &Wanted,
) -> impl IntoView + use<> {
    let next = nearest_m.map(|metres| {
        let (number, unit) = distance::words(metres);
        view! { <p>{format!("最近的在约 {number} {unit}外（直线）。")}</p> }
    });
    let drop: Vec<_> = relaxed
        .iter()
        .filter(|relaxed| relaxed.nearest_m <= LIST_RADIUS_M)
        .take(2)
        .map(|relaxed| {
            let (number, unit) = distance::words(relaxed.nearest_m);
            let href = address::nearby_path(cell, &wanted.toggled(relaxed.wish));
            view! {
                <li><a href=href>{format!("去掉“{}”", relaxed.wish.word())}<span class="end">{format!("最近约 {number} {unit}")}</span><Icon name="next"/></a></li>
            }
        })
        .collect();
    let drop = (!drop.is_empty()).then(|| view! { <h2>"少选一样，近处就有"</h2><ul class="list">{drop}</ul> });
    // No single wish stands in the way: then all of them do together.
    let all = (drop.is_none() && !wanted.is_empty()).then(|| {
        let href = address::nearby_path(cell, &Wanted::default());
        view! { <ul class="list"><li><a href=href>"全部去掉，看附近有什么"<Icon name="next"/></a></li></ul> }
    });
    view! { {next}{drop}{all} }
}

#[cfg(test)]
mod tests {
    use super::{asked_for, shares};
    use domain::station::Wanted;

    #[test]
    fn what_is_missing_is_said_as_a_person_would() {
        for (want, words) in [
            ("hot_water", "登记热水的站点"),
            ("open", "现在开门的站点"),
            ("driver_home", "司机之家"),
            (
                "open,24h,shower,laundry,driver_home,service_area",
                "现在开门、24 小时开门、登记淋浴、洗衣的司机之家或高速服务区",
            ),
        ] {
            assert_eq!(asked_for(&Wanted::parse(want).expect("known words")), words);
        }
    }

    #[test]
    fn a_page_carries_twenty_rows_and_never_hides_the_second_list() {
        for (yes, unsaid, shown) in [
            (0, 0, (0, 0)),
            (3, 0, (3, 0)),
            (80, 0, (20, 0)),
            (80, 2, (18, 2)),
            (80, 40, (15, 5)),
            (4, 40, (4, 16)),
            (0, 40, (0, 20)),
        ] {
            assert_eq!(shares(yes, unsaid), shown);
        }
    }
}
