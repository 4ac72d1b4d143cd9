//! Joining that answers as a test wants: the session's letter says how far somebody is, what is typed what comes of it.
//!
//! `b` somebody new, `d` a whole draft, `1` the same in the lane of the unit, `2` where nobody is open, `3` an
//! application that runs, `4` one that is asked back, `5` a member, `e` a database that does not answer.

use crate::{fake::MINUTE, world::MONDAY_10};
use domain::{
    account::{Actor, IdType, SessionId},
    membership::{ApplicationKind, ApplicationState, Lane, Occupation, Screen},
    policy::Refused,
    ports::{
        ApplicationRow, Draft, Entry, EntryLink, Handed, Joining, Later, LinkDesk, Mine, MyApplication, NotOpen,
        NotSaved, NotSubmitted, Prepared, Preview, Registered, Suggestion, Taker, TypedScreen, Welcome,
    },
    time::{DAY_MS, Millis},
};

/// An id of an application.
pub const APPLICATION: &str = "01010101010101010101010101010101";
/// The code of a join link.
pub const CODE: &str = "GOODCODE";
/// A county of the pack.
pub const COUNTY: u32 = 410_103;

pub struct FakeJoining;

fn letter(actor: &Actor) -> Result<char, Refused> {
    match actor.session() {
        Some(SessionId(bytes)) if bytes[0] == b'e' => Err(Refused::Unavailable),
        Some(SessionId(bytes)) => Ok(char::from(bytes[0])),
        None => Err(Refused::SignIn),
    }
}

fn later<'a, T: Send + 'a>(value: T) -> Later<'a, T> {
    Box::pin(async move { value })
}

fn entry() -> Entry {
    Entry { code: CODE.into(), name: "二七区外卖行业工会联合会".into() }
}

fn row(state: ApplicationState) -> ApplicationRow {
    ApplicationRow {
        id: APPLICATION.into(),
        state,
        kind: ApplicationKind::Join,
        number: "RH-2611-0042".into(),
        submitted_at: MONDAY_10 - DAY_MS,
        owner: "郑州市二七区总工会".into(),
        due_at: Some(MONDAY_10 + 5 * DAY_MS),
    }
}

fn whole(lane: Lane) -> Draft {
    Draft {
        kind: Some(ApplicationKind::Join),
        lane: Some(lane),
        occupation: Some("rider".into()),
        enterprise: Some("02".repeat(16)),
        unit: Some("飞腿外卖".into()),
        place: Some((COUNTY, "河南省 郑州市 二七区".into())),
        name: Some("张𬭚明".into()),
        id_type: Some(IdType::Resident),
        id_number: Some("11010519491231002X".into()),
        mobile: "138****8000".into(),
        answered: Screen::ALL[..7].to_vec(),
        next: Some(Screen::Check),
        ..Draft::default()
    }
}

fn at(field: &'static str, sentence: &str) -> NotSaved {
    NotSaved::At { field, sentence: sentence.into() }
}

