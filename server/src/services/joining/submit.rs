//! Sending: from the first minute it has a number, an owner and a date.

use super::{
    hashes, own,
    seen::{Seen, opened, place},
    transfer, way,
};
use crate::{
    services::{
        accounts::{BY_SERVICE, Fixed, check_identity, consent_text_of, fixed, write_identity},
        membership::claim::{Speaks, claim, forget_shell},
        notices::{NoticeWords, tell},
        people::{Failed, People, Trouble as _},
    },
    store::{Claimed, Edit, Entry, Hashes, KeptApplication, Sending, StoreError, SubjectRow},
    vault::{Owner, Place, random},
};
use domain::{
    account::{Actor, IdNumber, OrganisationId, PersonName, SubjectId},
    membership::{ApplicationKind, ApplicationState, Screen, routing::route},
    policy::{Action, Refused, Role},
    ports::{ConsentFor, NotSubmitted, Registered},
    time::{LocalTime, Millis},
};

/// Why it was not sent.
enum Stopped {
    Told(NotSubmitted),
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn again(screen: Screen, sentence: &str) -> Stopped {
    Stopped::Told(NotSubmitted::Again { screen, sentence: sentence.to_owned() })
}

pub(super) async fn submit(
    people: &People,
    actor: &Actor,
    consent: bool,
    instead: bool,
    now: Millis,
) -> Result<Registered, NotSubmitted> {
    let subject = own(people, actor, Action::Apply).map_err(NotSubmitted::Refused)?;
    let sent = async {
        // Another tab may save, and a union may end, between looking and writing: then it is looked at again.
        for _ in 0..TRIES {
            if let Some(registered) = tried(people, subject, consent, instead, now).await? {
                return Ok(registered);
            }
        }
        Err(Stopped::Told(NotSubmitted::Refused(Refused::Unavailable)))
    };
    sent.await.map_err(|stopped| match stopped {
        Stopped::Told(why) => why,
        Stopped::Failed(error) => {
            let refused = Err::<(), _>(error).or_unavailable("send an application").err();
            NotSubmitted::Refused(refused.unwrap_or(Refused::Unavailable))
        }
    })
}

const TRIES: u32 = 4;
/// So long after the first tap a second one means the same.
const TWICE_MS: Millis = 10 * 60_000;

fn registered(kept: &KeptApplication) -> Registered {
    Registered { id: kept.id.to_string(), number: kept.number.clone().unwrap_or_default() }
}

/// What is sent, checked.
struct Checked {
    name: PersonName,
    number: IdNumber,
    /// Of an identity that the account does not hold yet.
    fresh: Option<crate::services::accounts::CheckedIdentity>,
}

async fn audit(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    sent: &KeptApplication,
    kind: ApplicationKind,
    now: Millis,
) -> Result<(), StoreError> {
    let entry = Entry {
        actor: Some(subject),
        role: Role::Worker,
        action: Action::Apply,
        object: &sent.object(),
        reason: match kind {
            ApplicationKind::Join => "本人申请入会，已登记",
            ApplicationKind::Transfer => "本人申请转接会籍，已登记",
        },
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await
}

/// The account, which may have been deleted a moment ago.
fn there(account: Option<SubjectRow>) -> Result<SubjectRow, Stopped> {
    account.ok_or(Stopped::Told(NotSubmitted::Refused(Refused::SignIn)))
}

/// Sent a moment ago, and decided since: the answer is the first. What is older, or was withdrawn, is no answer to a
/// draft that is gone.
async fn sent_before(people: &People, subject: SubjectId, now: Millis) -> Result<Registered, Stopped> {
    let sent = people.store.sent_applications(subject).await?;
    let is_this = |one: &&KeptApplication| {
        one.state != ApplicationState::Withdrawn && one.submitted_at.is_some_and(|at| now - at <= TWICE_MS)
    };
    sent.first().filter(is_this).map(registered).ok_or_else(|| again(Screen::Kind, "还没有填申请，从这里开始。"))
}

/// A member who transfers keeps the name and the number that are known.
async fn stays_who_they_are(
    people: &People,
    edit: &mut Edit,
    account: &SubjectRow,
    checked: &Checked,
) -> Result<(), Stopped> {
    if checked.fresh.is_none() {
        return Ok(());
    }
    match fixed(people, edit, account, (&checked.name, &checked.number)).await? {
        Some(Fixed::Name(words)) => Err(again(Screen::Name, words)),
        Some(Fixed::Number(words)) => Err(again(Screen::Id, words)),
        None => Ok(()),
    }
}

/// Nothing is sent: the membership was on a list, and is theirs now.
async fn came_with_a_list(
    people: &People,
    mut edit: Edit,
    subject: SubjectId,
    (claimed, checked): (&Claimed, &Checked),
    now: Millis,
) -> Result<(), Stopped> {
    if let Some(fresh) = &checked.fresh {
        write_identity(people, &mut edit, subject, (&checked.name, &checked.number), fresh, now).await?;
    }
    edit.finish().await?;
    forget_shell(people, Some(claimed)).await?;
    Ok(())
}

/// Sends once; `None` where something changed meanwhile and it has to be looked at again.
async fn tried(
    people: &People,
    subject: SubjectId,
    consent: bool,
    instead: bool,
    now: Millis,
) -> Result<Option<Registered>, Stopped> {
    let account = there(people.store.subject(subject).await?)?;
    let Some(kept) = people.store.open_application(subject).await? else {
        return sent_before(people, subject, now).await.map(Some);
    };
    if kept.state != ApplicationState::Draft {
        return Ok(Some(registered(&kept)));
    }
    if !consent {
        return Err(Stopped::Told(NotSubmitted::Consent));
    }
    let seen = Seen::of(people, kept, &account).await?;
    let checked = checked(people, &seen, &account, now).await?;
    // What was dissolved a moment ago takes nothing.
    people.organisations.catch_up(&people.store).await?;
    let wanted = way::applicant(people, &seen).await?;
    let wanted = if instead { wanted.of_region() } else { wanted };
    let tree = people.organisations.tree();
    let found = route(&tree, &wanted, now);

    let mut edit = people.store.edit().await?;
    let account = there(edit.subject(subject).await?)?;
    let Some(mut locked) = edit.open_application(subject).await? else { return Ok(None) };
    if locked.state != ApplicationState::Draft {
        return Ok(Some(registered(&locked)));
    }
    if locked.version != seen.kept.version || account.id_number != seen.account_number {
        return Ok(None);
    }
    let hashes = hashes_of(people, &mut edit, subject, &seen, &checked).await?;
    let kind = locked.kind.unwrap_or(ApplicationKind::Join);
    let mut member = edit.member_of(subject).await?;
    // On the list of an organisation that came with one: from now on under this account.
    let claimed = match member {
        Some(_) => None,
        None => claim(people, &mut edit, subject, &hashes, speaks(&checked, &account), now).await?,
    };
    if claimed.is_some() {
        member = edit.member_of(subject).await?;
    }
    match (kind, member) {
        (ApplicationKind::Join, Some((organisation, _))) => {
            let organisation = tree.get(organisation).map(|one| one.name.clone()).unwrap_or_default();
            if let Some(claimed) = &claimed {
                came_with_a_list(people, edit, subject, (claimed, &checked), now).await?;
            }
            return Err(Stopped::Told(NotSubmitted::Member { organisation }));
        }
        (ApplicationKind::Transfer, None) => {
            return Err(Stopped::Told(NotSubmitted::NoMembership));
        }
        _ => {}
    }
    stays_who_they_are(people, &mut edit, &account, &checked).await?;
    let Some(owner) = found.owner() else {
        locked.route = Some(way::json(None, &found));
        edit.put_draft(&locked, now).await?;
        edit.finish().await?;
        return Err(Stopped::Told(NotSubmitted::NotOpen(way::not_open(&tree, wanted.adcode))));
    };
    if !edit.organisation_stands(owner).await? {
        return Ok(None);
    }
    let number = number(&mut edit).await?;
    let seal =
        async |column, text| people.vault.seal(Owner::Subject(subject), place(locked.id, column), text, now).await;
    let name = seal("name", checked.name.as_str()).await?;
    let id_number = seal("id_number", checked.number.as_str()).await?;
    let due_at = way::due(people, now);
    let sending = Sending {
        kind,
        name: &name.0,
        id_type: checked.number.id_type(),
        id_number: &id_number.0,
        hashes: &hashes,
        number: &number,
        owner,
        due_at,
        route: &way::json(None, &found),
        kept_from_unit: instead,
    };
    if !edit.send_application(locked.id, &sending, now).await? {
        return Ok(None);
    }
    if let Some(fresh) = &checked.fresh {
        write_identity(people, &mut edit, subject, (&checked.name, &checked.number), fresh, now).await?;
    }
    edit.put_consent(subject, ConsentFor::Joining, Some(consent_text_of(ConsentFor::Joining).0), now).await?;
    edit.put_application_event(locked.id, "submitted", Some(owner), None, now).await?;
    if let Some((_, membership)) = member
        && let Some(why) = transfer::ask(people, &mut edit, membership, locked.id, owner, now).await?
    {
        return Err(again(Screen::Kind, why));
    }
    locked.owner = Some(owner);
    audit(people, &mut edit, subject, &locked, kind, now).await?;
    let words = told(&tree.get(owner).map(|one| one.name.clone()).unwrap_or_default(), &number, due_at, &locked);
    tell(people, &mut edit, subject, &words, true, now).await?;
    edit.finish().await?;
    forget_shell(people, claimed.as_ref()).await?;
    metrics::counter!("applications").increment(1);
    Ok(Some(Registered { id: locked.id.to_string(), number }))
}

fn told(owner: &str, number: &str, due_at: Millis, kept: &KeptApplication) -> NoticeWords {
    let date = LocalTime::of(due_at).date();
    NoticeWords {
        kind: "application_submitted",
        title: "入会申请已登记".to_owned(),
        text: format!("登记号 {number}，由{owner}受理，最晚 {date} 答复你。批准以前是受理中，还不是会员。"),
        link: Some(format!("/me/applications/{}", kept.id)),
    }
}

/// Whether name and number may be sent: whole, and the account's own where it holds some.
async fn checked(people: &People, seen: &Seen, account: &SubjectRow, now: Millis) -> Result<Checked, Stopped> {
    let today = LocalTime::of(now).date();
    let next = seen.next(today);
    if next != Screen::Check {
        return Err(again(next, "这一步还没有填好，填完再发。"));
    }
    let (Some(name), Some(number)) = (seen.right_name(), seen.right_number(today)) else {
        return Err(again(Screen::Id, "请再检查一下姓名和证件号码。"));
    };
    let subject = account.id;
    let at = |column| Place { table: "subject", column, row: subject.0 };
    let held_name = opened(people, subject, at("name"), account.name.as_ref()).await?;
    let held_number = opened(people, subject, at("id_number"), account.id_number.as_ref()).await?;
    if let (Some(held_name), Some(held_number)) = (held_name, held_number) {
        // Another person's application is not sent from this account, and an identity is changed on its own page, with
        // the last four of the one that is held.
        if held_number.reveal() != number.as_str() || account.id_type != Some(number.id_type()) {
            return Err(again(Screen::Id, "和你账号里的证件不一样。要换证件，先到“我的 · 实名信息”里改，再来发。"));
        }
        if held_name.reveal() != name.as_str() {
            return Err(again(Screen::Name, "和你账号里的姓名不一样。要改姓名，先到“我的 · 实名信息”里改，再来发。"));
        }
        return Ok(Checked { name, number, fresh: None });
    }
    match check_identity(people, subject, &name, &number, now).await? {
        Ok(fresh) => Ok(Checked { name, number, fresh: Some(fresh) }),
        Err(sentence) => Err(again(Screen::Id, sentence)),
    }
}

/// What is known of the applicant beside the document.
fn speaks(checked: &Checked, account: &SubjectRow) -> Speaks {
    Speaks::Told(match &checked.fresh {
        Some(fresh) => fresh.is_by_service(),
        None => account.id_check.as_deref() == Some(BY_SERVICE),
    })
}

async fn hashes_of(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    seen: &Seen,
    checked: &Checked,
) -> Result<Hashes, Failed> {
    let person = match &checked.fresh {
        Some(fresh) => fresh.person_hash(people).map(|hash| hash.to_vec()),
        None => edit.person_hash_of(subject).await?,
    };
    Ok(hashes::of(&people.vault, person, &checked.number, &checked.name, seen.mobile.as_ref()))
}

/// Letters and digits that nobody mixes up on the phone.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A 登记号: eight of them, drawn evenly, `K7M2-9QDX`. It says nothing of anybody and opens nothing; one in 10^12.
fn draw() -> String {
    let mut number = String::with_capacity(9);
    for (at, byte) in random::<8>().into_iter().enumerate() {
        if at == 4 {
            number.push('-');
        }
        number.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    number
}

async fn number(edit: &mut Edit) -> Result<String, Failed> {
    loop {
        let number = draw();
        if !edit.has_application_number(&number).await? {
            return Ok(number);
        }
    }
}

/// Who owns it now, for a sentence.
#[must_use]
pub(super) fn name_of(people: &People, owner: Option<OrganisationId>) -> String {
    let tree = people.organisations.tree();
    owner.and_then(|id| tree.get(id)).map_or_else(|| "原来的工会（已撤销）".to_owned(), |one| one.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_eight_letters_that_nobody_mixes_up() {
        let numbers: std::collections::HashSet<String> = (0..2000).map(|_| draw()).collect();
        assert_eq!(numbers.len(), 2000);
        for number in numbers {
            assert!(number.len() == 9 && number.as_bytes()[4] == b'-', "{number}");
            assert!(!number.contains(['0', '1', 'I', 'O']), "{number}");
        }
    }
}
