//! Signing in and 我的 over HTTP with the real service, as phones without scripts do it.

use crate::world::{Reply, World, text_of};
use http::{HeaderName, StatusCode, header};
use std::collections::BTreeMap;

const HERE: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");
const MOBILE: &str = "13800138000";
/// Valid by GB 11643, and nobody's.
const ID: &str = "11010519491231002X";
const MINUTE: i64 = 60_000;

/// A phone with its cookies.
struct Phone<'a> {
    world: &'a World,
    cookies: BTreeMap<String, String>,
    agent: &'static str,
}

const WECHAT: &str = "Mozilla/5.0 (Linux; Android 10) Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0.30";
const IPHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) Version/16.6 Mobile Safari/604.1";

impl<'a> Phone<'a> {
    fn new(world: &'a World, agent: &'static str) -> Self {
        Self { world, cookies: BTreeMap::new(), agent }
    }

    fn carried(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, reply: Reply) -> Reply {
        for cookie in reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let (name, rest) = cookie.split_once('=').expect("a name");
            match rest.split(';').next().expect("a value") {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        reply
    }

    async fn get(&mut self, path: &str) -> Reply {
        let headers = [(header::COOKIE, &*self.carried()), (header::USER_AGENT, self.agent)];
        let reply = self.world.get_with(path, &headers).await;
        self.keep(reply)
    }

    async fn post(&mut self, path: &str, fields: &str) -> Reply {
        let headers = [HERE, (header::COOKIE, &*self.carried()), (header::USER_AGENT, self.agent)];
        let reply = self.world.post_with(path, fields, &headers).await;
        self.keep(reply)
    }

    /// Asks for a code and enters it; where that leads.
    async fn sign_in(&mut self) -> String {
        leads_to(&self.post("/sign-in", &format!("mobile={MOBILE}")).await, "/sign-in/code");
        let code = self.world.code(MOBILE);
        let entered = self.post("/sign-in/code", &format!("code={code}")).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", text_of(&entered.html));
        entered.header(header::LOCATION).to_owned()
    }

    async fn tell(&mut self, name: &str) {
        let fields = format!("name={name}&id_type=resident&number={ID}&consents=yes");
        leads_to(&self.post("/me/identity", &fields).await, "/me/identity?done=1");
    }
}

fn leads_to(reply: &Reply, to: &str) {
    let found = (reply.status, reply.header(header::LOCATION));
    assert_eq!(found, (StatusCode::SEE_OTHER, to), "{}", text_of(&reply.html));
}

fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}

#[tokio::test]
async fn a_code_is_accepted_once_and_a_wrong_one_keeps_what_was_typed() {
    let world = World::new(false).await.expect("the pack ships");
    let mut phone = Phone::new(&world, WECHAT);
    leads_to(&phone.post("/sign-in", "mobile=%2B86+138-0013-8000").await, "/sign-in/code");
    let code = world.code(MOBILE);
    let page = phone.post("/sign-in/code", &format!("code={}", wrong(&code))).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("还能试 4 次") && page.html.contains(&format!("value=\"{}\"", wrong(&code))));
    let before = phone.cookies.clone();
    leads_to(&phone.post("/sign-in/code", &format!("code={code}")).await, "/me");
    let mut thief = Phone { world: &world, cookies: before, agent: IPHONE };
    assert_eq!(thief.post("/sign-in/code", &format!("code={code}")).await.status, StatusCode::GONE, "replayed");
    let me = phone.get("/me").await;
    assert!(me.html.contains("138****8000") && !me.html.contains(MOBILE), "masked in the reply itself");
}

