//! `/join/for`: filled in for somebody else, on one page. It counts for nothing until that person's own phone says so.

use super::{SCRIPT, here, id_type};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Good, Icon, Note, Qr, squares},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::refused,
    text::{join as words, moment},
};
use domain::{
    account::IdType,
    membership::{ApplicationKind, Lane, Occupation},
    policy::{Action, Refused},
    ports::{Handed, Level, NotSaved, Place, TypedScreen},
};
use leptos::prelude::*;

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    mobile: String,
    /// The place, in words.
    place: String,
    /// What may be meant by them.
    places: Vec<Place>,
    screen: TypedScreen,
    wrong: Vec<(&'static str, String)>,
    note: Option<String>,
    status: u16,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let text = |name| -> String {
            let seen = |letter: &char| !letter.is_control();
            fields.get(name).unwrap_or_default().chars().filter(seen).collect::<String>().trim().to_owned()
        };
        Self {
            mobile: text("mobile"),
            place: text("place"),
            screen: TypedScreen {
                kind: ApplicationKind::Join.code().into(),
                lane: Lane::Region.code().into(),
                occupation: text("occupation"),
                unit: text("unit"),
                adcode: text("adcode"),
                name: text("name"),
                id_type: text("id_type"),
                id_number: words::id_number(&text("id_number")),
                ..TypedScreen::default()
            },
            ..Self::default()
        }
    }

    fn wrong(&self, field: &str) -> Option<String> {
        self.wrong.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.clone())
    }

    /// The county that the words mean: the one chosen, else the only one of the name.
    fn find_place(&mut self, ask: &Ask) {
        let found = ask.ports.places.find(&self.place, 20);
        self.places = found.into_iter().filter(|place| place.level == Level::County).collect();
        if let Some(own) = here(ask).filter(|own| own.path == self.place) {
            self.places = vec![own];
        }
        let chosen = self.places.iter().find(|place| place.adcode.to_string() == self.screen.adcode);
        let meant = chosen.or_else(|| self.places.iter().find(|place| place.path == self.place));
        match (meant, self.places.as_slice()) {
            (Some(one), _) | (None, [one]) => self.screen.adcode = one.adcode.to_string(),
            (None, []) => self.wrong.push(("place", "写区县的名字，例：金水区。写不准的，只写头两个字。".into())),
            (None, _) => self.wrong.push(("place", "有几个同名的，点一个。".into())),
        }
    }
}

/// `/join/for`.
pub async fn page(ask: &Ask) -> Answer {
    let mut typed = match &ask.carried {
        Some(fields) => Typed { note: ask.returned().map(str::to_owned), ..Typed::of(fields) },
        None => Typed { place: here(ask).map(|place| place.path).unwrap_or_default(), ..Typed::default() },
    };
    // Nobody reaches the form without having signed in: what it does is done in somebody's name.
    if ask.actor.subject().is_none() {
        return refused(ask, Refused::SignIn);
    }
    typed.status = 200;
    match ask.ports.joining.occupations().await {
        Ok(occupations) => show(occupations, typed).into(),
        Err(why) => refused(ask, why),
    }
}

