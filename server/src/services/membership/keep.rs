//! The answer to a warning: the member is still there.

use super::{
    own::{living, own},
    told::{name_of, tell},
};
use crate::services::people::{Failed, People, Trouble as _};
use domain::{
    account::Actor,
    membership::MembershipEvent,
    policy::{Action, Refused},
    time::Millis,
};

pub(super) async fn keep(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let subject = own(people, actor, Action::ChangeMembership)?;
    let done = async {
        let (mut edit, row) = living(people, subject).await?;
        let Some(mut row) = row.filter(|row| row.ends_at.is_some()) else { return Ok(()) };
        (row.warned_at, row.ends_at) = (None, None);
        // Whoever answers takes part: another six months.
        row.took_part_at = Some(now);
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Kept, Some(row.organisation), None, now).await?;
        let text = format!("会籍不会自动终止。会费没交的，问{}怎么补。", name_of(people, row.organisation));
        tell(people, &mut edit, row.subject, "知道了，会籍留着", text, now).await?;
        edit.finish().await?;
        Ok::<_, Failed>(())
    };
    done.await.or_unavailable("keep a membership")
}
