//! The screens of joining, over joining that answers as the test wants.

use crate::{
    fake::{Fake, token},
    fake_joining::{APPLICATION, CODE, COUNTY, FakeJoining},
    world::{CELL, Reply, World, text_of},
};
use http::{HeaderName, StatusCode, header};
use std::sync::Arc;

const ORIGIN: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");

struct Phone(World);

impl Phone {
    async fn new() -> Self {
        Self(World::with_joining(Arc::new(Fake), Arc::new(FakeJoining)).await)
    }

    async fn get(&self, path: &str, session: char) -> Reply {
        self.get_with(path, session, "").await
    }

    async fn get_with(&self, path: &str, session: char, more: &str) -> Reply {
        self.0.get_with(path, &[(header::COOKIE, &cookie(session, more))]).await
    }

    async fn post(&self, path: &str, fields: &str, session: char) -> Reply {
        self.0.post_with(path, fields, &[ORIGIN, (header::COOKIE, &cookie(session, ""))]).await
    }
}

fn cookie(session: char, more: &str) -> String {
    let session = if session == '-' { String::new() } else { format!("; sid={}", token(session)) };
    format!("device={:032x}{session}{more}", 7)
}

fn leads_to(reply: &Reply, to: &str) {
    assert_eq!((reply.status, reply.header(header::LOCATION)), (StatusCode::SEE_OTHER, to));
}

/// The value of a cookie that a reply gives.
fn given(reply: &Reply, name: &str) -> Option<String> {
    let values = reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
    let begin = format!("{name}=");
    values
        .filter_map(|value| value.strip_prefix(&begin))
        .map(|rest| rest.split(';').next().unwrap_or("").to_owned())
        .next()
}

#[tokio::test]
async fn the_first_screen_says_five_things_and_begins_with_one_tap() {
    let phone = Phone::new().await;
    let page = phone.get("/join", '-').await;
    for said in ["得什么", "会费由你的工会告诉你", "随时能退", "约一分钟", "身份证号和手机"]
    {
        assert!(page.html.contains(said), "{said}");
    }
    assert!(page.html.contains("href=\"/sign-in?next=/join/lane%3Fkind%3Djoin\""), "signed out: by way of the number");
    assert!(page.html.contains("已是会员，换单位了") && page.html.contains("替家人或同事填"));
    let page = phone.get("/join", 'b').await;
    assert!(page.html.contains("href=\"/join/lane?kind=join\"") && page.html.contains("开始入会"));
    let page = phone.get_with("/join", 'b', &format!("; cell={CELL}")).await;
    assert!(page.html.contains("郑州市二七区总工会管"));
    assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
}

