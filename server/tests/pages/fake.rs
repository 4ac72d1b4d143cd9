//! Accounts that answer as a test wants: what is typed chooses the answer. For states of the screens that the real
//! service reaches seldom, or not on purpose.

use crate::world::MONDAY_10;
use domain::{
    account::{Actor, IdType, NoticeId, SessionId, Strength, SubjectId},
    membership::Standing,
    policy::Refused,
    ports::{
        Accounts, Attempt, AttemptPurpose, Browser, CodeFor, CodeSent, Consent, ConsentFor, Entered, Export, Held,
        Identity, IdentityWrong, Later, Me, NextStep, NotEntered, NotSent, Notice, NoticeRow, SessionRow, SignedIn,
        TypedIdentity,
    },
    time::{DAY_MS, Millis},
};
use std::sync::Arc;

pub const MINUTE: Millis = 60_000;

/// The token of a session or an attempt: one letter, as often as it takes.
pub fn token(letter: char) -> String {
    letter.to_string().repeat(64)
}

/// Sessions: `a` somebody with everything, `b` somebody new, `e` a database that does not answer any more.
/// Attempts: `c` at the code, `d` at another number's code, `f` at the second fact, `7` at the authenticator.
pub struct Fake;

fn signed_in() -> SignedIn {
    SignedIn { session: token('a'), seconds: 3600, is_new: false }
}

/// Which session asks; nobody is refused as the service would.
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

fn sent() -> CodeSent {
    CodeSent { attempt: token('c'), seconds: 300 }
}

impl Accounts for Fake {
    fn actor<'a>(&'a self, token: Option<&'a str>, _: Millis) -> Later<'a, Result<Actor, Refused>> {
        let session = token.and_then(|token| token.bytes().next());
        later(Ok(session.map_or(Actor::Anonymous, |letter| Actor::Person {
            subject: SubjectId([letter; 16]),
            session: SessionId([letter; 16]),
            strength: Strength::Sms,
            proved_at: None,
            grants: Arc::new([]),
            waiting: false,
        })))
    }

    fn send_code<'a>(
        &'a self,
        mobile: &'a str,
        to: CodeFor,
        _: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<CodeSent, NotSent>> {
        later(match (mobile, to) {
            (_, CodeFor::Manager(code)) if code != "GOOD" => Err(NotSent::ManagerCode),
            (_, CodeFor::ChangeMobile { actor: Actor::Anonymous, .. }) => Err(NotSent::Refused(Refused::SignIn)),
            ("many", _) => Err(NotSent::TooMany { wait_s: 90 }),
            ("budget", _) => Err(NotSent::Budget),
            ("gateway", _) => Err(NotSent::Gateway),
            ("paused", _) => Err(NotSent::Paused { until: now + 6 * 60 * MINUTE }),
            ("13800138000", CodeFor::ChangeMobile { .. }) => Ok(CodeSent { attempt: token('d'), seconds: 300 }),
            ("13800138000", _) => Ok(sent()),
            _ => Err(NotSent::Mobile),
        })
    }

