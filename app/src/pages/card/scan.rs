//! `/card/check`: the scanner of whoever checks cards. A script reads codes and judges them on the phone, with the
//! network or without; without scripts a pasted code is checked by the server.

use super::{check::ASKS, face::sign};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page},
    pages::refused::see,
};
use domain::{
    membership::card::{LIST_IS_OLD_MS, Verdict, token_in},
    policy::Action,
};
use leptos::prelude::*;

/// `/card/check`.
pub fn page(ask: &Ask) -> Answer {
    show(ask, String::new(), None)
}

fn show(ask: &Ask, typed: String, wrong: Option<&str>) -> Answer {
    let status = if wrong.is_some() { 422 } else { 200 };
    let wrong = wrong.map(str::to_owned);
    let reader = ask.assets.url("check-reader.js");
    Page::new("核对会员证", None, move || {
        view! {
            <h1>"核对会员证"</h1>
            <div id="scanner" data-reader=reader data-old=LIST_IS_OLD_MS.to_string() hidden>
                <p class="small muted" id="list" role="status">"正在取名单…"</p>
                <div class="lens" id="lens" hidden><video id="video" playsinline="" muted=""></video></div>
                <p class="note warn" id="trouble" role="alert" hidden></p>
            </div>
            <div id="verdict" aria-live="assertive">{Verdict::ALL.iter().map(|verdict| outcome(*verdict)).collect_view()}</div>
            <noscript><p>"用手机相机或聊天软件的“扫一扫”，对着会员证的二维码，也能核对。"</p></noscript>
            <form class="fields" id="typed" method="post">
                <Field id="code" label="没有相机：粘贴会员证的网址" hint="例：…/c/AQD3k…，从持证人发来的消息里复制" value=typed wrong=wrong/>
                <button class="btn wide">"核对这个网址"</button>
            </form>
            <div class="act" id="open" hidden><button class="btn main" type="button" id="camera"><Icon name="card"/>"打开相机扫码"</button></div>
        }
        .into_any()
    })
    .script("check.js")
    .status(status)
    .into()
}

/// A verdict, hidden until a script shows it.
fn outcome(verdict: Verdict) -> AnyView {
    let id = format!("v-{}", verdict.code());
    view! {
        <div id=id hidden>
            {sign(verdict, false)}
            {verdict.shows_card().then(|| view! {
                <dl class="pairs card-facts">
                    <dt>"姓名"</dt><dd data-slot="name"></dd>
                    <dt>"工会"</dt><dd data-slot="organisation"></dd>
                    <dt>"职业"</dt><dd data-slot="occupation"></dd>
                    <dt>"有效期至"</dt><dd data-slot="valid"></dd>
                </dl>
            })}
            {(verdict == Verdict::AskHolder).then(|| view! {
                <form class="fields" id="ask">
                    <Field id="said" label="会员编号后四位" hint=ASKS value="" wrong=None big=true/>
                    <p class="wrong" id="said-says" role="alert" hidden></p>
                    <button class="btn big wide">"核对后四位"</button>
                </form>
            })}
        </div>
    }
    .into_any()
}

/// A code that was pasted.
pub struct Typed;

impl Form for Typed {
    const PATH: &'static str = "/card/check";
    const ACTION: Action = Action::CheckCard;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let typed: String = fields.get("code").unwrap_or_default().chars().take(600).collect();
            let token = token_in(&typed);
            if token.is_empty() {
                return show(&ask, typed, Some("把会员证的网址粘贴到这里，再点“核对”。"));
            }
            let is_token = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
            if !is_token {
                return show(&ask, typed, Some("这不是会员证的网址。请持证人在“我的会员证”里出示二维码。"));
            }
            see(format!("/c/{token}"))
        })
    }
}
