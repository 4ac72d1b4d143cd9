//! `/me/membership/transfer`: where to, and who decides by when.

use super::{after, back, no_membership};
use crate::{
    ask::{Ask, Fields},
    components::Icon,
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        desk::parts::{summary, typed, wrong},
        refused::{refused, see},
    },
    text::moment,
};
use domain::{
    policy::Action,
    ports::{NotDone, Target, TypedTransfer},
};
use leptos::prelude::*;

/// Characters of a name or a place.
const AT_MOST: usize = 40;

/// `/me/membership/transfer`.
pub async fn page(ask: &Ask) -> Answer {
    let text: String = ask.query.get("q").unwrap_or_default().chars().take(AT_MOST).collect();
    show(ask, text, TypedTransfer::default(), NotDone::default()).await
}

fn target(one: &Target, chosen: &str) -> AnyView {
    let instead = one.instead_of.as_ref().map(|name| format!("{name}还没开通，由它接收 · "));
    view! {
        <label class="tick"><input type="radio" name="to" value=one.id.clone() checked=chosen == one.id/>
            <span>{one.name.clone()}<small class="muted">{instead}{one.what.clone()}</small></span></label>
    }
    .into_any()
}

async fn show(ask: &Ask, text: String, typed: TypedTransfer, not: NotDone) -> Answer {
    let form = match ask.ports.memberships.transfer_form(&ask.actor, &text, ask.now).await {
        Ok(Some(form)) => form,
        // Whoever is on the way sees how far; whoever has none joins.
        Ok(None) => {
            return match ask.ports.memberships.mine(&ask.actor, ask.now).await {
                Ok(Some(one)) if one.state.is_member() => see("/me/membership"),
                Ok(_) => no_membership().into(),
                Err(why) => refused(ask, why),
            };
        }
        Err(why) => return refused(ask, why),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let due = moment::day(form.due_at);
    Page::new("转会", Some(Tab::Me), move || {
        let (to_wrong, agree_wrong) = (wrong(&not, "to"), wrong(&not, "agree"));
        let invalid = agree_wrong.is_some().then_some("true");
        let described = agree_wrong.is_some().then_some("agree-wrong");
        let has_found = !form.targets.is_empty();
        let nothing = !text.is_empty() && !has_found;
        view! {
            {back()}
            <h1>"转到哪个工会"</h1>
            <p class="meta">"现在是"{form.from.clone()}</p>
            {summary(&not)}
            <form class="find" role="search" action="/me/membership/transfer" method="get">
                <label class="aside" for="q">"新单位、新地方或新工会的名字"</label>
                <input id="q" name="q" type="search" maxlength="40" placeholder="单位、区县或工会" autocomplete="off" enterkeyhint="search" value=text.clone()/>
                <button class="btn"><Icon name="search"/>"找"</button>
            </form>
            {to_wrong.filter(|_| !has_found).map(|wrong| view! { <p class="wrong">{wrong}</p> })}
            {form.closed.clone().filter(|_| nothing).map(|name| view! {
                <p>{name}"还没有开通网上办理，它的上级也没有。打 "<a href="tel:12351">"12351"</a>" 问怎么转，会籍不会丢。"</p>
            })}
            {(nothing && form.closed.is_none()).then(|| view! { <p>"没有找到。写短一点再找，例：金水区；还是没有，打 "<a href="tel:12351">"12351"</a>" 问。"</p> })}
            {(!has_found && !nothing).then(|| view! { <p>"先找新工会：写单位、区县或工会的名字，例：金水区。"</p> })}
            {has_found.then(|| view! {
                <form class="fields" id="transfer" method="post" action="/me/membership/transfer">
                    <input type="hidden" name="q" value=text.clone()/>
                    <fieldset class="field">
                        <legend><b>"选一个"</b></legend>
                        {wrong(&not, "to").map(|wrong| view! { <p class="wrong">{wrong}</p> })}
                        {form.targets.iter().map(|one| target(one, &typed.to)).collect_view()}
                    </fieldset>
                    <ul class="ticks">
                        <li>{form.decides.clone()}"决定放你转出，新工会决定接收，都在 "{due.clone()}"以前答复"</li>
                        <li>"不答复的交给上级；一直不答复，就按规则算同意"</li>
                        <li>"转好以前你还是会员，会员证照样用；会员编号不变"</li>
                    </ul>
                    <div class="agree">
                        {agree_wrong.clone().map(|wrong| view! { <p class="wrong" id="agree-wrong">{wrong}</p> })}
                        <label class="tick"><input type="checkbox" id="agree" name="agree" value="yes" checked=typed.is_agreed aria-describedby=described aria-invalid=invalid/>"同意把我的姓名、号码和会籍资料交给新工会"</label>
                    </div>
                </form>
                <div class="act"><button class="btn main" form="transfer">"申请转会"</button></div>
            })}
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// The form of `/me/membership/transfer`.
pub struct AskTransfer;

impl Form for AskTransfer {
    const PATH: &'static str = "/me/membership/transfer";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let asked = TypedTransfer { to: typed(&fields, "to"), is_agreed: fields.get("agree").is_some() };
            match ask.ports.memberships.ask_transfer(&ask.actor, &asked, ask.now).await {
                Ok(()) => see("/me/membership?done=asked"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => {
                    let text = typed(&fields, "q").chars().take(AT_MOST).collect();
                    show(&ask, text, asked, not).await
                }
            }
        })
    }
}

/// Takes a transfer back.
pub struct WithdrawTransfer;

impl Form for WithdrawTransfer {
    const PATH: &'static str = "/me/membership/transfer/withdraw";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            let done = ask.ports.memberships.withdraw_transfer(&ask.actor, ask.now).await;
            after(&ask, done, "withdrawn")
        })
    }
}

/// Says that a refusal is wrong.
pub struct ObjectToRefusal;

impl Form for ObjectToRefusal {
    const PATH: &'static str = "/me/membership/transfer/object";
    const ACTION: Action = Action::ChangeMembership;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.memberships.object_to_refusal(&ask.actor, ask.now).await {
                Ok(()) => see("/me/membership?done=objected"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, String::new(), TypedTransfer::default(), not).await,
            }
        })
    }
}
