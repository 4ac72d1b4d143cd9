//! `/desk/founding`: requests for a union, and one of them. Officers see who agreed to be contacted, and nobody else.

use super::parts::{back, part, summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::Field,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        founding::{about, letter, outcome, row, standing, way},
        refused::{refused, see},
    },
};
use domain::{
    founding::FoundingOutcome,
    policy::Action,
    ports::{Agreed, FoundingDesk, Listed, NotDone, TypedOutcome},
    time::Millis,
};
use leptos::prelude::*;

const FEW: &str = "不到 5 人";

/// `/desk/founding`.
pub async fn list(ask: &Ask) -> Answer {
    let after = ask.query.get("after");
    let Listed { rows, next } = match ask.ports.founding.desk(&ask.actor, after).await {
        Ok(page) => page,
        Err(why) => return refused(ask, why),
    };
    let (now, begins) = (ask.now, after.is_none());
    Page::new("建会请求", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"建会请求"</h1>
            <p class="meta">"五个工作日里联系，过了就转给上级。人数五个五个地显示，名单谁也看不到。"</p>
            {rows.is_empty().then(|| view! { <p>{if begins { "现在没有要办的。" } else { "后面没有了。" }}</p> })}
            {(!rows.is_empty()).then(|| view! { <ul class="list tall">{rows.iter().map(|one| row(one, FEW, now)).collect_view()}</ul> })}
            {next.map(|next| view! { <a class="btn big wide" href=format!("/desk/founding?after={next}")>"后面的"</a> })}
        }
        .into_any()
    })
    .into()
}

/// What was typed into which of the forms, and what is wrong with it.
#[derive(Clone, Default)]
struct Sent {
    words: String,
    words_not: NotDone,
    outcome: TypedOutcome,
    outcome_not: NotDone,
    why: String,
    why_not: NotDone,
}

/// `/desk/founding/{id}`.
pub async fn one(ask: &Ask) -> Answer {
    show(ask, Sent::default()).await
}

async fn show(ask: &Ask, sent: Sent) -> Answer {
    match ask.ports.founding.desk_one(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(desk) => page(ask, desk, sent).into(),
        Err(why) => refused(ask, why),
    }
}

