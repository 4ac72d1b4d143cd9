//! 通过: a membership in the same transaction, or a merge with the one that there is.

use super::{
    find::{Found, audit, begin, shown, whats_now},
    opened::place,
    page::likely,
    tell::{News, hears},
};
use crate::{
    services::{
        membership::{
            begin::{Begun, Joins, begin as join},
            claim::{Speaks, claim, forget_shell},
        },
        people::{Failed, People, Trouble as _},
    },
    store::{Claimed, Decided, Edit, Existing, Hashes},
    vault::Owner,
};
use domain::{
    account::Actor,
    membership::{ApplicationKind, ApplicationState},
    policy::Action,
    ports::{Approved, Likely, NotDecided},
    time::Millis,
};

/// Why an application is not approved with others, or at all; `None`: it can be.
fn held_back(likely: &[Likely], only_clean: bool) -> Option<&'static str> {
    let unruled = || likely.iter().filter(|other| !other.is_dismissed);
    if only_clean && unruled().next().is_some() {
        return Some("可能和另一份记录是同一个人，要打开看");
    }
    // Of the same document or account a second membership cannot begin: those are merged without asking.
    let doubtful = unruled().any(|other| other.is_member && !other.by.is_certain());
    doubtful.then_some("有会员的姓名和手机号跟他相同。先在下面选“是同一个人”或“不是同一个人”，再通过。")
}

pub(super) async fn approve(
    people: &People,
    actor: &Actor,
    id: &str,
    version: i64,
    only_clean: bool,
    now: Millis,
) -> Result<Approved, NotDecided> {
    let found = shown(people, actor, id, version, now).await?;
    if found.row.kind == ApplicationKind::Transfer {
        return Err(NotDecided::Wrong("", "这是转接会籍，在“会籍接转”里由转出、转入两边分别办。".to_owned()));
    }
    if only_clean && found.row.state != ApplicationState::Submitted {
        return Err(NotDecided::Wrong("", "在等对方补充材料".to_owned()));
    }
    if let Some(why) = held_back(&likely(people, actor, &found.row).await?, only_clean) {
        return Err(NotDecided::Wrong("", why.to_owned()));
    }
    let application = found.row.id;
    let edit = begin(people, actor, &found).await?;
    match write(people, actor, found, edit, now).await? {
        Some(approved) => Ok(approved),
        None => Err(whats_now(people, application).await?),
    }
}

/// Writes it; `None`: somebody was quicker, and nothing was.
async fn write(
    people: &People,
    actor: &Actor,
    found: Found,
    mut edit: Edit,
    now: Millis,
) -> Result<Option<Approved>, NotDecided> {
    let by = actor.subject();
    let tree = people.organisations.tree();
    let joins = Joins {
        of: &found.row,
        organisation: found.owner,
        adcode: tree.get(found.owner).and_then(|one| one.adcode),
        authority: &found.authority,
        by,
    };
    // The membership first: two approvals of one person wait for each other here, holding nothing else.
    let begun = join(&mut edit, joins, now).await.or_unavailable("begin a membership")?;
    let (number, approved) = match begun {
        Begun::Existing(existing) => {
            let claimed = claimed_by(people, actor, &found, &mut edit, &existing, now).await?;
            let existing = match claimed {
                Some(_) => Existing { subject: Some(found.subject), ..existing },
                None => existing,
            };
            let merged = merge(people, actor, found, edit, existing, now).await?;
            if merged.is_some() {
                forget_shell(people, claimed.as_ref()).await.or_unavailable("forget an account that nobody had")?;
            }
            return Ok(merged);
        }
        Begun::New(_, number) => (number.clone(), Approved::Joined(number)),
    };
    let decided = Decided { decided_at: Some(now), decided_by: by, authority: Some(&found.authority), reason: None };
    let row = &found.row;
    let written = edit.decide_application(row.id, row.version, ApplicationState::Approved, &decided, now).await;
    if !written.or_unavailable("approve an application")? {
        return Ok(None);
    }
    let noted = async {
        edit.put_application_event(row.id, "approved", Some(found.owner), by, now).await?;
        let to = (found.subject, row.id);
        hears(people, &mut edit, to, News::Approved(&found.authority, &number), now).await
    };
    noted.await.or_unavailable("approve an application")?;
    audit(people, &mut edit, actor, &found, (Action::DecideApplication, "通过"), now).await?;
    edit.finish().await.or_unavailable("approve an application")?;
    Ok(Some(approved))
}

