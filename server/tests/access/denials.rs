//! What must never happen, said by hand: each line is somebody who tries something.

use super::{
    Seen,
    areas::founding,
    people::Who,
    seen,
    world::{Access, Reply},
};
use Seen::{Nothing, Prove, SignIn};
use Who::{
    Administrator, Anonymous, Auditor, CoverAdministrator, HandlerAssigned, HandlerOther, Manager, OfficerBySms,
    OfficerInTree, OfficerOutOfTree, OtherManager, OtherWorker, Worker,
};

/// Who, method, address, fields, what they see. `{…}` are things of this world: see [`fill`].
const DENIED: &[(Who, &str, &str, &str, Seen)] = &[
    // Nobody without an account has one.
    (Anonymous, "GET", "/me/inbox", "", SignIn),
    (Anonymous, "POST", "/me/data/export.json", "", SignIn),
    (Anonymous, "POST", "/me/identity", "name=x", SignIn),
    (Anonymous, "POST", "/me/identity/reveal", "reason=x", SignIn),
    (Anonymous, "GET", "/me/matters/{matter}", "", SignIn),
    (Anonymous, "GET", "/desk", "", SignIn),
    (Anonymous, "GET", "/desk/audit", "", SignIn),
    (Anonymous, "POST", "/desk/organisations/{county}/invite", "role=officer&reason=x", SignIn),
    // A worker's things are the worker's.
    (OtherWorker, "GET", "/me/inbox/{notice}", "", Nothing),
    (OtherWorker, "POST", "/me/sessions/end", "id={session}", Nothing),
    (OtherWorker, "GET", "/me/matters/{matter}", "", Nothing),
    (OtherWorker, "GET", "/desk/matters/{matter}", "", Nothing),
    (Administrator, "GET", "/me/inbox/{notice}", "", Nothing),
    (Administrator, "POST", "/me/sessions/end", "id={session}", Nothing),
    // The words of a matter are the worker's and the assigned handler's, whoever else one is.
    (Administrator, "GET", "/desk/matters/{matter}", "", Nothing),
    (Administrator, "GET", "/me/matters/{matter}", "", Nothing),
    (Auditor, "GET", "/desk/matters/{matter}", "", Nothing),
    (OfficerInTree, "GET", "/desk/matters/{matter}", "", Nothing),
    (HandlerOther, "GET", "/desk/matters/{matter}", "", Nothing),
    (HandlerAssigned, "GET", "/desk/matters/{other_matter}", "", Nothing),
    (CoverAdministrator, "GET", "/desk/matters/{matter}", "", Nothing),
    (Manager, "GET", "/desk/matters/{matter}", "", Nothing),
    // Desks are for those who hold the role, as strongly as it takes.
    (Worker, "GET", "/desk", "", Nothing),
    (Worker, "GET", "/desk/stations/{station}", "", Nothing),
    (Worker, "GET", "/desk/audit", "", Nothing),
    (Worker, "GET", "/desk/cover", "", Nothing),
    (Manager, "GET", "/desk/organisations/{county}", "", Nothing),
    (Manager, "POST", "/desk/stations/{station}/manager-code", "", Nothing),
    (OtherManager, "GET", "/desk/stations/{station}", "", Nothing),
    (OtherManager, "POST", "/desk/stations/{station}/alerts", "alert={alert}", Nothing),
    (OfficerOutOfTree, "GET", "/desk/organisations/{county}", "", Nothing),
    (OfficerOutOfTree, "GET", "/desk/stations/{station}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/stations/{station}/manager-code", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/grants/{grant}/revoke", "reason=想换人了", Nothing),
    (OfficerOutOfTree, "POST", "/desk/organisations/{county}/invite", "role=officer&reason=要人手", Nothing),
    (OfficerInTree, "GET", "/desk/audit", "", Nothing),
    (OfficerInTree, "GET", "/desk/matters", "", Nothing),
    (Administrator, "GET", "/desk/audit", "", Nothing),
    (Auditor, "GET", "/desk/organisations/{county}", "", Nothing),
    (Auditor, "GET", "/desk/stations/{station}", "", Nothing),
    (HandlerAssigned, "GET", "/desk/organisations/{county}", "", Nothing),
    (CoverAdministrator, "POST", "/desk/organisations/{county}/invite", "role=officer&reason=要人手", Nothing),
    // Who asks for a union, and who reports an employer, is nobody's but the desk's that has it.
    (Anonymous, "GET", "/join/union/new", "", SignIn),
    (Anonymous, "POST", "/join/union/{union_link}/join", "", SignIn),
    (OtherWorker, "POST", "/join/union/{union_link}/words", "words=我也写", Nothing),
    (Worker, "GET", "/desk/founding", "", Nothing),
    (OfficerOutOfTree, "GET", "/desk/founding/{founding}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/founding/{founding}/outcome", "outcome=joint", Nothing),
    (OfficerOutOfTree, "POST", "/desk/founding/{founding}/reveal", "reason=想看看", Nothing),
    (Administrator, "GET", "/desk/founding/{founding}", "", Nothing),
    (OtherWorker, "GET", "/me/obstructions/{obstruction}", "", Nothing),
    (OfficerInTree, "GET", "/me/obstructions/{obstruction}", "", Nothing),
    (OfficerOutOfTree, "GET", "/desk/obstructions/{obstruction}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/obstructions/{obstruction}/act", "words=办了&stage=done", Nothing),
    (Administrator, "GET", "/desk/obstructions/{obstruction}", "", Nothing),
    (HandlerAssigned, "GET", "/desk/obstructions/{obstruction}", "", Nothing),
    (OfficerBySms, "GET", "/desk/obstructions/{obstruction}", "", Prove),
    (OfficerOutOfTree, "POST", "/desk/enterprises/{enterprise}/retire", "", Nothing),
    (OfficerInTree, "GET", "/desk/occupations", "", Nothing),
    (OfficerInTree, "POST", "/desk/occupations/new", "code=x&name=职业", Nothing),
    // An application is decided by the officers who reach it, never by whoever sent it.
    (Anonymous, "GET", "/desk/applications", "", SignIn),
    (Worker, "GET", "/desk/applications", "", Nothing),
    (Administrator, "GET", "/desk/applications/{application}", "", Nothing),
    (Auditor, "GET", "/desk/applications/{application}", "", Nothing),
    (Manager, "GET", "/desk/applications/{application}", "", Nothing),
    (HandlerAssigned, "POST", "/desk/applications/{application}/approve", "version=1", Nothing),
    (OfficerOutOfTree, "GET", "/desk/applications/{application}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/applications/{application}/approve", "version=1", Nothing),
    (OfficerOutOfTree, "POST", "/desk/applications/{application}/refuse", "version=1&words=不是我们这里的", Nothing),
    (OfficerOutOfTree, "POST", "/desk/applications/{application}/reveal", "reason=看看是谁", Nothing),
    (Worker, "POST", "/desk/applications/{application}/approve", "version=1", Nothing),
    (OfficerBySms, "POST", "/desk/applications/{application}/approve", "version=1", Prove),
    (OfficerBySms, "GET", "/desk", "", Prove),
    (OfficerBySms, "GET", "/desk/organisations/{county}", "", Prove),
    (OfficerBySms, "POST", "/desk/organisations/{county}/invite", "role=officer&reason=要人手", Prove),
    (OfficerBySms, "POST", "/desk/stations/{station}/manager-code", "", Prove),
    // A membership is the member's, and of the officers of its organisation.
    (Anonymous, "GET", "/me/membership", "", SignIn),
    (Anonymous, "POST", "/me/membership/resign", "sure=yes", SignIn),
    (Worker, "GET", "/desk/members/{membership}", "", Nothing),
    (OtherWorker, "POST", "/desk/members/{membership}/expel", "version=0&reason=不喜欢他", Nothing),
    (OfficerOutOfTree, "GET", "/desk/members/{membership}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/members/{membership}/reveal", "reveal_reason=想看看", Nothing),
    (OfficerOutOfTree, "POST", "/desk/members/{membership}/expel", "version=0&reason=不喜欢他", Nothing),
    (OfficerOutOfTree, "GET", "/desk/transfers/{transfer}", "", Nothing),
    (OfficerOutOfTree, "POST", "/desk/transfers/{transfer}/decide", "side=out&decision=agree&version=0", Nothing),
    // The old organisation does not decide for the new one.
    (OfficerInTree, "POST", "/desk/transfers/{transfer}/decide", "side=in&decision=agree&version=0", Nothing),
    (Administrator, "GET", "/desk/members/{membership}", "", Nothing),
    (Auditor, "POST", "/desk/members/{membership}/reveal", "reveal_reason=想看看", Nothing),
    (Manager, "GET", "/desk/transfers", "", Nothing),
    (HandlerAssigned, "GET", "/desk/transfers/{transfer}", "", Nothing),
    (OfficerBySms, "POST", "/desk/members/{membership}/expel", "version=0&reason=不喜欢他", Prove),
];

/// Things of this world, made once.
async fn world(access: &Access) -> Vec<(&'static str, String)> {
    let worker = access.person(Worker).await;
    let handler = access.person(HandlerAssigned).await;
    let other = access.person(OtherWorker).await;
    let places = access.places;
    vec![
        ("{notice}", access.notice(worker.subject.expect("somebody")).await.to_string()),
        ("{session}", worker.session.clone().expect("somebody")),
        ("{matter}", access.matter(&worker, Some(&handler)).await.to_string()),
        ("{other_matter}", access.matter(&other, None).await.to_string()),
        ("{union_link}", founding::founding(access, places.county, worker.subject).await.token),
        ("{founding}", founding::founding(access, places.county, None).await.id.to_string()),
        ("{obstruction}", founding::obstruction(access, places.county, worker.subject.expect("somebody")).await),
        ("{enterprise}", founding::enterprise(access, places.county).await),
        ("{application}", access.application(other.subject.expect("somebody"), places.county).await),
        ("{grant}", access.grant(places.county).await),
        ("{alert}", access.alert(places.station).await),
        ("{membership}", access.membership(places.county).await),
        ("{transfer}", access.transfer(places.county).await),
        ("{station}", places.station.to_string()),
        ("{county}", places.county.to_string()),
    ]
}

fn fill(text: &str, things: &[(&str, String)]) -> String {
    things.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_never_happen_does_not() {
    assert!(DENIED.len() >= 40);
    let access = Access::new().await;
    let things = world(&access).await;
    for (who, method, address, fields, expected) in DENIED {
        let person = access.person(*who).await;
        let reply = access.ask(method, &fill(address, &things), &fill(fields, &things), &person.cookie).await;
        assert_eq!(seen(&reply), *expected, "{who:?} {method} {address}: {} {}", reply.status, reply.location);
    }
}

/// A reply without what is of the request alone.
fn told(reply: &Reply) -> String {
    let text = String::from_utf8_lossy(&reply.body).into_owned();
    // The request's own number stands on the page, to be found in the log.
    let is_hex = |word: &str| word.len() >= 16 && word.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .map(|word| if is_hex(word) { "#".to_owned() } else { word.to_owned() })
        .collect();
    format!("{} {} {}", reply.status, reply.location, words.join(" "))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_somebody_elses_answers_as_what_never_was() {
    let access = Access::new().await;
    let things = world(&access).await;
    let guessed = "00000000000000000000000000000000";
    for (who, method, address, fields, expected) in DENIED.iter().filter(|row| row.1 == "GET" && row.4 == Nothing) {
        let _ = fields;
        let Some((name, _)) = things.iter().find(|(name, _)| address.contains(name)) else { continue };
        let person = access.person(*who).await;
        let missing = if *name == "{station}" { "0123456789" } else { guessed };
        let foreign = access.ask(method, &fill(address, &things), "", &person.cookie).await;
        let never = access.ask(method, &address.replace(name, missing), "", &person.cookie).await;
        assert_eq!(seen(&foreign), *expected);
        assert_eq!(told(&foreign), told(&never), "{who:?} {address}");
    }
}
