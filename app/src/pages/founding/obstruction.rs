//! 阻挠入会: reporting an employer, and what became of it.

use super::{
    lines,
    link::not_open,
    place::{self, Where},
    way,
};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::{part, summary, typed, wrong},
        refused::{refused, see},
    },
    text::{account::past, moment},
};
use domain::{
    founding::ObstructionStage,
    policy::Action,
    ports::{MyObstruction, NotDone, ObstructionRow, TypedObstruction},
    time::Millis,
};
use leptos::prelude::*;

/// `/join/obstruction/new`.
pub async fn new(ask: &Ask) -> Answer {
    match ask.ports.obstructions.mine(&ask.actor).await {
        Ok(_) => {
            let (sent, at) = match &ask.carried {
                Some(fields) => read(ask, fields),
                None => (TypedObstruction::default(), Where::remembered(ask)),
            };
            form(sent, at, &NotDone::default(), ask.returned()).into()
        }
        Err(why) => refused(ask, why),
    }
}

/// What was typed.
fn read(ask: &Ask, fields: &Fields) -> (TypedObstruction, Where) {
    let at = Where::sent(ask, fields, false);
    let [unit, what] = ["unit", "what"].map(|field| typed(fields, field));
    let contact = fields.get("contact").is_some();
    (TypedObstruction { unit, adcode: at.adcode, what, contact }, at)
}

fn form(sent: TypedObstruction, at: Where, not: &NotDone, returned: Option<&'static str>) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let not = not.clone();
    Page::new("单位不让入会", Some(Tab::Join), move || {
        view! {
            <a class="back" href="/join/union"><Icon name="back"/>"我们想建工会"</a>
            <h1>"单位不让入会？"</h1>
            <p>"入会是你的权利，谁也不能阻挠（工会法 第三条）。你写的交给单位之上的工会，单位和单位自己的工会看不到。"</p>
            {returned.map(|said| view! { <Good said/> })}
            {summary(&not)}
            <form class="fields" id="report" method="post" action="/join/obstruction/new">
                <Field id="unit" label="哪个单位" hint="例：飞毛腿配送有限公司" value=sent.unit.clone() wrong=wrong(&not, "unit")/>
                {place::field(&at, "在哪个区县", "例：金水区", &not)}
                <Field id="what" label="发生了什么" hint="谁、什么时候、说了什么、做了什么。不用写你自己的名字。最多 2000 字。" value=sent.what.clone() wrong=wrong(&not, "what") long=true/>
                <label class="tick"><input type="checkbox" name="contact" value="1" checked=sent.contact/>
                    <span>"愿意被联系"<small class="muted">"勾了，办的人才看得到你的名字和号码"</small></span></label>
            </form>
            <div class="act"><button class="btn main" form="report">"交给上级工会"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/join/obstruction/new`.
pub struct ReportObstruction;

impl Form for ReportObstruction {
    const PATH: &'static str = "/join/obstruction/new";
    const ACTION: Action = Action::ReportObstruction;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (sent, at) = read(&ask, &fields);
            match ask.ports.obstructions.report(&ask.actor, &sent, ask.now).await {
                Ok(id) => see(format!("/me/obstructions/{id}")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => form(sent, at, &not, None).into(),
            }
        })
    }
}

/// How far it is, in few words.
pub fn standing(row: &ObstructionRow, now: Millis) -> String {
    match (row.stage, row.due_at) {
        (ObstructionStage::Done, _) => "已办结".to_owned(),
        (stage, Some(due)) if due >= now => format!("{}，{}前有结果", stage.word(), moment::day(due)),
        (stage, Some(_)) => format!("{}，到期了，正在转给上级", stage.word()),
        (stage, None) => format!("{}，等当地工会开通", stage.word()),
    }
}

/// A report in a list, without its employer: lists are read over shoulders.
pub fn row(row: &ObstructionRow, path: &str, now: Millis) -> AnyView {
    view! {
        <li><a href=format!("{path}/{}", row.id)>
            <span><span class="number">{row.number.clone()}</span><small>{row.place.clone()}" · "{past(row.created_at, now)}</small><small>{standing(row, now)}</small></span>
            <Icon name="next"/>
        </a></li>
    }
    .into_any()
}

/// `/me/obstructions`.
pub async fn list(ask: &Ask) -> Answer {
    let rows = match ask.ports.obstructions.mine(&ask.actor).await {
        Ok(rows) => rows,
        Err(why) => return refused(ask, why),
    };
    let now = ask.now;
    Page::new("我反映的事", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <h1>"我反映的事"</h1>
            {rows.is_empty().then(|| view! { <p>"你还没有反映过。"</p> })}
            {(!rows.is_empty()).then(|| view! {
                <ul class="list tall">{rows.iter().map(|one| row(one, "/me/obstructions", now)).collect_view()}</ul>
            })}
            <div class="act"><a class="btn main" href="/join/obstruction/new">"单位不让入会"</a></div>
        }
        .into_any()
    })
    .into()
}

/// `/me/obstructions/{id}`.
pub async fn one(ask: &Ask) -> Answer {
    match ask.ports.obstructions.own(&ask.actor, part(ask, "id")).await {
        Ok(one) => shown(one, ask.now).into(),
        Err(why) => refused(ask, why),
    }
}

/// What was done, in the officers' words.
pub fn done(done: &[(Millis, String)], now: Millis) -> AnyView {
    if done.is_empty() {
        return ().into_any();
    }
    let one = |(at, words): &(Millis, String)| {
        view! { <li><div class="note"><div><small class="muted">{past(*at, now)}</small>{lines(words)}</div></div></li> }
    };
    view! { <h2>"工会做了什么"</h2><ul class="stack plain">{done.iter().map(one).collect_view()}</ul> }.into_any()
}

fn shown(one: MyObstruction, now: Millis) -> Page {
    Page::new("我反映的事", Some(Tab::Me), move || {
        let owner = one.owner.clone();
        view! {
            <a class="back" href="/me/obstructions"><Icon name="back"/>"我反映的事"</a>
            <h1>{one.row.stage.word()}</h1>
            {one.not_open.as_ref().map(not_open)}
            <dl class="pairs">
                <dt>"登记号"</dt><dd class="number">{one.row.number.clone()}</dd>
                <dt>"到哪一步"</dt><dd>{standing(&one.row, now)}</dd>
                {owner.map(|(name, phone)| view! { <dt>"谁在办"</dt><dd>{name}{phone.map(|phone| format!(" {phone}"))}</dd> })}
            </dl>
            {done(&one.done, now)}
            <h2>"你写的"</h2>
            <p><b>{one.unit.clone()}</b>" · "{one.row.place.clone()}</p>
            {lines(&one.what)}
            <p class="small muted">{if one.contact { "你愿意被联系，办的人看得到你的名字和号码。" } else { "你不愿意被联系，办的人看不到你是谁。" }}</p>
            {way(&one.history, now)}
            <p class="small muted">"只有你和单位之上的工会看得到，谁看了都记下来。删除账号，内容就销毁。"</p>
        }
        .into_any()
    })
}
