//! A field of a form: label, hint, the typed text, and what is wrong with it, in that order.

use leptos::prelude::*;

/// A text as the content of a `<textarea>`. Leptos (tachys 0.2) writes the children of that element as they
/// are, so that `</textarea>` in what was typed would end it and the rest become part of the page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One field. What was typed is never lost; what is wrong stands at the field, and is read with it.
#[component]
pub fn Field(
    /// Name and id.
    id: &'static str,
    /// What it asks.
    label: &'static str,
    /// An example or a limit.
    #[prop(into)]
    hint: String,
    /// What was typed.
    #[prop(into)]
    value: String,
    /// What is wrong and what to do.
    wrong: Option<String>,
    /// Several lines.
    #[prop(optional)]
    long: bool,
    /// `type` of the input: `tel` brings the keys for a number.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys the phone shows.
    #[prop(optional)]
    keys: Option<&'static str>,
    /// What the phone may fill in (HTML, autofill detail tokens). Chromium keeps on its disk whatever else than
    /// `off` was typed, a name or a number too: only a code that is of no use any more may say what it is.
    #[prop(default = "off")]
    fill: &'static str,
    /// One short thing, typed in big letters.
    #[prop(optional)]
    big: bool,
) -> impl IntoView {
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let described = if wrong.is_some() { format!("{hint_id} {wrong_id}") } else { hint_id.clone() };
    let invalid = wrong.is_some().then_some("true");
    let input = if long {
        view! { <textarea id=id name=id rows="4" aria-describedby=described aria-invalid=invalid>{escaped(&value)}</textarea> }
            .into_any()
    } else {
        let class = big.then_some("big");
        view! { <input type=kind class=class inputmode=keys id=id name=id value=value aria-describedby=described aria-invalid=invalid autocomplete=fill/> }.into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <p class="small muted" id=hint_id>{hint}</p>
            {wrong.map(|wrong| view! { <p class="wrong" id=wrong_id>{wrong}</p> })}
            {input}
        </div>
    }
}