impl Joining for FakeJoining {
    fn welcome<'a>(
        &'a self,
        actor: &'a Actor,
        code: Option<&'a str>,
        adcode: Option<u32>,
        _: Millis,
    ) -> Later<'a, Result<Welcome, Refused>> {
        let standing = match letter(actor) {
            Err(Refused::SignIn) => Ok(Mine::SignedOut),
            Err(why) => Err(why),
            Ok('d') => Ok(Mine::Draft(Screen::Check)),
            Ok('3') => Ok(Mine::Application(row(ApplicationState::Submitted))),
            Ok('5') => Ok(Mine::Member { organisation: "金水区总工会".into() }),
            Ok(_) => Ok(Mine::Nothing),
        };
        let taker = Taker { name: "郑州市二七区总工会".into(), dues: None, phone: None };
        later(standing.map(|standing| Welcome {
            region: adcode.map(|_| "河南省 郑州市 二七区".into()),
            taker: adcode.map(|_| taker),
            entry: code.filter(|code| *code == CODE).map(|_| entry()),
            standing,
        }))
    }

    fn draft<'a>(&'a self, actor: &'a Actor, code: Option<&'a str>, _: Millis) -> Later<'a, Result<Draft, NotSaved>> {
        later(match letter(actor) {
            Err(why) => Err(NotSaved::Refused(why)),
            Ok('3') => Err(NotSaved::Running(APPLICATION.into())),
            Ok('d' | '2' | '5') => Ok(whole(Lane::Region)),
            Ok('1') => Ok(whole(Lane::Unit)),
            Ok(_) if code == Some(CODE) => Ok(Draft {
                entry: Some(entry()),
                lane: Some(Lane::Region),
                answered: vec![Screen::Lane],
                ..Draft::default()
            }),
            Ok(_) => Ok(Draft { mobile: "138****8000".into(), ..Draft::default() }),
        })
    }

    fn save<'a>(
        &'a self,
        actor: &'a Actor,
        screen: Screen,
        typed: &'a TypedScreen,
        _: Millis,
    ) -> Later<'a, Result<Screen, NotSaved>> {
        let saved = match letter(actor) {
            Err(why) => Err(NotSaved::Refused(why)),
            Ok('3') => Err(NotSaved::Running(APPLICATION.into())),
            Ok(_) => match screen {
                Screen::Kind if typed.kind.is_empty() => Err(at("kind", "点一个。")),
                Screen::Lane if Lane::parse(&typed.lane).is_none() => Err(at("lane", "点一个。")),
                Screen::Name if typed.name.is_empty() => Err(at("name", "填证件上的姓名。")),
                Screen::Id if typed.id_number != "11010519491231002X" => {
                    Err(at("id_number", "有一位不对，照着证件再核对一遍。"))
                }
                _ => Ok(screen.next().expect("the last is not saved")),
            },
        };
        later(saved)
    }

    fn preview<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Preview, NotSaved>> {
        later(match letter(actor) {
            Err(why) => Err(NotSaved::Refused(why)),
            Ok('2') => Ok(Preview::NotOpen(NotOpen {
                union: Some("拉萨市总工会".into()),
                phone: Some("0891-6323456".into()),
            })),
            Ok('b') => Ok(Preview::Missing(Screen::Occupation)),
            Ok(letter) => Ok(Preview::To {
                owner: if letter == '1' {
                    "飞腿外卖二七站工会".into()
                } else {
                    "郑州市二七区总工会".into()
                },
                due_at: now + 8 * DAY_MS,
                why: "你常在二七区。".into(),
                is_of_unit: letter == '1',
                instead: (letter == '1').then(|| "郑州市二七区总工会".into()),
                dues: None,
            }),
        })
    }

    fn submit<'a>(
        &'a self,
        actor: &'a Actor,
        consent: bool,
        _: bool,
        _: Millis,
    ) -> Later<'a, Result<Registered, NotSubmitted>> {
        later(match letter(actor) {
            Err(why) => Err(NotSubmitted::Refused(why)),
            Ok(_) if !consent => Err(NotSubmitted::Consent),
            Ok('5') => Err(NotSubmitted::Member { organisation: "金水区总工会".into() }),
            Ok('4') => Err(NotSubmitted::NoMembership),
            Ok('b') => Err(NotSubmitted::Again {
                screen: Screen::Unit, sentence: "这个工会刚撤销，换一个。".into()
            }),
            Ok(_) => Ok(Registered { id: APPLICATION.into(), number: "RH-2611-0042".into() }),
        })
    }

    fn discard<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).map(|_| ()))
    }

    fn applications<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<ApplicationRow>, Refused>> {
        later(letter(actor).map(|letter| match letter {
            'b' => vec![],
            '4' => vec![row(ApplicationState::NeedsInfo), row(ApplicationState::Rejected)],
            _ => vec![row(ApplicationState::Submitted)],
        }))
    }

    fn application<'a>(
        &'a self,
        actor: &'a Actor,
        id: &'a str,
        _: Millis,
    ) -> Later<'a, Result<MyApplication, Refused>> {
        later(letter(actor).and_then(|letter| {
            if id != APPLICATION {
                return Err(Refused::NotFound);
            }
            let state = if letter == '4' { ApplicationState::NeedsInfo } else { ApplicationState::Submitted };
            Ok(MyApplication {
                row: row(state),
                decided: None,
                reason: (letter == '4').then(|| "站点的名字写全一点。<b>".into()),
                answer: None,
                facts: vec![("姓名", "张*明".into()), ("证件号码", "110***********002X".into())],
                history: vec![(MONDAY_10 - DAY_MS, "发出，交给郑州市二七区总工会".into())],
                phone: Some("0371-68182200".into()),
                membership: None,
            })
        }))
    }

    fn withdraw<'a>(&'a self, actor: &'a Actor, id: &'a str, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).and_then(|_| if id == APPLICATION { Ok(()) } else { Err(Refused::NotFound) }))
    }

    fn answer<'a>(&'a self, actor: &'a Actor, _: &'a str, text: &'a str, _: Millis) -> Later<'a, Result<(), NotSaved>> {
        later(match letter(actor) {
            Err(why) => Err(NotSaved::Refused(why)),
            Ok(_) if text.is_empty() => Err(at("answer", "写一句再发。")),
            Ok(_) => Ok(()),
        })
    }

    fn occupations(&self) -> Later<'_, Result<Vec<Occupation>, Refused>> {
        let one = |code: &str, name: &str, position| Occupation {
            code: code.into(),
            name: name.into(),
            eight: true,
            four: true,
            industry: None,
            position,
            is_retired: false,
        };
        later(Ok(vec![one("rider", "外卖配送员", 1), one("courier", "快递员", 2)]))
    }

    fn suggest<'a>(
        &'a self,
        lane: Lane,
        text: &'a str,
        _: Option<u32>,
        _: Millis,
    ) -> Later<'a, Result<Vec<Suggestion>, Refused>> {
        let one = |pick: &str, name: &str, is_open| Suggestion {
            pick: format!("{pick}:{}", "02".repeat(16)),
            name: name.into(),
            what: "基层工会 · 郑州市".into(),
            is_open,
        };
        later(Ok(match (lane, text) {
            (_, "没有") => vec![],
            (Lane::Unit, _) => vec![one("organisation", "飞腿外卖二七站工会", false)],
            (Lane::Region, _) => vec![one("enterprise", "飞腿外卖", false)],
        }))
    }

    fn towns(&self, adcode: u32) -> Vec<(String, String)> {
        if adcode == COUNTY { vec![("03".repeat(16), "淮河路街道总工会".into())] } else { vec![] }
    }

    fn prepare<'a>(
        &'a self,
        actor: &'a Actor,
        mobile: &'a str,
        typed: &'a TypedScreen,
        now: Millis,
    ) -> Later<'a, Result<Handed, NotSaved>> {
        later(match letter(actor) {
            Err(why) => Err(NotSaved::Refused(why)),
            Ok(_) if mobile != "13900139000" => Err(at("mobile", "填 11 位手机号。")),
            Ok(_) if typed.adcode != COUNTY.to_string() => Err(at("adcode", "选一个区县。")),
            Ok(_) => Ok(Handed {
                path: format!("/join/confirm/{}", "4".repeat(64)),
                mobile: "139****9000".into(),
                until: now + 48 * 60 * MINUTE,
            }),
        })
    }

    fn prepared<'a>(&'a self, actor: &'a Actor, token: &'a str, now: Millis) -> Later<'a, Result<Prepared, Refused>> {
        later(letter(actor).and_then(|_| {
            if token != "4".repeat(64) {
                return Err(Refused::NotFound);
            }
            let facts = vec![("姓名", "张*明".into())];
            Ok(Prepared { helper: "李*".into(), facts, until: now + DAY_MS })
        }))
    }

    fn take_over<'a>(&'a self, actor: &'a Actor, _: &'a str, _: Millis) -> Later<'a, Result<Screen, NotSaved>> {
        later(letter(actor).map(|_| Screen::Check).map_err(NotSaved::Refused))
    }

    fn entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str) -> Later<'a, Result<LinkDesk, Refused>> {
        later(letter(actor).and_then(|_| {
            let name = "二七区总工会<b>".to_owned();
            let address = format!("http://localhost:3000/join?org={CODE}");
            let link = EntryLink { code: CODE.into(), address, name: name.clone(), begun: Some(7) };
            match what {
                "organisation:x" => Ok(LinkDesk { name, link: Some(link) }),
                "organisation:new" => Ok(LinkDesk { name, link: None }),
                _ => Err(Refused::NotFound),
            }
        }))
    }

    fn make_entry_link<'a>(&'a self, actor: &'a Actor, what: &'a str, _: Millis) -> Later<'a, Result<(), Refused>> {
        let is_there = matches!(what, "organisation:x" | "organisation:new");
        later(letter(actor).and(if is_there { Ok(()) } else { Err(Refused::NotFound) }))
    }
}
