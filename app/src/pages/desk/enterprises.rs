//! `/desk/enterprises`: head enterprises and their affiliates, as a list to work through.

use super::parts::{back, part, summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        founding::{
            about,
            place::{self, Where},
        },
        refused::{refused, see},
    },
};
use domain::{
    founding::{EnterpriseKind, UnionState},
    policy::Action,
    ports::{EnterpriseFilter, EnterpriseRow, NotDone, TypedEnterprise},
};
use leptos::prelude::*;

fn row(one: &EnterpriseRow) -> AnyView {
    let class = match one.depth {
        0 => "depth0",
        1 => "depth1",
        _ => "depth2",
    };
    let counts = one.may_edit.then(|| {
        view! { <small>"要建会 "{about(one.asked)}" · 申请入会 "{about(one.applied)}</small> }
    });
    let words = view! {
        <span>{one.name.clone()}{one.is_retired.then_some("（停用）")}
            <small>{one.kind.word()}" · "{one.place.clone()}" · 工会："{one.union.word()}</small>{counts}</span>
    };
    if one.may_edit {
        view! { <li class=class><a href=format!("/desk/enterprises/{}", one.id)>{words}<Icon name="next"/></a></li> }
            .into_any()
    } else {
        view! { <li class=class><p>{words}</p></li> }.into_any()
    }
}

