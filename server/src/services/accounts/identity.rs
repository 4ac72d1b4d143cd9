//! Who somebody is: name and document, kept with consent, shown whole only with a reason.

use super::{
    bound::{Fixed, fixed},
    consents::text_of,
    fact::{self, Tried},
    limits,
    me::{open_mobile, open_name, open_number, place},
    own::own,
};
use crate::{
    outside::identity::{Answer, Question},
    services::{
        membership::claim::{claim_told, forget_shell},
        notices::{NoticeWords, tell},
        people::{Failed, People, Trouble as _},
    },
    store::{Edit, Entry, SealedIdentity, StoreError},
    vault::{Lookup, Owner},
};
use domain::{
    account::{Actor, IdNumber, IdType, PersonName, SubjectId},
    policy::{Action, Refused, Role},
    ports::{ConsentFor, Identity, IdentityWrong, TypedIdentity},
    time::{LocalTime, Millis},
};

fn read(typed: &TypedIdentity, now: Millis) -> Result<(PersonName, IdNumber), Box<IdentityWrong>> {
    let mut wrong = IdentityWrong::default();
    let name = PersonName::parse(&typed.name).map_err(|why| wrong.name = Some(why.to_string())).ok();
    let id_type = IdType::parse(&typed.id_type);
    if id_type.is_none() {
        wrong.id_type = Some("请选证件类型。".to_owned());
    }
    // Of an unknown type a number is still looked at, so that all errors are told at once.
    let number = IdNumber::parse(id_type.unwrap_or(IdType::Resident), &typed.number, LocalTime::of(now).date());
    let number = number.map_err(|why| wrong.number = id_type.map(|_| why.to_string())).ok();
    if !typed.consents {
        wrong.consents = Some("请先看完说明，勾选同意，再保存。".to_owned());
    }
    match (name, number) {
        (Some(name), Some(number)) if wrong == IdentityWrong::default() => Ok((name, number)),
        _ => Err(Box::new(wrong)),
    }
}

pub(super) async fn save(
    people: &People,
    actor: &Actor,
    typed: &TypedIdentity,
    now: Millis,
) -> Result<(), IdentityWrong> {
    let refused = |refused| IdentityWrong { refused: Some(refused), ..IdentityWrong::default() };
    let (subject, _) = own(people, actor, Action::ChangeAccount).map_err(refused)?;
    let (name, number) = read(typed, now).map_err(|wrong| *wrong)?;
    let is_change = confirmed(people, subject, &typed.last4, now).await?;
    if !may_ask(people, subject, now).await.or_unavailable("count checks of identities").map_err(refused)? {
        let number = Some("今天核对的次数用完了，明天再来填。填错了几次也没关系，没有存下。".to_owned());
        return Err(IdentityWrong { number, ..IdentityWrong::default() });
    }
    let Some(checked) = asked(people, &name, &number).await else {
        let number = Some(DIFFERS.to_owned());
        return Err(IdentityWrong { number, ..IdentityWrong::default() });
    };
    let kept =
        keep(people, subject, (&name, &number), checked, is_change, now).await.or_unavailable("keep an identity");
    let none = IdentityWrong::default;
    match kept.map_err(refused)? {
        None => Ok(()),
        Some(Fixed::Name(words)) => Err(IdentityWrong { name: Some(words.to_owned()), ..none() }),
        Some(Fixed::Number(words)) => Err(IdentityWrong { number: Some(words.to_owned()), ..none() }),
    }
}

/// What is told where the service says that name and number are two people's.
const DIFFERS: &str = "姓名和证件号码对不上，请对着证件检查一下两样。";

/// Asks who checks; `None` where name and number do not belong together.
async fn asked(people: &People, name: &PersonName, number: &IdNumber) -> Option<Checked> {
    let question = Question { name: name.as_str(), id_type: number.id_type(), number: number.as_str() };
    match people.identity.check(&question).await {
        Answer::FormOnly => Some(Checked { id_check: "form", person: None }),
        Answer::Confirmed { person } => Some(Checked { id_check: BY_SERVICE, person }),
        Answer::Differs => None,
    }
}