#[tokio::test]
async fn a_code_runs_out_after_five_minutes_and_another_is_a_button_away() {
    let world = World::new(false).await.expect("the pack ships");
    let mut phone = Phone::new(&world, WECHAT);
    leads_to(&phone.post("/sign-in?next=/me/data", &format!("mobile={MOBILE}")).await, "/sign-in/code?next=/me/data");
    let old = world.code(MOBILE);
    let early = phone.post("/sign-in/resend?next=/me/data", "").await;
    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(early.html.contains("1 分钟后再试"), "{}", text_of(&early.html));
    world.pass(6 * MINUTE);
    let page = phone.get("/sign-in/code?next=/me/data").await;
    assert_eq!(page.status, StatusCode::GONE);
    assert!(page.html.contains("再发一个") && page.html.contains("138****8000"), "the number need not be typed again");
    assert_eq!(phone.post("/sign-in/code", &format!("code={old}")).await.status, StatusCode::GONE);
    leads_to(&phone.post("/sign-in/resend?next=/me/data", "").await, "/sign-in/code?next=/me/data&sent=1");
    let code = world.code(MOBILE);
    leads_to(&phone.post("/sign-in/code?next=/me/data", &format!("code={code}")).await, "/me/data");
}

#[tokio::test]
async fn a_second_phone_is_told_to_the_first_which_can_end_it() {
    let world = World::new(false).await.expect("the pack ships");
    let (mut first, mut second) = (Phone::new(&world, IPHONE), Phone::new(&world, WECHAT));
    assert_eq!(first.sign_in().await, "/me");
    world.pass(2 * MINUTE);
    assert_eq!(second.sign_in().await, "/me");
    let inbox = first.get("/me/inbox").await;
    let notice =
        inbox.html.split("href=\"/me/inbox/").nth(1).and_then(|rest| rest.split('"').next()).expect("a notice");
    let read = first.get(&format!("/me/inbox/{notice}")).await;
    assert!(read.html.contains("安卓手机 · 微信") && read.html.contains("href=\"/me/sessions\""));
    assert!(first.get("/me/inbox").await.html.contains("class=\"read\""), "then it is read");
    let sessions = first.get("/me/sessions").await;
    let id =
        sessions.html.split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("another");
    leads_to(&first.post("/me/sessions/end", &format!("id={id}")).await, "/me/sessions?done=1");
    leads_to(&second.get("/me/inbox").await, "/sign-in?next=/me/inbox");
    // What is somebody else's is not there: a stranger's session, a stranger's notice.
    world.pass(2 * MINUTE);
    let mut stranger = Phone::new(&world, WECHAT);
    leads_to(&stranger.post("/sign-in", "mobile=13900139000").await, "/sign-in/code");
    let code = world.code("13900139000");
    leads_to(&stranger.post("/sign-in/code", &format!("code={code}")).await, "/me");
    assert_eq!(stranger.get(&format!("/me/inbox/{notice}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.post("/me/sessions/end", &format!("id={id}")).await.status, StatusCode::NOT_FOUND);
    leads_to(&first.post("/me/sessions/end-all", "").await, "/me?done=all");
    assert!(first.get("/me").await.html.contains("href=\"/sign-in\""));
}

#[tokio::test]
async fn who_somebody_is_is_kept_with_consent_masked_and_gone_when_the_consent_is_withdrawn() {
    let world = World::new(false).await.expect("the pack ships");
    let mut phone = Phone::new(&world, WECHAT);
    phone.sign_in().await;
    let slip = "name=欧阳𬭚㛃&id_type=resident&number=110105194912310021&consents=yes";
    let page = phone.post("/me/identity", slip).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("id=\"number-wrong\"") && page.html.contains("value=\"110105194912310021\""));
    assert!(page.html.contains("value=\"欧阳𬭚㛃\""), "rare characters stay");
    phone.tell("欧阳𬭚㛃").await;
    for path in ["/me", "/me/identity", "/me/data"] {
        let html = phone.get(path).await.html;
        assert!(!html.contains(ID) && !html.contains("欧阳𬭚"), "{path}");
    }
    let whole = phone.post("/me/identity/reveal", "reason=核对").await;
    assert!(whole.html.contains(ID) && whole.html.contains("欧阳𬭚㛃") && whole.html.contains("只核对了格式"));
    let export = phone.post("/me/data/export.json", "").await;
    assert!(export.html.contains(ID) && export.html.contains(MOBILE));
    leads_to(&phone.post("/me/consents", "purpose=identity").await, "/me/consents?done=1");
    assert!(!phone.post("/me/data/export.json", "").await.html.contains(ID));
    leads_to(&phone.post("/me/identity/reveal", "reason=核对").await, "/me/identity");
}

#[tokio::test]
async fn a_number_that_was_sold_again_opens_nothing_of_its_first_owner() {
    let world = World::new(false).await.expect("the pack ships");
    let (mut first, mut second) = (Phone::new(&world, IPHONE), Phone::new(&world, WECHAT));
    first.sign_in().await;
    first.tell("欧阳𬭚㛃").await;
    world.pass(2 * MINUTE);
    assert_eq!(second.sign_in().await, "/sign-in/fact");
    let mut read = second.get("/sign-in/fact").await.html;
    leads_to(&second.get("/me/inbox").await, "/sign-in?next=/me/inbox");
    for left in [2, 1] {
        let page = second.post("/sign-in/fact", "fact=0000").await;
        assert!(page.html.contains(&format!("还能试 {left} 次")), "{}", text_of(&page.html));
        read.push_str(&page.html);
    }
    let locked = second.post("/sign-in/fact", "fact=0000").await;
    assert!(locked.html.contains("11 月 30 日"), "{}", text_of(&locked.html));
    read.push_str(&locked.html);
    let locked = second.get("/sign-in/fact").await;
    assert!(locked.html.contains("再来") && !locked.html.contains("name=\"fact\""), "nobody is asked any more");
    leads_to(&second.post("/sign-in/not-mine", "").await, "/me");
    for path in ["/me", "/me/inbox", "/me/sessions", "/me/identity", "/me/consents", "/me/data"] {
        read.push_str(&second.get(path).await.html);
    }
    read.push_str(&second.post("/me/data/export.json", "").await.html);
    for word in ["欧阳", "𬭚", "㛃", ID, "110***", "iPhone"] {
        assert!(!read.contains(word), "{word} of the first owner");
    }
    let kept = first.get("/me/inbox").await;
    assert!(kept.html.contains("分开") && kept.html.contains("登录"), "the first owner is told");
    assert!(first.get("/me/identity").await.html.contains("110***********002X"), "and keeps what is theirs");
}

#[tokio::test]
async fn an_account_that_is_deleted_is_gone_at_once_on_every_phone() {
    let world = World::new(false).await.expect("the pack ships");
    let (mut first, mut second) = (Phone::new(&world, IPHONE), Phone::new(&world, WECHAT));
    first.sign_in().await;
    world.pass(2 * MINUTE);
    second.sign_in().await;
    let token = second.cookies["sid"].clone();
    leads_to(&second.post("/me/delete/sure", "sure=yes").await, "/me/deleted");
    assert!(!second.cookies.contains_key("sid"));
    leads_to(&first.get("/me/data").await, "/sign-in?next=/me/data");
    second.cookies.insert("sid".into(), token);
    leads_to(&second.get("/me/data").await, "/sign-in?next=/me/data");
    world.pass(2 * MINUTE);
    second.sign_in().await;
    assert!(second.get("/me/inbox").await.html.contains("还没有通知"), "empty again");
}

#[tokio::test]
async fn another_number_opens_the_account_and_the_old_one_does_not() {
    let world = World::new(false).await.expect("the pack ships");
    let mut phone = Phone::new(&world, IPHONE);
    phone.sign_in().await;
    world.pass(2 * MINUTE);
    leads_to(&phone.post("/me/phone", "mobile=139 0013 9000").await, "/sign-in/code");
    let page = phone.get("/sign-in/code").await;
    assert!(page.html.contains("139****9000") && page.html.contains("换成这个号码"));
    let code = world.code("13900139000");
    leads_to(&phone.post("/sign-in/code", &format!("code={code}")).await, "/me/phone?done=1");
    assert!(phone.get("/me/phone?done=1").await.html.contains("139****9000"));
    world.pass(2 * MINUTE);
    let mut old = Phone::new(&world, WECHAT);
    old.sign_in().await;
    assert!(old.get("/me/inbox").await.html.contains("还没有通知"), "an account of its own");
}
