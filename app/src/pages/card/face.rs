//! The plate that a card is, whole or masked.

use crate::{
    components::{Icon, Qr},
    text::card::date,
};
use domain::{membership::card::Verdict, ports::CardCode, time::Millis};
use leptos::prelude::*;

/// What the QR code is, for who cannot see it.
pub const QR_LABEL: &str = "会员证二维码";

/// The head of the plate.
pub fn head(state: &'static str) -> AnyView {
    view! { <p class="plate-head"><b>"电子会员证"</b><span>{state}</span></p> }.into_any()
}

/// Name and organisation.
pub fn who(name: &str, organisation: &str) -> AnyView {
    view! {
        <h2 class="plate-name">{name.to_owned()}</h2>
        <p class="plate-of">{organisation.to_owned()}</p>
    }
    .into_any()
}

/// Facts below the code: label and value.
pub fn facts(occupation: Option<&str>, valid_until: Millis) -> AnyView {
    view! {
        <dl class="plate-facts">
            {occupation.filter(|word| !word.is_empty()).map(|word| view! { <div><dt>"职业"</dt><dd>{word.to_owned()}</dd></div> })}
            <div><dt>"有效期至"</dt><dd>{date(valid_until)}</dd></div>
        </dl>
    }
    .into_any()
}

/// The code, light at night too: a camera wants it so.
pub fn code(code: &CardCode) -> AnyView {
    let squares = code.squares.clone();
    view! { <Qr squares=&squares label=QR_LABEL/> }.into_any()
}

/// How the sign of a verdict looks: its class and its shape.
const fn look(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Valid => ("verdict good", "check"),
        Verdict::AskHolder => ("verdict doubt", "unknown"),
        _ => ("verdict bad", "close"),
    }
}

/// The sign of a verdict; `first`: it is what the page is about.
pub fn sign(verdict: Verdict, first: bool) -> AnyView {
    let (class, icon) = look(verdict);
    let word = verdict.word();
    view! {
        <section class=class role=first.then_some("status")>
            <Icon name=icon/>
            {if first { view! { <h1>{word}</h1> }.into_any() } else { view! { <h2>{word}</h2> }.into_any() }}
            <p>{verdict.sentence()}</p>
        </section>
    }
    .into_any()
}