/// The check of a name and a number outside the page of identities: the same service, counted with the same limits.
/// The second result is a sentence for the person.
///
/// # Errors
/// The database does not answer.
pub(in crate::services) async fn check(
    people: &People,
    subject: SubjectId,
    name: &PersonName,
    number: &IdNumber,
    now: Millis,
) -> Result<Result<Checked, &'static str>, StoreError> {
    if !may_ask(people, subject, now).await? {
        return Ok(Err("今天核对的次数用完了，明天再来发。填过的都留着。"));
    }
    Ok(asked(people, name, number).await.ok_or(DIFFERS))
}

/// Whoever overwrites an identity shows first that it is theirs, and with it the second fact of the next sign-in. Says
/// whether one is held.
async fn confirmed(people: &People, subject: SubjectId, last4: &str, now: Millis) -> Result<bool, IdentityWrong> {
    let tried = fact::confirm(people, subject, last4, now).await.or_unavailable("confirm a person");
    let tried = tried.map_err(|refused| IdentityWrong { refused: Some(refused), ..IdentityWrong::default() })?;
    let wrong = match tried {
        None => return Ok(false),
        Some(Tried::Right) => return Ok(true),
        Some(Tried::Wrong { tries_left }) => {
            format!("后四位和存着的证件对不上，照着原来的证件再填一遍，例：123X。还能试 {tries_left} 次。")
        }
        Some(Tried::Locked { until }) => {
            format!("证件号码后四位错得太多了，{} 以后再来改。", LocalTime::of(until).date())
        }
    };
    Err(IdentityWrong { last4: Some(wrong), ..IdentityWrong::default() })
}

/// Takes one of the checks of the day: an identity service is no oracle for lists of stolen names and numbers.
async fn may_ask(people: &People, subject: SubjectId, now: Millis) -> Result<bool, StoreError> {
    let mut edit = people.store.edit().await?;
    let taken = edit.take(&limits::identities(people, subject), now).await?.is_ok();
    edit.finish().await?;
    Ok(taken)
}

/// As it is kept where the service confirmed it.
pub(in crate::services) const BY_SERVICE: &str = "service";

/// How an identity was checked.
pub(in crate::services) struct Checked {
    /// `form` or `service`.
    id_check: &'static str,
    /// What the service calls the person.
    person: Option<String>,
}

impl Checked {
    /// Whether the service says that name and number belong together.
    pub(in crate::services) fn is_by_service(&self) -> bool {
        self.id_check == BY_SERVICE
    }

    /// The keyed hash of what the service calls the person.
    pub(in crate::services) fn person_hash(&self, people: &People) -> Option<[u8; 32]> {
        self.person.as_deref().map(|person| people.vault.hash(Lookup::Person, person))
    }
}

/// Writes an identity that was checked, with the consent to keep it.
///
/// # Errors
/// The database or the vault does not answer: then the transaction must not be finished.
pub(in crate::services) async fn write(
    people: &People,
    edit: &mut Edit,
    subject: SubjectId,
    (name, number): (&PersonName, &IdNumber),
    checked: &Checked,
    now: Millis,
) -> Result<(), Failed> {
    let (vault, owner) = (&people.vault, Owner::Subject(subject));
    let sealed_name = vault.seal(owner, place(subject, "name"), name.as_str(), now).await?;
    let sealed_number = vault.seal(owner, place(subject, "id_number"), number.as_str(), now).await?;
    let id_hash = vault.hash(Lookup::IdNumber, &format!("{}:{}", number.id_type().code(), number.as_str()));
    let person_hash = checked.person_hash(people);
    let identity = SealedIdentity {
        name: &sealed_name.0,
        id_type: number.id_type(),
        id_number: &sealed_number.0,
        id_hash: &id_hash,
        id_check: checked.id_check,
        person_hash: person_hash.as_ref(),
    };
    edit.put_identity(subject, &identity).await?;
    edit.put_consent(subject, ConsentFor::Identity, Some(text_of(ConsentFor::Identity).0), now).await?;
    Ok(())
}

