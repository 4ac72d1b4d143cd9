//! One worker starts.

use super::{
    climb::{due, taker},
    text::{all, name, words},
    words::seal,
};
use crate::{
    services::people::{People, Trouble as _},
    store::{FoundingKept, StoreError},
    vault::random,
};
use data_encoding::{HEXLOWER, HEXUPPER};
use domain::{
    account::{Actor, FoundingId},
    founding::{FoundingStage, unit_key},
    policy::{Action, Refused, Relation, Role},
    ports::{Level, NotDone, Places, Started, TypedFounding},
    time::Millis,
};
use uuid::Uuid;

const UNIT_AT_MOST: usize = 60;
pub(super) const WORDS_AT_MOST: usize = 500;
/// So many requests somebody may have open that they started.
const OPEN_AT_MOST: usize = 3;

pub(super) async fn start(
    people: &People,
    actor: &Actor,
    typed: &TypedFounding,
    now: Millis,
) -> Result<Started, NotDone> {
    people.policy.check(actor, Action::AskForUnion, &[(Role::Worker, Relation::Own)])?;
    let Some(subject) = actor.subject() else { return Err(Refused::SignIn.into()) };
    let unit = name("unit", &typed.unit, UNIT_AT_MOST, "写平台、单位或站点的名字，例：飞毛腿外卖 金水路站。");
    let place = county(people, typed.adcode);
    let colleagues = match typed.colleagues.trim().parse::<u32>() {
        Ok(count @ 1..=100_000) => Ok(count),
        _ => Err(NotDone::at("colleagues", "写个大概的人数，例：25。")),
    };
    let words = words("words", &typed.words, WORDS_AT_MOST);
    let ((unit, adcode), (colleagues, words)) = all(all(unit, place), all(colleagues, words))?;
    let key = unit_key(&unit);
    let own = people.store.foundings_of(subject).await.or_unavailable("read own requests")?;
    // Only one's own: whoever knows the name of an employer is not told who else has asked.
    let is_same = |one: &&FoundingKept| one.stage.is_open() && one.adcode == adcode && one.unit.1 == key;
    if let Some(there) = own.iter().find(is_same) {
        return Ok(Started { token: there.token.clone(), was_there: true });
    }
    if own.iter().filter(|one| one.starter == Some(subject) && one.stage.is_open()).count() >= OPEN_AT_MOST {
        return Err(NotDone::at("", "你发起的已经有三个还在办，先等有了结果，或者退出一个再发起。"));
    }
    let named = people.store.enterprises_named(&unit).await.or_unavailable("look for an employer")?;
    let enterprise = named.into_iter().find(|one| one.adcode.is_none_or(|at| covers(at, adcode)));
    let owner = taker(&people.organisations.tree(), adcode, now);
    let one = FoundingKept {
        id: FoundingId(Uuid::now_v7().into_bytes()),
        token: HEXLOWER.encode(&random::<16>()),
        number: format!("J{}", HEXUPPER.encode(&random::<5>())),
        unit: (unit, key),
        adcode,
        enterprise: enterprise.map(|one| one.id),
        colleagues,
        starter: Some(subject),
        stage: if owner.is_some() { FoundingStage::Sent } else { FoundingStage::Waiting },
        owner,
        due_at: owner.map(|_| due(people, now)),
        outcome: None,
        organisation: None,
        reason: None,
        version: 0,
        created_at: now,
    };
    let sealed = match &words {
        Some(words) => Some(seal(people, subject, words, false, now).await.or_unavailable("seal words")?),
        None => None,
    };
    let mut edit = people.store.edit().await.or_unavailable("start a request")?;
    let written = async {
        if !edit.put_founding(&one).await? {
            return Ok::<bool, StoreError>(false);
        }
        edit.join_founding(one.id, subject, typed.contact, now).await?;
        if let Some(sealed) = &sealed {
            edit.put_founding_words(one.id, sealed, None).await?;
        }
        edit.put_event_of(one.id, "started", None, None, now).await?;
        if owner.is_some() {
            edit.put_event_of(one.id, "sent", owner, None, now).await?;
        }
        edit.finish().await?;
        Ok(true)
    };
    if written.await.or_unavailable("start a request")? {
        return Ok(Started { token: one.token, was_there: false });
    }
    // The same tap was faster by a moment: that one is it.
    let same = people.store.foundings_of_unit(adcode, &one.unit.1).await.or_unavailable("look for a request")?;
    let there = same.into_iter().find(|one| one.starter == Some(subject)).ok_or(Refused::Unavailable)?;
    Ok(Started { token: there.token, was_there: true })
}

/// Whether a region takes in a county, by the digits of GB/T 2260.
pub const fn covers(region: u32, county: u32) -> bool {
    region == county
        || region.is_multiple_of(10_000) && region / 10_000 == county / 10_000
        || region.is_multiple_of(100) && region / 100 == county / 100
}

/// The county that was chosen, or a place without counties.
pub fn county(people: &People, adcode: Option<u32>) -> Result<u32, NotDone> {
    let found = adcode.and_then(|adcode| Places::by_adcode(&*people.regions, adcode));
    match found {
        Some(place) if place.level == Level::County || !place.has_children => Ok(place.adcode),
        _ => Err(NotDone::at("place", "写在哪个区县，例：金水区；有几个同名的，点一个。")),
    }
}
