//! 姓名 and the number of the document: the only two things that are typed of who one is.

use super::{Flow, SCRIPT, id_type};
use crate::{
    ask::Ask,
    components::Field,
    page::{Page, Tab},
};
use domain::{account::IdType, membership::Screen};
use leptos::prelude::*;

/// 姓名.
pub(super) fn name(flow: Flow) -> Page {
    let status = flow.status;
    let value = flow.value(|typed| &typed.name, flow.draft.name.clone());
    let wrong = flow.wrong("name");
    Page::new(Screen::Name.word(), Some(Tab::Join), move || {
        view! {
            {flow.top(Screen::Name)}
            <form class="fields" id="save" method="post" action="/join/name">
                {flow.hidden()}
                <Field id="name" label="姓名" hint="和证件上一样。加密保存，只给审核的人看。" value wrong big=true/>
            </form>
            <div class="act"><button class="btn main" form="save">"下一步"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// The number. A resident's is typed on the keys of a telephone, whose `*` is taken for the X.
pub(super) fn id(ask: &Ask, flow: Flow) -> Page {
    let status = flow.status;
    let value = flow.value(|typed| &typed.id_number, flow.draft.id_number.clone());
    let chosen =
        flow.typed.as_ref().map_or(flow.draft.id_type.unwrap_or(IdType::Resident), |typed| id_type(&typed.id_type));
    let is_resident = chosen == IdType::Resident && ask.query.get("type").is_none();
    let wrong = flow.wrong("id_number").or_else(|| flow.wrong("id_type"));
    Page::new(Screen::Id.word(), Some(Tab::Join), move || {
        let (label, hint, kind, keys) = if is_resident {
            ("居民身份证号码", "18 位。末位是 X 的，打 * 也行。", "tel", "tel")
        } else {
            ("证件号码", "和证件上一样，字母也照着打。", "text", "text")
        };
        let which = if is_resident {
            view! {
                <input type="hidden" name="id_type" value=IdType::Resident.code()/>
            }
            .into_any()
        } else {
            view! {
                <div class="field">
                    <label for="id_type">"证件"</label>
                    <select id="id_type" name="id_type">{IdType::ALL.iter().map(|kind| view! {
                        <option value=kind.code() selected=*kind == chosen>{kind.word()}</option>
                    }).collect_view()}</select>
                </div>
            }
            .into_any()
        };
        view! {
            {flow.top(Screen::Id)}
            <form class="fields id-number" id="save" method="post" action="/join/id">
                {flow.hidden()}
                {which}
                <Field id="id_number" label hint value wrong kind keys=keys big=true/>
            </form>
            <p class="small muted">"加密保存，只用来认准是你本人，会员证上不显示。"</p>
            {is_resident.then(|| view! {
                <a class="btn wide" href=format!("/join/id{}", flow.query(&[("type", "other")]))>"不是居民身份证"</a>
            })}
            <div class="act"><button class="btn main" form="save">"下一步"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}
