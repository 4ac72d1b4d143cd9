//! The access matrix: every role × every address × {own, other's, deleted, guessed}. What is expected is generated
//! from the policy table as `server policy` prints it; what happens is asked over HTTP.

mod areas;
mod cases;
mod denials;
mod people;
mod printed;
mod world;

use cases::{Case, cases, relations, request};
use domain::policy::{Action, Cell, Policy, Relation, Role};
use http::StatusCode;
use people::Who;
use std::collections::BTreeSet;
use world::{Access, Reply};

/// What a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// The page, or what the form says to what was typed.
    Let,
    /// To the page where one signs in.
    SignIn,
    /// To the page where staff show more than a number.
    Prove,
    /// As if it were not there.
    Nothing,
}

fn seen(reply: &Reply) -> Seen {
    match reply.status {
        StatusCode::SEE_OTHER if reply.location.starts_with("/sign-in?") || reply.location == "/sign-in" => {
            Seen::SignIn
        }
        StatusCode::SEE_OTHER if reply.location.starts_with("/staff") => Seen::Prove,
        StatusCode::NOT_FOUND => Seen::Nothing,
        _ => Seen::Let,
    }
}

/// What is expected by a table: of the roles that count for whoever asks.
fn expected(table: &BTreeSet<Cell>, who: Who, case: &Case) -> Seen {
    let action = case.deed.action;
    let stands = relations(who, case);
    let is_permitted = who.roles().into_iter().any(|role| {
        table.contains(&(role, action, Relation::Any))
            || stands.iter().any(|&(of, relation)| of == role && table.contains(&(role, action, relation)))
    });
    // Nobody in this world has an authenticator to take away.
    let is_there = !matches!(case.object, cases::Object::Deleted | cases::Object::Guessed)
        && case.deed.path != "/me/authenticator/remove";
    let is_of_desks = Policy::cells().any(|(role, of, to)| {
        of == action && !matches!(role, Role::Anonymous | Role::Worker) && Policy::default().allows(role, of, to)
    });
    // Who has signed out already is told that it is done: a second tap is no mistake.
    let is_out = who == Who::Anonymous && ["/sign-out", "/me/sessions/end-all"].contains(&case.deed.path.as_str());
    // What proves somebody is changed by whoever has just proved it.
    let path = case.deed.path.as_str();
    let is_proof = path.starts_with("/me/authenticator") || path == "/me/keys/{id}/remove";
    match who {
        Who::Anonymous if !is_out => Seen::SignIn,
        _ if is_proof && who.strength_is_weak() => Seen::Prove,
        _ if is_permitted && is_there || is_out => Seen::Let,
        Who::OfficerBySms if is_of_desks => Seen::Prove,
        _ => Seen::Nothing,
    }
}

async fn happens(access: &Access, who: Who, case: &Case) -> (Seen, Reply) {
    let person = access.person(who).await;
    let (address, fields) = request(access, case, &person).await;
    let reply = access.ask(case.deed.method.as_str(), &address, &fields, &person.cookie).await;
    (seen(&reply), reply)
}

/// Whether the table says anything of an address: what everybody reads alike has its own tests.
fn is_decided(case: &Case) -> bool {
    use domain::policy::Action as A;
    !matches!(case.deed.action, A::ReadPublic | A::ChooseDisplay | A::Report | A::SignIn | A::OpenMe | A::CheckCard)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_at_every_address_sees_what_the_printed_table_says() {
    let access = Access::new().await;
    let table = printed::read(&Policy::default().markdown());
    let (mut asked, mut wrong) = (0, Vec::new());
    for case in cases().iter().filter(|case| is_decided(case)) {
        for who in Who::ALL {
            let (is, reply) = happens(&access, who, case).await;
            asked += 1;
            let should = expected(&table, who, case);
            if is != should || reply.status.is_server_error() {
                wrong.push(format!(
                    "{who:?} {} {} {:?}: {is:?} ({}, {:?}) instead of {should:?}",
                    case.deed.method, case.deed.path, case.object, reply.status, reply.location
                ));
            }
        }
    }
    eprintln!("{asked} requests");
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Where a permission alone opens nothing, because the query asks for what is the actor's own: nobody has an account
/// without having signed in, and an inbox or a device is looked for among the actor's.
fn is_asked_of_the_query((role, action, relation): Cell) -> bool {
    let is_own = matches!(
        action,
        Action::ReadAccount
            | Action::ChangeAccount
            | Action::RevealIdentity
            | Action::ReadNotice
            | Action::EndSession
            | Action::Apply
            | Action::ReadApplication
    );
    is_own && relation == Relation::Any && (role == Role::Anonymous || !matches!(action, Action::RevealIdentity))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_turned_over_is_noticed_wherever_anybody_stands_in_it() {
    let access = Access::new().await;
    let right = Policy::default();
    let table = printed::read(&right.markdown());
    let decided: Vec<Case> = cases().into_iter().filter(is_decided).collect();
    let (mut noticed, mut only_printed, mut missed) = (0, 0, Vec::new());
    for cell in Policy::cells() {
        let flipped = right.with_flipped(cell);
        let other = printed::read(&flipped.markdown());
        let mut differing = Vec::new();
        for case in decided.iter().filter(|case| case.deed.action == cell.1) {
            for who in Who::ALL {
                if expected(&table, who, case) != expected(&other, who, case) {
                    differing.push((who, case));
                }
            }
        }
        if differing.is_empty() {
            // Nobody stands in this relation at any address: the printed table alone says it, and is compared.
            only_printed += 1;
            continue;
        }
        let turned = access.under(flipped);
        let mut is_noticed = false;
        for (who, case) in differing {
            let (is, _) = happens(&turned, who, case).await;
            is_noticed |= is != expected(&table, who, case);
        }
        if is_noticed {
            noticed += 1;
        } else if is_asked_of_the_query(cell) {
            only_printed += 1;
        } else {
            missed.push(cell);
        }
    }
    eprintln!("{noticed} cells noticed over HTTP, {only_printed} only where the table is printed");
    assert!(missed.is_empty(), "{} turned over unnoticed: {missed:?}", missed.len());
}
