//! Large text and the colours of the night: kept in cookies of this phone.

use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
};
use domain::policy::Action;

/// How this phone shows things.
pub struct Display;

impl Form for Display {
    const PATH: &'static str = "/me";
    const ACTION: Action = Action::ChooseDisplay;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        // Each switch is a form of its own: what it does not name stays as it is.
        let mut cookies = Vec::new();
        if let Some(text) = fields.get("text") {
            cookies.push(ask.choice_cookie("text", (text == "large").then_some("large")));
        }
        if let Some(theme) = fields.get("theme") {
            cookies.push(ask.choice_cookie("theme", ["light", "dark"].into_iter().find(|known| *known == theme)));
        }
        Box::pin(async { Answer::Redirect { to: "/me".into(), cookies, forget: false } })
    }
}
