//! 别的地方写错了, 这里有个站点没登记: proposals. They are kept for the organisation that answers for the
//! place, and change nothing by themselves.

use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Note},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::nearby::name_of,
    text::voices as words,
};
use domain::{
    policy::Action,
    ports::{NotHeard, Proposal},
    station::Station,
};
use leptos::prelude::*;
use std::sync::Arc;

const NAME_AT_MOST: usize = 60;
const PLACE_AT_MOST: usize = 120;
const WORDS_AT_MOST: usize = 500;

/// What was typed into a form, and what is wrong with it.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    place: String,
    words: String,
    here: bool,
    /// Field and sentence.
    wrong: Vec<(&'static str, String)>,
    /// Why nothing was written, when it is no field's fault.
    refused: Option<&'static str>,
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        // What nobody can see is no word: a NUL alone is as good as blank, and a line ends with one character.
        let seen = |letter: &char| *letter == '\n' || !letter.is_control();
        let text = |name| {
            let text: String = fields.get(name).unwrap_or_default().chars().filter(seen).collect();
            text.trim().to_owned()
        };
        Self {
            name: text("name"),
            place: text("place"),
            words: text("words"),
            here: fields.get("here").is_some(),
            ..Self::default()
        }
    }

    fn wrong(&self, field: &str) -> Option<String> {
        self.wrong.iter().find(|(name, _)| *name == field).map(|(_, sentence)| sentence.clone())
    }

    /// Refuses a text that is too long, or blank when it is needed.
    fn check(&mut self, field: &'static str, text: &str, at_most: usize, blank: Option<&str>) {
        let length = text.chars().count();
        if length > at_most {
            self.wrong.push((field, format!("最多 {at_most} 个字，现在有 {length} 个，请删短一些。")));
        } else if let Some(blank) = blank.filter(|_| text.is_empty()) {
            self.wrong.push((field, blank.to_owned()));
        }
    }
}

/// The number of a proposal, as the address carries it.
fn number(ask: &Ask) -> Option<String> {
    let number = ask.query.get("number")?;
    (number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| number.to_ascii_uppercase())
}

fn done(number: String, back: String) -> Page {
    Page::new("已登记", Some(Tab::Nearby), move || {
        view! {
            <div class="calm">
                <Icon name="check"/>
                <h1>"已登记，谢谢"</h1>
                <p>"编号 "<b class="code">{number}</b>"。管这里的工会核实以后才会改，改之前页面上还是原来的样子。"</p>
            </div>
            <div class="act"><a class="btn main" href=back>"回去"</a></div>
        }
        .into_any()
    })
}

fn refused(why: NotHeard) -> &'static str {
    words::outcome(words::code(Err(why))).unwrap_or_default()
}

fn summary(typed: &Typed) -> impl IntoView + use<> {
    let strong = typed
        .refused
        .map(str::to_owned)
        .or_else(|| (!typed.wrong.is_empty()).then(|| format!("有 {} 处要改，写的字都还在。", typed.wrong.len())));
    strong.map(|strong| view! { <Note strong/> })
}

/// `/stations/{code}/fix`.
pub fn fix(ask: &Ask) -> Page {
    match super::station_of(ask) {
        Ok(station) => match number(ask) {
            Some(number) => done(number, format!("/stations/{}", station.code)),
            None => fix_page(&station, Typed::default()),
        },
        Err(page) => page,
    }
}

