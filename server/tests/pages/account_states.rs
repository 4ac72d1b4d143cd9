//! Every state of the screens of signing in and of 我的, over accounts that answer as the test wants.

use crate::{
    fake::{Fake, token},
    world::{Reply, World, text_of},
};
use http::{HeaderName, StatusCode, header};
use std::{fmt::Write as _, sync::Arc};

const ORIGIN: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");

/// A phone; its session and its attempt are told by their letters, `-` is none.
pub struct Phone(World);

impl Phone {
    pub async fn new() -> Self {
        Self(World::with_accounts(Arc::new(Fake)).await)
    }

    pub async fn get(&self, path: &str, session: char, attempt: char) -> Reply {
        self.0.get_with(path, &[(header::COOKIE, &cookie(session, attempt))]).await
    }

    pub async fn post(&self, path: &str, fields: &str, session: char, attempt: char) -> Reply {
        self.0.post_with(path, fields, &[ORIGIN, (header::COOKIE, &cookie(session, attempt))]).await
    }
}

fn cookie(session: char, attempt: char) -> String {
    let mut cookie = format!("device={:032x}", 7);
    for (name, letter) in [("sid", session), ("attempt", attempt)] {
        if letter != '-' {
            let _ = write!(cookie, "; {name}={}", token(letter));
        }
    }
    cookie
}

fn cookies(reply: &Reply) -> String {
    let values = reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join("\n")
}

fn leads_to(reply: &Reply, to: &str) {
    assert_eq!((reply.status, reply.header(header::LOCATION)), (StatusCode::SEE_OTHER, to));
}

/// Pages for whoever has signed in.
const MINE: [&str; 10] = [
    "/me/inbox",
    "/me/inbox/01010101010101010101010101010101",
    "/me/sessions",
    "/me/phone",
    "/me/identity",
    "/me/identity?edit=1",
    "/me/consents",
    "/me/data",
    "/me/delete",
    "/me/delete/sure",
];

#[tokio::test]
async fn a_number_and_a_code_lead_to_where_one_wanted_to_go() {
    let phone = Phone::new().await;
    let page = phone.get("/sign-in?next=/me/inbox", '-', '-').await;
    assert_eq!(page.status, StatusCode::OK);
    for needed in
        ["type=\"tel\"", "autocomplete=\"off\"", "inputmode=\"numeric\"", "action=\"/sign-in?next=/me/inbox\""]
    {
        assert!(page.html.contains(needed), "{needed}");
    }
    let sent = phone.post("/sign-in?next=/me/inbox", "mobile=13800138000", '-', '-').await;
    leads_to(&sent, "/sign-in/code?next=/me/inbox");
    assert!(cookies(&sent).contains(&format!("attempt={}; Path=/; Max-Age=300; SameSite=Lax; HttpOnly", token('c'))));
    let page = phone.get("/sign-in/code?next=/me/inbox", '-', 'c').await;
    assert!(page.html.contains("138****8000") && page.html.contains("autocomplete=\"one-time-code\""));
    let entered = phone.post("/sign-in/code?next=/me/inbox", "code=１１１ 111", '-', 'c').await;
    leads_to(&entered, "/me/inbox");
    assert!(cookies(&entered).contains(&format!("sid={}", token('a'))), "signed in");
    assert!(cookies(&entered).contains("attempt=; Path=/; Max-Age=0"), "the attempt is over");
    leads_to(&phone.post("/sign-in/code", "code=111111", '-', 'c').await, "/me");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let phone = Phone::new().await;
    for next in ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil.example", "/a%0d%0ab", "me"]
    {
        leads_to(&phone.post(&format!("/sign-in/code?next={next}"), "code=111111", '-', 'c').await, "/me");
        leads_to(&phone.get(&format!("/sign-in?next={next}"), 'a', '-').await, "/me");
    }
}

