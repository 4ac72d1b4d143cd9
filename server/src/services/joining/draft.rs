//! The draft: begun, shown, forgotten.

use super::{
    entry::{self, Chosen},
    own,
    seen::Seen,
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::{Actor, ApplicationId, SubjectId},
    membership::{ApplicationKind, ApplicationState, Lane},
    organisation::Kind,
    policy::{Action, Refused},
    ports::{Draft, NotSaved},
    time::{LocalTime, Millis},
};
use uuid::Uuid;

/// Why there is no draft to work on.
pub(super) enum Stopped {
    /// It is told.
    Told(NotSaved),
    /// Something broke.
    Failed(Failed),
}

impl<E: Into<Failed>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What is told of it; what broke is logged with what was done.
pub(super) fn told<T>(result: Result<T, Stopped>, doing: &'static str) -> Result<T, NotSaved> {
    result.map_err(|stopped| match stopped {
        Stopped::Told(why) => why,
        Stopped::Failed(error) => {
            NotSaved::Refused(Err::<(), _>(error).or_unavailable(doing).err().unwrap_or(Refused::Unavailable))
        }
    })
}

pub(super) async fn draft(people: &People, actor: &Actor, entry: Option<&str>, now: Millis) -> Result<Draft, NotSaved> {
    let subject = own(people, actor, Action::Apply).map_err(NotSaved::Refused)?;
    told(shown(people, subject, entry, now).await, "show a draft")
}

async fn shown(people: &People, subject: SubjectId, entry: Option<&str>, now: Millis) -> Result<Draft, Stopped> {
    let chosen = match entry {
        Some(code) => entry::find(people, code).await?,
        None => None,
    };
    let mut edit = people.store.edit().await?;
    let mut seen = begun(people, &mut edit, subject, now).await?;
    if let Some(chosen) = chosen.filter(|chosen| seen.kept.entry.as_ref() != Some(&chosen.entry.code)) {
        take_in(people, &mut seen, chosen);
        edit.put_draft(&seen.kept, now).await?;
    }
    edit.finish().await?;
    view(people, &seen, now).await.map_err(Stopped::Failed)
}

/// What a link chose: the newest one counts.
fn take_in(people: &People, seen: &mut Seen, chosen: Chosen) {
    let tree = people.organisations.tree();
    let kept = &mut seen.kept;
    kept.entry = Some(chosen.entry.code);
    if let Some(organisation) = chosen.link.organisation.and_then(|id| tree.get(id)) {
        kept.chosen = Some(organisation.id);
        if kept.lane.is_none() {
            let is_unit = matches!(organisation.kind, Kind::Grassroots | Kind::JointGrassroots);
            kept.lane = Some(if is_unit { Lane::Unit } else { Lane::Region });
        }
    }
    if chosen.link.enterprise.is_some() {
        kept.enterprise = chosen.link.enterprise;
    }
    kept.adcode = kept.adcode.or(chosen.adcode);
}

/// The draft of a person, begun where there is none, locked until the end of the transaction.
pub(super) async fn begun(
    people: &People,
    edit: &mut crate::store::Edit,
    subject: SubjectId,
    now: Millis,
) -> Result<Seen, Stopped> {
    let gone = || Stopped::Told(NotSaved::Refused(Refused::SignIn));
    // The account first: an application is never begun twice by two requests of one moment.
    let account = edit.subject(subject).await?.ok_or_else(gone)?;
    let mut is_new = false;
    let kept = if let Some(kept) = edit.open_application(subject).await? {
        kept
    } else {
        is_new = edit.begin_draft(ApplicationId(Uuid::now_v7().into_bytes()), subject, now).await?;
        edit.open_application(subject).await?.ok_or_else(gone)?
    };
    if kept.state != ApplicationState::Draft {
        return Err(Stopped::Told(NotSaved::Running(kept.id.to_string())));
    }
    let mut seen = Seen::of(people, kept, &account).await?;
    if is_new && edit.member_of(subject).await?.is_some() {
        // Who is a member never joins again.
        seen.kept.kind = Some(ApplicationKind::Transfer);
        edit.put_draft(&seen.kept, now).await?;
    }
    Ok(seen)
}

/// The draft as its page shows it.
pub(super) async fn view(people: &People, seen: &Seen, now: Millis) -> Result<Draft, Failed> {
    let tree = people.organisations.tree();
    let today = LocalTime::of(now).date();
    let kept = &seen.kept;
    let entry = match &kept.entry {
        Some(code) => entry::find(people, code).await?.map(|chosen| chosen.entry),
        None => None,
    };
    Ok(Draft {
        kind: kept.kind,
        lane: kept.lane,
        occupation: kept.occupation.clone(),
        enterprise: kept.enterprise.map(|id| id.to_string()),
        chosen: kept.chosen.map(|id| id.to_string()),
        unit: unit_name(people, seen).await?,
        place: kept.adcode.map(|adcode| (adcode, people.regions.path(adcode))),
        town: kept.town.and_then(|id| tree.get(id)).map(|one| (one.id.to_string(), one.name.clone())),
        name: seen.name.clone(),
        id_type: seen.id_type,
        id_number: seen.number.clone(),
        mobile: seen.mobile.map_or_else(|| "没有手机号".to_owned(), |mobile| mobile.masked()),
        entry,
        answered: seen.answered(today),
        next: Some(seen.next(today)),
    })
}

/// What stands for the unit: the union that was chosen, the enterprise of the list, or what was typed.
pub(super) async fn unit_name(people: &People, seen: &Seen) -> Result<Option<String>, Failed> {
    if let Some(unit) = &seen.unit {
        return Ok(Some(unit.clone()));
    }
    if let Some(enterprise) = seen.enterprise(people).await? {
        return Ok(Some(enterprise.name));
    }
    let tree = people.organisations.tree();
    Ok(seen.kept.chosen.and_then(|id| tree.get(id)).map(|one| one.name.clone()))
}

pub(super) async fn discard(people: &People, actor: &Actor, _: Millis) -> Result<(), Refused> {
    let subject = own(people, actor, Action::Apply)?;
    let gone = async {
        let mut edit = people.store.edit().await?;
        edit.delete_draft(subject).await?;
        edit.finish().await
    };
    gone.await.or_unavailable("forget a draft")
}

/// The open application of a person, where there is one: nothing is begun.
pub(super) async fn begun_or_none(people: &People, subject: SubjectId) -> Result<Option<Seen>, Failed> {
    let Some(kept) = people.store.open_application(subject).await? else { return Ok(None) };
    let Some(account) = people.store.subject(subject).await? else { return Ok(None) };
    Ok(Some(Seen::of(people, kept, &account).await?))
}
