//! `/c/{token}`: what any scanner or chat app opens for a code, and what the holder said.

use super::face::sign;
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page},
    pages::refused::refused,
    text::card::date,
};
use domain::{
    membership::card::Verdict,
    policy::Action,
    ports::{Checked, NotCompared},
};
use leptos::prelude::*;

/// The question that a code for no network leaves open.
pub const ASKS: &str = "请持证人说，你来填。不要给他看，也不要提示。";

/// `/c/{token}`.
pub async fn page(ask: &Ask) -> Answer {
    let code = ask.parts.get("token").unwrap_or_default();
    match ask.ports.cards.check(&ask.actor, code, ask.now).await {
        Ok(checked) => shown(checked, String::new(), None),
        Err(why) => refused(ask, why),
    }
}

fn shown(checked: Checked, said: String, wrong: Option<String>) -> Answer {
    let status = if wrong.is_some() { 422 } else { 200 };
    Page::new(checked.verdict.word(), None, move || {
        let asks = checked.verdict == Verdict::AskHolder;
        view! {
            {sign(checked.verdict, true)}
            {(!asks).then(|| card(&checked))}
            {asks.then(|| view! {
                <form class="fields" id="ask" method="post">
                    <Field id="said" label="会员编号后四位" hint=ASKS value=said wrong=wrong big=true/>
                </form>
                {card(&checked)}
                <div class="act"><button class="btn main" form="ask"><Icon name="check"/>"核对"</button></div>
            })}
            {(!asks).then(|| view! {
                <p class="small muted">"姓名只显示一部分，没有身份证号和手机号。站点经常核对的，用“核对会员证”，没有网也行。"</p>
                <div class="act"><a class="btn main" href="/card/check"><Icon name="card"/>"再核对一张"</a></div>
            })}
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// What the code says of its holder.
fn card(checked: &Checked) -> Option<AnyView> {
    let card = checked.card.clone()?;
    Some(
        view! {
            <dl class="pairs card-facts">
                <dt>"姓名"</dt><dd>{card.name}</dd>
                <dt>"工会"</dt><dd>{card.organisation}</dd>
                {(!card.occupation.is_empty()).then(|| view! { <dt>"职业"</dt><dd>{card.occupation}</dd> })}
                <dt>"有效期至"</dt><dd>{date(card.valid_until)}</dd>
            </dl>
        }
        .into_any(),
    )
}

/// What the holder said.
pub struct Compare;

impl Form for Compare {
    const PATH: &'static str = "/c/{token}";
    const ACTION: Action = Action::CheckCard;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = ask.parts.get("token").unwrap_or_default();
            let said = fields.get("said").unwrap_or_default().chars().take(16).collect::<String>();
            let (sender, _) = ask.sender();
            match ask.ports.cards.compare(&ask.actor, code, &said, &sender, ask.now).await {
                Ok(checked) => shown(checked, String::new(), None),
                Err(NotCompared::NotFour(checked)) => {
                    shown(checked, said, Some("填四个数字或字母，例如 0073。".to_owned()))
                }
                Err(NotCompared::TooMany(checked)) => {
                    let wrong = "试得太多了，今天不再核对这张。请持证人连上网，打开“我的会员证”出示在线码。";
                    shown(checked, String::new(), Some(wrong.to_owned()))
                }
                Err(NotCompared::Refused(why)) => refused(&ask, why),
            }
        })
    }
}