#[tokio::test]
async fn the_first_screen_says_where_one_stands() {
    let phone = Phone::new().await;
    for (session, said, main) in [
        ('d', "你填了一半", "/join/check"),
        ('3', "受理中（临时凭证）", &*format!("/me/applications/{APPLICATION}")),
        ('5', "你是会员", "/join/lane?kind=transfer"),
    ] {
        let page = phone.get("/join", session).await;
        assert!(page.html.contains(said) && page.html.contains(&format!("href=\"{main}\"")), "{session}");
    }
    assert_eq!(phone.get("/join", 'e').await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_link_names_what_it_chose_and_its_answer_is_not_asked_again() {
    let phone = Phone::new().await;
    let page = phone.get(&format!("/join?org={CODE}"), 'b').await;
    assert!(page.html.contains("二七区外卖行业工会联合会"));
    assert!(page.html.contains(&format!("/join/lane?kind=join&amp;org={CODE}")));
    let unknown = phone.get("/join?org=OLD", 'b').await;
    assert!(unknown.html.contains("这个入会码不能用了") && unknown.html.contains("\"/join/lane?kind=join\""));
    leads_to(&phone.get(&format!("/join/lane?kind=join&org={CODE}"), 'b').await, "/join/occupation?kind=join");
    let out = phone.get(&format!("/join/lane?kind=join&org={CODE}"), '-').await;
    leads_to(&out, &format!("/sign-in?next=/join/lane%3Fkind%3Djoin%26org%3D{CODE}"));
    // Nothing of an address becomes part of another one that this site did not write.
    let odd = phone.get("/join/lane?kind=%0d%0aX:&org=//evil", '-').await;
    leads_to(&odd, "/sign-in?next=/join/lane");
}

#[tokio::test]
async fn each_question_is_a_screen_whose_rows_answer_it_with_one_tap() {
    let phone = Phone::new().await;
    for (screen, button) in [
        ("kind", "name=\"kind\" value=\"transfer\""),
        ("lane", "name=\"lane\" value=\"region\""),
        ("occupation", "name=\"occupation\" value=\"rider\""),
        ("unit", "name=\"pick\" value=\"enterprise:0202"),
        ("place", "name=\"adcode\""),
    ] {
        let page = phone.get(&format!("/join/{screen}"), 'd').await;
        assert_eq!(page.status, StatusCode::OK, "{screen}");
        assert!(page.html.contains(button), "{screen}");
        assert!(page.html.contains("class=\"back\""), "{screen}");
    }
    assert!(phone.get("/join/unit", 'd').await.html.contains("第 3 步，共 7 步"));
    assert_eq!(phone.get("/join/nothing", 'd').await.status, StatusCode::NOT_FOUND);
    leads_to(&phone.get("/join/name", '3').await, &format!("/me/applications/{APPLICATION}"));
}

#[tokio::test]
async fn what_the_first_tap_said_goes_along_until_it_is_kept() {
    let phone = Phone::new().await;
    let page = phone.get("/join/lane?kind=transfer", 'b').await;
    assert!(page.html.contains("type=\"hidden\" name=\"kind\" value=\"transfer\""));
    leads_to(&phone.post("/join/lane", "kind=transfer&lane=region", 'b').await, "/join/occupation");
    leads_to(&phone.post("/join/name", "name=张三&edit=1", 'd').await, "/join/check");
}

#[tokio::test]
async fn a_slip_comes_back_with_what_was_typed_and_a_sentence_at_the_field() {
    let phone = Phone::new().await;
    let page = phone.post("/join/id", "id_type=resident&id_number=110105194912310021&edit=1", 'd').await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.html.contains("id=\"id_number-wrong\"") && page.html.contains("value=\"110105194912310021\""));
    assert!(page.html.contains("name=\"edit\""), "it is still a change of one answer");
    leads_to(&phone.post("/join/id", "id_type=resident&id_number=11010519491231002*", 'd').await, "/join/check");
    let page = phone.post("/join/name", "name=", 'd').await;
    assert!(page.html.contains("填证件上的姓名。"));
    let down = phone.post("/join/name", "name=张\"三", 'e').await;
    assert_eq!(down.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(down.html.contains("value=\"张&quot;三\""), "typed words outlive a database that does not answer");
}

#[tokio::test]
async fn a_number_is_typed_on_telephone_keys_unless_it_has_letters() {
    let phone = Phone::new().await;
    let page = phone.get("/join/id", 'b').await;
    assert!(page.html.contains("inputmode=\"tel\"") && !page.html.contains("<select"));
    let other = phone.get("/join/id?type=other", 'b').await;
    assert!(other.html.contains("<select") && other.html.contains("inputmode=\"text\""));
}

#[tokio::test]
async fn a_place_that_the_phone_knows_is_one_tap() {
    let phone = Phone::new().await;
    let page = phone.get_with("/join/place", 'b', &format!("; cell={CELL}")).await;
    assert!(text_of(&page.html).contains("常在") && page.html.contains("name=\"adcode\""));
    let none = phone.get("/join/place", 'b').await;
    assert!(none.html.contains("/join/place?in=410000"), "provinces first");
    let county = phone.get("/join/place?in=410100", 'b').await;
    assert!(county.html.contains(&format!("/join/place?in={COUNTY}")), "a county with streets is looked into");
    assert!(county.html.contains("name=\"adcode\" value=\"410105\""), "one without is answered");
    let streets = phone.get(&format!("/join/place?in={COUNTY}"), 'b').await;
    assert!(streets.html.contains("淮河路街道总工会") && streets.html.contains("<details open"));
}

#[tokio::test]
async fn names_are_found_with_and_without_scripts() {
    let phone = Phone::new().await;
    let page = phone.get("/join/unit?unit=%E6%B2%A1%E6%9C%89", '1').await;
    assert!(page.html.contains("没找到这个名字") && page.html.contains("value=\"没有\""));
    let piece = phone.get("/join/suggest?lane=unit&unit=x", '-').await;
    assert!(piece.html.starts_with("<li>") && piece.html.contains("还没开通网上入会"), "{}", piece.html);
    assert_eq!(piece.header(header::CACHE_CONTROL), "no-store", "no cache keeps what somebody typed");
}

#[tokio::test]
async fn before_it_is_sent_one_sees_who_gets_it_and_by_when() {
    let phone = Phone::new().await;
    let page = phone.get("/join/check", 'd').await;
    for said in
        ["郑州市二七区总工会", "12 月 1 日（周二）前", "110105 1949 1231 002X", "张𬭚明", "外卖配送员", "138****8000"]
    {
        assert!(page.html.contains(said), "{said}");
    }
    assert!(page.html.contains("/join/name?edit=1") && !page.html.contains("checked"), "nothing is agreed to already");
    leads_to(&phone.get("/join/check", 'b').await, "/join/occupation");
    let unit = phone.get("/join/check", '1').await;
    assert!(unit.html.contains("你单位的工会会看到") && unit.html.contains("/join/check?to=region"));
    let region = phone.get("/join/check?to=region", '1').await;
    assert!(!region.html.contains("你单位的工会会看到") && region.html.contains("name=\"to\" value=\"region\""));
}

#[tokio::test]
async fn where_nobody_is_open_nothing_is_sent_and_there_is_somebody_to_call() {
    let phone = Phone::new().await;
    let page = phone.get("/join/check", '2').await;
    for said in ["还没有开通网上入会", "tel:0891-6323456", "tel:12351", "存着"] {
        assert!(page.html.contains(said), "{said}");
    }
    assert!(!page.html.contains("发出去</button>"));
}

#[tokio::test]
async fn sending_leads_to_the_number_or_says_what_is_missing() {
    let phone = Phone::new().await;
    let unticked = phone.post("/join/check/send", "", 'd').await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unticked.html.contains("id=\"consent-wrong\""));
    for _ in 0..2 {
        let sent = phone.post("/join/check/send", "consent=yes", 'd').await;
        leads_to(&sent, &format!("/me/applications/{APPLICATION}?done=1"));
    }
    let page = phone.get(&format!("/me/applications/{APPLICATION}?done=1"), 'd').await;
    for said in ["已登记", "RH-2611-0042", "在审", "还不是会籍"] {
        assert!(page.html.contains(said), "{said}");
    }
    let member = phone.post("/join/check/send", "consent=yes", '5').await;
    assert!(member.html.contains("你已经是金水区总工会的会员") && member.html.contains("/join/kind?edit=1"));
    leads_to(&phone.post("/join/forget", "", 'd').await, "/join");
}

#[tokio::test]
async fn an_application_says_who_and_by_when_and_is_answered_and_withdrawn() {
    let phone = Phone::new().await;
    let list = phone.get("/me/applications", '4').await;
    assert!(list.html.contains("补充材料") && list.html.contains("未通过"));
    assert!(phone.get("/me/applications", 'b').await.html.contains("还没有发过申请"));
    let path = format!("/me/applications/{APPLICATION}");
    let page = phone.get(&path, '4').await;
    assert!(page.html.contains("要补什么") && page.html.contains("&lt;b") && page.html.contains("<textarea"));
    let empty = phone.post(&format!("{path}/answer"), "answer=", '4').await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.html.contains("写一句再发"));
    let long = phone.post(&format!("{path}/answer"), &format!("answer={}", "长".repeat(501)), '4').await;
    assert!(long.html.contains("最多 500 个字") && long.html.contains("长长长"));
    leads_to(&phone.post(&format!("{path}/answer"), "answer=好", '4').await, &path);
    let sure = phone.get(&format!("{path}/withdraw"), '3').await;
    assert!(sure.html.contains("撤回这份申请？"));
    leads_to(&phone.post(&format!("{path}/withdraw"), "", '3').await, &path);
    assert_eq!(phone.get("/me/applications/x", '3').await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn somebody_elses_counts_when_their_own_phone_says_so() {
    let phone = Phone::new().await;
    leads_to(&phone.get("/join/for", '-').await, "/sign-in?next=/join/for");
    let fields = "mobile=13900139000&name=张三&id_number=11010519491231002X&occupation=rider&place=二七区";
    let handed = phone.post("/join/for", fields, 'b').await;
    assert_eq!(handed.status, StatusCode::OK);
    assert!(handed.html.contains("还没有交") && handed.html.contains("class=\"qr\""));
    assert!(handed.html.contains(&format!("/join/confirm/{}", "4".repeat(64))) && !handed.html.contains("13900139000"));
    let several = phone.post("/join/for", &fields.replace("二七区", "城关区"), 'b').await;
    assert_eq!(several.status, StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = phone.post("/join/for", &fields.replace("13900139000", "139"), 'b').await;
    assert!(wrong.html.contains("id=\"mobile-wrong\"") && wrong.html.contains("value=\"张三\""));
    let path = format!("/join/confirm/{}", "4".repeat(64));
    let page = phone.get(&path, 'b').await;
    assert!(page.html.contains("李*") && page.html.contains("是我，接着办"));
    leads_to(&phone.post(&path, "", 'b').await, "/join/check");
    assert_eq!(phone.get("/join/confirm/x", 'b').await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_link_is_shown_printed_and_taken_away() {
    let phone = Phone::new().await;
    let path = "/desk/links/organisation:x";
    let page = phone.get(path, 'a').await;
    assert!(page.html.contains(&format!("/join?org={CODE}")) && page.html.contains("7 个人"));
    let poster = phone.get(&format!("{path}/poster"), 'a').await;
    assert!(poster.html.contains("扫码入工会") && poster.html.contains("二七区总工会&lt;b&gt;"));
    let file = phone.get(&format!("{path}/poster.svg"), 'a').await;
    assert_eq!(file.header(header::CONTENT_TYPE), "image/svg+xml");
    assert!(file.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert_eq!(phone.get("/desk/links/organisation:y", 'a').await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn where_there_is_no_link_yet_a_button_makes_one() {
    let phone = Phone::new().await;
    let path = "/desk/links/organisation:new";
    let page = phone.get(path, 'a').await;
    assert!(page.html.contains("还没有入会链接") && page.html.contains("满 5 个就能看到有多少"));
    assert!(page.html.contains(&format!("method=\"post\" action=\"{path}\"")) && page.html.contains("做一个入会链接"));
    assert!(!page.html.contains("/join?org=") && !page.html.contains("/poster"));
    leads_to(&phone.get(&format!("{path}/poster"), 'a').await, path);
    leads_to(&phone.get(&format!("{path}/poster.svg"), 'a').await, path);
    leads_to(&phone.post(path, "", 'a').await, path);
    assert_eq!(phone.post("/desk/links/organisation:y", "", 'a').await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_typed_outlives_a_session_that_ended() {
    let phone = Phone::new().await;
    // The session is over: the form is sent by nobody.
    let ended = phone.post("/join/name?x=1", "name=欧阳%22三&edit=1", '-').await;
    leads_to(&ended, "/sign-in?next=/join/name");
    let carried = given(&ended, "carried").expect("what was typed goes along");
    assert!(!carried.contains("欧阳") && carried.len() < 3_800);
    let flags = ended.headers.get_all(header::SET_COOKIE).iter().any(|value| {
        let value = value.to_str().unwrap_or_default();
        value.starts_with("carried=") && value.contains("HttpOnly") && value.contains("Max-Age=1800")
    });
    assert!(flags);
    let cookie = format!("; carried={carried}");
    // On the way it is not spent, and no other page shows it.
    leads_to(&phone.get_with("/join/name", '-', &cookie).await, "/sign-in?next=/join/name");
    let elsewhere = phone.get_with("/join/id", 'b', &cookie).await;
    assert!(given(&elsewhere, "carried").is_none() && !elsewhere.html.contains("欧阳"));
    // Back: it stands in the field, once.
    let back = phone.get_with("/join/name", 'b', &cookie).await;
    assert!(back.html.contains("value=\"欧阳&quot;三\"") && back.html.contains("刚才填的还在"));
    assert!(back.html.contains("name=\"edit\""));
    assert_eq!(given(&back, "carried").as_deref(), Some(""), "and is taken away");
}

#[tokio::test]
async fn what_was_typed_outlives_a_restart_and_another_machine_of_the_installation() {
    let mut phone = Phone::new().await;
    let ended = phone.post("/join/name", "name=欧阳三", '-').await;
    let cookie = format!("; carried={}", given(&ended, "carried").expect("what was typed goes along"));
    phone.0.restart();
    let back = phone.get_with("/join/name", 'b', &cookie).await;
    assert!(back.html.contains("value=\"欧阳三\"") && back.html.contains("刚才填的还在"));
}

#[tokio::test]
async fn what_was_typed_is_given_back_to_whoever_typed_it_and_to_nobody_else() {
    let phone = Phone::new().await;
    let mark = given(&phone.get("/join/name", 'b').await, "whose").expect("the browser remembers whose it was");
    let marked = format!("; whose={mark}");
    assert!(given(&phone.get_with("/join/name", 'b', &marked).await, "whose").is_none(), "once is enough");
    let cookies = [ORIGIN, (header::COOKIE, &cookie('-', &marked))];
    let ended = phone.0.post_with("/join/name", "name=欧阳三", &cookies).await;
    let carried = format!("{marked}; carried={}", given(&ended, "carried").expect("carried"));
    let other = phone.get_with("/join/name", 'c', &carried).await;
    assert!(!other.html.contains("欧阳"));
    assert_eq!(given(&other, "carried").as_deref(), Some(""), "and is taken away");
    assert!(phone.get_with("/join/name", 'b', &carried).await.html.contains("欧阳三"));
}

#[tokio::test]
async fn what_is_too_long_comes_back_as_far_as_a_browser_keeps_it_and_says_so() {
    let phone = Phone::new().await;
    let typed = format!("place=金水区&unit=飞毛腿&what={}", "长".repeat(2_000));
    let ended = phone.post("/join/obstruction/new", &typed, '-').await;
    let carried = given(&ended, "carried").expect("the beginning finds room");
    assert!(carried.len() <= 3_800, "{}", carried.len());
}

#[tokio::test]
async fn what_is_carried_is_opened_by_nobody_else_and_not_for_ever() {
    let phone = Phone::new().await;
    let carried = given(&phone.post("/join/name", "name=欧阳三", '-').await, "carried").expect("carried");
    let mut changed = carried.clone();
    changed.replace_range(10..11, if &carried[10..11] == "A" { "B" } else { "A" });
    for wrong in [changed.as_str(), "AAAA", "x y", &"A".repeat(3_900)] {
        let page = phone.get_with("/join/name", 'b', &format!("; carried={wrong}")).await;
        assert!(page.status == StatusCode::OK && !page.html.contains("欧阳"), "{wrong}");
    }
    let other = Phone::new().await;
    let page = other.get_with("/join/name", 'b', &format!("; carried={carried}")).await;
    assert!(!page.html.contains("欧阳"), "another installation has another key");
    phone.0.pass(31 * 60_000);
    let page = phone.get_with("/join/name", 'b', &format!("; carried={carried}")).await;
    assert!(!page.html.contains("欧阳"), "half an hour is over");
}

#[tokio::test]
async fn only_forms_that_ask_for_it_are_carried() {
    let phone = Phone::new().await;
    for (path, fields) in [("/me/identity", "name=欧阳三".to_owned()), ("/join/check/send", "consent=yes".to_owned())]
    {
        let reply = phone.post(path, &fields, '-').await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{path}");
        assert!(given(&reply, "carried").is_none(), "{path}");
    }
    let answer = phone
        .post(&format!("/me/applications/{APPLICATION}/answer"), &format!("answer={}", "长".repeat(500)), '-')
        .await;
    leads_to(&answer, &format!("/sign-in?next=/me/applications/{APPLICATION}"));
    let cookie = format!("; carried={}", given(&answer, "carried").expect("500 characters fit"));
    let page = phone.get_with(&format!("/me/applications/{APPLICATION}"), '4', &cookie).await;
    assert!(page.html.contains(&"长".repeat(500)) && page.html.contains("刚才填的还在"));
    // More than a browser keeps: the beginning comes back, and the page says that it is not all.
    let answer = phone
        .post(&format!("/me/applications/{APPLICATION}/answer"), &format!("answer={}", "长".repeat(2_000)), '-')
        .await;
    let cookie = format!("; carried={}", given(&answer, "carried").expect("the beginning finds room"));
    let page = phone.get_with(&format!("/me/applications/{APPLICATION}"), '4', &cookie).await;
    assert!(page.html.contains(&"长".repeat(700)) && page.html.contains("只留住了前面的"));
}
