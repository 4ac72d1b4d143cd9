//! `/desk/members/{id}`: a member, masked, and what can be done to the membership.

use super::{
    super::parts::{part, summary, to_desk, typed, wrong},
    who,
};
use crate::{
    ask::Ask,
    components::{Field, Good, Icon, Note},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{
        account::past,
        membership::{day, done},
    },
};
use domain::{
    ports::{MemberCase, MemberDeed, NotDone, TypedDeed},
    time::Millis,
};
use leptos::prelude::*;

/// What was sent to the page: which form, what was typed in it, and what is wrong.
#[derive(Clone, Default)]
pub struct Sent {
    pub deed: Option<MemberDeed>,
    pub typed: TypedDeed,
    pub reveal: String,
    pub not: NotDone,
}

/// `/desk/members/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    // What was typed before the session had ended: only the reason of an expulsion is long enough to be carried.
    let sent = ask.carried.as_ref().map(|fields| Sent {
        deed: Some(MemberDeed::Expel),
        typed: TypedDeed { reason: typed(fields, "reason"), ..TypedDeed::default() },
        ..Sent::default()
    });
    show(ask, sent.unwrap_or_default()).await
}

fn facts(one: &MemberCase, now: Millis) -> AnyView {
    let fact = |name: &'static str, word: String| view! { <dt>{name}</dt><dd>{word}</dd> };
    let signs = one.took_part_at.map_or_else(|| "没有人告诉过，不会自动终止".to_owned(), |at| past(at, now));
    view! {
        {one.ends_at.map(|at| view! { <Note strong=format!("提醒过了，{}自动终止", day(at)) then="本人点“我还在”，或者你记一笔会费、活动，就不终止。".to_owned()/> })}
        {one.reason.clone().map(|reason| view! { <h2>"原因"</h2><p class="quote">{reason}</p> })}
        {one.objection.clone().map(|(words, at)| view! { <h2>"本人的异议"</h2><p class="quote">{words}</p><p class="meta">{past(at, now)}" 提出"</p> })}
        <dl class="pairs">
            {who(&one.person)}
            {fact("会员编号", one.number.clone())}
            {one.external_number.clone().map(|number| fact("省里的编号", number))}
            {fact("状态", one.state.word().to_owned())}
            {fact("入会", day(one.since))}
            {one.state.is_member().then(|| fact("有效期到", day(one.valid_until)))}
            {one.ended_at.map(|at| fact("结束", day(at)))}
            {one.occupation.clone().map(|word| fact("职业", word))}
            {fact("批准机关", one.authority.clone())}
            {one.state.is_member().then(|| fact("会费、活动", signs))}
        </dl>
    }
    .into_any()
}

/// The names that a form posts to.
const fn path(deed: MemberDeed) -> &'static str {
    match deed {
        MemberDeed::TookPart => "took-part",
        MemberDeed::Extend => "extend",
        MemberDeed::Warn => "warn",
        MemberDeed::End => "end",
        MemberDeed::Expel => "expel",
        MemberDeed::Rule => "rule",
    }
}

