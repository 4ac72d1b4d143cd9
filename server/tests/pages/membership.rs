//! Journeys of a member and of officers, without scripts: what each page shows in each state, and what it leads to.

use crate::world::{MONDAY_10, Reply, World, text_of};
use domain::{
    account::{MembershipId, Reach, Strength, SubjectId},
    membership::MembershipState,
    policy::Role,
    time::DAY_MS,
};
use http::{HeaderName, StatusCode, header};
use server::{
    organisations::{self, id_of_region},
    services::accounts::begin,
    store::{MembershipRow, PersonHashes},
};
use uuid::Uuid;

const ORIGIN: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");
const OLD: u32 = 410_103;
const NEW: u32 = 410_105;
const CITY: u32 = 410_100;

struct Site(World);

/// Somebody's browser.
struct Browser {
    cookie: String,
    subject: SubjectId,
}

impl Site {
    async fn new() -> Self {
        let world = World::new(false).await.expect("the pack ships");
        let store = &world.people.store;
        organisations::seed(store, &world.people.regions, MONDAY_10).await.expect("seeds");
        let mut edit = store.edit().await.expect("begins");
        for open in [OLD, NEW, CITY] {
            edit.note_officer(id_of_region(open), MONDAY_10).await.expect("writes");
        }
        edit.finish().await.expect("lasts");
        world.people.organisations.catch_up(store).await.expect("reads");
        Self(world)
    }

    async fn browser(&self, officer_of: Option<u32>) -> Browser {
        let people = &self.0.people;
        let subject = SubjectId(Uuid::now_v7().into_bytes());
        let mut edit = people.store.edit().await.expect("begins");
        edit.put_trial_subject(subject, MONDAY_10).await.expect("writes");
        let mut strength = Strength::Sms;
        if let Some(adcode) = officer_of {
            let reach = Reach::Tree(id_of_region(adcode));
            edit.put_grant(subject, Role::Officer, &reach, None, MONDAY_10).await.expect("writes");
            strength = Strength::Passkey;
        }
        let begun = begin(people, &mut edit, subject, strength, "测试", None, MONDAY_10).await.expect("begins");
        edit.finish().await.expect("lasts");
        Browser { cookie: format!("sid={}", begun.token), subject }
    }

    async fn membership(&self, of: &Browser, took_part_at: Option<i64>, ends_at: Option<i64>) -> String {
        let id = MembershipId(Uuid::now_v7().into_bytes());
        let row = MembershipRow {
            id,
            subject: Some(of.subject),
            organisation: id_of_region(OLD),
            number: "HZ0001".into(),
            external_number: None,
            state: MembershipState::Active,
            occupation: None,
            enterprise: None,
            adcode: None,
            authority: "二七区总工会委员会".into(),
            entered_by: None,
            application: None,
            source: "import".into(),
            joined_at: MONDAY_10,
            valid_until: MONDAY_10 + 365 * DAY_MS,
            took_part_at,
            warned_at: None,
            ends_at: None,
            ended_at: None,
            reason: None,
            objection: None,
            objected_at: None,
            version: 0,
        };
        let mut edit = self.0.people.store.edit().await.expect("begins");
        assert!(edit.put_membership(&row, PersonHashes::default(), MONDAY_10).await.expect("writes"));
        if ends_at.is_some() {
            edit.save_membership(&MembershipRow { ends_at, ..row }, MONDAY_10).await.expect("writes");
        }
        edit.finish().await.expect("lasts");
        id.to_string()
    }

    async fn get(&self, path: &str, who: &Browser) -> Reply {
        self.0.get_with(path, &[(header::COOKIE, &who.cookie)]).await
    }

    async fn page(&self, path: &str, who: &Browser) -> String {
        let reply = self.get(path, who).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        text_of(&reply.html)
    }

    async fn post(&self, path: &str, fields: &str, who: &Browser) -> Reply {
        self.0.post_with(path, fields, &[ORIGIN, (header::COOKIE, &who.cookie)]).await
    }

    async fn done(&self, path: &str, fields: &str, who: &Browser) -> String {
        let reply = self.post(path, fields, who).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}: {}", text_of(&reply.html));
        reply.header(header::LOCATION).to_owned()
    }
}

