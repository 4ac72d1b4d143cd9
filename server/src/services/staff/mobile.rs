//! Giving somebody's account another mobile number: at a window, by an officer who sees the person.

use super::{
    desk::own_ground,
    grant::relations_to,
    invitation::action_of,
    masked::opened,
    reason::reason,
    scope::{Scope, acting_as, proved_to_open, proved_to_send, relations},
};
use crate::{
    services::{
        notices::{NoticeWords, tell},
        people::{People, Trouble as _},
    },
    store::{Edit, Entry, SubjectRow},
    vault::{Lookup, Owner, Place},
};
use domain::{
    account::{Actor, Mobile, Reach, SubjectId, typed_last4},
    policy::{Action, Refused},
    ports::{NotDone, TypedChange},
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
    let old_hash = people.vault.hash(Lookup::Mobile, old.as_str());
    let found = edit.subject_of_mobile(&old_hash).await.or_unavailable("find a number")?;
    let Some(helped) = found.filter(|found| found.id != by) else { return Err(no_match()) };
    if !may_help(people, &mut edit, actor, helped.id).await? || !is_them(people, &mut edit, &helped, typed).await? {
        return Err(no_match());
    }
    let new_hash = people.vault.hash(Lookup::Mobile, new.as_str());
    let place = Place { table: "subject", column: "mobile", row: helped.id.0 };
    let owner = Owner::Subject(helped.id);
    let sealed = people.vault.seal(owner, place, new.as_str(), now).await.or_unavailable("seal a number")?;
    if !edit.put_mobile(helped.id, &new_hash, &sealed.0).await.or_unavailable("change a number")? {
        return Err(NotDone::at("new", "这个新号码已经有账号了，没有换。请核对号码。"));
    }
    // Nobody who holds the new number is taken for its person by the phone they hold: the second fact is asked.
    edit.forget_devices(helped.id).await.or_unavailable("forget devices")?;
    let words = NoticeWords {
        kind: "mobile_changed_by_officer",
        title: "工会工作人员给你换了手机号".to_owned(),
        text: format!(
            "{}的工作人员把你的账号换到了 {}。不是你要换的，马上打 12351，或者联系他们。",
            acting_for(people, actor),
            new.masked()
        ),
        link: Some("/me".to_owned()),
    };
    tell(people, &mut edit, helped.id, &words, false, now).await.or_unavailable("tell somebody")?;
    let object = format!("subject {}", helped.id);
    (entry.object, entry.reason) = (&object, &why);
    edit.audit(&key, &entry, now).await.or_unavailable("write the audit log")?;
    edit.finish().await.or_unavailable("change a number")?;
    Ok(new.masked())
}

/// The organisation in whose name an officer acts.
fn acting_for(people: &People, actor: &Actor) -> String {
    let tree = people.organisations.tree();
    let place = actor.grants().iter().find_map(|grant| match grant.reach {
        Reach::Tree(id) => Some(Scope::Organisation(id)),
        Reach::Everywhere => Some(Scope::Everywhere),
        Reach::Station(_) => None,
    });
    place.unwrap_or(Scope::Everywhere).name(&tree)
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

/// Whether the actor looks after a person: by the organisation that does, or by their roles, every one of which the
/// actor could give. Who has a role that is out of the actor's hands is out of them too.
async fn may_help(people: &People, edit: &mut Edit, actor: &Actor, subject: SubjectId) -> Result<bool, Refused> {
    let tree = people.organisations.tree();
    let home = edit.home_of(subject).await.or_unavailable("find the home of an account")?;
    // Nobody's member is looked after by those who reach everywhere.
    let mut held = relations(&tree, actor, Scope::of(home));
    for grant in people.store.grants_of(subject).await.or_unavailable("read roles")? {
        let to_role = relations_to(people, actor, &grant.reach);
        if people.policy.check(actor, action_of(grant.role), &to_role).is_err() {
            return Ok(false);
        }
        held.extend(to_role);
    }
    Ok(people.policy.check(actor, Action::ChangeMobileOf, &held).is_ok())
}

/// Whether the typed fact is theirs. Staff and managers who gave no ID are known by their role, as long as there is
/// nothing that the number alone would open.
async fn is_them(people: &People, edit: &mut Edit, helped: &SubjectRow, typed: &TypedChange) -> Result<bool, Refused> {
    let Some(sealed) = &helped.id_number else {
        let has_role = !people.store.grants_of(helped.id).await.or_unavailable("read roles")?.is_empty();
        return Ok(has_role && !edit.has_matters(helped.id).await.or_unavailable("look for matters")?);
    };
    let Some(number) = opened(people, helped.id, "id_number", Some(sealed)).await? else { return Ok(false) };
    let letters: Vec<char> = number.reveal().chars().collect();
    let last4: String = letters[letters.len().saturating_sub(4)..].iter().collect::<String>().to_uppercase();
    Ok(typed_last4(&typed.last4).is_some_and(|typed| typed == last4))
}
