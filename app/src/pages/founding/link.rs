//! `/join/union/{token}`: the page of a shared link. Nobody is named on it.

use super::{lines, start::standing, way};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::{part, summary, typed, wrong},
        refused::{refused, see, with_next},
        sign_in::is_signed_in,
    },
};
use domain::{
    founding::FoundingStage,
    policy::Action,
    ports::{Concluded, FoundingPage, NotDone, NotOpen, Written},
    time::Millis,
};
use leptos::prelude::*;

/// `/join/union/{token}`.
pub async fn page(ask: &Ask) -> Answer {
    let words = ask.carried.as_ref().map(|fields| typed(fields, "words"));
    show(ask, words.unwrap_or_default(), NotDone::default()).await
}

/// Who asks, in words: of few it is told to nobody how many, nor whether there are others.
fn who(page: &FoundingPage) -> String {
    match (page.row.count, page.is_starter) {
        (Some(count), _) => format!("{count} 人以上一起提。"),
        (None, true) => "你提的。有几个人加入，人多了才说个大概。".to_owned(),
        (None, false) => "有几个人，人多了才说个大概。".to_owned(),
    }
}

/// Where nobody takes it yet.
pub fn not_open(not: &NotOpen) -> AnyView {
    let phone = match (&not.union, &not.phone) {
        (Some(union), Some(phone)) => format!("急的话打{union} {phone}，或者 12351。"),
        _ => "急的话打工会热线 12351。".to_owned(),
    };
    view! { <Note strong="你所在的地区还没有开通网上办理。" then=format!("这里先替你留着，一开通就自动送过去，也会通知你。{phone}")/> }.into_any()
}

/// What became of it.
pub fn outcome(concluded: &Concluded) -> AnyView {
    let name = concluded.organisation.clone();
    view! {
        <section class="sign" aria-label="结果">
            <p class="state plain">{concluded.outcome.word()}</p>
            {name.map(|name| view! { <p>{name}</p> })}
            {concluded.reason.clone().map(|reason| view! { <p>"原因："{reason}</p> })}
        </section>
    }
    .into_any()
}

/// A letter between the starter and the union.
pub fn letter(one: &Written, now: Millis, officer: &'static str, starter: &'static str) -> AnyView {
    let who = if one.is_officer { officer } else { starter };
    view! {
        <li><div class="note"><div><b>{who}</b>" "<small class="muted">{crate::text::account::past(one.at, now)}</small>{lines(&one.words)}</div></div></li>
    }
    .into_any()
}

