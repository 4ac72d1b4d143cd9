//! When something is not there, or went wrong: what happened, and where to go now.

use crate::{
    components::Icon,
    page::{Page, Tab},
};
use leptos::prelude::*;

fn page(status: u16, title: &'static str, sentence: String, request_id: Option<String>) -> Page {
    let icon = if status >= 500 { "warning" } else { "search" };
    Page::new(title, Some(Tab::Nearby), move || {
        view! {
            <div class="calm">
                <Icon name=icon/>
                <h1>{title}</h1>
                <p>{sentence}</p>
                {request_id.map(|id| view! { <p class="meta small">"要报修，告诉我们这个编号："<b class="code">{id}</b></p> })}
            </div>
            <div class="act"><a class="btn main" href="/"><Icon name="nearby"/>"看附近的驿站"</a></div>
        }
        .into_any()
    })
    .status(status)
}

/// 404.
#[must_use]
pub fn not_found(sentence: &str) -> Page {
    page(404, "没找到", format!("{sentence}地址可能抄错了，或者已经不用了。"), None)
}

/// 410.
#[must_use]
pub fn gone(sentence: &str) -> Page {
    page(410, "不在了", format!("{sentence}在“附近”里找一个近的。"), None)
}

/// Any other refusal or failure, with the id under which the log knows it.
#[must_use]
pub fn failure(status: u16, request_id: &str) -> Page {
    let (title, sentence) = match status {
        400 => ("看不懂这个请求", "地址或者填的内容有问题，回到附近重新来一次。"),
        403 => ("不能这样提交", "这个请求不是从本站的页面发出来的。回到页面上再点一次。"),
        404 => ("没找到", "没有这个页面。地址可能抄错了，或者已经不用了。"),
        405 => ("不能这样打开", "这个地址不是给人直接打开的。"),
        408 => ("等太久了", "网络太慢，没等到。再试一次。"),
        413 => ("太大了", "发来的内容太大，减少一些再发。"),
        414 | 431 => ("地址太长了", "这个地址太长，回到附近重新来一次。"),
        429 => ("点得太快了", "歇一分钟再试。"),
        503 => ("正在准备", "服务刚启动或正在维护，过一会儿再试。"),
        _ => ("出错了", "是我们这边的问题，不是你的。过一会儿再试一次。"),
    };
    page(status, title, sentence.to_owned(), Some(request_id.to_owned()))
}
