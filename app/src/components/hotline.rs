//! The numbers that help today.

use super::Icon;
use leptos::prelude::*;

/// A hotline. Local numbers differ and change: these are the national ones.
#[derive(Clone, Copy)]
pub struct Hotline {
    /// To dial.
    pub number: &'static str,
    /// Who answers.
    pub who: &'static str,
    /// For what.
    pub what: &'static str,
}

/// 12351.
pub const UNION: Hotline = Hotline { number: "12351", who: "工会热线", what: "入会、会籍、困难帮扶" };
/// 12348.
pub const LAW: Hotline =
    Hotline { number: "12348", who: "公共法律服务", what: "免费法律咨询、法律援助" };
/// 12345.
pub const CITY: Hotline =
    Hotline { number: "12345", who: "政务服务热线", what: "不知道找谁，先打这个" };
/// 120.
pub const AMBULANCE: Hotline = Hotline { number: "120", who: "急救", what: "有人受伤、生病" };
/// 122.
pub const TRAFFIC: Hotline = Hotline { number: "122", who: "交通事故", what: "撞了车，先报警" };

/// Big buttons to dial.
#[component]
pub fn Hotlines(
    /// In the order they help.
    lines: &'static [Hotline],
) -> impl IntoView {
    let line = |line: &Hotline| {
        view! {
            <li><a class="tel" href=format!("tel:{}", line.number)>
                <b>{line.number}</b><span>{line.who}<small class="muted">{line.what}</small></span><Icon name="phone"/>
            </a></li>
        }
    };
    view! { <ul class="stack">{lines.iter().map(line).collect_view()}</ul> }
}
