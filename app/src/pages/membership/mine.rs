//! `/me/membership`: what one is a member of, what happened, and what can be done.

use super::{after, no_membership};
use crate::{
    ask::{Ask, Fields},
    components::{Good, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    routes::ROUTES,
    text::{
        account::past,
        membership::{day, done, state, turn},
    },
};
use domain::{
    membership::{MembershipState, TransferState},
    policy::Action,
    ports::{MyMembership, MyTransfer},
    time::Millis,
};
use leptos::prelude::*;

/// The card has a page once there are cards.
const CARD: &str = "/me/card";

fn call(phone: &str) -> AnyView {
    view! { <a href=format!("tel:{phone}")>{phone.to_owned()}</a> }.into_any()
}

fn facts(one: &MyMembership, now: Millis) -> AnyView {
    let fact = |name: &'static str, word: String| view! { <dt>{name}</dt><dd>{word}</dd> };
    let signs = one.took_part_at.map_or_else(|| "工会没有告诉我们".to_owned(), |at| past(at, now));
    let is_member = one.state.is_member();
    view! {
        <dl class="pairs">
            {fact("会员编号", one.number.clone())}
            {one.external_number.clone().map(|number| fact("省里的编号", number))}
            {fact("入会", day(one.since))}
            {is_member.then(|| fact("会员证有效到", day(one.valid_until)))}
            {one.ended_at.map(|at| fact("结束", day(at)))}
            {one.occupation.clone().map(|word| fact("职业", word))}
            {fact("批准机关", one.authority.clone())}
            {is_member.then(|| fact("最近交会费或参加活动", signs))}
            {one.phone.clone().map(|phone| view! { <dt>"工会电话"</dt><dd>{call(&phone)}</dd> })}
        </dl>
    }
    .into_any()
}

/// A warning that the membership ends by itself, and the tap that keeps it.
fn warning(one: &MyMembership) -> AnyView {
    let Some(at) = one.ends_at else { return ().into_any() };
    view! {
        <Note strong=format!("{}，会籍会自动终止", day(at)) then="半年没有交会费、参加活动的记录。你还在，就点下面的“我还在”，会籍留着；没活干，可以保留会籍。".to_owned()/>
    }
    .into_any()
}

/// Why it ended, and what the member says to that.
fn ended(one: &MyMembership, now: Millis) -> AnyView {
    let reviewer = one.reviewer.clone().unwrap_or_else(|| "上级工会".to_owned());
    let objection = one.objection.clone();
    view! {
        {one.reason.clone().map(|reason| view! { <h2>{if one.state.is_member() { "保留的原因" } else { "原因" }}</h2><p class="quote">{reason}</p> })}
        {one.object_until.map(|until| view! {
            <p>"不同意，"{day(until)}"以前可以提异议，由"{reviewer.clone()}"复核。"</p>
        })}
        {objection.map(|(words, at)| view! {
            <h2>"你的异议"</h2>
            <p class="quote">{words}</p>
            <p class="meta">{past(at, now)}" 提出，由"{reviewer}"复核，有结果会通知你。"</p>
        })}
    }
    .into_any()
}

fn of_transfer(one: &MyTransfer, now: Millis) -> AnyView {
    let row = |view: &domain::ports::TurnView| {
        let phone = view.phone.clone().map(|phone| view! { " · "{call(&phone)} });
        view! {
            <li><p><span>{view.side.word()}" · "{view.owner.clone()}<small>{turn(view, one.state, now)}{phone}</small></span></p></li>
        }
    };
    let is_open = one.state == TransferState::Open;
    let reason = one.reason.clone().filter(|_| one.state == TransferState::Refused);
    view! {
        <h2>"转会"</h2>
        <p>"从"{one.from.clone()}"转到"<b>{one.to.clone()}</b>"："{one.state.word()}</p>
        <ul class="list">{one.turns.iter().map(row).collect_view()}</ul>
        {is_open.then(|| view! {
            <p class="meta">"不答复的，到期交给上级；再不答复，就按规则算同意。你不用催。"</p>
            <form method="post" action="/me/membership/transfer/withdraw"><button class="btn wide">"撤回转会"</button></form>
        })}
        {reason.map(|reason| view! { <p class="quote">{reason}</p> })}
        {(one.state == TransferState::Refused).then(|| if one.may_object {
            view! { <form method="post" action="/me/membership/transfer/object"><button class="btn wide">"我不同意，请上级工会看"</button></form> }.into_any()
        } else {
            view! { <p class="meta">"这一次不能再往上提了。会籍没有变，换个工会可以再申请；有疑问打 "<a href="tel:12351">"12351"</a>"。"</p> }.into_any()
        })}
    }
    .into_any()
}

fn link(path: &'static str, icon: &'static str, title: &'static str, about: &'static str) -> AnyView {
    view! { <li><a href=path><Icon name=icon/><span>{title}<small>{about}</small></span><Icon name="next"/></a></li> }
        .into_any()
}

/// What can be done besides the main action.
fn deeds(one: &MyMembership) -> AnyView {
    use MembershipState as S;
    let can_go = matches!(one.state, S::Active | S::Retained);
    let rows = [
        can_go.then(|| link("/me/membership/transfer", "swap", "转会", "换了平台、换了地方，会籍跟着走")),
        (one.state == S::Active)
            .then(|| link("/me/membership/retain", "lock", "保留会籍", "没活干、入伍、退休，先留着")),
        one.state.is_member().then(|| link("/me/membership/resign", "close", "退会", "随时可以，不用说理由")),
    ];
    let rows: Vec<AnyView> = rows.into_iter().flatten().collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! { <h2>"还能办"</h2><ul class="list tall">{rows}</ul> }.into_any()
}

/// The one main action.
fn main_action(one: &MyMembership) -> AnyView {
    if one.ends_at.is_some() {
        return view! {
            <form class="act" method="post" action="/me/membership/keep"><button class="btn main">"我还在，留着会籍"</button></form>
        }
        .into_any();
    }
    let (to, icon, word) = match one.state {
        MembershipState::Retained => {
            return view! {
                <form class="act" method="post" action="/me/membership/resume"><button class="btn main">"恢复会籍"</button></form>
            }
            .into_any();
        }
        MembershipState::Expelled | MembershipState::Lapsed if one.object_until.is_some() => {
            ("/me/membership/object", "paper", "提异议")
        }
        MembershipState::Expelled if one.objection.is_some() => return ().into_any(),
        MembershipState::Resigned | MembershipState::Lapsed | MembershipState::Expelled => {
            ("/join", "join", "重新入会")
        }
        _ if ROUTES.iter().any(|route| route.path == CARD) => (CARD, "card", "出示会员证"),
        _ => return ().into_any(),
    };
    view! { <div class="act"><a class="btn main" href=to><Icon name=icon/>{word}</a></div> }.into_any()
}

/// `/me/membership`.
pub async fn page(ask: &Ask) -> Answer {
    let one = match ask.ports.memberships.mine(&ask.actor, ask.now).await {
        Ok(Some(one)) => one,
        Ok(None) => return no_membership().into(),
        Err(why) => return refused(ask, why),
    };
    let (now, said) = (ask.now, done(ask.query.get("done")));
    Page::new("会籍", Some(Tab::Me), move || {
        let line = |(at, what): &(Millis, String)| {
            view! { <li><p><span>{what.clone()}<small>{past(*at, now)}</small></span></p></li> }
        };
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            {said.map(|said| view! { <Good said/> })}
            <h1>{one.organisation.clone()}</h1>
            <p><b>{one.state.word()}</b>"："{state(one.state)}</p>
            {one.is_dissolved.then(|| view! { <Note strong="这个工会撤销了" then="会籍还在。转到你现在的地方或单位的工会，就有人管了。".to_owned()/> })}
            {warning(&one)}
            {ended(&one, now)}
            {one.transfer.as_ref().filter(|one| one.state == TransferState::Open || one.state == TransferState::Refused).map(|one| of_transfer(one, now))}
            {facts(&one, now)}
            {deeds(&one)}
            <h2>"会籍记录"</h2>
            <ul class="list">{one.history.iter().rev().map(line).collect_view()}</ul>
            {main_action(&one)}
        }
        .into_any()
    })
    .into()
}

/// Answers a warning.
pub struct Keep;

impl Form for Keep {
    const PATH: &'static str = "/me/membership/keep";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let done = ask.ports.memberships.keep(&ask.actor, ask.now).await;
            after(&ask, done, "kept")
        })
    }
}
