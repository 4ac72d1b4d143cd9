//! Memberships and transfers, of the member and at the desk.

use super::super::{
    cases::{Case, Object},
    people::{Person, Who},
    world::{Access, NOW},
};
use domain::{
    account::{MembershipId, OrganisationId, TransferId},
    membership::{MembershipState, Transfer, TransferState, transfer::Turn},
    policy::{Relation, Role},
    time::DAY_MS,
};
use server::{
    http::deeds::Deed,
    organisations::id_of_region,
    store::{MembershipRow, PersonHashes, TransferRow},
    vault::random,
};

const QUEUE: &str = "/desk/transfers";

fn is_mine(path: &str) -> bool {
    path.starts_with("/me/membership")
}

fn is_desk(path: &str) -> bool {
    path.starts_with("/desk/transfers/") || path.starts_with("/desk/members/{id}")
}

/// With which objects an address is asked; `None`: it is not of this area.
pub fn objects(deed: &Deed) -> Option<&'static [Object]> {
    if is_desk(&deed.path) {
        return Some(&[Object::Here, Object::Elsewhere, Object::Deleted, Object::Guessed]);
    }
    (is_mine(&deed.path) || deed.path == QUEUE).then_some(&[Object::None])
}

/// Who stands how to the object, said by hand; `None`: it is not of this area.
pub fn relations(who: Who, case: &Case) -> Option<Vec<(Role, Relation)>> {
    let path = case.deed.path.as_str();
    let within = || who.role().map(|role| (role, Relation::Within)).into_iter().collect();
    if is_mine(path) {
        return Some(if who == Who::Anonymous { Vec::new() } else { vec![(Role::Worker, Relation::Own)] });
    }
    if path == QUEUE {
        return Some(within());
    }
    if !is_desk(path) {
        return None;
    }
    Some(match (who, case.object) {
        // An objection is decided by the organisation above; above a province there is none.
        (Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator, Object::Here)
            if path.ends_with("/rule") =>
        {
            Vec::new()
        }
        (Who::OfficerInTree | Who::HandlerAssigned | Who::CoverAdministrator, Object::Here)
        | (Who::OfficerOutOfTree | Who::HandlerOther, Object::Elsewhere)
        | (Who::Administrator | Who::Auditor, Object::Here | Object::Elsewhere) => within(),
        _ => Vec::new(),
    })
}

/// The address and the fields of a request; `None`: as everywhere.
pub async fn request(access: &Access, case: &Case, _: &Person) -> Option<(String, String)> {
    let path = case.deed.path.as_str();
    let at = match case.object {
        Object::Here => access.places.county,
        Object::Elsewhere => access.places.elsewhere,
        _ => return None,
    };
    if !is_desk(path) {
        return None;
    }
    let id = if path.starts_with("/desk/transfers/") { access.transfer(at).await } else { access.membership(at).await };
    let fields = match path {
        "/desk/transfers/{id}/decide" => "side=out&decision=agree&version=0",
        "/desk/members/{id}/reveal" => "reveal_reason=核对名单",
        _ => "version=0",
    };
    Some((path.replace("{id}", &id), fields.to_owned()))
}

impl Access {
    /// A membership of somebody at an organisation.
    pub async fn membership(&self, organisation: OrganisationId) -> String {
        let subject = self.person(Who::OtherWorker).await.subject;
        let id = MembershipId(random());
        let row = MembershipRow {
            id,
            subject,
            organisation,
            number: id.to_string(),
            external_number: None,
            state: MembershipState::Active,
            occupation: None,
            enterprise: None,
            adcode: None,
            authority: "测试工会".into(),
            entered_by: None,
            application: None,
            source: "import".into(),
            joined_at: NOW,
            valid_until: NOW + 365 * DAY_MS,
            took_part_at: None,
            warned_at: None,
            ends_at: None,
            ended_at: None,
            reason: None,
            objection: None,
            objected_at: None,
            version: 0,
        };
        let mut edit = self.people.store.edit().await.expect("writes");
        assert!(edit.put_membership(&row, PersonHashes::default(), NOW).await.expect("written"));
        edit.finish().await.expect("written");
        id.to_string()
    }

    /// A transfer away from an organisation, to one that no role of this world reaches.
    pub async fn transfer(&self, from: OrganisationId) -> String {
        let membership = MembershipId::parse(&self.membership(from).await).expect("just made");
        let to = id_of_region(420_000);
        let turn = |owner| Turn { owner, due_at: NOW + DAY_MS, silences: 0, decision: None };
        let row = TransferRow {
            id: TransferId(random()),
            membership,
            subject: None,
            application: None,
            asked_at: NOW,
            transfer: Transfer {
                state: TransferState::Open,
                from,
                to,
                out: turn(from),
                into: turn(to),
                ended_at: None,
            },
            out_by: None,
            in_by: None,
            reason: None,
            version: 0,
        };
        let mut edit = self.people.store.edit().await.expect("writes");
        assert!(edit.put_transfer(&row).await.expect("written"));
        edit.finish().await.expect("written");
        row.id.to_string()
    }
}
