//! `/me/keys/{id}`: one passkey, its name, and taking it away.

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::{
        refused::{refused, see},
        sign_in::SCRIPT,
    },
};
use domain::{
    account::PasskeyId,
    policy::{Action, Refused},
    ports::KEY_NAME_AT_MOST,
};
use leptos::prelude::*;

pub(super) fn id(ask: &Ask) -> Option<PasskeyId> {
    PasskeyId::parse(ask.parts.get("id")?)
}

/// `/me/keys/{id}`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, None).await
}

/// With what was typed, and what is wrong about it.
async fn show(ask: &Ask, typed: Option<(String, String)>) -> Answer {
    let keys = match ask.ports.proofs.keys(&ask.actor).await {
        Ok(keys) => keys,
        Err(why) => return refused(ask, why),
    };
    let Some(row) = id(ask).and_then(|id| keys.passkeys.into_iter().find(|row| row.id == id)) else {
        return refused(ask, Refused::NotFound);
    };
    let status = if typed.is_some() { 422 } else { 200 };
    let here = format!("/me/keys/{}", row.id);
    let remove = format!("{here}/remove");
    let (name, wrong) = typed.map_or_else(|| (row.name.clone(), None), |(name, wrong)| (name, Some(wrong)));
    Page::new("通行密钥", Some(Tab::Me), move || {
        view! {
            <a class="back" href="/me/keys"><Icon name="back"/>"通行密钥和动态口令"</a>
            <h1><bdi>{row.name}</bdi></h1>
            <form class="fields" id="rename" method="post" action=here>
                <Field id="name" label="叫什么" hint="自己看得懂就行：办公室的电脑。" value=name wrong/>
            </form>
            <h2>"不用了"</h2>
            <p>"删了以后，这部设备进不了工作台；设备里的那一份，到设备的设置里删。"</p>
            <form method="post" action=remove><button class="btn wide danger">"删除这把通行密钥"</button></form>
            <div class="act"><button class="btn main" form="rename">"保存名字"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
    .into()
}

/// What is wrong about a name.
fn wrong(name: &str) -> Option<&'static str> {
    let invisible = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if name.is_empty() {
        Some("写几个字，比如：办公室的电脑。")
    } else if name.chars().count() > KEY_NAME_AT_MOST {
        Some("太长了，最多 30 个字。")
    } else if name.chars().any(invisible) {
        Some("里面有看不见的字符，重新打一遍。")
    } else {
        None
    }
}

/// The form of `/me/keys/{id}`.
pub struct Rename;

impl Form for Rename {
    const PATH: &'static str = "/me/keys/{id}";
    const ACTION: Action = Action::ChangeAccount;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let name = fields.get("name").unwrap_or_default().to_owned();
            if let Some(sentence) = wrong(&name) {
                return show(&ask, Some((name, sentence.to_owned()))).await;
            }
            let Some(id) = id(&ask) else { return refused(&ask, Refused::NotFound) };
            match ask.ports.proofs.rename_passkey(&ask.actor, id, &name).await {
                Ok(()) => see("/me/keys"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn a_name_is_what_can_be_read() {
        for good in ["办公室的电脑", "𬭚的手机", "Nova 5 · 微信"] {
            assert_eq!(wrong(good), None, "{good}");
        }
        for bad in ["", &"长".repeat(31), "a\u{202e}b", "a\u{200b}b", "a\0b"] {
            assert!(wrong(bad).is_some(), "{bad:?}");
        }
    }
}