fn page(ask: &Ask, desk: FoundingDesk, sent: Sent) -> Page {
    let now = ask.now;
    let bad = [&sent.words_not, &sent.outcome_not, &sent.why_not].iter().any(|not| !not.wrong.is_empty());
    Page::new("建会请求", Some(Tab::Me), move || {
        let path = desk.row.path.clone();
        let open = desk.row.stage.is_open();
        view! {
            {back("/desk/founding", "建会请求")}
            <h1>{desk.row.unit.clone()}</h1>
            {desk.concluded.as_ref().map(outcome)}
            <div class="split">
                {view! { <section class="stack">
                    <dl class="pairs">
                        <dt>"到哪一步"</dt><dd>{standing(&desk.row, now)}</dd>
                        <dt>"多少人提"</dt><dd>{about(desk.row.count)}</dd>
                        <dt>"工友大概有"</dt><dd>{format!("{} 人（发起人说的）", desk.colleagues)}</dd>
                        <dt>"在哪里"</dt><dd>{desk.row.place.clone()}</dd>
                        <dt>"谁在办"</dt><dd>{desk.owner.clone()}</dd>
                        <dt>"登记号"</dt><dd class="number">{desk.number.clone()}</dd>
                    </dl>
                    {(!desk.same.is_empty()).then(|| view! {
                        <h2>"同一个单位，另外提的"</h2>
                        <p>"各提各的，互相不知道。建成了，这里办结，它们一起办结；没建成，要一个一个答复。"</p>
                        <ul class="list tall">{desk.same.iter().map(|one| row(one, FEW, now)).collect_view()}</ul>
                    })}
                    {agreed(&desk, &path, &sent)}
                    {way(&desk.history, now)}
                </section> }.into_any()}
                {view! { <section class="stack">
                    {letters(&desk, now)}
                    {open.then(|| forms(&path, &sent))}
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .status(if bad { 422 } else { 200 })
}

fn letters(desk: &FoundingDesk, now: Millis) -> AnyView {
    view! {
        <h2>"和发起人的信"</h2>
        {(!desk.has_starter).then(|| view! { <p>"发起人已经退出，写的话也删了。"</p> })}
        {(desk.has_starter && desk.written.is_empty()).then(|| view! { <p>"发起人没有写什么。"</p> })}
        <ul class="stack plain">{desk.written.iter().map(|one| letter(one, now, "工会", "发起人")).collect_view()}</ul>
    }
    .into_any()
}

fn agreed(desk: &FoundingDesk, path: &str, sent: &Sent) -> AnyView {
    let one = |one: &Agreed| {
        let name = one.name.clone().unwrap_or_else(|| "没填名字".to_owned());
        let mobile = one.mobile.clone().unwrap_or_else(|| "没有号码".to_owned());
        view! { <li><p><span>{name}<small class="number">{mobile}</small></span></p></li> }
    };
    let is_masked = !desk.is_revealed && !desk.agreed.is_empty();
    let action = format!("{path}/reveal");
    view! {
        <h2>"愿意被联系的"</h2>
        {desk.agreed.is_empty().then(|| view! { <p>"没有人。只能在这里写信。"</p> })}
        {(!desk.agreed.is_empty()).then(|| view! { <ul class="list">{desk.agreed.iter().map(one).collect_view()}</ul> })}
        {(is_masked && desk.concluded.is_none()).then(|| view! {
            {summary(&sent.why_not)}
            <form class="fields" method="post" action=action>
                <Field id="reason" label="为什么看号码" hint="例：约时间见面。这一次会记下来。" value=sent.why.clone() wrong=wrong(&sent.why_not, "reason")/>
                <button class="btn wide">"看完整号码"</button>
            </form>
        })}
        {desk.is_revealed.then(|| view! { <p class="small muted">"这一次查看已经记下来。"</p> })}
    }
    .into_any()
}

fn forms(path: &str, sent: &Sent) -> AnyView {
    let not = &sent.outcome_not;
    let outcome_wrong = wrong(not, "outcome");
    let choice = |one: &FoundingOutcome| {
        let checked = sent.outcome.outcome == one.code();
        view! { <label class="tick"><input type="radio" name="outcome" value=one.code() checked=checked/><span>{one.word()}</span></label> }
    };
    view! {
        {summary(&sent.words_not)}
        <form class="fields" method="post" action=format!("{path}/message")>
            <Field id="words" label="写给发起人和愿意被联系的" hint="第一封信就算联系上了。不要问谁加入了。最多 500 字。" value=sent.words.clone() wrong=wrong(&sent.words_not, "words") long=true/>
            <button class="btn big wide">"发出去"</button>
        </form>
        <h2>"办结"</h2>
        {summary(not)}
        <form class="fields" method="post" action=format!("{path}/outcome")>
            <fieldset class="field">
                <legend><b>"结果"</b></legend>
                {outcome_wrong.map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                {FoundingOutcome::ALL.iter().map(choice).collect_view()}
            </fieldset>
            <Field id="organisation" label="哪个工会" hint="全称或统一社会信用代码。编入已有的一定要写；新成立的还没登记可以空着。" value=sent.outcome.organisation.clone() wrong=wrong(not, "organisation")/>
            <Field id="why" label="没有建成的原因" hint="加入的人都会看到。建成了不用写。" value=sent.outcome.reason.clone() wrong=wrong(not, "reason")/>
            <button class="btn big wide">"办结，告诉大家"</button>
        </form>
    }
    .into_any()
}

/// Unmasks those who agreed, for this once.
pub struct RevealAgreed;

impl Form for RevealAgreed {
    const PATH: &'static str = "/desk/founding/{id}/reveal";
    const ACTION: Action = Action::HandleFounding;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let why = typed(&fields, "reason");
            match ask.ports.founding.reveal(&ask.actor, part(&ask, "id"), &why, ask.now).await {
                Ok(desk) => page(&ask, desk, Sent::default()).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { why, why_not: not, ..Sent::default() }).await,
            }
        })
    }
}

/// Writes to the starter and to those who agreed.
pub struct WriteStarter;

impl Form for WriteStarter {
    const PATH: &'static str = "/desk/founding/{id}/message";
    const ACTION: Action = Action::HandleFounding;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (id, words) = (part(&ask, "id").to_owned(), typed(&fields, "words"));
            match ask.ports.founding.message(&ask.actor, &id, &words, ask.now).await {
                Ok(()) => see(format!("/desk/founding/{id}")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { words, words_not: not, ..Sent::default() }).await,
            }
        })
    }
}

/// Ends it.
pub struct ConcludeFounding;

impl Form for ConcludeFounding {
    const PATH: &'static str = "/desk/founding/{id}/outcome";
    const ACTION: Action = Action::HandleFounding;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            let [outcome, organisation, reason] = ["outcome", "organisation", "why"].map(|field| typed(&fields, field));
            let sent = TypedOutcome { outcome, organisation, reason };
            match ask.ports.founding.conclude(&ask.actor, &id, &sent, ask.now).await {
                Ok(()) => see(format!("/desk/founding/{id}")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { outcome: sent, outcome_not: not, ..Sent::default() }).await,
            }
        })
    }
}
