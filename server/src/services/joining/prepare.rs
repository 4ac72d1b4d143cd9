//! Filled in by somebody else: it waits until the worker's own phone confirms it.

use super::{
    draft::{Stopped, begun, told},
    mine, own,
    save::{Found, take},
    seen::Seen,
};
use crate::{
    outside::sms::Message,
    services::{
        accounts::{limits, mobile_of},
        notices::{NoticeWords, tell},
        people::{Failed, People, Trouble as _},
    },
    store::{Edit, Entry, KeptPreparation, NewPreparation},
    vault::{Lookup, Owner, Place, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{Actor, Mobile, PersonName, SubjectId, limit::Limit},
    membership::Screen,
    policy::{Action, Refused, Role},
    ports::{Handed, NotSaved, Prepared, TypedScreen},
    time::{DAY_MS, LocalTime, Millis},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// It waits so long.
const WAITS_MS: Millis = 7 * DAY_MS;
/// A helper fills in for a handful of people on one day, not for a list.
const OF_HELPER: Limit = Limit::of_day(10);
/// A number is written to so often on one day, whoever asks for it.
const OF_NUMBER: Limit = Limit::of_day(2);

/// What was typed, as it is sealed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Words {
    kind: String,
    lane: String,
    occupation: String,
    pick: String,
    unit: String,
    adcode: String,
    town: String,
    name: String,
    id_type: String,
    id_number: String,
}

impl Words {
    fn of(typed: &TypedScreen) -> Self {
        let typed = typed.clone();
        Self {
            kind: typed.kind,
            lane: typed.lane,
            occupation: typed.occupation,
            pick: typed.pick,
            unit: typed.unit,
            adcode: typed.adcode,
            town: typed.town,
            name: typed.name,
            id_type: typed.id_type,
            id_number: typed.id_number,
        }
    }

    fn typed(self) -> TypedScreen {
        TypedScreen {
            kind: self.kind,
            lane: self.lane,
            occupation: self.occupation,
            pick: self.pick,
            unit: self.unit,
            adcode: self.adcode,
            town: self.town,
            name: self.name,
            id_type: self.id_type,
            id_number: self.id_number,
        }
    }
}

const fn place(id: [u8; 16]) -> Place {
    Place { table: "prepared_application", column: "words", row: id }
}

/// The screens that a helper filled in.
fn filled(typed: &TypedScreen) -> Vec<Screen> {
    let is_filled = |screen: Screen| match screen {
        Screen::Kind => !typed.kind.is_empty(),
        Screen::Lane => !typed.lane.is_empty(),
        Screen::Occupation => !typed.occupation.is_empty(),
        Screen::Unit => !typed.unit.trim().is_empty() || !typed.pick.is_empty(),
        Screen::Place => !typed.adcode.is_empty(),
        Screen::Name => !typed.name.trim().is_empty(),
        Screen::Id => !typed.id_number.trim().is_empty(),
        Screen::Check => false,
    };
    Screen::ALL.iter().copied().filter(|&screen| is_filled(screen)).collect()
}

pub(super) async fn prepare(
    people: &People,
    actor: &Actor,
    mobile: &str,
    typed: &TypedScreen,
    now: Millis,
) -> Result<Handed, NotSaved> {
    people.policy.check(actor, Action::PrepareApplication, &[]).map_err(NotSaved::Refused)?;
    let helper = actor.subject().ok_or(NotSaved::Refused(Refused::SignIn))?;
    let at = |field, sentence: &str| NotSaved::At { field, sentence: sentence.to_owned() };
    let mobile = Mobile::parse(mobile).map_err(|why| at("mobile", &why.to_string()))?;
    PersonName::parse(&typed.name).map_err(|why| at("name", &why.to_string()))?;
    told(handed(people, helper, &mobile, typed, now).await, "keep what a helper filled in")
}

async fn handed(
    people: &People,
    helper: SubjectId,
    mobile: &Mobile,
    typed: &TypedScreen,
    now: Millis,
) -> Result<Handed, Stopped> {
    let at = |field, sentence: String| Stopped::Told(NotSaved::At { field, sentence });
    let mobile_hash = people.vault.hash(Lookup::Mobile, mobile.as_str());
    let account = people.store.subject(helper).await?.ok_or(Stopped::Told(NotSaved::Refused(Refused::SignIn)))?;
    if account.mobile_hash.as_deref() == Some(&mobile_hash[..]) {
        return Err(at("mobile", "这是你自己的手机号。给自己入会，回上一页直接填。".to_owned()));
    }
    // Looked at as if it were a draft of the helper's own: every sentence is the same, and nothing of it is written.
    let mut seen = Seen::none(&account);
    for screen in filled(typed) {
        let found = Found::of(people, screen, typed).await?;
        if let Some((field, sentence)) = take(people, &mut seen, helper, screen, (typed, found), now).await? {
            return Err(at(field, sentence));
        }
    }
    let id = Uuid::now_v7().into_bytes();
    let token = HEXLOWER.encode(&random::<32>());
    let json = serde_json::to_string(&Words::of(typed)).unwrap_or_default();
    let words = people.vault.seal(Owner::Subject(helper), place(id), &json, now).await?;
    let rate = |of: &str, which: &str| people.vault.hash(Lookup::Rate, &format!("prepare.{of}:{which}"));
    let counts = [
        (rate("helper", &helper.to_string()), OF_HELPER),
        (rate("number", &HEXLOWER.encode(&mobile_hash)), OF_NUMBER),
        limits::budget(people),
    ];
    let helper_name = helper_name(people, helper).await?;
    let mut edit = people.store.edit().await?;
    if let Err((_, which)) = edit.take(&counts, now).await? {
        let sentence = match which {
            0 => "今天替人填的次数用完了，明天再来；或者请他用自己的手机填。",
            1 => "这个号码今天已经收过短信了，明天再来；或者请他用自己的手机填。",
            _ => "今天的短信发完了，明天再来；或者请他用自己的手机填。",
        };
        return Err(at("mobile", sentence.to_owned()));
    }
    let new = NewPreparation {
        id,
        token_hash: &people.vault.hash(Lookup::Token, &token),
        helper,
        mobile_hash: &mobile_hash,
        mobile_masked: &mobile.masked(),
        words: &words.0,
        expires_at: now + WAITS_MS,
    };
    edit.put_preparation(&new, now).await?;
    let path = format!("/join/confirm/{token}");
    if let Some(worker) = edit.subject_of_mobile(&mobile_hash).await? {
        let words = NoticeWords {
            kind: "application_prepared",
            title: "有人替你填了入会申请".to_owned(),
            text: format!(
                "{helper_name}替你填了一份入会申请，还没有交给任何人。看一遍，是你的意思就确认；不是，不用管，7 天后自己作废。"
            ),
            link: Some(path.clone()),
        };
        tell(people, &mut edit, worker.id, &words, false, now).await?;
    }
    let entry = Entry {
        actor: Some(helper),
        role: Role::Worker,
        action: Action::PrepareApplication,
        object: &format!("prepared_application {}", Uuid::from_bytes(id).simple()),
        reason: "替人填入会申请，等本人确认",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    if people.sms.send(mobile.as_str(), Message::Notice, now).await.is_err() {
        // The link can be handed over in any other way.
        tracing::warn!("no gateway took the message about a prepared application");
    }
    Ok(Handed { path, mobile: mobile.masked(), until: now + WAITS_MS })
}

/// `张*明`, or by the number where no name is known.
async fn helper_name(people: &People, helper: SubjectId) -> Result<String, Failed> {
    let contact = people.store.contact_of(helper).await?;
    let name_at = Place { table: "subject", column: "name", row: helper.0 };
    let name = super::seen::opened(people, helper, name_at, contact.name.as_ref()).await?;
    if let Some(name) = name.and_then(|name| PersonName::parse(name.reveal()).ok()) {
        return Ok(name.masked());
    }
    let mobile = super::seen::opened(people, helper, mobile_of(helper), contact.mobile.as_ref()).await?;
    let mobile = mobile.and_then(|mobile| Mobile::parse(mobile.reveal()).ok());
    Ok(mobile.map_or_else(|| "有人".to_owned(), |mobile| format!("手机号 {} 的人", mobile.masked())))
}

/// What waits for the actor: only the account whose number it was meant for has it.
async fn find(
    people: &People,
    subject: SubjectId,
    token: &str,
    now: Millis,
) -> Result<Option<KeptPreparation>, Failed> {
    let found = people.store.preparation(&people.vault.hash(Lookup::Token, token), now).await?;
    let Some(account) = people.store.subject(subject).await? else { return Ok(None) };
    Ok(found.filter(|found| account.mobile_hash.as_ref() == Some(&found.mobile_hash)))
}

async fn typed_of(people: &People, found: &KeptPreparation) -> Result<Option<TypedScreen>, Failed> {
    let secret = super::seen::opened(people, found.helper, place(found.id), Some(&found.words)).await?;
    Ok(secret.and_then(|json| serde_json::from_str::<Words>(json.reveal()).ok()).map(Words::typed))
}

pub(super) async fn prepared(people: &People, actor: &Actor, token: &str, now: Millis) -> Result<Prepared, Refused> {
    let subject = own(people, actor, Action::Apply)?;
    let shown = async {
        let Some(found) = find(people, subject, token, now).await? else { return Ok::<_, Failed>(None) };
        let Some(typed) = typed_of(people, &found).await? else { return Ok(None) };
        let Some(account) = people.store.subject(subject).await? else { return Ok(None) };
        let mut seen = Seen::none(&account);
        for screen in filled(&typed) {
            let lists = Found::of(people, screen, &typed).await?;
            take(people, &mut seen, subject, screen, (&typed, lists), now).await?;
        }
        // The number that the account has is the one it was meant for.
        let mut facts = mine::facts(people, &seen, now).await?;
        if let Some(fact) = facts.iter_mut().find(|(label, _)| *label == "姓名") {
            // One's own name, as somebody else spelt it: to be read whole.
            fact.1 = seen.name.clone().unwrap_or_default();
        }
        Ok(Some(Prepared { helper: helper_name(people, found.helper).await?, facts, until: found.expires_at }))
    };
    shown.await.or_unavailable("show what a helper filled in")?.ok_or(Refused::NotFound)
}

pub(super) async fn take_over(people: &People, actor: &Actor, token: &str, now: Millis) -> Result<Screen, NotSaved> {
    let subject = own(people, actor, Action::Apply).map_err(NotSaved::Refused)?;
    told(taken_over(people, subject, token, now).await, "take over what a helper filled in")
}

async fn taken_over(people: &People, subject: SubjectId, token: &str, now: Millis) -> Result<Screen, Stopped> {
    let gone = || Stopped::Told(NotSaved::Refused(Refused::NotFound));
    let found = find(people, subject, token, now).await?.ok_or_else(gone)?;
    let typed = typed_of(people, &found).await?.ok_or_else(gone)?;
    let mut lists = Vec::new();
    for screen in filled(&typed) {
        lists.push((screen, Found::of(people, screen, &typed).await?));
    }
    let helper = helper_name(people, found.helper).await?;
    let mut edit = people.store.edit().await?;
    let mut seen = begun(people, &mut edit, subject, now).await?;
    if edit.confirm_preparation(found.id, now).await? {
        for (screen, list) in lists {
            take(people, &mut seen, subject, screen, (&typed, list), now).await?;
            seen.kept.screen = seen.kept.screen.max(Some(screen));
        }
        seen.kept.helper = Some(found.helper);
        edit.put_draft(&seen.kept, now).await?;
        tell_both(people, &mut edit, subject, (&found, &helper), now).await?;
    }
    edit.finish().await?;
    Ok(seen.next(LocalTime::of(now).date()))
}

async fn tell_both(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    (found, helper): (&KeptPreparation, &str),
    now: Millis,
) -> Result<(), Failed> {
    let words = NoticeWords {
        kind: "application_taken_over",
        title: "你接过了别人替你填的入会申请".to_owned(),
        text: format!("{helper}替你填的内容现在是你自己的草稿。看一遍，由你自己发出去。"),
        link: Some("/join".to_owned()),
    };
    tell(people, edit, subject, &words, false, now).await?;
    let words = NoticeWords {
        kind: "preparation_confirmed",
        title: "你替人填的入会申请，对方确认了".to_owned(),
        text: "以后的事由他自己办，进展只告诉他本人。".to_owned(),
        link: None,
    };
    tell(people, edit, found.helper, &words, false, now).await?;
    Ok(())
}
