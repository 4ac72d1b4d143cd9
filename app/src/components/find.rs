//! The search field for a place or a station's name.

use super::Icon;
use leptos::prelude::*;

/// Works as a plain GET.
#[component]
pub fn Find(
    /// What was typed before.
    #[prop(optional, into)]
    typed: String,
) -> impl IntoView {
    view! {
        <form class="find" role="search" action="/place" method="get">
            <label class="aside" for="q">"找地方或站名"</label>
            <input id="q" name="q" type="search" maxlength="40" placeholder="地名或站名" autocomplete="off" enterkeyhint="search" value=typed/>
            <button class="btn"><Icon name="search"/>"找"</button>
        </form>
    }
}
