//! The first screen.

use super::{draft::begun_or_none, entry, mine};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::{Actor, SubjectId},
    membership::{
        ApplicationState,
        routing::{Applicant, route},
    },
    policy::{Action, Refused},
    ports::{Mine, Taker, Welcome},
    time::{LocalTime, Millis},
};

pub(super) async fn welcome(
    people: &People,
    actor: &Actor,
    code: Option<&str>,
    adcode: Option<u32>,
    now: Millis,
) -> Result<Welcome, Refused> {
    people.policy.check(actor, Action::ReadPublic, &[])?;
    shown(people, actor.subject(), code, adcode, now).await.or_unavailable("show the first screen of joining")
}

async fn shown(
    people: &People,
    subject: Option<SubjectId>,
    code: Option<&str>,
    adcode: Option<u32>,
    now: Millis,
) -> Result<Welcome, Failed> {
    let chosen = match code {
        Some(code) => entry::find(people, code).await?,
        None => None,
    };
    let adcode = adcode.filter(|adcode| people.regions.by_adcode(*adcode).is_some());
    let adcode = adcode.or(chosen.as_ref().and_then(|chosen| chosen.adcode));
    let unit = match chosen.as_ref().and_then(|chosen| chosen.link.enterprise) {
        Some(id) => people.store.named_enterprise(id).await?.and_then(|one| one.organisation),
        None => None,
    };
    let wanted = Applicant {
        chosen: chosen.as_ref().and_then(|chosen| chosen.link.organisation),
        unit,
        adcode,
        ..Applicant::default()
    };
    let tree = people.organisations.tree();
    let taker = route(&tree, &wanted, now).owner().and_then(|id| tree.get(id));
    Ok(Welcome {
        region: adcode.map(|adcode| people.regions.path(adcode)),
        taker: taker.map(|one| Taker { name: one.name.clone(), dues: one.dues.clone(), phone: one.phone.clone() }),
        entry: chosen.map(|chosen| chosen.entry),
        standing: match subject {
            Some(subject) => standing(people, subject, now).await?,
            None => Mine::SignedOut,
        },
    })
}

async fn standing(people: &People, subject: SubjectId, now: Millis) -> Result<Mine, Failed> {
    // What is with somebody comes first: a member who asked for a transfer looks for that.
    if let Some(seen) = begun_or_none(people, subject).await? {
        return Ok(match seen.kept.state {
            ApplicationState::Draft => Mine::Draft(seen.next(LocalTime::of(now).date())),
            _ => Mine::Application(mine::row(people, &seen.kept)),
        });
    }
    let tree = people.organisations.tree();
    Ok(match people.store.member_of(subject).await? {
        Some((organisation, _)) => {
            Mine::Member { organisation: tree.get(organisation).map(|one| one.name.clone()).unwrap_or_default() }
        }
        None => Mine::Nothing,
    })
}