async fn show(ask: &Ask, words: String, not: NotDone) -> Answer {
    let token = part(ask, "token").to_owned();
    let page = match ask.ports.founding.page(&ask.actor, &token, ask.now).await {
        Ok(page) => page,
        Err(why) => return refused(ask, why),
    };
    let signed_in = is_signed_in(ask);
    let now = ask.now;
    let said = match ask.query.get("done") {
        Some("joined") => Some("加入了。下一步会在通知里告诉你。"),
        Some("left") => Some("退出了，你写的话也删了。"),
        Some("written") => Some("送到工会了。"),
        _ => ask.query.get("there").map(|_| "这个单位你已经提过了，就是这一个，不用另开。"),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("一起建工会", Some(Tab::Join), move || {
        let path = format!("/join/union/{token}");
        let open = page.row.stage.is_open();
        view! {
            <a class="back" href="/join/union"><Icon name="back"/>"我们想建工会"</a>
            <h1>{page.row.unit.clone()}</h1>
            <p class="meta">{page.row.place.clone()}</p>
            {said.map(|said| view! { <Good said/> })}
            {page.concluded.as_ref().map(outcome)}
            {page.not_open.as_ref().map(not_open)}
            {open.then(|| view! { <p>{who(&page)}</p> })}
            {(!open && page.concluded.is_none()).then(|| view! { <p>"大家都退出了，这个请求停了。想建，可以再发起一个。"</p> })}
            {standing_of(&page, now)}
            {way(&page.history, now)}
            {share(&page)}
            {(page.is_starter && open).then(|| letters(&page, &path, &words, &not, now))}
            {act(&page, &path, open, signed_in)}
        }
        .into_any()
    })
    .status(status)
    .into()
}

fn standing_of(page: &FoundingPage, now: Millis) -> AnyView {
    let owner = page.owner.clone().filter(|_| page.row.stage != FoundingStage::Waiting);
    let number = page.number.clone();
    view! {
        <dl class="pairs">
            <dt>"到哪一步"</dt><dd>{standing(&page.row, now)}</dd>
            {owner.map(|(name, phone)| view! { <dt>"谁在办"</dt><dd>{name}{phone.map(|phone| format!(" {phone}"))}</dd> })}
            {number.map(|number| view! { <dt>"登记号"</dt><dd class="number">{number}</dd> })}
        </dl>
    }
    .into_any()
}

fn share(page: &FoundingPage) -> AnyView {
    let (Some(link), Some(qr)) = (page.link.clone(), page.qr.clone()) else { return ().into_any() };
    view! {
        <h2>"发给工友"</h2>
        <p>"让工友扫这个码，或者把链接发到群里。看得到这一页的人，看不到谁加入了。"</p>
        <div class="qr" role="img" aria-label="加入链接的二维码" inner_html=qr></div>
        <p class="quote long" translate="no">{link}</p>
    }
    .into_any()
}

fn letters(page: &FoundingPage, path: &str, words: &str, not: &NotDone, now: Millis) -> AnyView {
    let action = format!("{path}/words");
    view! {
        <h2>"和工会的信"</h2>
        {page.written.is_empty().then(|| view! { <p>"还没有。"</p> })}
        <ul class="stack plain">{page.written.iter().map(|one| letter(one, now, "工会", "你")).collect_view()}</ul>
        {summary(not)}
        <form class="fields" method="post" action=action>
            <Field id="words" label="写给工会" hint="只有办这件事的工会干部看得到。最多 500 字。" value=words wrong=wrong(not, "words") long=true/>
            <button class="btn big wide">"写给工会"</button>
        </form>
    }
    .into_any()
}

fn act(page: &FoundingPage, path: &str, open: bool, signed_in: bool) -> AnyView {
    if !open {
        return ().into_any();
    }
    if !signed_in {
        let next = with_next("/sign-in", Some(path));
        return view! {
            <p class="small muted">"登录只是防止一个人加入两次。名字和号码谁也看不到。"</p>
            <div class="act"><a class="btn main" href=next>"登录，加入"</a></div>
        }
        .into_any();
    }
    let tick = view! {
        <label class="tick"><input type="checkbox" name="contact" value="1" checked=page.contact/>
            <span>"愿意让工会打电话联系我"<small class="muted">"勾了，工会才看得到你的名字和号码"</small></span></label>
    };
    if page.is_member {
        view! {
            <h2>"你加入了"</h2>
            <form class="fields" method="post" action=format!("{path}/join")>{tick}<button class="btn wide">"存起来"</button></form>
            <form method="post" action=format!("{path}/leave")><button class="btn wide danger">"退出"</button></form>
            <p class="small muted">"退出马上生效，别人看不到你来过。"{page.is_starter.then_some("你写给工会的话也会删掉，请求还在。")}</p>
        }
        .into_any()
    } else {
        view! {
            <p>"加入以后，工友和单位都看不到你的名字。随时能退出。"</p>
            <form class="fields" id="join" method="post" action=format!("{path}/join")>{tick}</form>
            <div class="act"><button class="btn main" form="join">"加入"</button></div>
        }
        .into_any()
    }
}

/// Joins, or says again whether one may be contacted.
pub struct JoinUnion;

impl Form for JoinUnion {
    const PATH: &'static str = "/join/union/{token}/join";
    const ACTION: Action = Action::AskForUnion;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let token = part(&ask, "token").to_owned();
            let contact = fields.get("contact").is_some();
            match ask.ports.founding.join(&ask.actor, &token, contact, ask.now).await {
                Ok(()) => see(format!("/join/union/{token}?done=joined")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// Leaves.
pub struct LeaveUnion;

impl Form for LeaveUnion {
    const PATH: &'static str = "/join/union/{token}/leave";
    const ACTION: Action = Action::AskForUnion;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let token = part(&ask, "token").to_owned();
            match ask.ports.founding.leave(&ask.actor, &token, ask.now).await {
                Ok(()) => see(format!("/join/union/{token}?done=left")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// The starter writes to the union.
pub struct WriteUnion;

impl Form for WriteUnion {
    const PATH: &'static str = "/join/union/{token}/words";
    const ACTION: Action = Action::AskForUnion;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let token = part(&ask, "token").to_owned();
            let words = typed(&fields, "words");
            match ask.ports.founding.write(&ask.actor, &token, &words, ask.now).await {
                Ok(()) => see(format!("/join/union/{token}?done=written")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, words, not).await,
            }
        })
    }
}
