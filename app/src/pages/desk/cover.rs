//! `/desk/cover`: the desk of a cover administrator. There is nothing to administer yet, and it says so.

use super::parts::to_desk;
use crate::{
    ask::Ask,
    components::{Hotline, Hotlines, UNION},
    page::{Answer, Page, Tab},
    pages::refused::refused,
};
use domain::ports::CoverPost;
use leptos::prelude::*;

const LINES: &[Hotline] = &[UNION];

fn post(post: &CoverPost) -> AnyView {
    let open = if post.is_open { "已开通" } else { "未开通：14 天内没有工会干部用过" };
    let phone = post.phone.clone().map(|phone| format!(" · {phone}"));
    view! { <li><p><span>{post.name.clone()}<small>{open}{phone}</small></span></p></li> }.into_any()
}

/// `/desk/cover`.
pub async fn page(ask: &Ask) -> Answer {
    let posts = match ask.ports.staff.cover_desk(&ask.actor, ask.now).await {
        Ok(posts) => posts,
        Err(why) => return refused(ask, why),
    };
    Page::new("保障工作台", Some(Tab::Me), move || {
        view! {
            {to_desk()}
            <h1>"保障"</h1>
            <div class="split">
                {view! { <section class="stack">
                    <h2>"你管的"</h2>
                    <ul class="list">{posts.iter().map(post).collect_view()}</ul>
                    <h2>"现在还没有要管的项目"</h2>
                    <p>"保障项目、参加意向和理赔进度还没做好。做好以后，这里会列出你们组织的项目，谁在等你回话，最晚哪天要回。"</p>
                </section> }.into_any()}
                {view! { <section class="stack">
                    <h2>"今天能做的"</h2>
                    <ul class="list tall">
                        <li><a href="/cover"><span>"劳动者现在看到的保障页"<small>"看看给他们的话对不对"</small></span></a></li>
                        <li><a href="/me/keys"><span>"登记第二个通行密钥"<small>"换手机的时候就不用重新邀请"</small></span></a></li>
                    </ul>
                    <p>"先备好每个项目的：主办单位、参加条件、缴多少、保什么、不保什么、报案时限、理赔材料、咨询电话。"</p>
                    <h2>"有人来问，先打这个"</h2>
                    <Hotlines lines=LINES/>
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .into()
}
