//! What time does to transfers.

use super::{
    super::words::{At, sealed},
    settle::{say, settle},
};
use crate::{
    services::people::{Failed, People},
    store::{Entry, TransferRow},
};
use domain::{
    membership::transfer::Passed,
    policy::{Action, Role},
    time::Millis,
};

const GONE: &str = "要去的工会撤销了，请另选一个。";

async fn look(people: &People, seen: &TransferRow, now: Millis) -> Result<bool, Failed> {
    let mut edit = people.store.edit().await?;
    let Some(mut membership) = edit.membership(seen.membership).await? else { return Ok(false) };
    let Some(mut row) = edit.transfer(seen.id).await? else { return Ok(false) };
    let passed = row.transfer.pass(&people.organisations.tree(), now);
    if passed.is_empty() {
        return Ok(false);
    }
    if passed.contains(&Passed::TargetGone) {
        row.reason = sealed(people, row.subject, At::Refusal(row.id), GONE, now).await?;
    }
    for one in &passed {
        say(people, &mut edit, &membership, &row, *one, now).await?;
    }
    if !settle(people, &mut edit, &mut membership, &row, (None, Some(GONE)), now).await? {
        return Ok(false);
    }
    for one in passed {
        let entry = Entry {
            actor: None,
            role: Role::Anonymous,
            action: Action::DecideMembership,
            object: &format!("transfer {}", row.id),
            reason: match one {
                Passed::WentUp(_) => "没有按时答复，交给上级",
                Passed::ByRule(_) => "逾期未答复，按规则算同意",
                Passed::TargetGone => "接收的组织已撤销，转会结束",
            },
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await?;
    }
    edit.finish().await?;
    Ok(true)
}

/// Moves every turn that ran out, or whose organisation is no more. Says how many.
pub(in super::super) async fn pass(people: &People, now: Millis) -> Result<u64, Failed> {
    let mut done = 0;
    let tree = people.organisations.tree();
    for row in people.store.open_transfers().await? {
        // Most have nothing due: looked at without a transaction.
        if { row.transfer }.pass(&tree, now).is_empty() {
            continue;
        }
        match look(people, &row, now).await {
            Ok(was_due) => done += u64::from(was_due),
            Err(error) => tracing::warn!(%error, "a transfer is looked at again later: {error}"),
        }
    }
    Ok(done)
}
