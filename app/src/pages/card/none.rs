//! There is no card: why, and what to do.

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::card,
};
use domain::ports::NoCard;
use leptos::prelude::*;

pub fn none(ask: &Ask, why: &NoCard) -> Answer {
    if let NoCard::Refused(why) = why {
        return refused(ask, *why);
    }
    let (title, text, (path, word)) = card::none(why);
    Page::new(title, Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <div class="calm">
                <Icon name="card"/>
                <h1>{title}</h1>
                <p>{text}</p>
            </div>
            <div class="act"><a class="btn main" href=path><Icon name="join"/>{word}</a></div>
        }
        .into_any()
    })
    .into()
}
