//! What is held about somebody: shown, exported, erased.

use super::{
    holdings::{Erasure, HOLDINGS, Holding, Kind},
    own::own,
};
use crate::{
    services::{
        membership::cards,
        people::{Failed, People, Trouble as _},
    },
    store::{Entry, HeldRow, Value},
    vault::{Owner, Place},
};
use domain::{
    account::{Actor, IdType, Strength, SubjectId},
    membership::{MembershipEvent, MembershipState, TransferState},
    policy::{Action, Refused, Role},
    ports::{ConsentFor, Export, Held},
    time::{LocalTime, Millis},
};
use std::fmt::Write as _;

pub(super) async fn held(people: &People, actor: &Actor) -> Result<Vec<Held>, Refused> {
    let (subject, _) = own(people, actor, Action::ReadAccount)?;
    let mut all = Vec::new();
    // The account itself is what a reader looks for first.
    for holding in HOLDINGS.iter().rev() {
        let counted = people.store.count_held(holding.table, holding.column, subject).await;
        let count = counted.or_unavailable("count what is held")?;
        if count > 0 {
            all.push(Held { what: holding.what, count, why: holding.why });
        }
    }
    Ok(all)
}

pub(super) async fn export(people: &People, actor: &Actor, now: Millis) -> Result<Export, Refused> {
    // Name and number stand in it whole.
    let (subject, _) = own(people, actor, Action::RevealIdentity)?;
    own(people, actor, Action::ReadAccount)?;
    written(people, subject, now).await.or_unavailable("export an account")
}

/// What one table holds, with the values opened.
struct Section {
    holding: &'static Holding,
    rows: Vec<Vec<Option<String>>>,
}

