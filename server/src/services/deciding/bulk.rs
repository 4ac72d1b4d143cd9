//! 一起通过: those that nothing speaks against, each in a transaction of its own, so that one in doubt holds up no other.

use super::{approve::approve, queue::ground};
use crate::services::people::{People, Trouble as _};
use domain::{
    account::{Actor, ApplicationId},
    policy::{Action, Refused},
    ports::{Approved, Bulk, NotDecided, QUEUE_ROWS},
    time::Millis,
};

pub(super) async fn approve_all(
    people: &People,
    actor: &Actor,
    picked: &[(String, i64)],
    now: Millis,
) -> Result<Bulk, Refused> {
    people.policy.check(actor, Action::DecideApplication, &ground(actor))?;
    let mut bulk = Bulk::default();
    let mut seen = Vec::new();
    for (id, version) in picked.iter().take(QUEUE_ROWS) {
        if seen.contains(id) {
            continue;
        }
        seen.push(id.clone());
        match approve(people, actor, id, *version, true, now).await {
            Ok(Approved::Joined(_) | Approved::Transferring) => bulk.approved += 1,
            Ok(Approved::Merged) => bulk.merged += 1,
            Err(NotDecided::Wrong(_, why) | NotDecided::Outdated(why)) => {
                bulk.left.push((Some(id.clone()), number_of(people, id).await?, why));
            }
            // Neither a number nor a link of what is out of reach.
            Err(NotDecided::Refused(Refused::NotFound)) => {
                bulk.left.push((None, "一份申请".to_owned(), "不归你管，或者已经不在了".to_owned()));
            }
            Err(NotDecided::Refused(why)) => {
                // What was done stays done and is told: trouble in the middle loses no result.
                if bulk.approved + bulk.merged + bulk.left.len() == 0 {
                    return Err(why);
                }
                bulk.left.push((Some(id.clone()), "一份申请".to_owned(), "这会儿没办成，过一会儿再试".to_owned()));
            }
        }
    }
    Ok(bulk)
}

async fn number_of(people: &People, id: &str) -> Result<String, Refused> {
    let Some(id) = ApplicationId::parse(id) else { return Ok(String::new()) };
    let row = people.store.application_to_decide(id).await.or_unavailable("find an application")?;
    Ok(row.and_then(|row| row.number).unwrap_or_default())
}
