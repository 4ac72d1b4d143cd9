//! One-use links of a 试用安装: everybody who tries the program can open every desk. Nothing of it exists where
//! the installation is no trial.

use super::{
    accounts::{Begun, begin},
    people::{People, Trouble as _},
};
use crate::{
    store::{Edit, MembershipRow, PersonHashes, StoreError},
    vault::{Lookup, Owner, Place, random},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{MembershipId, OrganisationId, Strength, SubjectId},
    geo::Point,
    membership::{MembershipEvent, MembershipState},
    policy::{Refused, Role},
    ports::{Browser, Later, SignedIn, Stations as _, Trial, TrialLinks, Unsaid},
    station::{Code, Wanted},
    time::{DAY_MS, Millis},
};
use uuid::Uuid;

/// A link lasts as long as somebody tries the program in one go.
const LASTS_MS: Millis = DAY_MS;

/// Whom the links sign in as, in the order they are printed.
const ROLES: [Role; 7] = [
    Role::Worker,
    Role::Manager,
    Role::Officer,
    Role::Handler,
    Role::CoverAdministrator,
    Role::Administrator,
    Role::Auditor,
];

/// A link to print.
#[derive(Clone)]
pub struct Link {
    /// As whom.
    pub role: Role,
    /// The same in a word.
    pub word: &'static str,
    /// The path, with the token.
    pub path: String,
    /// The person it signs in as.
    pub subject: SubjectId,
}

/// Where the made-up people work.
#[derive(Clone, Copy, Debug)]
pub struct Workplace {
    /// The manager's station.
    pub station: Option<Code>,
    /// The organisation of the officer, the handler and the cover administrator.
    pub organisation: Option<OrganisationId>,
}

/// A station of the 示范 pack, or where there are real ones any, and the organisation that answers for it.
#[must_use]
pub fn workplace(people: &People) -> Workplace {
    let zhengzhou = Point::from_degrees(34.75, 113.66);
    let everything = Wanted::default();
    let near = zhengzhou
        .map(|point| people.finder.nearest(point, 1, f64::INFINITY, &everything, Unsaid::Include, 0))
        .unwrap_or_default();
    let station = near.first().map(|found| found.station.clone());
    let tree = people.organisations.tree();
    let adcode = station.as_ref().and_then(|station| station.adcode);
    let organisation = adcode.and_then(|adcode| tree.answering_for(adcode)).map(|one| one.id);
    Workplace { station: station.map(|station| station.code), organisation }
}

/// Makes people up and a link for each, in place of those of an earlier start.
///
/// # Errors
/// The database does not answer: then nothing has changed.
pub async fn make(people: &People, workplace: Workplace, now: Millis) -> Result<Vec<Link>, StoreError> {
    let mut edit = people.store.edit().await?;
    edit.remove_trial_subjects().await?;
    let mut links = Vec::new();
    for role in ROLES {
        // A manager without a station is nobody.
        if role == Role::Manager && workplace.station.is_none() {
            continue;
        }
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        edit.put_trial_subject(subject, now).await?;
        match role {
            Role::Anonymous | Role::Worker => {}
            Role::Manager => edit.put_trial_grant(subject, role, None, workplace.station, now).await?,
            Role::Administrator | Role::Auditor => edit.put_trial_grant(subject, role, None, None, now).await?,
            Role::Officer | Role::Handler | Role::CoverAdministrator => {
                edit.put_trial_grant(subject, role, workplace.organisation, None, now).await?;
                if let (Role::Officer, Some(organisation)) = (role, workplace.organisation) {
                    // 已开通 from the start: whoever tries the program can join before they look at the officer's desk.
                    edit.note_officer(organisation, now).await?;
                }
            }
        }
        let token = HEXLOWER.encode(&random::<32>());
        edit.put_trial_link(subject, &people.vault.hash(Lookup::Token, &token), now + LASTS_MS).await?;
        links.push(Link { role, word: role.word(), path: format!("/trial/{token}"), subject });
    }
    if let Some(organisation) = workplace.organisation {
        let subject = member(people, &mut edit, organisation, now).await?;
        let token = HEXLOWER.encode(&random::<32>());
        edit.put_trial_link(subject, &people.vault.hash(Lookup::Token, &token), now + LASTS_MS).await?;
        links.push(Link { role: Role::Worker, word: MEMBER, path: format!("/trial/{token}"), subject });
    }
    edit.finish().await?;
    Ok(links)
}

/// What the worker is called who is a member already: the card and the membership can be looked at without waiting
/// for anybody. The other worker joins.
const MEMBER: &str = "示范会员";
/// How long the made-up membership is valid.
const VALID_MS: Millis = 365 * DAY_MS;