fn deed_form(one: &MemberCase, deed: MemberDeed, sent: &Sent) -> AnyView {
    let is_sent = sent.deed == Some(deed);
    let (typed, not) =
        if is_sent { (sent.typed.clone(), sent.not.clone()) } else { (TypedDeed::default(), NotDone::default()) };
    let inside = match deed {
        MemberDeed::TookPart => view! {
            <Field id="on" label="哪一天" hint="例：2026-11-23。不填就是今天。" value=typed.on wrong=wrong(&not, "on")/>
            <button class="btn big wide">"记一笔"</button>
        }
        .into_any(),
        MemberDeed::Extend => view! {
            <p>"会员证"{day(one.valid_until)}"到期。他还是你们的会员，就延长；本人会收到通知。"</p>
            <button class="btn big wide">"延长有效期"</button>
        }
        .into_any(),
        MemberDeed::Warn => view! {
            <p>"半年没有记录。提醒发到他的通知里，30 天后还没有答复，才会自动终止。"</p>
            <button class="btn big wide">"发提醒"</button>
        }
        .into_any(),
        MemberDeed::End => view! {
            <p>"提醒已经到期，本人没有答复。终止以后他可以提异议。"</p>
            <button class="btn big wide danger">"终止会籍"</button>
        }
        .into_any(),
        MemberDeed::Expel => view! {
            <p>"会员证马上失效。本人会看到原因，60 天里可以提异议，由上级工会另一位干部复核。"</p>
            <Field id="reason" label="为什么开除" hint="写给本人看，最多 500 字。" value=typed.reason wrong=wrong(&not, "reason") long=true/>
            <button class="btn big wide danger">"开除会籍"</button>
        }
        .into_any(),
        MemberDeed::Rule => {
            let choice = |value: &'static str, word: &'static str| {
                view! { <label class="tick"><input type="radio" name="ruling" value=value checked=typed.ruling == value/><span>{word}</span></label> }
            };
            view! {
                <fieldset class="field">
                    <legend><b>"异议成立吗"</b></legend>
                    {wrong(&not, "ruling").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                    {choice("restore", "成立，恢复会籍")}
                    {choice("uphold", "不成立，维持原决定")}
                </fieldset>
                <Field id="why" label="为什么" hint="写给本人看，最多 500 字。" value=typed.reason.clone() wrong=wrong(&not, "why") long=true/>
                <button class="btn big wide">"登记复核结果"</button>
            }
            .into_any()
        }
    };
    // A form that was not taken stands open, so that what is wrong with it is seen; so does what somebody waits for.
    let is_open = is_sent || deed == MemberDeed::Rule;
    view! {
        <details class="fold" open=is_open>
            <summary>{deed.word()}</summary>
            {is_sent.then(|| summary(&not))}
            <form class="fields" method="post" action=format!("/desk/members/{}/{}", one.id, path(deed))>
                <input type="hidden" name="version" value=one.version.to_string()/>
                {inside}
            </form>
        </details>
    }
    .into_any()
}

fn reveal(one: &MemberCase, sent: &Sent) -> AnyView {
    let is_sent = sent.deed.is_none() && !sent.not.wrong.is_empty();
    let wrong = is_sent.then(|| wrong(&sent.not, "reason")).flatten();
    view! {
        <details class="fold" open=is_sent>
            <summary>"看完整的姓名和号码"</summary>
            <form class="fields" method="post" action=format!("/desk/members/{}/reveal", one.id)>
                <Field id="reveal_reason" label="为什么要看" hint="例：电话联系本人核对。每看一次都记一笔。" value=sent.reveal.clone() wrong=wrong/>
                <button class="btn big wide">"看完整的"</button>
            </form>
        </details>
    }
    .into_any()
}

/// The page, with what was sent to it.
pub async fn show(ask: &Ask, sent: Sent) -> Answer {
    let one = match ask.ports.memberships.member(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(one) => one,
        Err(why) => return refused(ask, why),
    };
    let (now, said) = (ask.now, done(ask.query.get("done")).or(ask.returned()));
    let status = if sent.not.wrong.is_empty() { 200 } else { 422 };
    Page::new("会员", Some(Tab::Me), move || {
        let line = |(at, what): &(Millis, String)| {
            view! { <li><p><span>{what.clone()}<small>{past(*at, now)}</small></span></p></li> }
        };
        // What was sent and cannot be done any more still has to be answered.
        // What somebody waits for comes first, what ends a membership last.
        let mut deeds = one.may.clone();
        deeds.sort_by_key(|deed| *deed != MemberDeed::Rule);
        let gone = sent.deed.filter(|deed| !one.may.contains(deed)).map(|_| summary(&sent.not));
        view! {
            {to_desk()}
            <h1>{one.person.name.clone().unwrap_or_else(|| "会员".to_owned())}</h1>
            <p class="meta">{one.organisation.clone()}</p>
            {said.map(|said| view! { <Good said/> })}
            {gone}
            <div class="split">
                {view! { <section class="stack">
                    {facts(&one, now)}
                    {one.transfer.clone().map(|id| view! {
                        <ul class="list"><li><a href=format!("/desk/transfers/{id}")><Icon name="swap"/><span>"正在转会"<small>"看两边办到哪一步"</small></span><Icon name="next"/></a></li></ul>
                    })}
                    {reveal(&one, &sent)}
                </section> }.into_any()}
                {view! { <section class="stack">
                    <h2>"要办什么"</h2>
                    {one.may.is_empty().then(|| view! { <p>"现在没有要办的。"</p> })}
                    {deeds.iter().map(|deed| deed_form(&one, *deed, &sent)).collect_view()}
                    <h2>"会籍记录"</h2>
                    <ul class="list">{one.history.iter().rev().map(line).collect_view()}</ul>
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .status(status)
    .into()
}
