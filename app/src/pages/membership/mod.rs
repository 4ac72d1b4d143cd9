//! 会籍: the member's own, and what can be done with it.

mod mine;
mod object;
mod resign;
mod retain;
mod transfer;

pub use mine::{Keep, page as mine};
pub use object::{Object, page as object};
pub use resign::{Resign, page as resign};
pub use retain::{Resume, Retain, page as retain};
pub use transfer::{AskTransfer, ObjectToRefusal, WithdrawTransfer, page as transfer};

use crate::{
    ask::Ask,
    components::Icon,
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{policy::Refused, ports::NotDone};
use leptos::prelude::*;

/// The way back to the membership.
fn back() -> impl IntoView {
    view! { <a class="back" href="/me/membership"><Icon name="back"/>"会籍"</a> }
}

/// For a page that only a member needs.
fn no_membership() -> Page {
    Page::new("会籍", Some(Tab::Me), || {
        view! {
            <a class="back" href="/me"><Icon name="back"/>"我的"</a>
            <div class="calm">
                <Icon name="join"/>
                <h1>"现在没有会籍"</h1>
                <p>"入会大概一分钟。送外卖、送快递、开货车、跑网约车，都能入。"</p>
                <p>"申请交上去了，还没批的，在“入会”里看办到哪一步。"</p>
            </div>
            <div class="act"><a class="btn main" href="/join"><Icon name="join"/>"去入会"</a></div>
        }
        .into_any()
    })
}

/// What follows a deed without a form to fill in.
fn after(ask: &Ask, done: Result<(), Refused>, said: &str) -> Answer {
    match done {
        Ok(()) => see(format!("/me/membership?done={said}")),
        Err(why) => refused(ask, why),
    }
}

/// What stands above a form that was not taken: the sentence about all of it.
fn whole(not: &NotDone) -> AnyView {
    crate::pages::desk::parts::summary(not)
}