#[tokio::test]
async fn what_keeps_a_code_from_going_out_is_said_and_what_was_typed_stays() {
    let phone = Phone::new().await;
    for (typed, status, said) in [
        ("1380013", 422, "填 11 位手机号"),
        ("", 422, "填 11 位手机号"),
        ("many", 429, "2 分钟后再试"),
        ("paused", 429, "16:00 以后再试"),
        ("budget", 503, "明天再来"),
        ("gateway", 503, "没算你的次数"),
    ] {
        for path in ["/sign-in", "/manager"] {
            let page = phone.post(path, &format!("mobile={typed}&code=GOOD"), '-', '-').await;
            assert_eq!(page.status, status, "{path} {typed}");
            assert!(page.html.contains(said) && page.html.contains(&format!("value=\"{typed}\"")), "{path} {typed}");
        }
    }
    let page = phone.post("/manager", "mobile=13800138000&code=bad%22%3E", '-', '-').await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("id=\"code-wrong\"") && page.html.contains("value=\"bad&quot;"));
    leads_to(&phone.post("/manager", "mobile=13800138000&code=GOOD", '-', '-').await, "/sign-in/code");
}

#[tokio::test]
async fn a_code_that_does_not_open_says_why() {
    let phone = Phone::new().await;
    for (code, status, said) in [
        ("123456", 422, "验证码不对，还能试 4 次"),
        ("12345", 422, "填短信里的 6 位数字"),
        ("", 422, "填短信里的 6 位数字"),
        ("444444", 410, "验证码过期了"),
        ("555555", 422, "11 月 30 日 10:00"),
        ("666666", 409, "已经有别的账号在用"),
        ("777777", 503, "过一会儿再试"),
        ("888888", 429, "11:00 以后再试"),
    ] {
        let page = phone.post("/sign-in/code", &format!("code={code}"), '-', 'c').await;
        assert_eq!(page.status, status, "{code}");
        assert!(page.html.contains(said), "{code}: {}", text_of(&page.html));
        let asked_again = page.html.contains("id=\"enter\"");
        assert!(!asked_again || page.html.contains(&format!("value=\"{code}\"")), "{code} stays");
    }
    leads_to(&phone.post("/sign-in/code?next=/me", "code=222222", '-', 'c').await, "/sign-in/fact?next=/me");
    leads_to(&phone.post("/sign-in/code", "code=333333", '-', 'c').await, "/staff/totp");
    leads_to(&phone.post("/sign-in/code", "code=999999", 'a', 'd').await, "/me/phone?done=1");
}

#[tokio::test]
async fn each_step_of_an_attempt_has_its_page_and_one_that_is_over_says_so() {
    let phone = Phone::new().await;
    leads_to(&phone.get("/sign-in/code?next=/me", '-', 'f').await, "/sign-in/fact?next=/me");
    leads_to(&phone.get("/sign-in/fact", '-', 'c').await, "/sign-in/code");
    leads_to(&phone.get("/sign-in/code", '-', '7').await, "/staff/totp");
    for attempt in ['-', '0'] {
        for path in ["/sign-in/code", "/sign-in/fact"] {
            let page = phone.get(path, '-', attempt).await;
            assert_eq!(page.status, StatusCode::GONE, "{path}");
            assert!(page.html.contains("再发一个"));
        }
        for path in ["/sign-in/code", "/sign-in/fact", "/sign-in/resend", "/sign-in/not-mine"] {
            assert_eq!(phone.post(path, "code=111111&fact=123X", '-', attempt).await.status, StatusCode::GONE);
            // A button pressed twice: the first time did it.
            leads_to(&phone.post(path, "code=111111&fact=123X", 'a', attempt).await, "/me");
        }
    }
}

#[tokio::test]
async fn another_code_comes_after_a_while() {
    let phone = Phone::new().await;
    let page = phone.get("/sign-in/code", '-', 'c').await;
    assert!(page.html.contains("10:01 以后可以再发"), "{}", text_of(&page.html));
    leads_to(&phone.post("/sign-in/resend?next=/me", "", '-', 'c').await, "/sign-in/code?next=/me&sent=1");
    assert!(phone.get("/sign-in/code?sent=1", '-', 'c').await.html.contains("又发了一个"));
    let early = phone.post("/sign-in/resend", "", 'a', 'd').await;
    assert_eq!(early.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(early.html.contains("30 秒后再试") && early.html.contains("id=\"enter\""));
}

#[tokio::test]
async fn a_number_that_may_have_been_sold_again_asks_for_a_second_fact() {
    let phone = Phone::new().await;
    let page = phone.get("/sign-in/fact", '-', 'f').await;
    assert!(page.html.contains("后四位") && page.html.contains("这不是我的账号"));
    assert!(!page.html.contains("张"), "nothing of the first owner");
    let wrong = phone.post("/sign-in/fact", "fact=9999", '-', 'f').await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.html.contains("还能试 2 次") && wrong.html.contains("value=\"9999\""));
    assert!(phone.post("/sign-in/fact", "fact=", '-', 'f').await.html.contains("填证件号码最后四位"));
    let locked = phone.post("/sign-in/fact", "fact=0000", '-', 'f').await;
    assert!(locked.html.contains("11 月 30 日 10:00") && locked.html.contains("这不是我的账号"));
    leads_to(&phone.post("/sign-in/fact?next=/me/data", "fact=123X", '-', 'f').await, "/me/data");
    let mine = phone.post("/sign-in/not-mine", "", '-', 'f').await;
    leads_to(&mine, "/me");
    assert!(cookies(&mine).contains(&format!("sid={}", token('b'))));
}