/// A choice of codes, with a first one for all or none.
fn select(
    name: &'static str,
    label: &'static str,
    chosen: &str,
    first: Option<&'static str>,
    codes: Vec<(&'static str, &'static str)>,
    wrong: Option<String>,
) -> AnyView {
    let option = |(code, word): (&'static str, &'static str)| {
        view! { <option value=code selected=chosen == code>{word}</option> }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {wrong.map(|wrong| view! { <p class="wrong">{wrong}</p> })}
            <select id=name name=name>
                {first.map(|word| view! { <option value="">{word}</option> })}
                {codes.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn kinds() -> Vec<(&'static str, &'static str)> {
    EnterpriseKind::ALL.iter().map(|kind| (kind.code(), kind.word())).collect()
}

fn unions() -> Vec<(&'static str, &'static str)> {
    UnionState::ALL.iter().map(|state| (state.code(), state.word())).collect()
}

/// `/desk/enterprises`.
pub async fn list(ask: &Ask) -> Answer {
    let get = |name| ask.query.get(name).unwrap_or_default().to_owned();
    let filter = EnterpriseFilter { text: get("q"), union: get("union"), kind: get("kind") };
    let list = match ask.ports.enterprises.list(&ask.actor, &filter).await {
        Ok(list) => list,
        Err(why) => return refused(ask, why),
    };
    Page::new("企业清单", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"企业清单"</h1>
            <p class="meta">"头部企业和它的分公司、加盟、代理、派遣，一家一家办。人数五个五个地显示。"</p>
            <form class="fields" method="get" action="/desk/enterprises">
                <Field id="q" label="名字里有" hint="例：飞毛腿；空着就是全部" value=filter.text.clone() wrong=None/>
                {select("union", "有没有工会", &filter.union, Some("都看"), unions(), None)}
                {select("kind", "哪一类", &filter.kind, Some("都看"), kinds(), None)}
                <button class="btn wide">"筛一下"</button>
            </form>
            {list.rows.is_empty().then(|| view! { <p>"没有这样的企业。换个条件，或者加一家。"</p> })}
            {(!list.rows.is_empty()).then(|| view! { <ul class="list tall">{list.rows.iter().map(row).collect_view()}</ul> })}
            {(list.more > 0).then(|| view! { <p class="meta">"还有 "{list.more}" 家，用上面的条件筛一下。"</p> })}
            <div class="act"><a class="btn main" href="/desk/enterprises/new">"加一家"</a></div>
        }
        .into_any()
    })
    .into()
}

fn fields(typed: &TypedEnterprise, at: &Where, not: &NotDone) -> AnyView {
    view! {
        <Field id="name" label="名字" hint="例：飞毛腿外卖" value=typed.name.clone() wrong=wrong(not, "name")/>
        {select("kind", "哪一类", &typed.kind, None, kinds(), wrong(not, "kind"))}
        <Field id="parent" label="属于哪一家" hint="头部企业的全名；自己就是头部企业就空着" value=typed.parent.clone() wrong=wrong(not, "parent")/>
        {place::field(at, "在哪里", "省、市或区县；全国都有就空着", not)}
        <Field id="industry" label="行业" hint="例：外卖；没有就空着" value=typed.industry.clone() wrong=wrong(not, "industry")/>
        <Field id="code" label="统一社会信用代码" hint="18 位，不知道就空着" value=typed.code.clone() wrong=wrong(not, "code")/>
        {select("union", "有没有工会", &typed.union, None, unions(), wrong(not, "union"))}
        <Field id="organisation" label="它的工会" hint="全称或统一社会信用代码；没有就空着" value=typed.organisation.clone() wrong=wrong(not, "organisation")/>
    }
    .into_any()
}

fn sent(ask: &Ask, fields: &Fields) -> (TypedEnterprise, Where, NotDone) {
    let at = Where::sent(ask, fields, true);
    let [name, kind, parent, industry, code, union, organisation] =
        ["name", "kind", "parent", "industry", "code", "union", "organisation"].map(|field| typed(fields, field));
    // A place that is no place must not become the whole country.
    let not = if at.adcode.is_none() && !at.text.trim().is_empty() {
        NotDone::at("place", "没有这个地方，或者有几个同名的：写全一点，或者点一个。")
    } else {
        NotDone::default()
    };
    (TypedEnterprise { name, kind, parent, industry, adcode: at.adcode, code, union, organisation }, at, not)
}

/// `/desk/enterprises/new`.
pub async fn new(ask: &Ask) -> Answer {
    match ask.ports.enterprises.may_add(&ask.actor).await {
        Ok(()) => {
            let typed = TypedEnterprise { union: "unknown".to_owned(), ..TypedEnterprise::default() };
            new_page(typed, Where::default(), &NotDone::default()).into()
        }
        Err(why) => refused(ask, why),
    }
}

fn new_page(typed: TypedEnterprise, at: Where, not: &NotDone) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let not = not.clone();
    Page::new("加一家企业", Some(Tab::Me), move || {
        view! {
            {back("/desk/enterprises", "企业清单")}
            <h1>"加一家企业"</h1>
            {summary(&not)}
            <form class="fields" id="enterprise" method="post" action="/desk/enterprises/new">{fields(&typed, &at, &not)}</form>
            <div class="act"><button class="btn main" form="enterprise">"加进清单"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// `/desk/enterprises/{id}`.
pub async fn one(ask: &Ask) -> Answer {
    show(ask, None, NotDone::default()).await
}

async fn show(ask: &Ask, sent: Option<(TypedEnterprise, Where)>, not: NotDone) -> Answer {
    let desk = match ask.ports.enterprises.one(&ask.actor, part(ask, "id")).await {
        Ok(desk) => desk,
        Err(why) => return refused(ask, why),
    };
    let known = Where::of(ask, desk.typed.adcode);
    let (typed, at) = sent.unwrap_or((desk.typed, known));
    let (one, under) = (desk.row, desk.below);
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("企业", Some(Tab::Me), move || {
        let path = format!("/desk/enterprises/{}", one.id);
        let (word, value, class) =
            if one.is_retired { ("恢复", "0", "btn wide") } else { ("停用", "1", "btn wide danger") };
        let below = |(id, name, kind): &(String, String, EnterpriseKind)| {
            view! { <li><a href=format!("/desk/enterprises/{id}")><span>{name.clone()}<small>{kind.word()}</small></span><Icon name="next"/></a></li> }
        };
        view! {
            {back("/desk/enterprises", "企业清单")}
            <h1>{one.name.clone()}{one.is_retired.then_some("（停用）")}</h1>
            <dl class="pairs">
                <dt>"要建会的工友"</dt><dd>{about(one.asked)}</dd>
                <dt>"申请入会的工友"</dt><dd>{about(one.applied)}</dd>
            </dl>
            {(!under.is_empty()).then(|| view! { <h2>"它下面的"</h2><ul class="list">{under.iter().map(below).collect_view()}</ul> })}
            <h2>"改一改"</h2>
            {summary(&not)}
            <form class="fields" id="enterprise" method="post" action=path.clone()>{fields(&typed, &at, &not)}</form>
            <form method="post" action=format!("{path}/retire")><input type="hidden" name="retired" value=value/><button class=class>{word}</button></form>
            <div class="act"><button class="btn main" form="enterprise">"存起来"</button></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// Adds one.
pub struct AddEnterprise;

impl Form for AddEnterprise {
    const PATH: &'static str = "/desk/enterprises/new";
    const ACTION: Action = Action::EditEnterprises;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            // Whoever may not is told so before what is wrong with the words.
            if let Err(why) = ask.ports.enterprises.may_add(&ask.actor).await {
                return refused(&ask, why);
            }
            let (typed, at, not) = sent(&ask, &fields);
            if !not.wrong.is_empty() {
                return new_page(typed, at, &not).into();
            }
            match ask.ports.enterprises.add(&ask.actor, &typed, ask.now).await {
                Ok(id) => see(format!("/desk/enterprises/{id}")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => new_page(typed, at, &not).into(),
            }
        })
    }
}

/// Changes one.
pub struct ChangeEnterprise;

impl Form for ChangeEnterprise {
    const PATH: &'static str = "/desk/enterprises/{id}";
    const ACTION: Action = Action::EditEnterprises;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            let (typed, at, not) = sent(&ask, &fields);
            if !not.wrong.is_empty() {
                return show(&ask, Some((typed, at)), not).await;
            }
            match ask.ports.enterprises.change(&ask.actor, &id, &typed, ask.now).await {
                Ok(()) => see("/desk/enterprises"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Some((typed, at)), not).await,
            }
        })
    }
}

/// Takes one out of use, or back into it.
pub struct RetireEnterprise;

impl Form for RetireEnterprise {
    const PATH: &'static str = "/desk/enterprises/{id}/retire";
    const ACTION: Action = Action::EditEnterprises;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let id = part(&ask, "id").to_owned();
            let retired = fields.get("retired") != Some("0");
            match ask.ports.enterprises.retire(&ask.actor, &id, retired, ask.now).await {
                Ok(()) => see(format!("/desk/enterprises/{id}")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
