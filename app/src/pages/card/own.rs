//! `/me/card`: the own card, with a code that turns over every minute.

use super::{
    face::{code, facts, head, who},
    none::none,
};
use crate::{
    ask::{Ask, Fields},
    components::{Good, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::see,
    text::card::ending,
};
use domain::{
    membership::card::TURNS_EVERY_MS,
    policy::Action,
    ports::{CardCode, MyCard, NotRenewed},
};
use leptos::prelude::*;

/// Without scripts the page itself is asked for again; only this page, and only while it is looked at.
const TURNS: &str = r#"<noscript><meta http-equiv="refresh" content="60"></noscript>"#;

/// The code with its clock: what a script replaces every minute.
fn turning(shown: &CardCode) -> AnyView {
    view! {
        <div id="code" data-turns=TURNS_EVERY_MS.to_string()>
            {code(shown)}
            <p class="plate-turns" id="turns">"每分钟自动换一个码，截图没有用"</p>
        </div>
    }
    .into_any()
}

/// `/me/card`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, false).await
}

async fn show(ask: &Ask, too_many: bool) -> Answer {
    let card = match ask.ports.cards.show(&ask.actor, ask.now).await {
        Ok(card) => card,
        Err(why) => return none(ask, &why),
    };
    let is_new = ask.query.get("done") == Some("new");
    let is_over = card.valid_until <= ask.now;
    Page::new("我的会员证", Some(Tab::Me), move || {
        view! {
            {leptos::tachys::html::InertElement::new(TURNS)}
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <h1 class="aside">"我的会员证"</h1>
            {is_new.then(|| view! { <Good said="换好了。以前的码，截图、打印和存在手机上的，都不能用了。"/> })}
            {too_many.then(|| view! { <Note strong="今天换了好几次了，没有再换。" then="现在这个码是好的，明天可以再换。"/> })}
            {is_over.then(|| view! { <Note strong="会员证过了有效期。" then="会籍还在。请联系你的工会延期，或者打 12351。"/> })}
            {plate(&card)}
            {below()}
        }
        .into_any()
    })
    .script("card.js")
    .status(if too_many { 422 } else { 200 })
    .into()
}

fn plate(card: &MyCard) -> AnyView {
    view! {
        <section class="plate">
            {head(card.state.word())}
            {who(&card.name, &card.organisation)}
            {turning(&card.code)}
            <details class="plate-number">
                <summary><span>"会员编号"</span><b class="number">{ending(&card.number)}</b></summary>
                <p class="number" translate="no">{card.number.clone()}</p>
            </details>
            {facts(card.occupation.as_deref(), card.valid_until)}
        </section>
    }
    .into_any()
}

fn below() -> AnyView {
    view! {
        <p class="note" id="kept-says" role="status" hidden></p>
        <div class="pair" id="kept-do" hidden>
            <a class="btn" href="/card/offline"><Icon name="offline"/>"没网时出示"</a>
            <button class="btn" type="button" id="forget">"不在这部手机上留证"</button>
        </div>
        <ul class="list tall">
            <li><a href="/me/card/print"><Icon name="paper"/><span>"打印一张"<small>"没有智能手机、没有网也能用，30 天内有效"</small></span><Icon name="next"/></a></li>
            <li><a href="/card/check"><Icon name="check"/><span>"核对别人的会员证"<small>"站点和工友都能用"</small></span><Icon name="next"/></a></li>
        </ul>
        <details class="more">
            <summary>"手机丢了，换新码"</summary>
            <p>"换了以后，以前的码全部作废：截图、打印的、存在别的手机上的，都不能再用。会籍不变。"</p>
            <form method="post" action="/me/card/renew"><button class="btn big wide">"换新码"</button></form>
        </details>
    }
    .into_any()
}

/// `/me/card/fresh`: the code of this minute, for the script of the page.
pub async fn fresh(ask: &Ask) -> Answer {
    match ask.ports.cards.show(&ask.actor, ask.now).await {
        Ok(card) => Answer::Piece(Box::new(move || turning(&card.code))),
        Err(why) => none(ask, &why),
    }
}

/// `/me/card/kept`: what the phone keeps for no network.
pub async fn kept(ask: &Ask) -> Answer {
    let kept = match ask.ports.cards.keep(&ask.actor, ask.now).await {
        Ok(kept) => kept,
        Err(why) => return none(ask, &why),
    };
    Answer::Piece(Box::new(move || {
        view! {
            <div
                id="kept"
                data-name=kept.name.clone()
                data-organisation=kept.organisation.clone()
                data-occupation=kept.occupation.clone().unwrap_or_default()
                data-valid=kept.valid_until.to_string()
                data-until=kept.code.until.to_string()
            >
                {code(&kept.code)}
            </div>
        }
        .into_any()
    }))
}

/// 手机丢了，换新码.
pub struct Renew;

impl Form for Renew {
    const PATH: &'static str = "/me/card/renew";
    const ACTION: Action = Action::ShowCard;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.cards.renew(&ask.actor, ask.now).await {
                Ok(()) => see("/me/card?done=new"),
                Err(NotRenewed::TooMany) => show(&ask, true).await,
                Err(NotRenewed::NoCard(why)) => none(&ask, &why),
            }
        })
    }
}
