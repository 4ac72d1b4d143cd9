//! What was typed when a session had ended: carried through the sign-in in a sealed cookie, put back into the fields
//! once, and gone.
//!
//! The browser that typed it keeps it, for half an hour, where no script reads it and where it says nothing without
//! the key of the installation ([`crate::vault::CarriedKey`]); the page, whose
//! session it was and the end of the half hour are sealed with it: somebody else who signs in on the phone sees nothing.
//! Only for forms that ask for it ([`app::form::Form::CARRIED`]).

use super::AppState;
use app::{
    ask::{Ask, CARRIED_AT_MOST, CARRIED_CUT, Fields},
    page::Answer,
    pages::refused::page_of,
};
use domain::time::Millis;

/// How long a sign-in may take, in seconds.
const SECONDS: i64 = 1_800;

/// Until when, of which page, of whom where somebody had been signed in, and the names and values.
type Carried = (Millis, String, Option<String>, Vec<(String, String)>);

/// Whether somebody is asked to sign in.
pub(super) fn is_to_sign_in(answer: &Answer) -> bool {
    matches!(answer, Answer::Redirect { to, .. } if to == "/sign-in" || to.starts_with("/sign-in?"))
}

/// The cookie that remembers who is signed in, where it does not say so already.
pub(super) fn whose(state: &AppState, ask: &Ask) -> Option<String> {
    let mark = state.carrying.mark(ask.actor.subject()?);
    (ask.credentials.whose.as_deref() != Some(&mark)).then(|| ask.credentials.whose_cookie(&mark))
}

/// The fields sealed, the longest of them shortened until a cookie holds them: then they say so.
fn sealed(state: &AppState, ask: &Ask, fields: &Fields) -> Option<String> {
    let mut pairs = fields.pairs().to_vec();
    loop {
        let carried: Carried =
            (ask.now + SECONDS * 1000, page_of(&ask.path), ask.credentials.whose.clone(), pairs.clone());
        let value = state.carrying.seal(&serde_json::to_string(&carried).ok()?);
        if value.len() <= CARRIED_AT_MOST {
            return Some(value);
        }
        // A byte takes four thirds in a cookie; a letter at least is taken away each time.
        let over = (value.len() - CARRIED_AT_MOST) * 3 / 4;
        let (_, longest) = pairs.iter_mut().max_by_key(|(_, value)| value.len())?;
        let keep = longest.len().checked_sub(over.max(1))?;
        let end = (0..=keep).rev().find(|at| longest.is_char_boundary(*at))?;
        longest.truncate(end);
        if pairs.iter().all(|(name, _)| name != CARRIED_CUT) {
            pairs.push((CARRIED_CUT.to_owned(), "yes".to_owned()));
        }
    }
}

/// Gives the fields of a form along where the answer is to sign in.
pub(super) fn keep(state: &AppState, ask: &Ask, fields: &Fields, answer: &mut Answer) {
    if !is_to_sign_in(answer) {
        return;
    }
    let Answer::Redirect { cookies, .. } = answer else { return };
    // Somebody was signed in, and nobody knows who: it could be given back to anybody.
    if ask.credentials.session.is_some() && ask.credentials.whose.is_none() {
        return;
    }
    if let Some(value) = sealed(state, ask, fields) {
        cookies.push(ask.credentials.carried_cookie(&value, SECONDS));
    }
}

/// Puts back what was typed on this page. The second value says whether there was anything: it is spent then.
pub(super) fn open(state: &AppState, mut ask: Ask) -> (Ask, bool) {
    let Some(sealed) = ask.credentials.carried.as_deref() else { return (ask, false) };
    let Some((until, page, whose, pairs)) = opened(state, sealed) else { return (ask, true) };
    if until <= ask.now {
        return (ask, true);
    }
    if let (Some(whose), Some(subject)) = (whose, ask.actor.subject())
        && whose != state.carrying.mark(subject)
    {
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
