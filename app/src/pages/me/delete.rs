//! 删除账号: first what goes and what stays, then, on a page of its own, a tick and a button. The button of the second
//! page lies elsewhere than that of the first, and does nothing without the tick: two quick taps delete nothing.

use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, see},
        sign_in::SCRIPT,
    },
};
use domain::policy::{Action, Refused};
use leptos::prelude::*;

/// `/me/delete`.
pub async fn page(ask: &Ask) -> Answer {
    if let Err(why) = ask.ports.accounts.me(&ask.actor, ask.now).await {
        return refused(ask, why);
    }
    Page::new("删除账号", Some(Tab::Me), || {
        view! {
            <a class="back" href="/me/data"><Icon name="back"/>"我的数据"</a>
            <h1>"删除账号"</h1>
            <h2>"会删掉"</h2>
            <ul class="ticks"><li>"手机号、姓名、证件号码"</li><li>"通知、同意书、登录的设备"</li><li>"解开这些资料的钥匙：钥匙没了，留下的密文谁也读不出"</li></ul>
            <h2>"会籍也会结束"</h2>
            <p>"会员证马上不能用，正在转会的也停下。会籍记录只留编号、工会和时间，认不出是你。想留着会籍，就先别删账号。"</p>
            <h2>"什么时候"</h2>
            <p>"马上删。备份里的，最迟 7 天后也读不出。"</p>
            <h2>"法律要求留的"</h2>
            <p>"谁在什么时候做过什么，要留 180 到 200 天。里面只有编号，没有你的姓名、号码和案情。"</p>
            <p class="muted small">"想留一份，先回“我的数据”下载。删了找不回来，以后再登录是一个空账号。"</p>
            <div class="act"><a class="btn main" href="/me/delete/sure">"看清楚了，下一步"</a></div>
        }
        .into_any()
    })
    .into()
}

/// `/me/delete/sure`.
pub async fn sure(ask: &Ask) -> Answer {
    match ask.ports.accounts.me(&ask.actor, ask.now).await {
        Ok(me) => last(me.mobile, None).into(),
        Err(why) => refused(ask, why),
    }
}

fn last(mobile: String, wrong: Option<&'static str>) -> Page {
    let status = if wrong.is_some() { 422 } else { 200 };
    Page::new("真的删除", Some(Tab::Me), move || {
        let described = wrong.is_some().then_some("sure-wrong");
        let invalid = wrong.is_some().then_some("true");
        view! {
            <h1>"删除 "<b class="number">{mobile}</b>" 的账号？"</h1>
            <form class="fields" method="post" action="/me/delete/sure">
                <div class="agree">
                    {wrong.map(|wrong| view! { <p class="wrong" id="sure-wrong">{wrong}</p> })}
                    <label class="tick"><input type="checkbox" id="sure" name="sure" value="yes" aria-describedby=described aria-invalid=invalid/>"我知道删了找不回来"</label>
                </div>
                <button class="btn wide danger">"删除账号"</button>
            </form>
            <div class="act"><a class="btn main" href="/me">"不删了"</a></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// The form of `/me/delete/sure`.
pub struct Delete;

impl Form for Delete {
    const PATH: &'static str = "/me/delete/sure";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            if fields.get("sure").is_none() {
                return match ask.ports.accounts.me(&ask.actor, ask.now).await {
                    Ok(me) => last(me.mobile, Some("先勾上下面这一行，再点删除。")).into(),
                    Err(why) => refused(&ask, why),
                };
            }
            match ask.ports.accounts.erase(&ask.actor, ask.now).await {
                Ok(()) => {
                    Answer::Redirect { to: "/me/deleted".into(), cookies: ask.credentials.forget(), forget: true }
                }
                // The button pressed twice: the account is gone, and with it the session.
                Err(Refused::SignIn) => see("/me"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// `/me/deleted`: for somebody who has no account any more.
pub fn deleted(_: &Ask) -> Page {
    Page::new("账号删掉了", Some(Tab::Me), || {
        view! {
            <div class="calm">
                <Icon name="check"/>
                <h1>"账号删掉了"</h1>
                <p>"这部手机已经退出。备份里的资料最迟 7 天后也读不出。"</p>
                <p>"找驿站还和以前一样，不用登录。"</p>
            </div>
            <div class="act"><a class="btn main" href="/"><Icon name="nearby"/>"看附近的驿站"</a></div>
        }
        .into_any()
    })
    .script("card-forget.js")
}
