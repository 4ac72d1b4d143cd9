//! 入会: the first screen, one question a screen, sending it; somebody else's; where it stands is in 我的.

mod check;
mod choice;
mod confirm;
mod helper;
mod person;
mod place;
mod screen;
mod unit;
mod welcome;

pub use check::{Discard, Send};
pub use confirm::{TakeOver, page as confirm};
pub use helper::{Prepare, page as helper};
pub use screen::{Save, page as screen};
pub use unit::suggest;
pub use welcome::page;

use crate::{
    ask::Ask,
    components::{Hotlines, Icon, Note, UNION},
    page::Answer,
    pages::{
        error,
        refused::{refused, see, with_next},
    },
    text::join as words,
};
use domain::{
    account::IdType,
    membership::{ApplicationKind, Screen},
    policy::Refused,
    ports::{Draft, NotOpen, NotSaved, TypedScreen},
};
use leptos::prelude::*;

/// Sends the buttons once; a page of its own adds suggestions while one types.
const SCRIPT: &str = "join.js";

/// A screen as it is to be shown.
#[derive(Default)]
struct Flow {
    /// What is kept.
    draft: Draft,
    /// What was typed and not kept, instead of the draft's.
    typed: Option<TypedScreen>,
    /// A field and what is wrong with it.
    wrong: Option<(&'static str, String)>,
    /// What stands above it.
    note: Option<String>,
    /// New or a member already, as the first tap said it: kept with the first answer, for a look changes nothing.
    kind: Option<ApplicationKind>,
    /// Whether one came to change one answer, and goes back to the last screen.
    edit: bool,
    /// HTTP status.
    status: u16,
}

impl Flow {
    /// What is wrong with a field.
    fn wrong(&self, field: &str) -> Option<String> {
        self.wrong.as_ref().filter(|(at, _)| *at == field).map(|(_, sentence)| sentence.clone())
    }

    /// What stands in a field: what was typed, else what is kept.
    fn value(&self, typed: impl Fn(&TypedScreen) -> &String, kept: Option<String>) -> String {
        self.typed.as_ref().map_or_else(|| kept.unwrap_or_default(), |sent| typed(sent).clone())
    }

    /// Fields that every form of it carries along.
    fn hidden(&self) -> AnyView {
        view! {
            {self.kind.map(|kind| view! { <input type="hidden" name="kind" value=kind.code()/> })}
            {self.edit.then(|| view! { <input type="hidden" name="edit" value="1"/> })}
        }
        .into_any()
    }

    /// `?kind=join&edit=1` with more, for links to the same screen.
    fn query(&self, more: &[(&str, &str)]) -> String {
        let own = [("kind", self.kind.map(ApplicationKind::code)), ("edit", self.edit.then_some("1"))];
        let own = own.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let pairs = own.chain(more.iter().copied()).map(|(name, value)| format!("{name}={value}"));
        let text = pairs.collect::<Vec<_>>().join("&");
        if text.is_empty() { text } else { format!("?{text}") }
    }

    /// The way back, how far one is, the question, and what there is to say.
    fn top(&self, screen: Screen) -> AnyView {
        let before = screen.previous().filter(|before| *before != Screen::Kind);
        let (to, word) = match before {
            _ if self.edit => ("/join/check".to_owned(), "不改了"),
            Some(before) => (format!("/join/{}", before.code()), "上一步"),
            None => ("/join".to_owned(), "入会"),
        };
        let at = words::STEPS.iter().position(|one| *one == screen).map(|at| at + 1);
        let note = self.note.clone();
        view! {
            <a class="back" href=to><Icon name="back"/>{word}</a>
            {words::step(screen).map(|step| view! {
                <p class="step"><progress max=words::STEPS.len() value=at aria-hidden="true"></progress>{step}</p>
            })}
            <h1 class="ask">{screen.word()}</h1>
            {note.map(|strong| view! { <Note strong/> })}
        }
        .into_any()
    }
}

/// The code of a type of document, resident where nothing was chosen.
fn id_type(code: &str) -> IdType {
    IdType::parse(code).unwrap_or(IdType::Resident)
}

/// The county of the place that this phone chose last.
fn here(ask: &Ask) -> Option<domain::ports::Place> {
    ask.choices.cell.and_then(|cell| ask.ports.places.county_of(cell.centre()))
}

/// To sign in, and back to this very screen with what its address says.
fn sign_in(ask: &Ask) -> Answer {
    let known = ["kind", "org", "edit"].into_iter().filter_map(|name| Some((name, ask.query.get(name)?)));
    let is_plain = |value: &str| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let pairs: Vec<String> =
        known.filter(|(_, value)| is_plain(value)).map(|(name, value)| format!("{name}={value}")).collect();
    let query = if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) };
    see(with_next("/sign-in", Some(&format!("{}{query}", ask.path))))
}

/// Where a refusal leads that no field can show.
fn not_saved(ask: &Ask, why: NotSaved) -> Answer {
    match why {
        NotSaved::Running(id) => see(format!("/me/applications/{id}")),
        NotSaved::Refused(Refused::SignIn) if ask.path.split('/').count() == 3 => sign_in(ask),
        NotSaved::Refused(why) => refused(ask, why),
        NotSaved::At { .. } => error::failure(503, &ask.request_id).into(),
    }
}

/// Nobody takes it there: whom to call, and that nothing is lost.
fn not_open(not: &NotOpen) -> AnyView {
    let who = not.union.clone().unwrap_or_else(|| "当地工会".to_owned());
    let call = not.phone.clone().map(|phone| {
        view! { <p><a class="btn big wide" href=format!("tel:{phone}")><Icon name="phone"/>{format!("打 {phone}")}<span class="who-answers">{who}</span></a></p> }
    });
    view! {
        <section class="sign" aria-label="还没开通">
            <p class="state plain">"你所在的地区还没有开通网上入会"</p>
            <p>"什么也没有交出去。你填的都存着，开通了马上告诉你。"</p>
        </section>
        <h2>"现在就想办"</h2>
        {call}
        <Hotlines lines=&[UNION]/>
    }
    .into_any()
}