/// Writes it, unless something of it is fixed: then nothing is written.
async fn keep(
    people: &People,
    subject: SubjectId,
    of: (&PersonName, &IdNumber),
    checked: Checked,
    is_change: bool,
    now: Millis,
) -> Result<Option<Fixed>, Failed> {
    let mut edit = people.store.edit().await?;
    if let Some(row) = edit.subject(subject).await?
        && let Some(what) = fixed(people, &mut edit, &row, of).await?
    {
        return Ok(Some(what));
    }
    write(people, &mut edit, subject, of, &checked, now).await?;
    if is_change {
        let words = NoticeWords {
            kind: "identity_changed",
            title: "实名信息改过了".to_owned(),
            text: "你的姓名或者证件号码刚才改过了。不是你本人改的，就让别的设备都退出，再请工会工作人员帮忙。"
                .to_owned(),
            link: Some("/me/sessions".to_owned()),
        };
        tell(people, &mut edit, subject, &words, false, now).await?;
    }
    let object = format!("subject {subject}");
    let entry = Entry {
        actor: Some(subject),
        role: Role::Worker,
        action: Action::ChangeAccount,
        object: &object,
        reason: "本人填写实名信息，并同意保存",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    // Whoever stands on the list of an organisation is its member from the moment they say who they are.
    let mobile = match edit.subject(subject).await? {
        Some(row) => open_mobile(people, &row).await?,
        None => None,
    };
    let told = (of.0, of.1, mobile.as_ref());
    let claimed = claim_told(people, &mut edit, subject, told, checked.is_by_service(), now).await?;
    edit.finish().await?;
    forget_shell(people, claimed.as_ref()).await?;
    Ok(None)
}

/// How long a reason may be.
const REASON_LETTERS: usize = 100;

/// A reason as the audit log may carry it: one line, and no number of anybody.
fn reason_of(typed: &str) -> Option<String> {
    let line: String = typed.trim().chars().filter(|letter| !letter.is_control()).take(REASON_LETTERS).collect();
    let mut reason = String::new();
    let mut digits = 0;
    for letter in line.chars() {
        digits = if letter.is_numeric() { digits + 1 } else { 0 };
        reason.push(if digits > 3 { '*' } else { letter });
    }
    (!reason.is_empty()).then_some(reason)
}

pub(super) async fn reveal(
    people: &People,
    actor: &Actor,
    reason: &str,
    now: Millis,
) -> Result<Option<Identity>, Refused> {
    let (subject, _) = own(people, actor, Action::RevealIdentity)?;
    let reason = reason_of(reason).ok_or(Refused::NotFound)?;
    show(people, subject, &reason, now).await.or_unavailable("show an identity")
}

async fn show(people: &People, subject: SubjectId, reason: &str, now: Millis) -> Result<Option<Identity>, Failed> {
    let Some(row) = people.store.subject(subject).await? else { return Ok(None) };
    let (name, number) = (open_name(people, &row).await?, open_number(people, &row).await?);
    let (Some(name), Some((id_type, number))) = (name, number) else { return Ok(None) };
    // Written down first: what cannot be written down is not shown.
    let mut edit = people.store.edit().await?;
    let object = format!("subject {subject}");
    let entry =
        Entry { actor: Some(subject), role: Role::Worker, action: Action::RevealIdentity, object: &object, reason };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    let checked = match row.id_check.as_deref() {
        Some(BY_SERVICE) => "已由身份核验服务核对",
        _ => "只核对了格式",
    };
    Ok(Some(Identity { name: name.reveal().to_owned(), id_type, number: number.reveal().to_owned(), checked }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_carries_no_number() {
        assert_eq!(reason_of(" 核对 41010519900101123X \n").as_deref(), Some("核对 410**************X"));
        assert_eq!(reason_of("  \u{0}"), None);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let wrong = read(&TypedIdentity::default(), 0).map(drop).expect_err("nothing was typed");
        assert!(wrong.name.is_some() && wrong.id_type.is_some() && wrong.consents.is_some());
    }
}
