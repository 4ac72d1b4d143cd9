//! What was typed when a session had ended: carried through the sign-in in a sealed cookie, put back into the fields
//! once, and gone.
//!
//! The browser that typed it keeps it, for half an hour, where no script reads it and where it says nothing without
//! the key of the installation ([`crate::vault::CarriedKey`]); the page and the end of the half hour are sealed with it.
//! Only for forms that ask for it ([`app::form::Form::CARRIED`]).

use super::AppState;
use app::{
    ask::{Ask, CARRIED_AT_MOST, Fields},
    page::Answer,
    pages::refused::page_of,
};
use domain::time::Millis;

/// How long a sign-in may take, in seconds.
const SECONDS: i64 = 1_800;

/// Until when, of which page, and the names and values.
type Carried = (Millis, String, Vec<(String, String)>);

/// Whether somebody is asked to sign in.
pub(super) fn is_to_sign_in(answer: &Answer) -> bool {
    matches!(answer, Answer::Redirect { to, .. } if to == "/sign-in" || to.starts_with("/sign-in?"))
}

/// Gives the fields of a form along where the answer is to sign in. More than a cookie holds is not carried.
pub(super) fn keep(state: &AppState, ask: &Ask, fields: &Fields, answer: &mut Answer) {
    if !is_to_sign_in(answer) {
        return;
    }
    let Answer::Redirect { cookies, .. } = answer else { return };
    let carried: Carried = (ask.now + SECONDS * 1000, page_of(&ask.path), fields.pairs().to_vec());
    let Ok(text) = serde_json::to_string(&carried) else { return };
    let value = state.carrying.seal(&text);
    if value.len() <= CARRIED_AT_MOST {
        cookies.push(ask.credentials.carried_cookie(&value, SECONDS));
    }
}

/// Puts back what was typed on this page. The second value says whether there was anything: it is spent then.
pub(super) fn open(state: &AppState, mut ask: Ask) -> (Ask, bool) {
    let Some(sealed) = ask.credentials.carried.as_deref() else { return (ask, false) };
    let Some((until, page, pairs)) = opened(state, sealed) else { return (ask, true) };
    if until <= ask.now {
        return (ask, true);
    }
    let is_here = page == ask.path;
    if is_here {
        ask.carried = Some(Fields::new(pairs));
    }
    (ask, is_here)
}

fn opened(state: &AppState, sealed: &str) -> Option<Carried> {
    serde_json::from_str(state.carrying.open(sealed)?.reveal()).ok()
}
