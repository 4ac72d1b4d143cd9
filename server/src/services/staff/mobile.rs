//! Giving somebody's account another mobile number: at a window, by an officer who sees the person.

use super::{
    desk::own_ground,
    masked::opened,
    reason::reason,
    scope::{Scope, acting_as, proved_to_open, proved_to_send, relations},
};
use crate::{
    services::people::{People, Trouble as _},
    store::{Entry, Helped},
    vault::{Lookup, Owner, Place},
};
use domain::{
    account::{Actor, Mobile, Reach, typed_last4},
    policy::{Action, Refused, Relation, Role},
    ports::{NotDone, StationLookup, Stations as _, TypedChange},
    time::Millis,
};

const HOUR_MS: Millis = 3_600_000;
/// So often an officer may try in an hour: enough for a window, too few for guessing.
const TRIES_AN_HOUR: i64 = 10;
/// What a try is about before anything is known.
const A_TRY: &str = "try";

pub(super) fn may(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    people.policy.check(actor, Action::ChangeMobileOf, &own_ground(actor))?;
    proved_to_open(actor, now)
}

pub(super) async fn change(
    people: &People,
    actor: &Actor,
    typed: &TypedChange,
    now: Millis,
) -> Result<String, NotDone> {
    let ground = own_ground(actor);
    people.policy.check(actor, Action::ChangeMobileOf, &ground)?;
    proved_to_send(actor, now)?;
    let by = actor.subject().ok_or(Refused::SignIn)?;
    let (old, new, why) = read(typed)?;
    let key = people.vault.audit_key();
    let mut entry = Entry {
        actor: Some(by),
        role: acting_as(people, Action::ChangeMobileOf, &ground),
        action: Action::ChangeMobileOf,
        object: A_TRY,
        reason: "核对旧号码",
    };
    // The try itself lasts, whatever comes of it.
    let mut edit = people.store.edit().await.or_unavailable("change a number")?;
    edit.audit(&key, &entry, now).await.or_unavailable("write the audit log")?;
    let tries = edit.audited_since(by, Action::ChangeMobileOf, A_TRY, now - HOUR_MS).await.or_unavailable("count")?;
    edit.finish().await.or_unavailable("change a number")?;
    if tries > TRIES_AN_HOUR {
        return Err(NotDone::at("", "一小时里试得太多了，没有换。过一小时再试，或者请上级工会来办。"));
    }

    let mut edit = people.store.edit().await.or_unavailable("change a number")?;
    let found = edit.helped(&people.vault.hash(Lookup::Mobile, old.as_str())).await.or_unavailable("find")?;
    let Some(helped) = found else { return Err(no_match()) };
    let held = relations_to(people, actor, &helped).await?;
    if people.policy.check(actor, Action::ChangeMobileOf, &held).is_err()
        || !is_them(people, &helped, typed, &held).await?
    {
        return Err(no_match());
    }
    let new_hash = people.vault.hash(Lookup::Mobile, new.as_str());
    if edit.helped(&new_hash).await.or_unavailable("find")?.is_some() {
        return Err(NotDone::at("new", "这个新号码已经有账号了，没有换。请核对号码。"));
    }
    let place = Place { table: "subject", column: "mobile", row: helped.subject.0 };
    let owner = Owner::Subject(helped.subject);
    let sealed = people.vault.seal(owner, place, new.as_str(), now).await.or_unavailable("seal a number")?;
    edit.put_mobile(helped.subject, &new_hash, &sealed.0).await.or_unavailable("change a number")?;
    let object = format!("subject {}", helped.subject);
    (entry.object, entry.reason) = (&object, &why);
    edit.audit(&key, &entry, now).await.or_unavailable("write the audit log")?;
    edit.finish().await.or_unavailable("change a number")?;
    Ok(new.masked())
}

/// The fields, each by itself.
fn read(typed: &TypedChange) -> Result<(Mobile, Mobile, String), NotDone> {
    let mut wrong = Vec::new();
    let (old, new, why) = (Mobile::parse(&typed.old), Mobile::parse(&typed.new), reason(&typed.reason));
    if let Err(error) = &old {
        wrong.push(("old", error.to_string()));
    }
    if !typed.last4.trim().is_empty() && typed_last4(&typed.last4).is_none() {
        wrong.push(("last4", "写证件号码的最后四位，例如 123X。没登记证件的工作人员可以不写。".to_owned()));
    }
    match &new {
        Err(error) => wrong.push(("new", error.to_string())),
        Ok(new) if old.as_ref() == Ok(new) => wrong.push(("new", "新号码和旧号码一样，请核对。".to_owned())),
        Ok(_) => {}
    }
    let why = why.unwrap_or_else(|mut not| {
        wrong.append(&mut not.wrong);
        String::new()
    });
    match (old, new) {
        (Ok(old), Ok(new)) if wrong.is_empty() => Ok((old, new, why)),
        _ => Err(NotDone { wrong, refused: None }),
    }
}

/// One sentence for an unknown number, somebody else's person and a wrong fact: none of them is told apart.
fn no_match() -> NotDone {
    NotDone::at("", "没有换。旧号码和证件后四位对不上，或者这个人不归你管。请核对证件；对不上就请他打 12351。")
}

/// How the actor's roles stand to a person: by the organisation that looks after them, and by their own roles.
async fn relations_to(people: &People, actor: &Actor, helped: &Helped) -> Result<Vec<(Role, Relation)>, Refused> {
    let tree = people.organisations.tree();
    // Nobody's member is looked after by those who reach everywhere.
    let mut held = relations(&tree, actor, Scope::of(helped.home));
    for grant in people.store.grants_of(helped.subject).await.or_unavailable("read roles")? {
        held.extend(match grant.reach {
            Reach::Everywhere => relations(&tree, actor, Scope::Everywhere),
            Reach::Tree(id) => relations(&tree, actor, Scope::Organisation(id)),
            Reach::Station(code) => match people.finder.by_code(code) {
                StationLookup::Here(station) => tree.station_relations(actor, code, station.adcode),
                StationLookup::Retired | StationLookup::Missing => Vec::new(),
            },
        });
    }
    Ok(held)
}

/// Whether the typed fact is theirs. Staff and managers who gave no ID are known to the officer by their role.
async fn is_them(
    people: &People,
    helped: &Helped,
    typed: &TypedChange,
    held: &[(Role, Relation)],
) -> Result<bool, Refused> {
    let Some(sealed) = &helped.id_number else {
        let roles = people.store.grants_of(helped.subject).await.or_unavailable("read roles")?;
        return Ok(!roles.is_empty() && held.iter().any(|(_, relation)| *relation == Relation::Within));
    };
    let Some(number) = opened(people, helped.subject, "id_number", Some(sealed)).await? else { return Ok(false) };
    let letters: Vec<char> = number.reveal().chars().collect();
    let last4: String = letters[letters.len().saturating_sub(4)..].iter().collect::<String>().to_uppercase();
    Ok(typed_last4(&typed.last4).is_some_and(|typed| typed == last4))
}
