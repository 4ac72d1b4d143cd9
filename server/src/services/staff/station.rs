//! A station at its manager's desk.

use super::{
    masked::holders,
    scope::{acting_as, proved_to_send, station, station_relations},
};
use crate::{
    services::people::{People, Trouble as _},
    store::{AlertRow, At, Entry, OpenCode},
    vault::{Lookup, random},
};
use domain::{
    account::{Actor, ManagerCode},
    policy::{Action, Refused},
    ports::{Alert, AlertKind, IssuedCode, StationDesk},
    time::{DAY_MS, Millis},
};
use uuid::Uuid;

/// So long a manager's code may be used.
const CODE_LASTS_MS: Millis = DAY_MS;
/// So long somebody may take back that they took note.
const UNDO_MS: Millis = DAY_MS;

fn alert(row: &AlertRow, now: Millis) -> Option<Alert> {
    Some(Alert {
        id: Uuid::from_bytes(row.id).simple().to_string(),
        kind: AlertKind::parse(&row.kind)?,
        at: row.at,
        voices: row.voices.unsigned_abs(),
        seen_at: row.seen_at,
        may_undo: row.seen_at.is_some_and(|at| now - at < UNDO_MS),
    })
}

pub(super) async fn desk(people: &People, actor: &Actor, code: &str, now: Millis) -> Result<StationDesk, Refused> {
    let station = station(people, actor, Action::ReadStationDesk, code)?;
    let relations = station_relations(people, actor, &station);
    let may = |action| people.policy.check(actor, action, &relations).is_ok();
    let may_appoint = may(Action::AppointManager);
    let alerts = people.store.alert_rows(station.code).await.or_unavailable("read alerts")?;
    let (managers, open) = if may_appoint {
        let grants = people.store.grants_at(At::Station(station.code)).await.or_unavailable("read managers")?;
        let open = people.store.manager_codes_of(station.code, now).await.or_unavailable("read codes")?;
        (holders(people, &grants, actor.subject()).await?, open)
    } else {
        (Vec::new(), Vec::new())
    };
    let tree = people.organisations.tree();
    Ok(StationDesk {
        place: station.adcode.map(|adcode| people.regions.path(adcode)).unwrap_or_default(),
        organisation: station.adcode.and_then(|adcode| tree.answering_for(adcode)).map(|one| one.name.clone()),
        alerts: alerts.iter().filter_map(|row| alert(row, now)).collect(),
        may_clear: may(Action::ClearAlert),
        may_appoint,
        managers,
        open_code_until: open.iter().map(|code| code.expires_at).max(),
        station,
    })
}

pub(super) async fn clear_alert(
    people: &People,
    actor: &Actor,
    code: &str,
    alert: &str,
    undo: bool,
    now: Millis,
) -> Result<(), Refused> {
    let station = station(people, actor, Action::ClearAlert, code)?;
    let id = Uuid::try_parse(alert).map_err(|_| Refused::NotFound)?.into_bytes();
    let known = people.store.alert_rows(station.code).await.or_unavailable("read alerts")?;
    if !known.iter().any(|row| row.id == id) {
        return Err(Refused::NotFound);
    }
    let mut edit = people.store.edit().await.or_unavailable("clear an alert")?;
    let (seen_at, after) = if undo { (None, now - UNDO_MS) } else { (Some(now), Millis::MIN) };
    // Two taps, or two people at once: the second changes nothing, and nobody is told off for it.
    if edit.note_alert(id, station.code, seen_at, after).await.or_unavailable("clear an alert")? {
        let relations = station_relations(people, actor, &station);
        let entry = Entry {
            actor: actor.subject(),
            role: acting_as(people, Action::ClearAlert, &relations),
            action: Action::ClearAlert,
            object: &format!("station {} alert {}", station.code, Uuid::from_bytes(id).simple()),
            reason: if undo { "撤回知道了" } else { "知道了" },
        };
        edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    }
    edit.finish().await.or_unavailable("clear an alert")
}

pub(super) async fn issue_code(people: &People, actor: &Actor, code: &str, now: Millis) -> Result<IssuedCode, Refused> {
    let station = station(people, actor, Action::AppointManager, code)?;
    proved_to_send(actor, now)?;
    let code = ManagerCode::of_random(random::<5>());
    let until = now + CODE_LASTS_MS;
    let open = OpenCode {
        id: Uuid::now_v7().into_bytes(),
        station: station.code,
        issued_by: actor.subject(),
        created_at: now,
        expires_at: until,
    };
    let mut edit = people.store.edit().await.or_unavailable("issue a code")?;
    let hash = people.vault.hash(Lookup::ManagerCode, code.as_str());
    edit.put_manager_code(&open, &hash).await.or_unavailable("issue a code")?;
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, Action::AppointManager, &station_relations(people, actor, &station)),
        action: Action::AppointManager,
        object: &format!("station {}", station.code),
        reason: "发站点管理码",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    edit.finish().await.or_unavailable("issue a code")?;
    Ok(IssuedCode { spoken: code.spoken(), station: station.name.to_string(), until })
}
