//! `/desk/transfers/{id}`: one of them, decided here.

use super::{
    super::parts::{back, part, summary, typed, wrong},
    who,
};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::{account::past, membership::turn},
};
use domain::{
    membership::{Side, WhyKept},
    policy::Action,
    ports::{NotDone, TransferCase, TypedDecision},
};
use leptos::prelude::*;

/// `/desk/transfers/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, TypedDecision::default(), NotDone::default()).await
}

/// The form of one side. With both to decide, letting go comes first.
fn decision(case: &TransferCase, side: Side, typed: &TypedDecision, not: &NotDone) -> AnyView {
    let choice = |value: &'static str, word: &'static str, small: &'static str| {
        let checked = typed.decision == value;
        view! {
            <label class="tick"><input type="radio" name="decision" value=value checked=checked/><span>{word}<small class="muted">{small}</small></span></label>
        }
    };
    let why = |why: &WhyKept| {
        view! {
            <label class="tick"><input type="radio" name="why" value=why.code() checked=typed.why == why.code()/><span>{why.word()}</span></label>
        }
    };
    let (title, agree, refuse) = match side {
        Side::Out => ("放不放他转出", "同意转出", "不同意转出"),
        Side::In => ("接不接收他", "同意接收", "不接收"),
    };
    view! {
        <form class="fields" id="decide" method="post" action=format!("/desk/transfers/{}/decide", case.id)>
            <input type="hidden" name="version" value=case.version.to_string()/>
            <input type="hidden" name="side" value=side.code()/>
            <fieldset class="field">
                <legend><b>{title}</b></legend>
                {wrong(not, "decision").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                {choice("agree", agree, "本人会收到通知")}
                {choice("refuse", refuse, "本人会看到原因，可以请上级复核")}
            </fieldset>
            {(side == Side::Out).then(|| view! {
                <fieldset class="field">
                    <legend><b>"不同意的原因"</b></legend>
                    <p class="small muted">"只有这几条。会费没交清、人手不够，都不能留住人。"</p>
                    {wrong(not, "why").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                    {WhyKept::ALL.iter().map(why).collect_view()}
                </fieldset>
            })}
            {(side == Side::In).then(|| view! {
                <Field id="reason" label="不接收的原因" hint="同意就不用填。本人会看到，写清楚他该去哪里。" value=typed.reason.clone() wrong=wrong(not, "reason") long=true/>
            })}
        </form>
        <div class="act"><button class="btn main" form="decide">"登记决定"</button></div>
    }
    .into_any()
}

async fn show(ask: &Ask, typed: TypedDecision, not: NotDone) -> Answer {
    let case = match ask.ports.memberships.transfer(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(case) => case,
        Err(why) => return refused(ask, why),
    };
    // The choice first: the button in thumb's reach is about it.
    let (now, status) = (ask.now, if not.wrong.is_empty() { 200 } else { 422 });
    Page::new("转会", Some(Tab::Me), move || {
        let row = |view: &domain::ports::TurnView| {
            view! { <li><p><span>{view.side.word()}" · "{view.owner.clone()}<small>{turn(view, case.state, now)}</small></span></p></li> }
        };
        let form = case.may.first().map(|side| decision(&case, *side, &typed, &not));
        let is_over = form.is_none();
        view! {
            {back("/desk/transfers", "转会和异议")}
            <h1>"转会"</h1>
            {summary(&not)}
            <p>{case.person.name.clone().map(|name| format!("{name}："))}{case.from.clone()}" → "<b>{case.to.clone()}</b></p>
            {form}
            <h2>"看一眼"</h2>
            <dl class="pairs">
                {who(&case.person)}
                <dt>"会员编号"</dt><dd>{case.number.clone()}</dd>
                <dt>"申请"</dt><dd>{past(case.asked_at, now)}</dd>
                <dt>"现在"</dt><dd>{case.state.word()}</dd>
            </dl>
            <ul class="list">{case.turns.iter().map(row).collect_view()}</ul>
            {case.reason.clone().map(|reason| view! { <h2>"以前不同意的原因"</h2><p class="quote">{reason}</p> })}
            {case.membership.clone().map(|id| view! {
                <ul class="list"><li><a href=format!("/desk/members/{id}")><Icon name="me"/><span>"看会员"<small>"会籍和记录"</small></span><Icon name="next"/></a></li></ul>
            })}
            {is_over.then(|| view! { <p class="meta">"现在不用你决定。"</p> })}
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// The form of `/desk/transfers/{id}`.
pub struct DecideTransfer;

impl Form for DecideTransfer {
    const PATH: &'static str = "/desk/transfers/{id}/decide";
    const ACTION: Action = Action::DecideMembership;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let [side, decision, why, reason, version] =
                ["side", "decision", "why", "reason", "version"].map(|field| typed(&fields, field));
            let decided = TypedDecision { side, decision, why, reason, version };
            match ask.ports.memberships.decide_transfer(&ask.actor, part(&ask, "id"), &decided, ask.now).await {
                Ok(()) => see("/desk/transfers?done=decided"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, decided, not).await,
            }
        })
    }
}
