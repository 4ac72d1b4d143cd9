//! Members and transfers at the officers' desk.

mod deeds;
mod member;
mod reveal;
mod transfer;
mod transfers;

pub use deeds::{EndMembership, Expel, Extend, NotePart, Rule, Warn};
pub use member::page as member;
pub use reveal::RevealMember;
pub use transfer::{DecideTransfer, page as transfer};
pub use transfers::page as transfers;

use domain::ports::Masked;
use leptos::prelude::*;

/// Who it is, masked, in pairs.
fn who(person: &Masked) -> AnyView {
    let pair = |name: &'static str, value: &Option<String>| {
        let value = value.clone().unwrap_or_else(|| "没有登记".to_owned());
        view! { <dt>{name}</dt><dd>{value}</dd> }
    };
    view! { {pair("姓名", &person.name)}{pair("手机号", &person.mobile)}{pair("证件", &person.id)} }.into_any()
}