    fn resend_code<'a>(&'a self, attempt: &'a str, _: &'a Browser, _: Millis) -> Later<'a, Result<CodeSent, NotSent>> {
        later(if attempt.starts_with('c') { Ok(sent()) } else { Err(NotSent::TooMany { wait_s: 30 }) })
    }

    fn attempt<'a>(&'a self, attempt: &'a str, now: Millis) -> Later<'a, Result<Option<Attempt>, Refused>> {
        let at = |next, purpose| {
            Some(Attempt {
                purpose,
                mobile: "138****8000".into(),
                next,
                resend_at: now + MINUTE,
                expires_at: now + 5 * MINUTE,
                tries_left: 5,
            })
        };
        later(Ok(match attempt.chars().next() {
            Some('c') => at(NextStep::Code, AttemptPurpose::SignIn),
            Some('d') => at(NextStep::Code, AttemptPurpose::ChangeMobile),
            Some('f') => at(NextStep::Fact { tries_left: 3, member_number: false }, AttemptPurpose::SignIn),
            Some('7') => at(NextStep::Totp, AttemptPurpose::Staff),
            _ => None,
        }))
    }

    fn enter_code<'a>(
        &'a self,
        _: &'a str,
        code: &'a str,
        _: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<Entered, NotEntered>> {
        later(match code {
            "111111" => Ok(Entered::SignedIn(signed_in())),
            "222222" => Ok(Entered::FactNeeded),
            "333333" => Ok(Entered::TotpNeeded),
            "999999" => Ok(Entered::MobileChanged),
            "444444" => Err(NotEntered::Gone),
            "555555" => Err(NotEntered::Locked { until: now + 7 * DAY_MS }),
            "666666" => Err(NotEntered::MobileTaken),
            "777777" => Err(NotEntered::Unavailable),
            "888888" => Err(NotEntered::Paused { until: now + 60 * MINUTE }),
            _ => Err(NotEntered::Wrong { tries_left: 4 }),
        })
    }

    fn enter_fact<'a>(
        &'a self,
        _: &'a str,
        fact: &'a str,
        _: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, NotEntered>> {
        later(match fact {
            "123X" => Ok(signed_in()),
            "0000" => Err(NotEntered::Locked { until: now + 7 * DAY_MS }),
            _ => Err(NotEntered::Wrong { tries_left: 2 }),
        })
    }

    fn not_mine<'a>(&'a self, _: &'a str, _: &'a Browser, _: Millis) -> Later<'a, Result<SignedIn, NotEntered>> {
        later(Ok(SignedIn { session: token('b'), seconds: 3600, is_new: true }))
    }

    fn sign_out<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).map(|_| ()))
    }

    fn me<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<Me, Refused>> {
        later(letter(actor).map(|letter| {
            let whole = letter == 'a';
            Me {
                mobile: "138****8000".into(),
                name: whole.then(|| "张*明".into()),
                id: whole.then(|| (IdType::Resident, "410***********1234".into())),
                unread: if whole { 2 } else { 0 },
                sessions: if whole { 2 } else { 1 },
                has_desk: whole,
                standing: if whole { Standing::Member } else { Standing::None },
                union: whole.then(|| "金水区总工会".to_owned()),
            }
        }))
    }

    fn sessions<'a>(&'a self, actor: &'a Actor, now: Millis) -> Later<'a, Result<Vec<SessionRow>, Refused>> {
        let row = |id, phone: &str, is_this, ago| SessionRow {
            id: SessionId([id; 16]),
            phone: phone.into(),
            strength: Strength::Sms,
            created_at: now - ago - 20 * DAY_MS,
            seen_at: now - ago,
            is_this,
        };
        later(letter(actor).map(|letter| {
            let mut rows = vec![row(b'a', "安卓手机 · 微信", true, 0)];
            if letter == 'a' {
                rows.push(row(b'x', "安卓手机 · 华为浏览器", false, 3 * DAY_MS));
            }
            rows
        }))
    }

    fn end_session<'a>(&'a self, actor: &'a Actor, id: SessionId, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).and_then(|_| if id.0[0] == b'x' { Ok(()) } else { Err(Refused::NotFound) }))
    }

    fn end_all_sessions<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).map(|_| ()))
    }

    fn inbox<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<NoticeRow>, Refused>> {
        let row = |id, title: &str, ago, is_read| NoticeRow {
            id: NoticeId([id; 16]),
            title: title.into(),
            created_at: MONDAY_10 - ago,
            is_read,
        };
        later(letter(actor).map(|letter| {
            if letter != 'a' {
                return vec![];
            }
            vec![
                row(1, "有一部新设备登录了你的账号", 40 * MINUTE, false),
                row(2, "有人核对错了 3 次，账号暂停核对 7 天", DAY_MS, false),
                row(3, "换了手机号", 30 * DAY_MS, true),
            ]
        }))
    }

    fn notice<'a>(&'a self, actor: &'a Actor, id: NoticeId, _: Millis) -> Later<'a, Result<Notice, Refused>> {
        later(letter(actor).and_then(|_| match id.0[0] {
            1 => Ok(Notice {
                title: "有一部新设备登录了你的账号".into(),
                text: "安卓手机 · 华为浏览器，今天 9:20。\n是你本人就不用管。不是你，马上让它退出。<b>".into(),
                link: Some("/me/sessions".into()),
                created_at: MONDAY_10 - 40 * MINUTE,
            }),
            2 => Ok(Notice {
                title: "x".into(),
                text: "x".into(),
                link: Some("//evil.example/".into()),
                created_at: MONDAY_10,
            }),
            _ => Err(Refused::NotFound),
        }))
    }

    fn consents<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Consent>, Refused>> {
        let one = |purpose, given_at| Consent {
            purpose,
            version: 1,
            text: "我们收你的姓名和证件号码，只用来在入会和维权时认得你是同一个人。\n加密保存；给谁看、为什么看，都记一笔。",
            given_at,
        };
        later(letter(actor).map(|letter| {
            let given = (letter == 'a').then_some(MONDAY_10 - DAY_MS);
            vec![one(ConsentFor::Identity, given), one(ConsentFor::Sms, None), one(ConsentFor::Joining, None)]
        }))
    }

    fn set_consent<'a>(
        &'a self,
        actor: &'a Actor,
        _: ConsentFor,
        given: Option<i32>,
        _: Millis,
    ) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).and_then(|_| if given.is_none_or(|v| v == 1) { Ok(()) } else { Err(Refused::NotFound) }))
    }

    fn save_identity<'a>(
        &'a self,
        actor: &'a Actor,
        typed: &'a TypedIdentity,
        _: Millis,
    ) -> Later<'a, Result<(), IdentityWrong>> {
        let mut wrong = IdentityWrong { refused: letter(actor).err(), ..IdentityWrong::default() };
        if typed.name.is_empty() {
            wrong.name = Some("填证件上的姓名。".into());
        }
        if !typed.number.starts_with("11010519491231002") {
            wrong.number = Some("有一位不对，照着证件再核对一遍。".into());
        }
        if !typed.consents {
            wrong.consents = Some("看过同意书，勾上再存。".into());
        }
        later(if wrong == IdentityWrong::default() { Ok(()) } else { Err(wrong) })
    }

    fn reveal_identity<'a>(
        &'a self,
        actor: &'a Actor,
        _: &'a str,
        _: Millis,
    ) -> Later<'a, Result<Option<Identity>, Refused>> {
        later(letter(actor).map(|letter| {
            (letter == 'a').then(|| Identity {
                name: "张𬭚明".into(),
                id_type: IdType::Resident,
                number: "11010519491231002X".into(),
                checked: "只核对了格式",
            })
        }))
    }

    fn held<'a>(&'a self, actor: &'a Actor) -> Later<'a, Result<Vec<Held>, Refused>> {
        later(letter(actor).map(|_| {
            vec![
                Held { what: "手机号", count: 1, why: "用来登录。账号在就存着。" },
                Held {
                    what: "登录的设备", count: 2, why: "让你看得见谁登录着，不用 90 天就退出。"
                },
                Held { what: "通知", count: 3, why: "办事的进展，存一年。" },
                Held { what: "姓名和证件", count: 0, why: "入会、维权认人用。" },
            ]
        }))
    }

    fn export<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<Export, Refused>> {
        later(letter(actor).map(|_| Export { json: "{}".into(), html: "<!doctype html><p>x</p>".into() }))
    }

    fn erase<'a>(&'a self, actor: &'a Actor, _: Millis) -> Later<'a, Result<(), Refused>> {
        later(letter(actor).map(|_| ()))
    }
}
