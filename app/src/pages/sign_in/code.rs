//! `/sign-in/code`: the six digits of the SMS, whatever they are to open.

use super::{SCRIPT, Step, current, enter, home, next};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{see, with_next},
    text::{account as words, moment},
};
use domain::{
    policy::Action,
    ports::{Attempt, AttemptPurpose, Entered, NotEntered},
    time::Millis,
};
use leptos::prelude::*;

/// What was typed, and what is to be said about it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) code: String,
    /// At the field.
    pub(super) wrong: Option<String>,
    /// About something else.
    pub(super) note: Option<String>,
    pub(super) status: u16,
}

/// `/sign-in/code`.
pub async fn page(ask: &Ask) -> Answer {
    match current(ask, Step::Code).await {
        Ok(attempt) => show(ask, &attempt, Typed { status: 200, ..Typed::default() }).into(),
        Err(answer) => answer,
    }
}

pub(super) fn show(ask: &Ask, attempt: &Attempt, typed: Typed) -> Page {
    if attempt.tries_left == 0 || attempt.expires_at <= ask.now {
        return ran_out(ask, attempt, typed.note);
    }
    let Typed { code, wrong, note, status } = typed;
    let Attempt { purpose, mobile, resend_at, expires_at, .. } = attempt.clone();
    let printed = words::printed(&ask.ports.site);
    let query = |path| with_next(path, next(ask));
    let (here, resend, back) = (query("/sign-in/code"), query("/sign-in/resend"), query(words::begins_at(purpose)));
    let now = ask.now;
    let is_again = ask.query.get("sent").is_some() && status == 200;
    let hint = format!("短信里的 6 位数字，{} 前有效。", moment::clock(expires_at, now));
    Page::new("输验证码", Some(Tab::Me), move || {
        view! {
            <a class="back" href=back><Icon name="back"/>"换个号码"</a>
            <h1>"验证码发到了"<br/><b class="number">{mobile}</b></h1>
            {is_again.then(|| view! { <Good said="又发了一个，之前的不能用了。"/> })}
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields digits" id="enter" method="post" action=here>
                <Field id="code" label="验证码" hint=hint value=code wrong keys="numeric" fill="one-time-code" big=true/>
            </form>
            {printed.map(|sentence| view! { <p class="note">{sentence}</p> })}
            <form class="resend" method="post" action=resend>
                <button class="btn">"没收到，再发一个"</button>
                <p class="small muted">{later(resend_at, now)}</p>
            </form>
            <div class="act"><button class="btn main" form="enter">{words::enter(purpose)}</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// The code no longer opens anything, and another may be asked for without typing the number again.
fn ran_out(ask: &Ask, attempt: &Attempt, note: Option<String>) -> Page {
    let query = |path| with_next(path, next(ask));
    let (resend, back) = (query("/sign-in/resend"), query(words::begins_at(attempt.purpose)));
    let mobile = attempt.mobile.clone();
    Page::new("验证码过期了", Some(Tab::Me), move || {
        view! {
            <a class="back" href=back><Icon name="back"/>"换个号码"</a>
            <div class="calm">
                <Icon name="warning"/>
                <h1>"验证码过期了"</h1>
                <p>"它 5 分钟内有效，错 5 次也会作废。再往 "<b class="number">{mobile}</b>" 发一个就好。"</p>
            </div>
            {note.map(|strong| view! { <Note strong/> })}
            <form id="again" method="post" action=resend></form>
            <div class="act"><button class="btn main" form="again">"再发一个"</button></div>
        }
        .into_any()
    })
    .status(410)
    .script(SCRIPT)
}

/// When another may be sent: told as a time of day, which stays true on a page that nothing moves.
fn later(resend_at: Millis, now: Millis) -> String {
    if resend_at > now {
        format!("{} 以后可以再发。", moment::clock(resend_at + 59_999, now))
    } else {
        "先看看短信有没有被当成骚扰拦下。".into()
    }
}

/// Six digits, in whatever width and groups they were typed; `None` when it is something else.
fn digits(typed: &str) -> Option<String> {
    let mut digits = String::new();
    for letter in typed.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '０'..='９' => digits.push(char::from_digit(u32::from(letter) - u32::from('０'), 10)?),
            '-' => {}
            blank if blank.is_whitespace() => {}
            _ => return None,
        }
    }
    (digits.len() == 6).then_some(digits)
}

/// The form of `/sign-in/code`.
pub struct EnterCode;

impl Form for EnterCode {
    const PATH: &'static str = "/sign-in/code";
    const ACTION: Action = Action::SignIn;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let attempt = match current(&ask, Step::Code).await {
                Ok(attempt) => attempt,
                Err(answer) => return answer,
            };
            let typed = fields.get("code").unwrap_or_default().to_owned();
            match digits(&typed) {
                Some(code) => entered(&ask, &attempt, typed, &code).await,
                // Not counted as a try: it cannot have been a code.
                None => wrong(&ask, &attempt, typed, "填短信里的 6 位数字。".into()).into(),
            }
        })
    }
}

