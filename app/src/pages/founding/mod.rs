//! 我们想建工会 and 阻挠入会, as workers use them.

mod link;
mod new;
mod obstruction;
pub(super) mod place;
mod start;

pub use link::{JoinUnion, LeaveUnion, WriteUnion, page as link};
pub(super) use link::{letter, outcome};
pub use new::{StartUnion, page as new};
pub use obstruction::{ReportObstruction, list as obstructions, new as report, one as obstruction};
pub(super) use obstruction::{done, row as obstruction_row, standing as obstruction_standing};
pub use start::{mine, page as start};
pub(super) use start::{row, standing};

use domain::time::Millis;
use leptos::prelude::*;

use crate::text::account::past;

/// The way so far: when and what.
pub(super) fn way(history: &[(Millis, String)], now: Millis) -> AnyView {
    if history.is_empty() {
        return ().into_any();
    }
    let step = |(at, sentence): &(Millis, String)| {
        view! { <li><p><span>{sentence.clone()}<small>{past(*at, now)}</small></span></p></li> }
    };
    view! { <h2>"办到哪了"</h2><ol class="list">{history.iter().map(step).collect_view()}</ol> }.into_any()
}

/// How many, as it may be said.
pub(super) fn about(count: Option<u32>) -> String {
    count.map_or_else(|| "不到 5 人".to_owned(), |count| format!("{count} 人以上"))
}

/// Lines of words as they were written.
pub(super) fn lines(words: &str) -> AnyView {
    words.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}
