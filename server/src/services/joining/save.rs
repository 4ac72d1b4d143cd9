//! One screen is kept, also what is wrong on it.

use super::{
    draft::{Stopped, begun, told},
    own,
    seen::{Seen, place},
};
use crate::{
    services::people::{Failed, People},
    vault::{Owner, Sealed},
};
use domain::{
    account::{Actor, EnterpriseId, IdNumber, IdNumberWrong, IdType, OrganisationId, PersonName, SubjectId},
    membership::{ApplicationKind, Lane, Screen},
    policy::Action,
    ports::{NotSaved, TypedScreen},
    time::{LocalTime, Millis},
};

/// The longest text that is kept of a field, in characters: what is longer is wrong in any case.
const KEPT_AT_MOST: usize = 200;
/// The longest name of a platform or unit.
const UNIT_AT_MOST: usize = 60;

/// What is wrong: the field and a sentence.
pub(super) type Wrong = (&'static str, String);

pub(super) async fn save(
    people: &People,
    actor: &Actor,
    screen: Screen,
    typed: &TypedScreen,
    now: Millis,
) -> Result<Screen, NotSaved> {
    let subject = own(people, actor, Action::Apply).map_err(NotSaved::Refused)?;
    told(kept(people, subject, screen, typed, now).await, "keep a screen")
}

async fn kept(
    people: &People,
    subject: SubjectId,
    screen: Screen,
    typed: &TypedScreen,
    now: Millis,
) -> Result<Screen, Stopped> {
    // Read before the transaction: nobody waits for a list.
    let found = Found::of(people, screen, typed).await?;
    let mut edit = people.store.edit().await?;
    let mut seen = begun(people, &mut edit, subject, now).await?;
    let wrong = take(people, &mut seen, subject, screen, (typed, found), now).await?;
    if wrong.is_none() {
        seen.kept.screen = seen.kept.screen.max(Some(screen));
    }
    // Whoever changed something is asked about anew, should nobody have taken it before.
    seen.kept.route = None;
    edit.put_draft(&seen.kept, now).await?;
    edit.finish().await?;
    match wrong {
        Some((field, sentence)) => Err(Stopped::Told(NotSaved::At { field, sentence })),
        None => Ok(seen.next(LocalTime::of(now).date())),
    }
}

/// What of the lists was meant.
#[derive(Default)]
pub(super) struct Found {
    is_occupation: bool,
    enterprise: Option<crate::store::NamedEnterprise>,
    chosen: Option<OrganisationId>,
}

impl Found {
    pub(super) async fn of(people: &People, screen: Screen, typed: &TypedScreen) -> Result<Self, Failed> {
        let mut found = Self::default();
        match screen {
            Screen::Occupation => {
                let all = people.store.occupations().await?;
                found.is_occupation = all.iter().any(|one| !one.is_retired && one.code == typed.occupation);
            }
            Screen::Unit => {
                let tree = people.organisations.tree();
                let unit = typed.unit.trim();
                match typed.pick.split_once(':') {
                    Some(("enterprise", id)) => {
                        if let Some(id) = EnterpriseId::parse(id) {
                            found.enterprise = people.store.named_enterprise(id).await?;
                        }
                    }
                    Some(("organisation", id)) => {
                        found.chosen = OrganisationId::parse(id).filter(|id| tree.get(*id).is_some());
                    }
                    // Without scripts nobody picks: a name that is typed whole is as good.
                    _ if !unit.is_empty() => {
                        let named = people.store.enterprises_like(unit).await?;
                        found.enterprise = named.into_iter().find(|one| one.name == unit);
                        if found.enterprise.is_none() {
                            found.chosen = super::suggest::organisation_called(&tree, unit);
                        }
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        Ok(found)
    }
}

async fn sealed(
    people: &People,
    subject: SubjectId,
    seen: &Seen,
    column: &'static str,
    text: &str,
    now: Millis,
) -> Result<Option<Vec<u8>>, Failed> {
    let text: String = text.chars().take(KEPT_AT_MOST).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let Sealed(bytes) = people.vault.seal(Owner::Subject(subject), place(seen.kept.id, column), &text, now).await?;
    Ok(Some(bytes))
}

/// Takes a screen in, and says what is wrong with it.
pub(super) async fn take(
    people: &People,
    seen: &mut Seen,
    subject: SubjectId,
    screen: Screen,
    (typed, found): (&TypedScreen, Found),
    now: Millis,
) -> Result<Option<Wrong>, Failed> {
    let wrong = |field, sentence: &str| Some((field, sentence.to_owned()));
    Ok(match screen {
        Screen::Kind => match ApplicationKind::parse(&typed.kind) {
            Some(kind) => {
                seen.kept.kind = Some(kind);
                None
            }
            None => wrong("kind", "选一个：新入会，或者已经是会员。"),
        },
        Screen::Lane => match Lane::parse(&typed.lane) {
            Some(lane) => {
                if lane == Lane::Region && seen.kept.lane == Some(Lane::Unit) {
                    // Whoever changes to the region does not mean the unit's union any more.
                    seen.kept.chosen = None;
                }
                seen.kept.lane = Some(lane);
                None
            }
            None => wrong("lane", "选一个；说不清就选“没有或说不清”。"),
        },
        Screen::Occupation if found.is_occupation => {
            seen.kept.occupation = Some(typed.occupation.clone());
            None
        }
        Screen::Occupation => wrong("occupation", "选一个最接近的；都不是就选“其他”。"),
        Screen::Unit => unit(people, seen, subject, typed, found, now).await?,
        Screen::Place => usual_place(people, seen, typed),
        Screen::Name => {
            let read = PersonName::parse(&typed.name);
            let text = read.as_ref().map_or(typed.name.as_str(), PersonName::as_str);
            seen.kept.name = sealed(people, subject, seen, "name", text, now).await?;
            seen.name = Some(text.to_owned());
            read.err().map(|why| ("name", why.to_string()))
        }
        Screen::Id => id(people, seen, subject, typed, now).await?,
        Screen::Check => None,
    })
}

async fn unit(
    people: &People,
    seen: &mut Seen,
    subject: SubjectId,
    typed: &TypedScreen,
    found: Found,
    now: Millis,
) -> Result<Option<Wrong>, Failed> {
    let text = typed.unit.trim();
    let is_listed = found.enterprise.is_some() || found.chosen.is_some();
    seen.kept.enterprise = found.enterprise.map(|one| one.id);
    seen.kept.chosen = found.chosen;
    let text = if is_listed { "" } else { text };
    seen.kept.unit = sealed(people, subject, seen, "unit", text, now).await?;
    seen.unit = (!text.is_empty()).then(|| text.to_owned());
    let length = text.chars().count();
    Ok(if length > UNIT_AT_MOST {
        Some(("unit", format!("最多 {UNIT_AT_MOST} 个字，现在是 {length} 个字，写简称就行。")))
    } else if seen.kept.lane == Some(Lane::Unit) && !is_listed && text.is_empty() {
        Some(("unit", "填你单位或者工会的名字；说不清就回上一步，选“没有或说不清”。".to_owned()))
    } else {
        None
    })
}

fn usual_place(people: &People, seen: &mut Seen, typed: &TypedScreen) -> Option<Wrong> {
    let region = typed.adcode.trim().parse().ok().and_then(|adcode| people.regions.by_adcode(adcode));
    let Some(region) = region else { return Some(("adcode", "选你最常在的区县。".to_owned())) };
    if people.regions.children(region.adcode).next().is_some() {
        return Some(("adcode", format!("再选一下是{}的哪个区县。", region.name)));
    }
    seen.kept.adcode = Some(region.adcode);
    // A street of elsewhere, or one that is gone, is none: 说不清.
    let towns = super::suggest::towns(people, region.adcode);
    seen.kept.town = OrganisationId::parse(&typed.town).filter(|id| towns.iter().any(|one| one.id == *id));
    None
}

async fn id(
    people: &People,
    seen: &mut Seen,
    subject: SubjectId,
    typed: &TypedScreen,
    now: Millis,
) -> Result<Option<Wrong>, Failed> {
    let today = LocalTime::of(now).date();
    let id_type = IdType::parse(&typed.id_type);
    let read = IdNumber::parse(id_type.unwrap_or(IdType::Resident), &typed.id_number, today);
    let text = read.as_ref().map_or(typed.id_number.as_str(), IdNumber::as_str);
    seen.kept.id_number = sealed(people, subject, seen, "id_number", text, now).await?;
    seen.kept.id_type = id_type;
    (seen.id_type, seen.number) = (id_type, Some(text.to_owned()));
    if id_type.is_none() {
        return Ok(Some(("id_type", "选一下证件类型。".to_owned())));
    }
    Ok(read.err().map(|why| ("id_number", sentence(why, &typed.id_number, today.year))))
}

/// What to tell of a number; who is too young is told so kindly.
fn sentence(why: IdNumberWrong, typed: &str, year: i64) -> String {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let born: Option<i64> = digits.get(6..10).and_then(|year| year.parse().ok());
    if why == IdNumberWrong::Age && born.is_some_and(|born| born > year - 20) {
        return "按号码算，你还不满 16 岁，现在还不能入会，满 16 岁再来。工作上有难处，可以打 12351。号码填错了，就改一下第 7 到 14 位。"
            .to_owned();
    }
    why.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_too_young_is_told_so_and_who_is_too_old_mistyped() {
        assert!(sentence(IdNumberWrong::Age, "410105201501011234", 2026).contains("满 16 岁再来"));
        assert!(sentence(IdNumberWrong::Age, "41010518500101123X", 2026).contains("请检查第 7 到 14 位"));
        assert!(sentence(IdNumberWrong::CheckDigit, "410105201501011234", 2026).contains("有一位写错了"));
    }
}
