//! The organisation above decides an objection. Whoever took the decision does not.

use super::super::{
    cards,
    told::{name_of, tell},
    words::{At, opened, sealed},
};
use crate::{
    services::people::{Failed, People},
    store::{Edit, MembershipRow},
};
use domain::{
    account::SubjectId,
    membership::{Deed, MembershipEvent, MembershipState},
    time::Millis,
};

const SAME: &str = "这是你自己做的决定，要请上级工会的另一位干部复核。";
const ANOTHER: &str = "他已经重新入会，是另一个工会的会员，不能再恢复这一份。";

/// Before what the member said, and before what was found, where both stand with the reason.
const OBJECTION: &str = "你的异议：";
const OPINION: &str = "复核意见：";

/// A reason with what was found, without what the member said against it. Cut rather too much than too little: the
/// member may have written anything.
pub(super) fn without_objection(reason: &str) -> String {
    match (reason.find(OBJECTION), reason.rfind(OPINION)) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &reason[..from], &reason[to..]),
        (Some(from), _) => reason[..from].to_owned(),
        (None, _) => reason.to_owned(),
    }
}

/// Writes the ruling; gives what the audit log says, or why nothing was written.
pub(super) async fn rule(
    people: &People,
    edit: &mut Edit,
    mut row: MembershipRow,
    restore: bool,
    why: &str,
    by: SubjectId,
    now: Millis,
) -> Result<Result<&'static str, &'static str>, Failed> {
    let against =
        if row.state == MembershipState::Expelled { MembershipEvent::Expelled } else { MembershipEvent::Lapsed };
    if edit.actors_of(row.id, against).await?.contains(&by) {
        return Ok(Err(SAME));
    }
    let organisation = name_of(people, row.organisation);
    if !restore {
        // Decided once: what was said stays to be read, together, and there is no objection any more.
        let said = [
            opened(people, row.subject, At::Reason(row.id), row.reason.as_ref()).await?,
            opened(people, row.subject, At::Objection(row.id), row.objection.as_ref())
                .await?
                .map(|words| format!("{OBJECTION}{words}")),
            Some(format!("{OPINION}{why}")),
        ];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join("\n");
        row.reason = sealed(people, row.subject, At::Reason(row.id), &said, now).await?;
        row.objection = None;
        edit.save_membership(&row, now).await?;
        edit.put_membership_event(row.id, MembershipEvent::Upheld, Some(row.organisation), Some(by), now).await?;
        let text = format!("上级工会看过了，维持{organisation}的决定，意见写在会籍页里。还不同意，打 12351。");
        tell(people, edit, row.subject, "异议没有成立", text, now).await?;
        return Ok(Ok("异议不成立，维持原决定"));
    }
    let has_another = edit.has_another_membership(row.id).await?;
    let Some(next) = (Deed::Restore { has_another }).after(row.state) else { return Ok(Err(ANOTHER)) };
    row.state = next;
    row.ended_at = None;
    (row.reason, row.objection, row.objected_at) = (None, None, None);
    row.took_part_at = row.took_part_at.map(|_| now);
    match edit.save_membership(&row, now).await {
        // Joined anew in this very moment.
        Err(error) if error.is_duplicate() => return Ok(Err(ANOTHER)),
        saved => drop(saved?),
    }
    edit.put_membership_event(row.id, MembershipEvent::Restored, Some(row.organisation), Some(by), now).await?;
    cards::ended(edit, row.id, now).await?;
    let text = format!("上级工会看过了：你是{organisation}的会员，会员证又能用了。");
    tell(people, edit, row.subject, "异议成立，会籍恢复了", text, now).await?;
    Ok(Ok("异议成立，恢复会籍"))
}
