//! A note that says what is the matter and what to do.

use super::Icon;
use leptos::prelude::*;

/// A warning in a box.
#[component]
pub fn Note(
    /// The sentence that matters.
    #[prop(into)]
    strong: String,
    /// What to do.
    #[prop(optional, into)]
    then: Option<String>,
) -> impl IntoView {
    view! { <div class="note warn"><Icon name="warning"/><div><b>{strong}</b>{then.map(|then| view! { <p>{then}</p> })}</div></div> }
}

/// What was done just now.
#[component]
pub fn Good(
    /// In a sentence.
    #[prop(into)]
    said: String,
) -> impl IntoView {
    view! { <p class="note" role="status"><Icon name="check"/><span>{said}</span></p> }
}
