//! Pieces that several desks share.

use crate::{
    ask::{Ask, Fields},
    components::{Icon, Note},
    text::account::past,
};
use domain::{
    ports::{Holder, NotDone},
    time::Millis,
};
use leptos::prelude::*;

/// The way back to a page of the desks.
pub fn back(to: impl Into<String>, word: &'static str) -> AnyView {
    view! { <a class="back" href=to.into()><Icon name="back"/>{word}</a> }.into_any()
}

/// The way back to the first page of the desks.
pub fn to_desk() -> AnyView {
    back("/desk", "工作台").into_any()
}

/// A part of the address.
pub fn part<'a>(ask: &'a Ask, name: &str) -> &'a str {
    ask.parts.get(name).unwrap_or_default()
}

/// A field as it was typed, without what nobody can see.
pub fn typed(fields: &Fields, name: &str) -> String {
    let seen = |letter: &char| *letter == '\n' || !letter.is_control();
    fields.get(name).unwrap_or_default().chars().filter(seen).collect::<String>().trim().to_owned()
}

/// The sentence at a field.
pub fn wrong(not: &NotDone, field: &str) -> Option<String> {
    not.wrong.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.clone())
}

/// What stands above a form that was not taken.
pub fn summary(not: &NotDone) -> AnyView {
    let strong = wrong(not, "")
        .or_else(|| (!not.wrong.is_empty()).then(|| format!("有 {} 处要改，写的字都还在。", not.wrong.len())));
    strong.map(|strong| view! { <Note strong/> }).into_any()
}

/// Somebody with a role: masked, with a link to where the role is taken back.
pub fn holder(holder: &Holder, now: Millis) -> AnyView {
    let who = match (&holder.name, &holder.mobile) {
        (Some(name), Some(mobile)) => format!("{name} {mobile}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "没有登记姓名和手机号".to_owned(),
    };
    let own = holder.is_self.then_some("（你自己）");
    let since = past(holder.since, now);
    view! {
        <li><a href=format!("/desk/grants/{}", holder.grant)>
            <span>{holder.role.word()}{own}<small>{who}" · "{since}"起"</small></span><Icon name="next"/>
        </a></li>
    }
    .into_any()
}
