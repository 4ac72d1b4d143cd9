//! The beginning of a membership, in the transaction of its approval.

use crate::{
    services::people::Failed,
    store::{DecidingRow, Edit, Existing, MembershipRow, PersonHashes, StoreError},
    vault::random,
};
use domain::{
    account::{EnterpriseId, MembershipId, OrganisationId, SubjectId},
    membership::{MemberNumber, MembershipEvent, MembershipState, valid_until_year},
    time::{Date, LocalTime, Millis},
};
use uuid::Uuid;

/// So often a number is drawn: ten million are there for each region and year.
const DRAWS: u32 = 8;

/// Who joins what.
#[derive(Clone, Copy, Debug)]
pub struct Joins<'a> {
    /// The application.
    pub of: &'a DecidingRow,
    /// Whose member.
    pub organisation: OrganisationId,
    /// GB/T 2260 of that organisation's region.
    pub adcode: Option<u32>,
    /// 批准机关, by its name at that time.
    pub authority: &'a str,
    /// The officer who enters it.
    pub by: Option<SubjectId>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// There is a membership: its id and 会员编号.
    New(MembershipId, String),
    /// The person has one already; nothing was written.
    Existing(Existing),
}

/// Begins a membership, unless the person has one: the unique indexes decide that, whoever else approves at the same
/// moment.
///
/// # Errors
/// The database does not answer, or no number was free: then the transaction must not be finished.
pub async fn begin(edit: &mut Edit, joins: Joins<'_>, now: Millis) -> Result<Begun, Failed> {
    let Joins { of, organisation, adcode, authority, by } = joins;
    let hashes = PersonHashes {
        person: of.person_hash.as_deref(),
        id: of.id_hash.as_deref(),
        name_mobile: of.name_mobile_hash.as_deref(),
    };
    let mut row = MembershipRow {
        id: MembershipId(Uuid::now_v7().into_bytes()),
        subject: of.subject,
        organisation,
        number: String::new(),
        external_number: None,
        state: MembershipState::Active,
        occupation: of.occupation.clone(),
        enterprise: of.enterprise.map(EnterpriseId),
        adcode: of.adcode,
        authority: authority.to_owned(),
        entered_by: by,
        application: Some(of.id),
        source: "application".to_owned(),
        joined_at: now,
        valid_until: valid_until(now),
        took_part_at: None,
        warned_at: None,
        ends_at: None,
        ended_at: None,
        reason: None,
        objection: None,
        objected_at: None,
        version: 0,
    };
    for _ in 0..DRAWS {
        row.number = draw_number(adcode, now).to_string();
        if edit.put_membership(&row, hashes, now).await? {
            edit.put_membership_event(row.id, MembershipEvent::Joined, Some(organisation), by, now).await?;
            if let Some(subject) = of.subject {
                edit.put_home(subject, organisation).await?;
            }
            return Ok(Begun::New(row.id, row.number));
        }
        if let Some(existing) = edit.existing_membership(of).await? {
            return Ok(Begun::Existing(existing));
        }
    }
    Err(StoreError::Busy.into())
}

/// A number for somebody who becomes a member now, at an organisation of a region, however they do.
#[must_use]
pub fn draw_number(adcode: Option<u32>, now: Millis) -> MemberNumber {
    MemberNumber::new(adcode, LocalTime::of(now).date().year, u32::from_be_bytes(random()))
}

/// Until when a membership counts that is entered now, however it came.
#[must_use]
pub fn valid_until(now: Millis) -> Millis {
    last_moment_of(valid_until_year(LocalTime::of(now).date().year), now)
}

/// The last minute of a year in Shanghai.
fn last_moment_of(year: i64, now: Millis) -> Millis {
    let end = Date { year: year + 1, month: 1, day: 1 }.begins();
    end.map_or(now, |end| end - 60_000)
}