/// Makes a member up, with a name and a number that are nobody's.
async fn member(
    people: &People,
    edit: &mut Edit,
    organisation: OrganisationId,
    now: Millis,
) -> Result<SubjectId, StoreError> {
    let subject = SubjectId(Uuid::now_v7().into_bytes());
    edit.put_trial_subject(subject, now).await?;
    let place = Place { table: "subject", column: "name", row: subject.0 };
    // Without a name the card is still one.
    if let Ok(name) = people.vault.seal(Owner::Subject(subject), place, "张示范", now).await {
        edit.put_trial_name(subject, &name.0).await?;
    }
    let number = u32::from_be_bytes(random()) % 100_000_000;
    let row = MembershipRow {
        id: MembershipId(Uuid::now_v7().into_bytes()),
        subject: Some(subject),
        organisation,
        number: format!("SF{number:08}"),
        external_number: None,
        state: MembershipState::Active,
        occupation: None,
        enterprise: None,
        adcode: None,
        authority: "示范工会委员会".to_owned(),
        entered_by: None,
        application: None,
        source: "application".to_owned(),
        joined_at: now,
        valid_until: now + VALID_MS,
        took_part_at: None,
        warned_at: None,
        ends_at: None,
        ended_at: None,
        reason: None,
        objection: None,
        objected_at: None,
        version: 0,
    };
    edit.put_membership(&row, PersonHashes::default(), now).await?;
    edit.put_membership_event(row.id, MembershipEvent::Joined, Some(organisation), None, now).await?;
    Ok(subject)
}

/// Takes the made-up people away: what an installation does that is no trial any more.
///
/// # Errors
/// The database does not answer.
pub async fn remove(people: &People) -> Result<u64, StoreError> {
    let subjects = people.store.trial_subjects().await?;
    if subjects.is_empty() {
        return Ok(0);
    }
    let mut edit = people.store.edit().await?;
    let removed = edit.remove_trial_subjects().await?;
    edit.finish().await?;
    for subject in subjects {
        if let Err(error) = people.vault.destroy(subject).await {
            tracing::warn!(%error, "a key of a made-up person stays for now: {error}");
        }
    }
    Ok(removed)
}

/// The links as pages take them up.
#[derive(Clone)]
pub struct TrialService {
    people: People,
}

impl TrialService {
    /// On a database and a vault.
    #[must_use]
    pub const fn new(people: People) -> Self {
        Self { people }
    }

    async fn role_of(&self, subject: SubjectId) -> Result<Role, Refused> {
        let grants = self.people.store.grants_of(subject).await.or_unavailable("read the role of a trial link")?;
        Ok(grants.first().map_or(Role::Worker, |grant| grant.role))
    }
}

const fn strength(role: Role) -> Strength {
    match role {
        Role::Anonymous | Role::Worker => Strength::Sms,
        Role::Manager => Strength::Manager,
        // Nobody has shown a passkey; the session says so wherever it is listed, and a trial needs no more.
        _ => Strength::Totp,
    }
}

impl TrialLinks for TrialService {
    fn look<'a>(&'a self, token: &'a str, now: Millis) -> Later<'a, Result<Role, Refused>> {
        Box::pin(async move {
            if self.people.site.trial == Trial::Off {
                return Err(Refused::NotFound);
            }
            let hash = self.people.vault.hash(Lookup::Token, token);
            let found = self.people.store.trial_link(&hash, now).await.or_unavailable("look at a trial link")?;
            self.role_of(found.ok_or(Refused::NotFound)?).await
        })
    }

    fn take_up<'a>(
        &'a self,
        token: &'a str,
        browser: &'a Browser,
        now: Millis,
    ) -> Later<'a, Result<SignedIn, Refused>> {
        Box::pin(async move {
            if self.people.site.trial == Trial::Off {
                return Err(Refused::NotFound);
            }
            let hash = self.people.vault.hash(Lookup::Token, token);
            let found = self.people.store.trial_link(&hash, now).await.or_unavailable("look at a trial link")?;
            let role = self.role_of(found.ok_or(Refused::NotFound)?).await?;
            let used = async {
                let mut edit = self.people.store.edit().await?;
                let Some(subject) = edit.use_trial_link(&hash, now).await? else { return Ok(None) };
                let device = Some(browser.sender.device.as_str());
                let begun =
                    begin(&self.people, &mut edit, subject, strength(role), &browser.phone, device, now).await?;
                edit.finish().await?;
                Ok::<_, StoreError>(Some(begun))
            };
            let Begun { token, seconds, .. } =
                used.await.or_unavailable("take up a trial link")?.ok_or(Refused::NotFound)?;
            Ok(SignedIn { session: token, seconds, is_new: false })
        })
    }
}
