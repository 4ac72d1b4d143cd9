//! A row of `application`.

use crate::store::StoreError;
use domain::{
    account::{ApplicationId, EnterpriseId, IdType, OrganisationId, SubjectId},
    membership::{ApplicationKind, ApplicationState, Lane, Screen},
    time::Millis,
};
use sqlx::FromRow;
use uuid::Uuid;

/// An application as it is kept: ciphertexts, and what of it stands in the open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptApplication {
    /// Which.
    pub id: ApplicationId,
    /// Whose; `None` once the account is gone.
    pub subject: Option<SubjectId>,
    /// Its state.
    pub state: ApplicationState,
    /// What for.
    pub kind: Option<ApplicationKind>,
    /// Which lane.
    pub lane: Option<Lane>,
    /// The name, sealed; of a draft as it was typed.
    pub name: Option<Vec<u8>>,
    /// The document.
    pub id_type: Option<IdType>,
    /// Its number, sealed; of a draft as it was typed.
    pub id_number: Option<Vec<u8>>,
    /// The occupation.
    pub occupation: Option<String>,
    /// The platform or unit, of the list.
    pub enterprise: Option<EnterpriseId>,
    /// The platform or unit as typed, sealed.
    pub unit: Option<Vec<u8>>,
    /// The union that was chosen.
    pub chosen: Option<OrganisationId>,
    /// The usual place.
    pub adcode: Option<u32>,
    /// The union of the street or town.
    pub town: Option<OrganisationId>,
    /// The code of the link.
    pub entry: Option<String>,
    /// The furthest screen that was saved.
    pub screen: Option<Screen>,
    /// 登记号.
    pub number: Option<String>,
    /// Who decides.
    pub owner: Option<OrganisationId>,
    /// By when.
    pub due_at: Option<Millis>,
    /// The way: JSON. Of a draft: it was sent and nobody took it.
    pub route: Option<String>,
    /// How often it went up.
    pub escalations: u32,
    /// When it was sent.
    pub submitted_at: Option<Millis>,
    /// When it was decided.
    pub decided_at: Option<Millis>,
    /// 批准机关.
    pub authority: Option<String>,
    /// Why refused, or what is missing; sealed.
    pub reason: Option<Vec<u8>>,
    /// What was answered, sealed.
    pub answer: Option<Vec<u8>>,
    /// Who filled it in for the applicant.
    pub helper: Option<SubjectId>,
    /// When it was begun.
    pub created_at: Millis,
    /// When it was changed.
    pub changed_at: Millis,
    /// Counts changes.
    pub version: u32,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    subject: Option<Uuid>,
    state: String,
    kind: Option<String>,
    lane: Option<String>,
    name: Option<Vec<u8>>,
    id_type: Option<String>,
    id_number: Option<Vec<u8>>,
    occupation: Option<String>,
    enterprise: Option<Uuid>,
    unit: Option<Vec<u8>>,
    chosen: Option<Uuid>,
    adcode: Option<i32>,
    town: Option<Uuid>,
    entry: Option<String>,
    screen: Option<String>,
    number: Option<String>,
    owner: Option<Uuid>,
    due_at: Option<Millis>,
    route: Option<String>,
    escalations: i32,
    submitted_at: Option<Millis>,
    decided_at: Option<Millis>,
    authority: Option<String>,
    reason: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    helper: Option<Uuid>,
    created_at: Millis,
    changed_at: Millis,
    version: i32,
}

pub(super) const COLUMNS: &str = "id, subject, state, kind, lane, name, id_type, id_number, occupation, enterprise, unit, \
     chosen, adcode, town, entry, screen, number, owner, due_at, route, escalations, submitted_at, decided_at, authority, \
     reason, answer, helper, created_at, changed_at, version";

/// A number of GB/T 2260 as both engines keep it.
pub(super) fn number(adcode: u32) -> i32 {
    i32::try_from(adcode).unwrap_or(i32::MAX)
}

fn code<T>(text: Option<String>, parse: fn(&str) -> Option<T>, wrong: StoreError) -> Result<Option<T>, StoreError> {
    text.map(|text| parse(&text).ok_or(wrong)).transpose()
}

pub(super) fn kept(row: Row) -> Result<KeptApplication, StoreError> {
    let id = row.id;
    let wrong = |column| StoreError::Corrupt { code: format!("application {id}"), column };
    let organisation = |id: Uuid| OrganisationId(id.into_bytes());
    Ok(KeptApplication {
        id: ApplicationId(id.into_bytes()),
        subject: row.subject.map(|id| SubjectId(id.into_bytes())),
        state: ApplicationState::parse(&row.state).ok_or_else(|| wrong("state"))?,
        kind: code(row.kind, ApplicationKind::parse, wrong("kind"))?,
        lane: code(row.lane, Lane::parse, wrong("lane"))?,
        name: row.name,
        id_type: code(row.id_type, IdType::parse, wrong("id_type"))?,
        id_number: row.id_number,
        occupation: row.occupation,
        enterprise: row.enterprise.map(|id| EnterpriseId(id.into_bytes())),
        unit: row.unit,
        chosen: row.chosen.map(organisation),
        adcode: row.adcode.map(|adcode| u32::try_from(adcode).map_err(|_| wrong("adcode"))).transpose()?,
        town: row.town.map(organisation),
        entry: row.entry,
        screen: code(row.screen, Screen::parse, wrong("screen"))?,
        number: row.number,
        owner: row.owner.map(organisation),
        due_at: row.due_at,
        route: row.route,
        escalations: row.escalations.unsigned_abs(),
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        authority: row.authority,
        reason: row.reason,
        answer: row.answer,
        helper: row.helper.map(|id| SubjectId(id.into_bytes())),
        created_at: row.created_at,
        changed_at: row.changed_at,
        version: row.version.unsigned_abs(),
    })
}
