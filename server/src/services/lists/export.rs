//! An organisation's own list, whole: with a reason, after a proof, and written down before the first row leaves.

use super::{
    members::{document, mobile, name},
    sheet::{MARK, line},
    template::{Field, Template, template, templates},
};
use crate::{
    services::{
        people::{People, Trouble as _},
        staff::{
            reason::reason,
            scope::{acting_as, proved_to_open, proved_to_send, relations, scope},
        },
    },
    store::{Entry, ListedMember},
};
use domain::{
    account::{Actor, IdNumber, IdType, MembershipId, OrganisationId},
    membership::MembershipState,
    organisation::Organisation,
    policy::{Action, Refused},
    ports::{ExportForm, Later, NotDone, Pieces, TypedExport},
    time::{LocalTime, Millis},
};
use std::collections::HashMap;

/// Rows that are opened at a time.
const ROWS: i64 = 200;
/// Who is listed: members, in the order of the file.
const STATES: [MembershipState; 3] =
    [MembershipState::Active, MembershipState::Transferring, MembershipState::Retained];

fn at(people: &People, actor: &Actor, id: &str) -> Result<Organisation, Refused> {
    let at = scope(people, actor, Action::ExportMembers, id)?;
    at.organisation().and_then(|id| people.organisations.tree().get(id).cloned()).ok_or(Refused::NotFound)
}

pub(super) fn form(people: &People, actor: &Actor, id: &str, now: Millis) -> Result<ExportForm, Refused> {
    let one = at(people, actor, id)?;
    proved_to_open(actor, now)?;
    let templates = templates().map(|(code, template)| (code.to_owned(), template.name, template.note)).collect();
    Ok(ExportForm { id: one.id.to_string(), name: one.name, templates })
}

pub(super) async fn export(
    people: &People,
    actor: &Actor,
    id: &str,
    typed: &TypedExport,
    now: Millis,
) -> Result<Box<dyn Pieces>, NotDone> {
    let one = at(people, actor, id)?;
    proved_to_send(actor, now)?;
    let mut not = NotDone::default();
    let chosen = template(&typed.template);
    if chosen.is_none() {
        not.wrong.push(("template", "选一种表。".to_owned()));
    }
    let why = reason(&typed.reason).map_err(|wrong| not.wrong.extend(wrong.wrong)).ok();
    let (Some(template), Some(why)) = (chosen, why) else { return Err(not) };
    let words = words(people).await?;
    let held =
        relations(&people.organisations.tree(), actor, crate::services::staff::scope::Scope::Organisation(one.id));
    let mut edit = people.store.edit().await.or_unavailable("export members")?;
    let entry = Entry {
        actor: actor.subject(),
        role: acting_as(people, Action::ExportMembers, &held),
        action: Action::ExportMembers,
        object: &format!("organisation {}", one.id),
        reason: &format!("导出会员名单（{}）：{why}", template.name),
    };
    edit.audit(&people.vault.audit_key(), &entry, now).await.or_unavailable("write the audit log")?;
    edit.finish().await.or_unavailable("export members")?;
    Ok(Box::new(List {
        people: people.clone(),
        organisation: one.id,
        name: one.name,
        template,
        words,
        at: None,
        state: 0,
        now,
    }))
}

/// Codes in words: occupations, employers and platforms.
async fn words(people: &People) -> Result<HashMap<String, String>, Refused> {
    let occupations = people.store.occupation_names().await.or_unavailable("read occupations")?;
    let mut words: HashMap<String, String> = occupations.into_iter().collect();
    for (id, _, name, _) in people.store.enterprise_names().await.or_unavailable("read enterprises")? {
        words.insert(id.to_string(), name);
    }
    Ok(words)
}

/// The file, a piece at a time: a list of any length takes the memory of one piece.
struct List {
    people: People,
    organisation: OrganisationId,
    name: String,
    template: Template,
    words: HashMap<String, String>,
    /// The member after whom the next piece begins; `None` before the headings.
    at: Option<MembershipId>,
    state: usize,
    now: Millis,
}

impl Pieces for List {
    fn next(&mut self) -> Later<'_, Option<Result<String, Refused>>> {
        Box::pin(async move {
            let Some(after) = self.at else {
                self.at = Some(MembershipId([0; 16]));
                let headings = self.template.columns.iter().map(|column| column.heading.as_str());
                return Some(Ok(format!("{MARK}{}", line(headings))));
            };
            let state = *STATES.get(self.state)?;
            Some(self.piece(state, after).await)
        })
    }
}

impl List {
    async fn piece(&mut self, state: MembershipState, after: MembershipId) -> Result<String, Refused> {
        let rows = self.people.store.members_after(self.organisation, state, Some(after), ROWS).await;
        let rows = rows.or_unavailable("list members")?;
        let mut text = String::new();
        for row in &rows {
            text.push_str(&self.row(row, state).await?);
        }
        if let Some(last) = rows.last() {
            self.at = Some(MembershipId(last.id.into_bytes()));
        } else {
            self.state += 1;
            self.at = Some(MembershipId([0; 16]));
        }
        Ok(text)
    }

    async fn row(&self, row: &ListedMember, state: MembershipState) -> Result<String, Refused> {
        let people = &self.people;
        let (name, mobile, document) =
            (name(people, row).await?, mobile(people, row).await?, document(people, row).await?);
        let id_type = document.as_ref().and_then(|(code, _)| IdType::parse(code));
        let today = LocalTime::of(self.now).date();
        let number = id_type
            .zip(document.as_ref())
            .and_then(|(id_type, (_, number))| IdNumber::parse(id_type, number.reveal(), today).ok());
        let date = |at: Millis| LocalTime::of(at).date().to_string();
        let cells: Vec<String> = self
            .template
            .columns
            .iter()
            .map(|column| match column.field {
                None => column.always.clone(),
                Some(Field::Number) => Some(row.number.clone()),
                Some(Field::ExternalNumber) => row.external_number.clone(),
                Some(Field::Name) => name.as_ref().map(|name| name.reveal().to_owned()),
                Some(Field::IdType) => id_type.map(|id_type| id_type.word().to_owned()),
                Some(Field::IdNumber) => document.as_ref().map(|(_, number)| number.reveal().to_owned()),
                Some(Field::Mobile) => mobile.as_ref().map(|mobile| mobile.reveal().to_owned()),
                Some(Field::Sex) => number.as_ref().and_then(IdNumber::sex).map(|sex| sex.word().to_owned()),
                Some(Field::Born) => number.as_ref().and_then(IdNumber::born).map(|born| born.to_string()),
                Some(Field::Occupation) => row.occupation.as_ref().and_then(|code| self.words.get(code)).cloned(),
                Some(Field::Enterprise) => {
                    row.enterprise.and_then(|id| self.words.get(&id.simple().to_string())).cloned()
                }
                Some(Field::Region) => {
                    row.adcode.and_then(|adcode| u32::try_from(adcode).ok()).map(|adcode| people.regions.path(adcode))
                }
                Some(Field::State) => Some(state.word().to_owned()),
                Some(Field::Joined) => Some(date(row.joined_at)),
                Some(Field::Organisation) => Some(self.name.clone()),
                Some(Field::Authority) => Some(row.authority.clone()),
            })
            .map(Option::unwrap_or_default)
            .collect();
        Ok(line(cells.iter().map(String::as_str)))
    }
}
