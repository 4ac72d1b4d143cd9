//! `/desk/occupations`: the list of occupations, which an administrator edits. A code stays for ever.

use super::parts::{back, part, summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{
    membership::Occupation,
    policy::Action,
    ports::{NotDone, TypedOccupation},
};
use leptos::prelude::*;

fn row(one: &Occupation) -> AnyView {
    let groups = [(one.eight, "八大群体"), (one.four, "四类重点")];
    let mut about: Vec<String> = groups.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()).collect();
    about.extend(one.industry.clone());
    let about = (!about.is_empty()).then(|| view! { <small>{about.join(" · ")}</small> });
    let retired = one.is_retired.then_some("（停用）");
    view! {
        <li><a href=format!("/desk/occupations/{}", one.code)>
            <span>{one.name.clone()}{retired}{about}</span><Icon name="next"/>
        </a></li>
    }
    .into_any()
}

/// `/desk/occupations`.
pub async fn list(ask: &Ask) -> Answer {
    let all = match ask.ports.occupations.all(&ask.actor).await {
        Ok(all) => all,
        Err(why) => return refused(ask, why),
    };
    Page::new("职业清单", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"职业清单"</h1>
            <p class="meta">"入会时选的职业。停用以后不再给人选，选过的还在。"</p>
            {all.is_empty().then(|| view! { <p>"还没有一个职业。"</p> })}
            {(!all.is_empty()).then(|| view! { <ul class="list tall">{all.iter().map(row).collect_view()}</ul> })}
            <div class="act"><a class="btn main" href="/desk/occupations/new">"加一个职业"</a></div>
        }
        .into_any()
    })
    .into()
}

fn fields(typed: &TypedOccupation, not: &NotDone) -> AnyView {
    view! {
        <Field id="name" label="名字" hint="例：快递员" value=typed.name.clone() wrong=wrong(not, "name")/>
        <fieldset class="field">
            <legend><b>"属于哪一类"</b></legend>
            <label class="tick"><input type="checkbox" name="eight" value="1" checked=typed.eight/><span>"八大群体（2018）"</span></label>
            <label class="tick"><input type="checkbox" name="four" value="1" checked=typed.four/><span>"四类重点群体（2021）"</span></label>
        </fieldset>
        <Field id="industry" label="行业" hint="行业工会联合会用的名字，例：快递；没有就空着" value=typed.industry.clone() wrong=wrong(not, "industry")/>
        <Field id="position" label="排在第几" hint="小的在前，例：20" value=typed.position.clone() wrong=wrong(not, "position") keys="numeric"/>
    }
    .into_any()
}

fn sent(fields: &Fields) -> TypedOccupation {
    let [code, name, industry, position] = ["code", "name", "industry", "position"].map(|field| typed(fields, field));
    let [eight, four] = ["eight", "four"].map(|field| fields.get(field).is_some());
    TypedOccupation { code, name, eight, four, industry, position }
}

/// `/desk/occupations/new`.
pub async fn new(ask: &Ask) -> Answer {
    match ask.ports.occupations.all(&ask.actor).await {
        Ok(_) => new_page(TypedOccupation::default(), &NotDone::default()).into(),
        Err(why) => refused(ask, why),
    }
}

fn new_page(typed: TypedOccupation, not: &NotDone) -> Page {
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    let not = not.clone();
    Page::new("加一个职业", Some(Tab::Me), move || {
        view! {
            {back("/desk/occupations", "职业清单")}
            <h1>"加一个职业"</h1>
            {summary(&not)}
            <form class="fields" id="occupation" method="post" action="/desk/occupations/new">
                <Field id="code" label="代码" hint="定了不能改。小写字母、数字和下划线，例：parcel_courier" value=typed.code.clone() wrong=wrong(&not, "code")/>
                {fields(&typed, &not)}
            </form>
            <div class="act"><button class="btn main" form="occupation">"加进清单"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// `/desk/occupations/{code}`.
pub async fn one(ask: &Ask) -> Answer {
    show(ask, None, NotDone::default()).await
}

async fn show(ask: &Ask, sent: Option<TypedOccupation>, not: NotDone) -> Answer {
    let one = match ask.ports.occupations.one(&ask.actor, part(ask, "code")).await {
        Ok(one) => one,
        Err(why) => return refused(ask, why),
    };
    let typed = sent.unwrap_or_else(|| TypedOccupation {
        code: one.code.clone(),
        name: one.name.clone(),
        eight: one.eight,
        four: one.four,
        industry: one.industry.clone().unwrap_or_default(),
        position: one.position.to_string(),
    });
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new("职业", Some(Tab::Me), move || {
        let path = format!("/desk/occupations/{}", one.code);
        let (word, value, class) =
            if one.is_retired { ("恢复", "0", "btn wide") } else { ("停用", "1", "btn wide danger") };
        view! {
            {back("/desk/occupations", "职业清单")}
            <h1>{one.name.clone()}{one.is_retired.then_some("（停用）")}</h1>
            <p class="meta">"代码 "<span translate="no">{one.code.clone()}</span>"，不能改。"</p>
            {summary(&not)}
            <form class="fields" id="occupation" method="post" action=path.clone()>{fields(&typed, &not)}</form>
            <form method="post" action=format!("{path}/retire")><input type="hidden" name="retired" value=value/><button class=class>{word}</button></form>
            <div class="act"><button class="btn main" form="occupation">"存起来"</button></div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// Adds one.
pub struct AddOccupation;

impl Form for AddOccupation {
    const PATH: &'static str = "/desk/occupations/new";
    const ACTION: Action = Action::EditOccupations;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let typed = sent(&fields);
            match ask.ports.occupations.add(&ask.actor, &typed, ask.now).await {
                Ok(()) => see("/desk/occupations"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => new_page(typed, &not).into(),
            }
        })
    }
}

/// Changes one.
pub struct ChangeOccupation;

impl Form for ChangeOccupation {
    const PATH: &'static str = "/desk/occupations/{code}";
    const ACTION: Action = Action::EditOccupations;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let typed = sent(&fields);
            match ask.ports.occupations.change(&ask.actor, part(&ask, "code"), &typed, ask.now).await {
                Ok(()) => see("/desk/occupations"),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, Some(typed), not).await,
            }
        })
    }
}

/// Takes one out of use, or back into it.
pub struct RetireOccupation;

impl Form for RetireOccupation {
    const PATH: &'static str = "/desk/occupations/{code}/retire";
    const ACTION: Action = Action::EditOccupations;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let code = part(&ask, "code").to_owned();
            let retired = fields.get("retired") != Some("0");
            match ask.ports.occupations.retire(&ask.actor, &code, retired, ask.now).await {
                Ok(()) => see(format!("/desk/occupations/{code}")),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
