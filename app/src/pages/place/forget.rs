//! 忘记位置.

use crate::{
    ask::{Ask, Fields},
    form::{Form, Later},
    page::Answer,
};
use domain::policy::Action;

/// Takes the cell and the map app out of the phone's cookies, and the position out of its storage.
pub struct Forget;

impl Form for Forget {
    const PATH: &'static str = "/place";
    const ACTION: Action = Action::ChooseDisplay;

    fn submit(ask: Ask, _fields: Fields) -> Later<Answer> {
        let cookies = vec![ask.choice_cookie("cell", None), ask.choice_cookie("map", None)];
        Box::pin(async { Answer::Redirect { to: "/place".into(), cookies, forget: true } })
    }
}
