//! `/join/check`: everything once more, who will decide by when, consent, and the one tap that sends it.

use super::{Flow, SCRIPT, not_open, not_saved};
use crate::{
    ask::{Ask, Fields},
    components::{Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::join as words,
};
use domain::{
    membership::Screen,
    policy::{Action, Refused},
    ports::{ConsentFor, NotOpen, NotSaved, NotSubmitted, Preview},
};
use leptos::prelude::*;

/// What came of the last tap on 发出去, where it was not sent.
#[derive(Default)]
pub(super) struct Tried {
    /// Consent is missing.
    consent: bool,
    /// What else is the matter, and where to put it right.
    note: Option<(String, Option<(String, &'static str)>)>,
    /// The region's union was chosen.
    instead: bool,
}

/// Who gets it, by when, and why.
struct To {
    owner: String,
    due: String,
    why: String,
    dues: Option<String>,
    /// Whether the unit's own union reads it.
    is_of_unit: bool,
    /// Whom it can go to instead, or whether that was chosen.
    other: Option<String>,
    instead: bool,
}

impl To {
    fn of(preview: Preview, instead: bool) -> Option<Self> {
        let Preview::To { owner, due_at, why, is_of_unit, instead: other, dues } = preview else { return None };
        let due = words::by(due_at);
        match other {
            Some(region) if instead => {
                let why = "你选了不交给单位的工会。".to_owned();
                Some(Self { owner: region, due, why, dues: None, is_of_unit: false, other: Some(owner), instead })
            }
            other => Some(Self { owner, due, why, dues, is_of_unit, other, instead: false }),
        }
    }

    fn view(&self) -> AnyView {
        let costs = self.dues.clone().unwrap_or_else(|| "由你的工会告诉你".to_owned());
        let switch = self.other.clone().map(|other| {
            let (to, word) = if self.instead {
                ("/join/check", format!("还是交给{other}"))
            } else {
                ("/join/check?to=region", format!("不想让单位知道，交给{other}"))
            };
            view! { <a class="btn wide" href=to>{word}</a> }
        });
        view! {
            <section class="sign open" aria-label="谁来审">
                <p class="meta">"发给"</p>
                <p class="state plain">{self.owner.clone()}</p>
                <p><b>{self.due.clone()}"有结果"</b></p>
                <p class="small">{self.why.clone()}" 会费："{costs}"。"</p>
            </section>
            {self.is_of_unit.then(|| view! { <Note strong="你单位的工会会看到这份申请。"/> })}
            {switch}
        }
        .into_any()
    }
}

/// The consent as it is in force: version and words.
async fn consent(ask: &Ask) -> Result<(i32, &'static str), Refused> {
    let consents = ask.ports.accounts.consents(&ask.actor).await?;
    let one = consents.into_iter().find(|consent| consent.purpose == ConsentFor::Joining);
    one.map(|one| (one.version, one.text)).ok_or(Refused::Unavailable)
}

/// The screen.
pub(super) async fn page(ask: &Ask, flow: Flow, tried: Tried) -> Answer {
    let preview = match ask.ports.joining.preview(&ask.actor, ask.now).await {
        Ok(Preview::Missing(Screen::Check)) => return not_saved(ask, NotSaved::Refused(Refused::Unavailable)),
        Ok(Preview::Missing(screen)) => return see(format!("/join/{}", screen.code())),
        Ok(preview) => preview,
        Err(why) => return not_saved(ask, why),
    };
    let occupation = match (&flow.draft.occupation, ask.ports.joining.occupations().await) {
        (Some(code), Ok(known)) => known.into_iter().find(|one| one.code == *code).map(|one| one.name),
        _ => None,
    };
    let consent = match consent(ask).await {
        Ok(consent) => consent,
        Err(why) => return refused(ask, why),
    };
    let instead = tried.instead || ask.query.get("to") == Some("region");
    let closed = if let Preview::NotOpen(not) = &preview { Some(not.clone()) } else { None };
    show(flow, occupation.as_deref(), To::of(preview, instead), closed, consent, tried).into()
}

/// What was answered, each with a way to change it.
fn answers(flow: &Flow, occupation: Option<&str>) -> AnyView {
    let one = |screen: Screen| {
        let said = words::answer(&flow.draft, screen, occupation).unwrap_or_else(|| "没填".to_owned());
        view! {
            <li><a href=format!("/join/{}?edit=1", screen.code())>
                <span><small>{words::label(screen)}</small>{said}</span><span class="end">"改"</span>
            </a></li>
        }
    };
    let asked = words::STEPS.into_iter().filter(|screen| *screen != Screen::Check);
    let all = std::iter::once(Screen::Kind).chain(asked);
    let mobile = flow.draft.mobile.clone();
    view! {
        <ul class="list answers">
            {all.map(one).collect_view()}
            <li><p><span><small>"手机"</small>{mobile}</span><span class="end">"登录的号码"</span></p></li>
        </ul>
    }
    .into_any()
}

fn show(
    flow: Flow,
    occupation: Option<&str>,
    to: Option<To>,
    closed: Option<NotOpen>,
    (version, text): (i32, &'static str),
    tried: Tried,
) -> Page {
    let is_wrong = tried.consent;
    let status = if is_wrong || tried.note.is_some() { 422 } else { 200 };
    let title = if closed.is_some() { "填好了，存着" } else { Screen::Check.word() };
    let rows = answers(&flow, occupation);
    Page::new(title, Some(Tab::Join), move || {
        let owner = to.as_ref().map(|to| to.owner.clone()).unwrap_or_default();
        let instead = to.as_ref().is_some_and(|to| to.instead);
        let described = is_wrong.then_some("consent-wrong");
        let invalid = is_wrong.then_some("true");
        let note = tried.note.map(|(strong, link)| {
            view! {
                <Note strong/>
                {link.map(|(to, word)| view! { <a class="btn wide" href=to>{word}</a> })}
            }
        });
        let sending = to.as_ref().map(|_| {
            view! {
                <form class="agree" id="send" method="post" action="/join/check/send">
                    {instead.then(|| view! { <input type="hidden" name="to" value="region"/> })}
                    {is_wrong.then(|| view! { <p class="wrong" id="consent-wrong">"先勾上“同意”，再发出去。"</p> })}
                    <label class="tick"><input type="checkbox" id="consent" name="consent" value="yes" aria-describedby=described aria-invalid=invalid/>
                        <span>{format!("我自愿申请加入工会，同意{owner}为办入会看我填的这些。")}</span></label>
                    <details class="fold"><summary>{format!("同意书全文（第 {version} 版）")}</summary><p class="full">{text}</p></details>
                </form>
            }
            .into_any()
        });
        let main = if to.is_some() {
            view! { <button class="btn main" form="send">"发出去"</button> }.into_any()
        } else {
            view! { <a class="btn main" href="/join"><Icon name="check"/>"知道了，先存着"</a> }.into_any()
        };
        let heading = closed.is_some().then(|| view! { <h1>"填好了，存着"</h1> }.into_any());
        view! {
            {if heading.is_some() { ().into_any() } else { flow.top(Screen::Check) }}
            {heading}
            {note}
            {to.as_ref().map(To::view)}
            {closed.as_ref().map(not_open)}
            {sending}
            <h2>"你填的"</h2>
            {rows}
            <form method="post" action="/join/forget"><button class="btn wide">"不办了，把填的都删掉"</button></form>
            <div class="act">{main}</div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// 发出去.
pub struct Send;

impl Form for Send {
    const PATH: &'static str = "/join/check/send";
    const ACTION: Action = Action::Apply;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let consent = fields.get("consent").is_some();
            let instead = fields.get("to") == Some("region");
            let why = match ask.ports.joining.submit(&ask.actor, consent, instead, ask.now).await {
                Ok(sent) => return see(format!("/me/applications/{}?done=1", sent.id)),
                Err(why) => why,
            };
            let mut tried = Tried { instead, ..Tried::default() };
            match why {
                NotSubmitted::Consent => tried.consent = true,
                NotSubmitted::Again { screen, sentence } => {
                    tried.note = Some((sentence, Some((format!("/join/{}?edit=1", screen.code()), "去改"))));
                }
                // The screen says it itself, as it is now.
                NotSubmitted::NotOpen(_) => return see("/join/check"),
                NotSubmitted::Member { organisation } => {
                    let said = format!("你已经是{organisation}的会员，不用再入一次。换了单位，转会籍就行。");
                    tried.note = Some((said, Some(("/join/kind?edit=1".into(), "改成转会籍"))));
                }
                NotSubmitted::NoMembership => {
                    let said = "没有找到你名下的会籍，可能登记的号码不一样。先按新入会办，审核的人会核对。".to_owned();
                    tried.note = Some((said, Some(("/join/kind?edit=1".into(), "改成新入会"))));
                }
                NotSubmitted::Refused(why) => return refused(&ask, why),
            }
            match ask.ports.joining.draft(&ask.actor, None, ask.now).await {
                Ok(draft) => page(&ask, Flow { draft, status: 422, ..Flow::default() }, tried).await,
                Err(why) => not_saved(&ask, why),
            }
        })
    }
}

/// 不办了.
pub struct Discard;

impl Form for Discard {
    const PATH: &'static str = "/join/forget";
    const ACTION: Action = Action::Apply;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.joining.discard(&ask.actor, ask.now).await {
                Ok(()) => see("/join"),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
