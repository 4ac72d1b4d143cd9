//! `/desk/obstructions`: reports of employers who obstruct joining. The employer stands on the page of one only, and
//! whoever opens it is noted.

use super::parts::{back, part, summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::Field,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        founding::{done, lines, obstruction_row, obstruction_standing, way},
        refused::{refused, see},
    },
};
use domain::{
    founding::ObstructionStage,
    policy::Action,
    ports::{Listed, NotDone, ObstructionDesk},
};
use leptos::prelude::*;

/// `/desk/obstructions`.
pub async fn list(ask: &Ask) -> Answer {
    let after = ask.query.get("after");
    let Listed { rows, next } = match ask.ports.obstructions.desk(&ask.actor, after).await {
        Ok(page) => page,
        Err(why) => return refused(ask, why),
    };
    let (now, begins) = (ask.now, after.is_none());
    Page::new("阻挠入会的反映", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"阻挠入会的反映"</h1>
            <p class="meta">"保密：单位和单位自己的工会不能知道。打开一件会记下来。"</p>
            {rows.is_empty().then(|| view! { <p>{if begins { "现在没有要办的。" } else { "后面没有了。" }}</p> })}
            {(!rows.is_empty()).then(|| view! {
                <ul class="list tall">{rows.iter().map(|one| obstruction_row(one, "/desk/obstructions", now)).collect_view()}</ul>
            })}
            {next.map(|next| view! { <a class="btn big wide" href=format!("/desk/obstructions?after={next}")>"后面的"</a> })}
        }
        .into_any()
    })
    .into()
}

/// What was typed into which form, and what is wrong with it.
#[derive(Clone, Default)]
struct Sent {
    words: String,
    words_not: NotDone,
    why: String,
    why_not: NotDone,
}

/// `/desk/obstructions/{id}`.
pub async fn one(ask: &Ask) -> Answer {
    show(ask, Sent::default()).await
}

async fn show(ask: &Ask, sent: Sent) -> Answer {
    match ask.ports.obstructions.desk_one(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(desk) => page(ask, desk, sent).into(),
        Err(why) => refused(ask, why),
    }
}

fn page(ask: &Ask, desk: ObstructionDesk, sent: Sent) -> Page {
    let now = ask.now;
    let bad = [&sent.words_not, &sent.why_not].iter().any(|not| !not.wrong.is_empty());
    Page::new("阻挠入会的反映", Some(Tab::Me), move || {
        let path = format!("/desk/obstructions/{}", desk.row.id);
        view! {
            {back("/desk/obstructions", "阻挠入会的反映")}
            <h1>{desk.unit.clone()}</h1>
            <div class="split">
                {view! { <section class="stack">
                    <dl class="pairs">
                        <dt>"到哪一步"</dt><dd>{obstruction_standing(&desk.row, now)}</dd>
                        <dt>"在哪里"</dt><dd>{desk.row.place.clone()}</dd>
                        <dt>"谁在办"</dt><dd>{desk.owner.clone()}</dd>
                        <dt>"登记号"</dt><dd class="number">{desk.row.number.clone()}</dd>
                    </dl>
                    <h2>"发生了什么"</h2>
                    {lines(&desk.what)}
                    {worker(&desk, &path, &sent)}
                    {way(&desk.history, now)}
                </section> }.into_any()}
                {view! { <section class="stack">
                    {done(&desk.done, now)}
                    {(desk.row.stage != ObstructionStage::Done).then(|| act(&path, &sent))}
                    <p class="small muted">"这一次查看已经记下来。不要把内容告诉单位和单位自己的工会。"</p>
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .status(if bad { 422 } else { 200 })
}

fn worker(desk: &ObstructionDesk, path: &str, sent: &Sent) -> AnyView {
    let Some((name, mobile)) = desk.worker.clone() else {
        return view! { <h2>"反映的人"</h2><p>"不愿意被联系，看不到是谁。做了什么写在这里，本人看得到。"</p> }
            .into_any();
    };
    let (name, mobile) = (name.unwrap_or_else(|| "没填名字".into()), mobile.unwrap_or_else(|| "没有号码".into()));
    let action = format!("{path}/reveal");
    view! {
        <h2>"反映的人"</h2>
        <ul class="list"><li><p><span>{name}<small class="number">{mobile}</small></span></p></li></ul>
        {(!desk.is_revealed && desk.row.stage != ObstructionStage::Done).then(|| view! {
            {summary(&sent.why_not)}
            <form class="fields" method="post" action=action>
                <Field id="reason" label="为什么看号码" hint="例：核实情况。这一次会记下来。" value=sent.why.clone() wrong=wrong(&sent.why_not, "reason")/>
                <button class="btn wide">"看完整号码"</button>
            </form>
        })}
    }
    .into_any()
}

fn act(path: &str, sent: &Sent) -> AnyView {
    view! {
        <h2>"办理"</h2>
        {summary(&sent.words_not)}
        <form class="fields" method="post" action=format!("{path}/act")>
            <Field id="words" label="做了什么" hint="反映的人会看到。最多 1000 字。" value=sent.words.clone() wrong=wrong(&sent.words_not, "words") long=true/>
            <div class="pair">
                <button class="btn big" name="stage" value="working">"记一步，还在办"</button>
                <button class="btn big" name="stage" value="done">"办结"</button>
            </div>
        </form>
    }
    .into_any()
}

/// Unmasks a worker who agreed, for this once.
pub struct RevealReporter;

impl Form for RevealReporter {
    const PATH: &'static str = "/desk/obstructions/{id}/reveal";
    const ACTION: Action = Action::HandleObstruction;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let why = typed(&fields, "reason");
            match ask.ports.obstructions.reveal(&ask.actor, part(&ask, "id"), &why, ask.now).await {
                Ok(desk) => page(&ask, desk, Sent::default()).into(),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { why, why_not: not, ..Sent::default() }).await,
            }
        })
    }
}

/// Says what was done.
pub struct ActOnObstruction;

impl Form for ActOnObstruction {
    const PATH: &'static str = "/desk/obstructions/{id}/act";
    const ACTION: Action = Action::HandleObstruction;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let (id, words) = (part(&ask, "id").to_owned(), typed(&fields, "words"));
            let finished = fields.get("stage") == Some("done");
            match ask.ports.obstructions.act(&ask.actor, &id, &words, finished, ask.now).await {
                Ok(()) => see(format!("/desk/obstructions/{id}")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Sent { words, words_not: not, ..Sent::default() }).await,
            }
        })
    }
}