fn occupation(known: Vec<Occupation>, chosen: &str, wrong: Option<String>) -> AnyView {
    let described = wrong.is_some().then_some("occupation-wrong");
    let invalid = wrong.is_some().then_some("true");
    let chosen = chosen.to_owned();
    let one = move |one: Occupation| {
        let selected = one.code == chosen;
        view! { <option value=one.code selected=selected>{one.name}</option> }
    };
    view! {
        <div class="field">
            <label for="occupation">"他做什么工作"</label>
            {wrong.map(|wrong| view! { <p class="wrong" id="occupation-wrong">{wrong}</p> })}
            <select id="occupation" name="occupation" aria-describedby=described aria-invalid=invalid>
                <option value="">"选一个"</option>
                {known.into_iter().filter(|one| !one.is_retired).map(one).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn places(typed: &Typed) -> AnyView {
    if typed.wrong("place").is_none() || typed.places.len() < 2 {
        return ().into_any();
    }
    let one = |place: &Place| {
        view! { <label class="tick"><input type="radio" name="adcode" value=place.adcode/>{place.path.clone()}</label> }
    };
    view! { <fieldset class="field"><legend class="aside">"是哪一个"</legend>{typed.places.iter().map(one).collect_view()}</fieldset> }
        .into_any()
}

fn show(known: Vec<Occupation>, typed: Typed) -> Page {
    let (chosen, status) = (id_type(&typed.screen.id_type), typed.status);
    let note = typed
        .note
        .clone()
        .or_else(|| (!typed.wrong.is_empty()).then(|| format!("有 {} 处要改，填的都还在。", typed.wrong.len())));
    Page::new("替人填入会", Some(Tab::Join), move || {
        let screen = &typed.screen;
        let which = view! {
            <div class="field">
                <label for="id_type">"证件"</label>
                <select id="id_type" name="id_type">{IdType::ALL.iter().map(|kind| view! {
                    <option value=kind.code() selected=*kind == chosen>{kind.word()}</option>
                }).collect_view()}</select>
            </div>
        }
        .into_any();
        let who = view! {
            <Field id="mobile" label="他的手机号" hint="他要用这个手机确认。" value=typed.mobile.clone() wrong=typed.wrong("mobile") kind="tel" keys="numeric"/>
            <Field id="name" label="他的姓名" hint="和证件上一样。" value=screen.name.clone() wrong=typed.wrong("name")/>
            {which}
            <Field id="id_number" label="他的证件号码" hint="末位是 X 的，打 * 也行。" value=screen.id_number.clone() wrong=typed.wrong("id_number")/>
        }
        .into_any();
        let work = view! {
            {occupation(known, &screen.occupation, typed.wrong("occupation"))}
            <Field id="unit" label="他给谁干活（可以不填）" hint="平台、公司或站点的名字。" value=screen.unit.clone() wrong=typed.wrong("unit")/>
            <Field id="place" label="他常在哪个区县" hint="例：金水区" value=typed.place.clone() wrong=typed.wrong("place").or_else(|| typed.wrong("adcode"))/>
            {places(&typed)}
        }
        .into_any();
        view! {
            <a class="back" href="/join"><Icon name="back"/>"入会"</a>
            <h1>"替家人或同事填"</h1>
            <p>"先问过他本人。填好以后，他的手机会收到一条短信，他自己登录、看过、点了发出去，才算申请。他不确认，什么也不会交。"</p>
            {note.map(|strong| view! { <Note strong/> })}
            <form class="fields" id="prepare" method="post" action="/join/for">{who}{work}</form>
            <div class="act"><button class="btn main" form="prepare">"填好了，请他确认"</button></div>
        }
        .into_any()
    })
    .status(status)
    .script(SCRIPT)
}

/// What to hand over: the link, and the same to scan.
fn handed(ask: &Ask, handed: Handed) -> Page {
    let address = format!("{}{}", ask.ports.site.url, handed.path);
    let until = moment::clock(handed.until, ask.now);
    let mobile = handed.mobile;
    Page::new("请他确认", Some(Tab::Join), move || {
        let code = squares(&address);
        view! {
            <Good said="填好了，还没有交。"/>
            <h1>"请他用自己的手机确认"</h1>
            <p>"短信发到了 "<b class="number">{mobile}</b>"。在身边的话，让他直接扫这个码："</p>
            <Qr squares=&code label="确认入会申请的二维码"/>
            <p class="quote long" translate="no">{address}</p>
            <Note strong=format!("{until}以前有效。") then="只有用他自己的手机号登录才打得开，别人拿到链接也没用。他确认了会告诉你。"/>
            <div class="act"><a class="btn main" href="/join"><Icon name="check"/>"好了"</a></div>
        }
        .into_any()
    })
}

/// The form of `/join/for`.
pub struct Prepare;

impl Form for Prepare {
    const PATH: &'static str = "/join/for";
    const ACTION: Action = Action::PrepareApplication;
    const CARRIED: bool = true;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            if ask.actor.subject().is_none() {
                return refused(&ask, Refused::SignIn);
            }
            let mut typed = Typed::of(&fields);
            typed.find_place(&ask);
            if typed.wrong.is_empty() {
                match ask.ports.joining.prepare(&ask.actor, &typed.mobile, &typed.screen, ask.now).await {
                    Ok(done) => return handed(&ask, done).into(),
                    Err(NotSaved::At { field, sentence }) => typed.wrong.push((field, sentence)),
                    Err(NotSaved::Refused(Refused::Unavailable)) => typed.note = Some(words::DOWN.into()),
                    Err(why) => return super::not_saved(&ask, why),
                }
            }
            typed.status = if typed.wrong.is_empty() { 503 } else { 422 };
            match ask.ports.joining.occupations().await {
                Ok(occupations) => show(occupations, typed).into(),
                Err(why) => refused(&ask, why),
            }
        })
    }
}