/// The membership that there is stands on the list of an organisation without a number, so that nobody can reach it: the
/// officer who approves says whose it is, if they reach that organisation too. Nobody is sent to a number that does not
/// exist.
async fn claimed_by(
    people: &People,
    actor: &Actor,
    found: &Found,
    edit: &mut Edit,
    existing: &Existing,
    now: Millis,
) -> Result<Option<Claimed>, NotDecided> {
    let is_lost = existing.subject != Some(found.subject) && found.row.id_hash.is_some();
    if !is_lost || !edit.is_out_of_reach(existing.id).await.or_unavailable("look at a membership")? {
        return Ok(None);
    }
    let relations = people.organisations.tree().relations(actor, existing.organisation);
    let by = actor.subject().filter(|_| people.policy.check(actor, Action::DecideMembership, &relations).is_ok());
    let Some(by) = by else {
        let why = "这个证件在别的工会的会员名单里，名单上没有手机号，本人看不到会籍。转给上级工会办：上级通过，会籍就归到他的账号。";
        return Err(NotDecided::Wrong("", why.to_owned()));
    };
    let hashes = Hashes {
        person: found.row.person_hash.clone(),
        id: found.row.id_hash.clone().unwrap_or_default(),
        name_mobile: found.row.name_mobile_hash.clone(),
    };
    let claimed = claim(people, edit, found.subject, &hashes, Speaks::Officer(by), now).await;
    Ok(claimed.or_unavailable("give a membership to its person")?)
}

/// The person is a member already: the application ends, the membership stays.
async fn merge(
    people: &People,
    actor: &Actor,
    found: Found,
    mut edit: Edit,
    existing: Existing,
    now: Millis,
) -> Result<Option<Approved>, NotDecided> {
    let words = already(people, &found, &existing);
    let merged = end_as_merged(people, actor, &found, &mut edit, (existing.id.0, Some(existing.id.0)), &words, now);
    if !merged.await.or_unavailable("merge an application")? {
        return Ok(None);
    }
    audit(people, &mut edit, actor, &found, (Action::DecideApplication, "已有会籍，并入原来的会籍"), now).await?;
    edit.finish().await.or_unavailable("merge an application")?;
    Ok(Some(Approved::Merged))
}

/// 已是会员, as the applicant reads it. Where is told to the account whose membership it is, and to nobody who only
/// typed the same number.
fn already(people: &People, found: &Found, existing: &Existing) -> String {
    if existing.subject == Some(found.subject) {
        let at = super::find::name_of(people, existing.organisation);
        format!("你已经是会员了（在{at}），不用再入一次。想换到别的工会，用“转接会籍”。")
    } else {
        "用这个证件已经入过会，不用再入一次。用入会时的手机号登录就能看到会籍；不是你本人办的，打 12351。".to_owned()
    }
}

/// Ends an application as merged into another record: state `rejected` with a reason, a ruling that can be undone.
/// `false`: somebody was quicker, and nothing was written.
///
/// # Errors
/// The database or the vault does not answer.
pub(super) async fn end_as_merged(
    people: &People,
    actor: &Actor,
    found: &Found,
    edit: &mut Edit,
    (other, kept): ([u8; 16], Option<[u8; 16]>),
    words: &str,
    now: Millis,
) -> Result<bool, Failed> {
    let (row, by) = (&found.row, actor.subject());
    let sealed = people.vault.seal(Owner::Subject(found.subject), place(row, "reason"), words, now).await?;
    let decided =
        Decided { decided_at: Some(now), decided_by: by, authority: Some(&found.authority), reason: Some(&sealed.0) };
    if !edit.decide_application(row.id, row.version, ApplicationState::Rejected, &decided, now).await? {
        return Ok(false);
    }
    edit.put_ruling(row.id, other, Some(kept), by, now).await?;
    edit.put_application_event(row.id, "merged", Some(found.owner), by, now).await?;
    hears(people, edit, (found.subject, row.id), News::Merged, now).await?;
    Ok(true)
}
