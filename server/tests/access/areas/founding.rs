//! Asking for a union, head enterprises, obstruction, occupations.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::{Access, NOW},
};
use data_encoding::HEXLOWER;
use domain::{
    account::{EnterpriseId, FoundingId, ObstructionId, OrganisationId, SubjectId},
    founding::{EnterpriseKind, FoundingStage, ObstructionStage, UnionState},
    membership::Occupation,
    policy::{Action, Relation, Role},
};
use http::Method;
use server::{
    http::deeds::Deed,
    store::{EnterpriseKept, FoundingKept, ObstructionKept},
    vault::random,
};

const OCCUPATION: &str = "access_case";

/// With which objects an address is asked; `None`: it is not of this area.
pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    use Object::{Anothers, Elsewhere, Guessed, Here, Mine};
    let names_one = deed.path.contains('{');
    match deed.action {
        // The words form is the starter's; whoever has the link may join and leave.
        Action::AskForUnion if deed.path.ends_with("/words") => Some(&[Mine, Guessed]),
        Action::AskForUnion | Action::ReportObstruction if names_one => Some(&[Mine, Anothers, Guessed]),
        Action::HandleFounding | Action::HandleObstruction | Action::EditEnterprises if names_one => {
            Some(&[Here, Elsewhere, Guessed])
        }
        Action::EditOccupations if names_one => Some(&[Here, Guessed]),
        Action::AskForUnion
        | Action::ReportObstruction
        | Action::HandleFounding
        | Action::HandleObstruction
        | Action::EditEnterprises
        | Action::EditOccupations => Some(&[Object::None]),
        _ => None,
    }
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    objects(&case.deed)?;
    let own = (who != Who::Anonymous).then_some((Role::Worker, Relation::Own));
    let within = who.role().map(|role| (role, Relation::Within));
    let one = match (case.deed.action, case.object) {
        (Action::AskForUnion, _) | (Action::ReportObstruction, Object::None | Object::Mine) => own,
        // Lists are of one's own ground.
        (Action::HandleFounding | Action::HandleObstruction | Action::EditEnterprises, Object::None) => within,
        (Action::HandleFounding | Action::HandleObstruction | Action::EditEnterprises, Object::Here) => {
            within.filter(|_| {
                matches!(
                    who,
                    Who::OfficerInTree
                        | Who::HandlerAssigned
                        | Who::CoverAdministrator
                        | Who::Administrator
                        | Who::Auditor
                )
            })
        }
        (Action::HandleFounding | Action::HandleObstruction | Action::EditEnterprises, Object::Elsewhere) => within
            .filter(|_| matches!(who, Who::OfficerOutOfTree | Who::HandlerOther | Who::Administrator | Who::Auditor)),
        _ => None,
    };
    Some(one.into_iter().collect())
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(access: &Access, case: &Case, who: &Person) -> Option<(String, String)> {
    objects(&case.deed)?;
    let Deed { method, path, action } = &case.deed;
    let owner = match case.object {
        Object::Elsewhere => access.places.elsewhere,
        _ => access.places.county,
    };
    let of = match case.object {
        Object::Mine => who.subject,
        Object::Anothers | Object::Here | Object::Elsewhere => access.person(Who::OtherWorker).await.subject,
        _ => None,
    };
    let guessed = || HEXLOWER.encode(&random::<16>());
    let id = match (action, of) {
        (Action::AskForUnion, Some(subject)) => founding(access, owner, Some(subject)).await.token,
        (Action::HandleFounding, Some(_)) => founding(access, owner, None).await.id.to_string(),
        (Action::ReportObstruction | Action::HandleObstruction, Some(subject)) => {
            obstruction(access, owner, subject).await
        }
        (Action::EditEnterprises, Some(_)) => enterprise(access, owner).await,
        (Action::EditOccupations, Some(_)) => occupation(access).await,
        _ => guessed(),
    };
    let address = path.replace("{token}", &id).replace("{id}", &id).replace("{code}", &id);
    let fields = if *method == Method::POST && path.ends_with("/reveal") { "reason=约时间见面" } else { "" };
    Some((address, fields.to_owned()))
}

/// A request for a union that an organisation has.
pub async fn founding(access: &Access, owner: OrganisationId, starter: Option<SubjectId>) -> FoundingKept {
    let token = HEXLOWER.encode(&random::<16>());
    let one = FoundingKept {
        id: FoundingId(random()),
        token: token.clone(),
        number: token.clone(),
        unit: ("一个单位".into(), token),
        adcode: 410_103,
        enterprise: None,
        colleagues: 25,
        starter,
        stage: FoundingStage::Sent,
        owner: Some(owner),
        due_at: Some(NOW + 1),
        outcome: None,
        organisation: None,
        reason: None,
        version: 0,
        created_at: NOW,
    };
    let mut edit = access.people.store.edit().await.expect("writes");
    assert!(edit.put_founding(&one).await.expect("written"));
    if let Some(starter) = starter {
        edit.join_founding(one.id, starter, false, NOW).await.expect("written");
    }
    edit.finish().await.expect("written");
    one
}

/// A report of somebody that an organisation has.
pub async fn obstruction(access: &Access, owner: OrganisationId, subject: SubjectId) -> String {
    let id = ObstructionId(random());
    let one = ObstructionKept {
        id,
        subject,
        number: id.to_string(),
        adcode: 410_103,
        contact: true,
        stage: ObstructionStage::Registered,
        owner: Some(owner),
        due_at: Some(NOW + 1),
        created_at: NOW,
        version: 0,
    };
    let mut edit = access.people.store.edit().await.expect("writes");
    assert!(edit.put_obstruction(&one, &[]).await.expect("written"));
    edit.finish().await.expect("written");
    id.to_string()
}

/// An enterprise of an organisation's region.
pub async fn enterprise(access: &Access, of: OrganisationId) -> String {
    let id = EnterpriseId(random());
    let one = EnterpriseKept {
        id,
        name: id.to_string(),
        kind: EnterpriseKind::Unit,
        parent: None,
        industry: None,
        adcode: access.people.organisations.tree().get(of).and_then(|one| one.adcode),
        code: None,
        union: UnionState::Unknown,
        organisation: None,
        source: "test".into(),
        retired_at: None,
    };
    let mut edit = access.people.store.edit().await.expect("writes");
    assert!(edit.put_enterprise(&one, NOW).await.expect("written"));
    edit.finish().await.expect("written");
    id.to_string()
}

async fn occupation(access: &Access) -> String {
    let one = Occupation {
        code: OCCUPATION.into(),
        name: "一种职业".into(),
        eight: false,
        four: false,
        industry: None,
        position: 1,
        is_retired: false,
    };
    let mut edit = access.people.store.edit().await.expect("writes");
    edit.add_occupation(&one, NOW).await.expect("written");
    edit.finish().await.expect("written");
    OCCUPATION.to_owned()
}