#[tokio::test]
async fn what_is_mine_asks_whoever_has_not_signed_in_to_do_so_and_come_back() {
    let phone = Phone::new().await;
    for path in MINE {
        let reply = phone.get(path, '-', '-').await;
        let page = path.split('?').next().expect("a path");
        leads_to(&reply, &format!("/sign-in?next={page}"));
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    }
    for (path, back) in [
        ("/me/sessions/end", "/me/sessions"),
        ("/me/phone", "/me/phone"),
        ("/me/identity", "/me/identity"),
        ("/me/identity/reveal", "/me/identity"),
        ("/me/consents", "/me/consents"),
        ("/me/data/export.json", "/me/data"),
    ] {
        let fields = "id=78787878787878787878787878787878&mobile=13800138000&reason=x&purpose=sms";
        leads_to(&phone.post(path, fields, '-', '-').await, &format!("/sign-in?next={back}"));
    }
    // Twice out is out.
    leads_to(&phone.post("/sign-out", "", '-', '-').await, "/me?done=out");
    leads_to(&phone.post("/me/sessions/end-all", "", '-', '-').await, "/me?done=all");
}

#[tokio::test]
async fn every_page_of_mine_is_kept_by_nobody_and_has_a_way_out() {
    let phone = Phone::new().await;
    for path in MINE.iter().chain(&["/me", "/sign-in/code"]) {
        for session in ['a', 'b'] {
            let reply = phone.get(path, session, 'c').await;
            assert_eq!(reply.header(header::CACHE_CONTROL), "no-store", "{path}");
            if reply.status == StatusCode::OK && *path != "/me" {
                assert!(reply.html.contains("class=\"back\"") || reply.html.contains("class=\"act\""), "{path}");
            }
        }
        let down = phone.get(path, 'e', '-').await;
        let expected = if *path == "/sign-in/code" { StatusCode::SEE_OTHER } else { StatusCode::SERVICE_UNAVAILABLE };
        assert_eq!(down.status, expected, "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_mine_are_the_page_of_an_address_that_nothing_has() {
    let phone = Phone::new().await;
    let said = |reply: &Reply| {
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
        let main = reply.html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a page");
        // The number of the request is its own.
        main.split("<b class=\"code\">").next().unwrap_or_default().to_owned()
    };
    let nothing = said(&phone.get("/nowhere", 'a', '-').await);
    for path in ["/me/inbox/09090909090909090909090909090909", "/me/inbox/x", "/me/inbox/%ff"] {
        assert_eq!(said(&phone.get(path, 'a', '-').await), nothing, "{path}");
    }
    for id in ["09090909090909090909090909090909", "", "x", "' OR 1=1"] {
        assert_eq!(said(&phone.post("/me/sessions/end", &format!("id={id}"), 'a', '-').await), nothing, "{id}");
    }
    leads_to(
        &phone.post("/me/sessions/end", &format!("id={}", "78".repeat(16)), 'a', '-').await,
        "/me/sessions?done=1",
    );
    for fields in ["", "purpose=nothing", "purpose=sms&version=2", "purpose=sms&version=x"] {
        assert_eq!(said(&phone.post("/me/consents", fields, 'a', '-').await), nothing, "{fields}");
    }
    leads_to(&phone.post("/me/consents", "purpose=sms&version=1", 'a', '-').await, "/me/consents?done=1");
}

#[tokio::test]
async fn a_notice_is_text_and_leads_to_this_site_only() {
    let phone = Phone::new().await;
    let page = phone.get("/me/inbox/01010101010101010101010101010101", 'a', '-').await;
    assert!(page.html.contains("&lt;b&gt;") || page.html.contains("&lt;b>"), "escaped");
    assert!(page.html.contains("href=\"/me/sessions\""));
    let page = phone.get("/me/inbox/02020202020202020202020202020202", 'a', '-').await;
    assert!(page.status == StatusCode::OK && !page.html.contains("evil.example"));
}

#[tokio::test]
async fn who_somebody_is_stays_masked_until_there_is_a_reason() {
    let phone = Phone::new().await;
    let page = phone.get("/me/identity", 'a', '-').await;
    assert!(page.html.contains("410***********1234") && page.html.contains("张*明"));
    for (reason, said) in [("", "写一句为什么要看"), (&"长".repeat(101), "最多 100 个字")] {
        let page = phone.post("/me/identity/reveal", &format!("reason={reason}"), 'a', '-').await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.contains(said) && !page.html.contains("11010519491231002X"));
    }
    let page = phone.post("/me/identity/reveal", "reason=核对", 'a', '-').await;
    assert!(page.html.contains("11010519491231002X") && page.html.contains("张𬭚明"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
    leads_to(&phone.post("/me/identity/reveal", "reason=x", 'b', '-').await, "/me/identity");
}

#[tokio::test]
async fn an_identity_with_slips_comes_back_with_everything_that_was_typed() {
    let phone = Phone::new().await;
    let typed = "name=张𬭚%22%3Cb%3E&id_type=passport&number=12345";
    let page = phone.post("/me/identity", typed, 'b', '-').await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for kept in ["value=\"张𬭚&quot;", "value=\"12345\"", "value=\"passport\" selected"] {
        assert!(page.html.contains(kept), "{kept}");
    }
    assert!(page.html.contains("有 2 处要改") && page.html.contains("id=\"consents-wrong\""));
    let good = "name=张𬭚&id_type=resident&number=11010519491231002X&consents=yes";
    leads_to(&phone.post("/me/identity", good, 'b', '-').await, "/me/identity?done=1");
    let down = phone.post("/me/identity", good, 'e', '-').await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn what_is_taken_away_is_saved_and_cannot_do_anything() {
    let phone = Phone::new().await;
    for (path, kind) in [("/me/data/export.json", "application/json"), ("/me/data/export.html", "text/html")] {
        assert_eq!(phone.get(path, 'a', '-').await.status, StatusCode::METHOD_NOT_ALLOWED, "no link lays it anywhere");
        let file = phone.post(path, "", 'a', '-').await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.header(header::CONTENT_TYPE).starts_with(kind));
        assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment; filename=\"huizhanjia-my-data."));
        assert_eq!(file.header(header::CACHE_CONTROL), "no-store");
        let policy = file.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script-src"));
    }
}

#[tokio::test]
async fn an_account_is_deleted_by_a_tick_and_a_button_of_a_second_page() {
    let phone = Phone::new().await;
    let first = phone.get("/me/delete", 'a', '-').await;
    assert!(first.html.contains("最迟 7 天后") && !first.html.contains("method=\"post\""));
    let unticked = phone.post("/me/delete/sure", "", 'a', '-').await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unticked.html.contains("先勾上"));
    let gone = phone.post("/me/delete/sure", "sure=yes", 'a', '-').await;
    leads_to(&gone, "/me/deleted");
    assert!(cookies(&gone).contains("sid=; Path=/; Max-Age=0"));
    assert_eq!(gone.header(HeaderName::from_static("clear-site-data")), "\"cache\", \"storage\"");
    assert!(phone.get("/me/deleted", '-', '-').await.html.contains("账号删掉了"));
    leads_to(&phone.post("/me/delete/sure", "sure=yes", '-', '-').await, "/me");
}

#[tokio::test]
async fn signing_out_takes_the_cookies_away() {
    let phone = Phone::new().await;
    for (path, to) in [("/sign-out", "/me?done=out"), ("/me/sessions/end-all", "/me?done=all")] {
        let out = phone.post(path, "", 'a', '-').await;
        leads_to(&out, to);
        assert!(cookies(&out).contains("sid=; Path=/; Max-Age=0"));
        assert_eq!(out.header(HeaderName::from_static("clear-site-data")), "\"cache\", \"storage\"");
    }
    assert!(phone.get("/me?done=out", '-', '-').await.html.contains("已退出登录"));
}