async fn sections(people: &People, subject: SubjectId) -> Result<Vec<Section>, Failed> {
    let mut sections = Vec::new();
    for holding in HOLDINGS.iter().rev() {
        let columns: Vec<(&'static str, bool)> =
            holding.columns.iter().map(|&(name, _, kind)| (name, kind == Kind::Sealed)).collect();
        let held = people.store.held_rows(holding.table, holding.column, holding.id, &columns, subject).await?;
        let mut rows = Vec::with_capacity(held.len());
        for row in held {
            rows.push(opened(people, subject, holding, row).await?);
        }
        if !rows.is_empty() {
            sections.push(Section { holding, rows });
        }
    }
    Ok(sections)
}

async fn opened(
    people: &People,
    subject: SubjectId,
    holding: &Holding,
    row: HeldRow,
) -> Result<Vec<Option<String>>, Failed> {
    let mut values = Vec::with_capacity(row.values.len());
    for (value, &(column, _, kind)) in row.values.into_iter().zip(holding.columns) {
        values.push(match value {
            Value::None => None,
            Value::Plain(text) if kind == Kind::Time => Some(moment(&text)),
            Value::Plain(text) => Some(in_words(column, text)),
            Value::Sealed(sealed) => {
                let place = Place { table: holding.table, column, row: row.id };
                let text = people.vault.open(Owner::Subject(subject), place, &sealed).await?;
                Some(if holding.table == "notice" { of_notice(text.reveal()) } else { text.reveal().to_owned() })
            }
        });
    }
    Ok(values)
}

/// `2026-11-24 10:05` in Shanghai.
fn moment(text: &str) -> String {
    let Ok(at) = text.parse::<Millis>() else { return text.to_owned() };
    let local = LocalTime::of(at);
    format!("{} {:02}:{:02}", local.date(), local.minute / 60, local.minute % 60)
}

/// The word of a code where it has one.
fn in_words(column: &str, text: String) -> String {
    let word = match column {
        "id_type" => IdType::parse(&text).map(IdType::word),
        "role" => Role::parse(&text).map(Role::word),
        "strength" => Strength::parse(&text).map(Strength::word),
        "action" => Action::parse(&text).map(Action::word),
        "purpose" => ConsentFor::parse(&text).map(ConsentFor::word),
        "state" => MembershipState::parse(&text)
            .map(MembershipState::word)
            .or_else(|| TransferState::parse(&text).map(TransferState::word)),
        "kind" => MembershipEvent::parse(&text).map(MembershipEvent::word),
        "id_check" if text == "form" => Some("只核对了格式"),
        "id_check" => Some("已由身份核验服务核对"),
        _ => None,
    };
    word.map_or(text, ToOwned::to_owned)
}

/// Title and text of a notice.
fn of_notice(json: &str) -> String {
    let words: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let part = |name: &str| words[name].as_str().unwrap_or_default().to_owned();
    format!("{}：{}", part("title"), part("text"))
}

async fn written(people: &People, subject: SubjectId, now: Millis) -> Result<Export, Failed> {
    // Written down first: what cannot be written down is not given.
    let mut edit = people.store.edit().await?;
    let object = format!("subject {subject}");
    let entry = Entry {
        actor: Some(subject),
        role: Role::Worker,
        action: Action::RevealIdentity,
        object: &object,
        reason: "下载了自己的全部资料",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    let sections = sections(people, subject).await?;
    let at = moment(&now.to_string());
    let json: Vec<serde_json::Value> = sections
        .iter()
        .map(|Section { holding, rows }| {
            let rows: Vec<serde_json::Map<String, serde_json::Value>> = rows
                .iter()
                .map(|row| {
                    let named = holding.columns.iter().zip(row);
                    named.map(|(&(name, _, _), value)| (name.to_owned(), value.clone().into())).collect()
                })
                .collect();
            serde_json::json!({
                "what": holding.what, "why": holding.why, "table": holding.table, "of": holding.column, "rows": rows,
            })
        })
        .collect();
    let json = serde_json::json!({ "exported_at": at, "account": subject.to_string(), "held": json });
    let json = serde_json::to_string_pretty(&json).unwrap_or_default();
    Ok(Export { json, html: document(&sections, &at) })
}

/// A document to read, without scripts and styles: it opens anywhere.
fn document(sections: &[Section], at: &str) -> String {
    let mut html = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>会站家里我的资料</title>\n\
         </head>\n<body>\n<h1>会站家里我的资料</h1>\n",
    );
    let _ = writeln!(html, "<p>导出时间：{}。这份文件里有你的完整个人信息，请自己保管好。</p>", escaped(at));
    for Section { holding, rows } in sections {
        let _ = writeln!(html, "<h2>{}</h2>\n<p>{}</p>", escaped(holding.what), escaped(holding.why));
        for row in rows {
            html.push_str("<dl>\n");
            for (&(_, label, _), value) in holding.columns.iter().zip(row) {
                let value = value.as_deref().unwrap_or("（没有）");
                let _ = writeln!(html, "<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(value));
            }
            html.push_str("</dl>\n");
        }
    }
    html.push_str("</body>\n</html>\n");
    html
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

pub(super) async fn erase(people: &People, actor: &Actor, now: Millis) -> Result<(), Refused> {
    let (subject, _) = own(people, actor, Action::ChangeAccount)?;
    gone(people, subject, now).await.or_unavailable("erase an account")
}

async fn gone(people: &People, subject: SubjectId, now: Millis) -> Result<(), Failed> {
    let mut edit = people.store.edit().await?;
    if let Some(hash) = edit.subject(subject).await?.and_then(|row| row.mobile_hash) {
        edit.delete_attempts_on(&hash).await?;
    }
    edit.forget_applications(subject, now).await?;
    edit.leave_all_foundings(subject, now).await?;
    for membership in edit.forget_memberships(subject, now).await? {
        cards::ended(&mut edit, membership, now).await?;
    }
    for holding in HOLDINGS {
        match holding.erasure {
            Erasure::Row => drop(edit.delete_held(holding.table, holding.column, subject).await?),
            Erasure::Reference => drop(edit.empty_held(holding.table, holding.column, subject).await?),
            Erasure::Kept(_) => {}
        }
    }
    let object = format!("subject {subject}");
    let entry = Entry {
        actor: Some(subject),
        role: Role::Worker,
        action: Action::ChangeAccount,
        object: &object,
        reason: "本人删除账号，钥匙已销毁",
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await?;
    // The key goes before the rows do for good: where it cannot be destroyed nothing has happened, and where the rows
    // then stay, nobody reads them and the person tries again.
    people.vault.destroy(subject).await?;
    edit.finish().await?;
    Ok(())
}