fn fix_page(station: &Arc<Station>, typed: Typed) -> Page {
    let status = if typed.wrong.is_empty() && typed.refused.is_none() { 200 } else { 422 };
    let (path, name) = (format!("/stations/{}", station.code), station.name.to_string());
    Page::new("哪里写错了", Some(Tab::Nearby), move || {
        view! {
            <a class="back" href=path.clone()><Icon name="back"/>{name}</a>
            <h1>"哪里写错了？"</h1>
            {summary(&typed)}
            <form class="fields" id="propose" method="post" action=format!("{path}/fix")>
                <Field id="words" label="错在哪，应该是什么" hint="例：晚上 8 点就关门，不是 10 点。不要写自己的姓名和电话。" value=typed.words.clone() wrong=typed.wrong("words") long=true/>
            </form>
            <div class="act"><button class="btn main" form="propose">"交给工会核实"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/stations/{code}/fix`.
pub struct Fix;

impl Form for Fix {
    const PATH: &'static str = "/stations/{code}/fix";
    const ACTION: Action = Action::Report;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let station = match super::station_of(&ask) {
                Ok(station) => station,
                Err(page) => return page.into(),
            };
            let mut typed = Typed::of(&fields);
            let words = typed.words.clone();
            typed.check("words", &words, WORDS_AT_MOST, Some("写一句哪里不对，才好去核实。"));
            if !typed.wrong.is_empty() {
                return fix_page(&station, typed).into();
            }
            let proposal = Proposal::Correction { station: station.code, words };
            let back = format!("/stations/{}/fix", station.code);
            send(&ask, proposal, typed, &back, |typed| fix_page(&station, typed)).await
        })
    }
}

async fn send(
    ask: &Ask,
    proposal: Proposal,
    mut typed: Typed,
    back: &str,
    again: impl FnOnce(Typed) -> Page,
) -> Answer {
    let (sender, cookie) = ask.sender();
    match ask.ports.reports.propose(proposal, &sender, ask.now).await {
        Ok(number) => Answer::Redirect {
            to: format!("{back}?number={number}"),
            cookies: cookie.into_iter().collect(),
            forget: false,
        },
        Err(why) => {
            typed.refused = Some(refused(why));
            let page = again(typed);
            if why == NotHeard::Unavailable { page.status(503) } else { page }.into()
        }
    }
}

/// `/stations/new`.
pub fn new(ask: &Ask) -> Page {
    match number(ask) {
        Some(number) => done(number, "/".to_owned()),
        None => new_page(ask, Typed::default()),
    }
}

fn new_page(ask: &Ask, typed: Typed) -> Page {
    let status = if typed.wrong.is_empty() && typed.refused.is_none() { 200 } else { 422 };
    // 我就在这里 is the 0.01 degree cell of the last place: what the phone has told already.
    let around = ask.choices.cell.map(|cell| format!("我就在{}这一片（只记到约一公里）", name_of(&ask.ports, cell)));
    Page::new("报一个没登记的站点", Some(Tab::Nearby), move || {
        view! {
            <a class="back" href="/"><Icon name="back"/>"附近"</a>
            <h1>"这里有个站点没登记？"</h1>
            <p class="meta">"写下来，管这里的工会去核实，定好位置再上名单。"</p>
            {summary(&typed)}
            <form class="fields" id="propose" method="post" action="/stations/new">
                <Field id="name" label="门牌上写的名字" hint="例：某某路爱心驿站" value=typed.name.clone() wrong=typed.wrong("name")/>
                <Field id="place" label="在哪" hint="路名、门牌、旁边有什么" value=typed.place.clone() wrong=typed.wrong("place")/>
                <Field id="words" label="还知道什么（可以不写）" hint="几点开门、有没有热水。不要写自己的姓名和电话。" value=typed.words.clone() wrong=typed.wrong("words") long=true/>
                {around.map(|around| view! {
                    <label class="tick"><input type="checkbox" name="here" value="yes" checked=typed.here/>{around}</label>
                })}
            </form>
            <div class="act"><button class="btn main" form="propose">"交给工会核实"</button></div>
        }
        .into_any()
    })
    .status(status)
}

/// The form of `/stations/new`.
pub struct Missing;

impl Form for Missing {
    const PATH: &'static str = "/stations/new";
    const ACTION: Action = Action::Report;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let mut typed = Typed::of(&fields);
            let Typed { name, place, words, .. } = typed.clone();
            typed.check("name", &name, NAME_AT_MOST, Some("写上门牌上的名字；没有门牌就写大家怎么叫它。"));
            typed.check("place", &place, PLACE_AT_MOST, Some("写一下在哪条路、旁边有什么，才找得到。"));
            typed.check("words", &words, WORDS_AT_MOST, None);
            if !typed.wrong.is_empty() {
                return new_page(&ask, typed).into();
            }
            let cell = ask.choices.cell.filter(|_| typed.here);
            let words = (!words.is_empty()).then_some(words);
            let proposal = Proposal::Missing { name, place, words, cell };
            send(&ask, proposal, typed, "/stations/new", |typed| new_page(&ask, typed)).await
        })
    }
}