fn wrong(ask: &Ask, attempt: &Attempt, code: String, sentence: String) -> Page {
    show(ask, attempt, Typed { code, wrong: Some(sentence), note: None, status: 422 })
}

async fn entered(ask: &Ask, attempt: &Attempt, typed: String, code: &str) -> Answer {
    let token = ask.credentials.attempt.clone().unwrap_or_default();
    // The device has its cookie since the code was sent.
    let (browser, _) = ask.browser();
    match ask.ports.accounts.enter_code(&token, code, &browser, ask.now).await {
        Ok(Entered::SignedIn(signed_in)) => enter(ask, &signed_in, attempt.purpose),
        Ok(Entered::FactNeeded) => see(with_next("/sign-in/fact", next(ask))),
        Ok(Entered::TotpNeeded) => see(with_next("/staff/totp", next(ask))),
        Ok(Entered::MobileChanged) => Answer::Redirect {
            to: home(AttemptPurpose::ChangeMobile).into(),
            cookies: vec![ask.credentials.attempt_cookie("", 0)],
            forget: false,
        },
        Err(NotEntered::Gone | NotEntered::Wrong { tries_left: 0 }) => match current(ask, Step::Code).await {
            Ok(attempt) => ran_out(ask, &attempt, None).into(),
            Err(answer) => answer,
        },
        Err(why @ NotEntered::Wrong { .. }) => {
            wrong(ask, attempt, typed, words::not_entered(why, "验证码", ask.now)).into()
        }
        Err(NotEntered::Locked { until }) => super::fact::locked(ask, Some(until)).into(),
        Err(NotEntered::MobileTaken) => taken().into(),
        Err(why @ (NotEntered::Unavailable | NotEntered::Paused { .. })) => {
            let note = Some(words::not_entered(why, "验证码", ask.now));
            let status = if why == NotEntered::Unavailable { 503 } else { 429 };
            show(ask, attempt, Typed { code: typed, wrong: None, note, status }).into()
        }
    }
}

/// The new number belongs to somebody: the account keeps the old one.
fn taken() -> Page {
    let sentence = words::not_entered(NotEntered::MobileTaken, "", 0);
    Page::new("没换成", Some(Tab::Me), move || {
        view! {
            <div class="calm"><Icon name="warning"/><h1>"没换成，还是原来的号码"</h1><p>{sentence}</p></div>
            <p><a class="btn wide" href="/me">"回到我的"</a></p>
            <div class="act"><a class="btn main" href="/me/phone">"换一个号码"</a></div>
        }
        .into_any()
    })
    .status(409)
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn six_digits_are_read_however_they_were_typed() {
        for typed in ["123456", "123 456", "１２３４５６", "12-34-56", "\u{3000}123456 "] {
            assert_eq!(digits(typed).as_deref(), Some("123456"), "{typed}");
        }
        for typed in ["", "12345", "1234567", "12345x", "一二三四五六", "１２３４５"] {
            assert_eq!(digits(typed), None, "{typed}");
        }
    }
}
