//! What the auditor sees.

use super::month::Month;
use crate::{
    services::people::{People, Trouble as _},
    store::AuditRow,
};
use data_encoding::HEXLOWER;
use domain::{
    account::Actor,
    policy::{Action, Refused, Role},
    ports::{AUDIT_ROWS, AuditEntry, AuditPage},
    time::Millis,
};

/// Digits of an id that are enough to tell it from others on a page.
const SHORT: usize = 8;

pub(super) async fn list(
    people: &People,
    actor: &Actor,
    month: Option<&str>,
    before: Option<i64>,
    now: Millis,
) -> Result<AuditPage, Refused> {
    people.policy.check(actor, Action::ReadAudit, &[])?;
    let (from, until) = match month.map(|month| Month::parse(month).ok_or(Refused::NotFound)).transpose()? {
        Some(month) => (month.begins(), month.next().begins()),
        None => (Millis::MIN, Millis::MAX),
    };
    let limit = i32::try_from(AUDIT_ROWS).unwrap_or(i32::MAX - 1) + 1;
    let rows = people.store.audit_before(before.unwrap_or(i64::MAX), from, until, limit).await;
    let mut rows = rows.or_unavailable("read the audit log")?;
    let more = rows.len() > AUDIT_ROWS;
    rows.truncate(AUDIT_ROWS);
    let next = rows.last().filter(|_| more).map(|row| row.seq);
    let months = match people.store.audit_begins().await.or_unavailable("read the audit log")? {
        Some(begins) => months(begins, now),
        None => Vec::new(),
    };
    Ok(AuditPage { entries: rows.iter().map(entry).collect(), next, months })
}

/// From this month back to that of the oldest row.
fn months(begins: Millis, now: Millis) -> Vec<String> {
    let first = Month::of(begins);
    std::iter::successors(Some(Month::of(now)), |month| Some(month.before()))
        .take_while(|&month| month >= first)
        .map(|month| month.to_string())
        .collect()
}

fn entry(row: &AuditRow) -> AuditEntry {
    AuditEntry {
        seq: row.seq,
        at: row.at,
        actor: row.actor.map(|id| short(&HEXLOWER.encode(&id))),
        role: Role::parse(&row.role).map_or_else(|| row.role.clone(), |role| role.word().to_owned()),
        action: Action::parse(&row.action).map_or_else(|| row.action.clone(), |action| action.word().to_owned()),
        object: object(&row.object),
        reason: words(&row.reason),
    }
}

/// Ids cut, wherever they stand in a text.
fn words(text: &str) -> String {
    let word = |word: &str| {
        let is_id = |part: &str| part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let id = word.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|part| is_id(part));
        id.map_or_else(|| word.to_owned(), |id| word.replace(id, &short(id)))
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `matter 0f…` in words: `案件 0f01…`.
fn object(text: &str) -> String {
    let (kind, id) = text.split_once(' ').unwrap_or((text, ""));
    let kind = match kind {
        "subject" => "账号",
        "session" => "登录",
        "matter" => "案件",
        "organisation" => "组织",
        "station" => "站点",
        "invitation" => "邀请",
        "grant" => "角色",
        "everywhere" => "全国",
        other => other,
    };
    let id = words(id);
    // An invitation says to which role.
    let id = id
        .split(' ')
        .map(|word| Role::parse(word).map_or_else(|| word, |role| role.word()))
        .collect::<Vec<_>>()
        .join(" ");
    format!("{kind} {id}").trim_end().to_owned()
}

/// The last digits: the first ones are of the time, alike for all that was made on one day.
fn short(id: &str) -> String {
    id.chars().skip(id.chars().count().saturating_sub(SHORT)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_cut_and_kinds_are_in_words() {
        let id = "0f0102030405060708090a0b0c0d0eff";
        assert_eq!(object(&format!("matter {id}")), "案件 0c0d0eff");
        assert_eq!(object(&format!("organisation {id} handler")), "组织 0c0d0eff 法律承办人");
        assert_eq!(object("everywhere auditor"), "全国 审计员");
        assert_eq!(object("station 7K2M9Q"), "站点 7K2M9Q");
        assert_eq!(words(&format!("指派给 {id}，钥匙进程记录 3")), "指派给 0c0d0eff，钥匙进程记录 3");
        assert_eq!(months(0, 40 * 86_400_000), ["1970-02", "1970-01"]);
    }
}