/// The first address of a page that begins so.
fn link(html: &str, begins: &str) -> String {
    let at = html.find(&format!("\"{begins}")).expect("the link") + 1;
    html[at..].split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn who_has_no_membership_is_led_to_joining_from_every_page() {
    let site = Site::new().await;
    let who = site.browser(None).await;
    for page in ["", "/transfer", "/retain", "/resign", "/object"] {
        let reply = site.get(&format!("/me/membership{page}"), &who).await;
        assert_eq!(reply.status, StatusCode::OK, "{page}");
        assert!(reply.html.contains("href=\"/join\""), "{page}");
    }
    assert!(site.page("/me", &who).await.contains("还没入会"));
}

#[tokio::test]
async fn a_member_asks_for_a_transfer_and_officers_of_both_sides_decide_it() {
    let site = Site::new().await;
    let member = site.browser(None).await;
    site.membership(&member, None, None).await;
    assert!(site.page("/me", &member).await.contains("会员 · 二七区总工会"));
    assert!(site.page("/me/membership", &member).await.contains("HZ0001"));
    assert!(!site.get("/me/membership/transfer", &member).await.html.contains("name=\"to\""), "first one looks");
    let found = site.get("/me/membership/transfer?q=%E9%87%91%E6%B0%B4%E5%8C%BA", &member).await;
    assert!(text_of(&found.html).contains("金水区总工会"));
    let to = id_of_region(NEW);
    let without = site.post("/me/membership/transfer", &format!("q=金水区&to={to}"), &member).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.html.contains("agree-wrong") && without.html.contains("checked"), "what was chosen is kept");
    let fields = format!("q=金水区&to={to}&agree=yes");
    assert_eq!(site.done("/me/membership/transfer", &fields, &member).await, "/me/membership?done=asked");
    let shown = site.page("/me/membership?done=asked", &member).await;
    assert!(shown.contains("转会申请登记了") && shown.contains("转出中") && shown.contains("以前答复"));

    let (old, new) = (site.browser(Some(OLD)).await, site.browser(Some(NEW)).await);
    let queue = site.get("/desk/transfers", &old).await;
    let case = link(&queue.html, "/desk/transfers/");
    let nothing = site.post(&format!("{case}/decide"), "side=out&version=0", &old).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let refuse = site.post(&format!("{case}/decide"), "side=out&version=0&decision=refuse", &old).await;
    assert!(text_of(&refuse.html).contains("只能是这几条里的一条"));
    site.done(&format!("{case}/decide"), "side=out&version=0&decision=agree", &old).await;
    let late = site.post(&format!("{case}/decide"), "side=out&version=0&decision=agree", &old).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY, "decided already: the page says so");
    site.done(&format!("{case}/decide"), "side=in&version=1&decision=agree", &new).await;
    assert!(site.page("/me/membership", &member).await.contains("金水区总工会"));
}

#[tokio::test]
async fn retaining_resuming_and_resigning_take_one_screen_each() {
    let site = Site::new().await;
    let member = site.browser(None).await;
    site.membership(&member, None, None).await;
    site.done("/me/membership/retain", "why=army", &member).await;
    let retained = site.page("/me/membership", &member).await;
    assert!(retained.contains("保留会籍") && retained.contains("入伍") && retained.contains("恢复会籍"));
    site.done("/me/membership/resume", "", &member).await;
    let unsure = site.post("/me/membership/resign", "", &member).await;
    assert_eq!(unsure.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsure.html.contains("sure-wrong"));
    site.done("/me/membership/resign", "sure=yes", &member).await;
    let gone = site.get("/me/membership?done=resigned", &member).await;
    assert!(text_of(&gone.html).contains("已退会") && gone.html.contains("href=\"/join\""));
}

#[tokio::test]
async fn a_warning_is_answered_with_one_tap() {
    let site = Site::new().await;
    let member = site.browser(None).await;
    site.membership(&member, Some(MONDAY_10 - 200 * DAY_MS), Some(MONDAY_10 + 20 * DAY_MS)).await;
    assert!(site.page("/me/membership", &member).await.contains("会籍会自动终止"));
    site.done("/me/membership/keep", "", &member).await;
    assert!(!site.page("/me/membership", &member).await.contains("会籍会自动终止"));
}

#[tokio::test]
async fn who_is_expelled_reads_why_and_objects_and_another_above_decides() {
    let site = Site::new().await;
    let member = site.browser(None).await;
    let id = site.membership(&member, None, None).await;
    let (county, city) = (site.browser(Some(OLD)).await, site.browser(Some(CITY)).await);
    let page = format!("/desk/members/{id}");
    assert!(site.page(&page, &county).await.contains("HZ0001"));
    let without = site.post(&format!("{page}/expel"), "version=0&reason=", &county).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.html.contains("reason-wrong"));
    let hidden = site.post(&format!("{page}/reveal"), "reveal_reason=", &county).await;
    assert_eq!(hidden.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(hidden.html.contains("reveal_reason-wrong"));
    let shown = site.post(&format!("{page}/reveal"), "reveal_reason=电话核对", &county).await;
    assert!(shown.html.contains("已经记了一笔"));
    site.done(&format!("{page}/expel"), "version=0&reason=违反章程", &county).await;
    let expelled = site.page("/me/membership", &member).await;
    assert!(expelled.contains("开除会籍") && expelled.contains("违反章程") && expelled.contains("提异议"));
    let empty = site.post("/me/membership/object", "objection=", &member).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    site.done("/me/membership/object", "objection=那天我在住院", &member).await;
    assert!(site.page(&page, &city).await.contains("那天我在住院"));
    let unsaid = site.post(&format!("{page}/rule"), "version=2&ruling=restore&why=", &city).await;
    assert!(unsaid.html.contains("why-wrong"));
    site.done(&format!("{page}/rule"), "version=2&ruling=restore&why=查清楚了", &city).await;
    assert!(site.page("/me/membership", &member).await.contains("在籍"));
}
