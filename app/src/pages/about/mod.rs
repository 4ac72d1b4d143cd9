//! Who runs this installation, and what it does with data.

use crate::{
    ask::Ask,
    page::{Page, Tab},
};
use leptos::prelude::*;

/// 谁在做.
pub fn page(ask: &Ask) -> Page {
    let site = ask.ports.site.clone();
    Page::new("谁在做", Some(Tab::Me), move || {
        view! {
            <h1>"谁在做、怎么联系"</h1><div class="prose">
            {match (site.operator.clone(), site.contact.clone()) {
                (Some(operator), contact) => view! { <p>"这个网站由"{operator}"运行。"</p>{contact.map(|contact| view! { <p>"联系："{contact}</p> })} }.into_any(),
                (None, contact) => view! { <p>"这是一个非官方的试用安装，没有登记的运行单位，也不代表任何工会。请不要填真实身份信息。"</p>{contact.map(|contact| view! { <p>"联系："{contact}</p> })} }.into_any(),
            }}
            <h2>"站点信息从哪来"</h2>
            <p>"每个站点的页面最下面写着来源、许可和日期。没有核实过的标“未核实”，我们编来试用的标“示范”。以现场为准。"</p>
            <h2>"地图"</h2>
            <p>"边界数据：天地图 GS(2024)0650号。"{site.map_approval.clone().map(|number| format!("本站地图审图号：{number}。"))}</p>
            <h2>"给别的地图和平台用"</h2>
            <p>"公开接口的说明在 "<a href="/api/v1/openapi.json">"/api/v1/openapi.json"</a>"。"</p>
            </div>
        }
        .into_any()
    })
}

/// 隐私政策 of an installation without an operator's own.
pub fn privacy(ask: &Ask) -> Page {
    let elsewhere = ask.ports.site.privacy_url.clone();
    Page::new("隐私政策", Some(Tab::Me), move || {
        view! {
            <h1>"隐私政策"</h1><div class="prose">
            {elsewhere.map(|url| view! { <p>"运行单位的完整政策在这里："<a href=url.clone()>{url.clone()}</a></p> })}
            <h2>"位置"</h2>
            <p>"按“定位”以后，准确位置只留在这部手机里，用来排远近，不发给我们。网址里只有约 1 公里见方的一片。手机记着这一片，直到你按“忘记位置”。"</p>
            <h2>"身份"</h2>
            <p>"找驿站不用登录。登录只要一个手机号；姓名和证件号码只在你自己填、自己同意以后才存，加密保存，给谁看、为什么看都记一笔。"</p>
            <p>"存了你什么、下载、撤回同意、删除账号，都在“我的”。删除以后，最迟 7 天后备份里也读不出。"</p>
            <h2>"这部手机上的 Cookie"</h2>
            <p>"登录用一个，正在登录用一个；登录过期时正在填的，加密存一个，半小时就没；字的大小、颜色、上次的地方、常用地图各一个；报过站点情况的手机有一个随机编号。没有别家的。"</p>
            <h2>"记录"</h2>
            <p>"服务器记每个请求的时间、页面种类和结果，用来查故障；不记你查的地方，不记你是谁。"</p>
            <h2>"第三方"</h2>
            <p>"页面不连任何第三方。点“带我去”会打开你选的地图应用，它只知道你要去的站点。"</p>
            </div>
        }
        .into_any()
    })
}
