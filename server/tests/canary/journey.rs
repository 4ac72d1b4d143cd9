//! One person through everything there is to do with an account.

use crate::{
    office::Office,
    person::Person,
    world::{Reply, World},
};
use http::{HeaderName, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::collections::BTreeMap;

const ORIGIN: (HeaderName, &str) = (header::ORIGIN, "http://localhost:3000");
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Codes are sent to a number once a minute.
const TWO_MINUTES: i64 = 120_000;

fn typed(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// A browser with its cookies.
struct Phone<'a> {
    world: &'a World,
    address: &'a str,
    cookies: BTreeMap<String, String>,
}

impl<'a> Phone<'a> {
    const fn new(world: &'a World, address: &'a str) -> Self {
        Self { world, address, cookies: BTreeMap::new() }
    }

    fn carried(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&mut self, path: &str, reply: Reply) -> Reply {
        for cookie in reply.headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let (name, rest) = cookie.split_once('=').expect("a name");
            match rest.split(';').next().expect("a value") {
                "" => self.cookies.remove(name),
                value => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        // What is for one person is kept by no browser's cache, nor by the worker.
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store", "{path}");
        assert!(!reply.status.is_server_error(), "{path}: {}", reply.status);
        reply
    }

    async fn get(&mut self, path: &str) -> Reply {
        let headers = [(header::COOKIE, &*self.carried()), (FORWARDED, self.address)];
        let reply = self.world.get_with(path, &headers).await;
        self.keep(path, reply)
    }

    async fn post(&mut self, path: &str, fields: &str) -> Reply {
        let headers = [ORIGIN, (header::COOKIE, &*self.carried()), (FORWARDED, self.address)];
        let reply = self.world.post_with(path, fields, &headers).await;
        self.keep(path, reply)
    }

    async fn code(&mut self, mobile: &str) -> Reply {
        let code = self.world.code(mobile);
        self.post("/sign-in/code", &format!("code={code}")).await
    }
}

fn leads(reply: &Reply, to: &str) {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "to {to}: {}", crate::world::text_of(&reply.html));
    assert!(reply.header(header::LOCATION).starts_with(to), "{} is not {to}", reply.header(header::LOCATION));
}

pub async fn go_through_everything(world: &World, office: &Office, person: &Person) {
    world.pass(TWO_MINUTES);
    let mut phone = Phone::new(world, &person.address);
    // In the address as well, as a link from a chat may have it.
    phone.get(&format!("/sign-in?next=/{}", typed(&person.name))).await;
    assert_eq!(phone.post("/sign-in", &format!("mobile={}", typed(&person.name))).await.status, 422);
    let spaced = format!("+86 {} {} {}", &person.mobile[..3], &person.mobile[3..7], &person.mobile[7..]);
    leads(&phone.post("/sign-in", &format!("mobile={}", typed(&spaced))).await, "/sign-in/code");
    phone.get("/sign-in/code").await;
    assert_eq!(phone.post("/sign-in/code", &format!("code={}", typed(&person.name))).await.status, 422);
    leads(&phone.code(&person.mobile).await, "/me");
    for page in ["/me", "/me/inbox", "/me/sessions", "/me/phone", "/me/identity", "/me/consents", "/me/data"] {
        assert_eq!(phone.get(page).await.status, 200, "{page}");
    }
    identity(&mut phone, person).await;
    if person.joins {
        joining(world, office, &mut phone, person).await;
        grievances(&mut phone, person).await;
    }
    another_number(world, &mut phone, person).await;
    another_phone(world, &mut phone, person).await;
    let ended = phone.get("/me/delete").await;
    assert_eq!(ended.status, 200);
    // Every other one leaves; the rest stays, to be found if it can be.
    if person.leaves {
        leads(&phone.post("/me/delete/sure", "sure=yes").await, "/me/deleted");
    } else {
        leads(&phone.post("/sign-out", "").await, "/me");
    }
}

async fn identity(phone: &mut Phone<'_>, person: &Person) {
    let fields =
        |number: &str| format!("name={}&id_type=resident&number={}&consents=yes", typed(&person.name), typed(number));
    let wrong = format!("{}{}", &person.id_number[..17], if person.id_number.ends_with('1') { "2" } else { "1" });
    let page = phone.post("/me/identity", &fields(&wrong)).await;
    assert_eq!(page.status, 422);
    assert!(page.html.contains(&person.name), "what was typed is there");
    leads(&phone.post("/me/identity", &fields(&person.id_number)).await, "/me/identity");
    let masked = phone.get("/me/identity").await;
    assert!(!masked.html.contains(&person.id_number) && !masked.html.contains(&person.name), "masked in the reply");
    let whole = phone.post("/me/identity/reveal", &format!("reason={}", typed(&person.reason))).await;
    assert!(whole.html.contains(&person.id_number), "seen whole, with a reason");
    for form in ["/me/data/export.json", "/me/data/export.html"] {
        let file = phone.post(form, "").await;
        assert!(file.html.contains(&person.id_number), "{form}: what is held is given out");
    }
    phone.post("/me/consents", "purpose=sms&version=1").await;
}

/// Into the union and, for every other one, out of it again; what is typed on the way, and wrongly, has canaries.
async fn joining(world: &World, office: &Office, phone: &mut Phone<'_>, person: &Person) {
    phone.get("/join").await;
    phone.get("/join/lane?kind=join").await;
    leads(&phone.post("/join/lane", "kind=join&lane=region").await, "/join/occupation");
    leads(&phone.post("/join/occupation", "occupation=courier").await, "/join/unit");
    leads(&phone.post("/join/unit", &format!("unit={}", typed(&person.name))).await, "/join/place");
    leads(&phone.post("/join/place", "adcode=410105").await, "/join/check");
    // Name and number are those of the account; they can be typed all the same.
    leads(&phone.post("/join/name", &format!("name={}", typed(&person.name))).await, "/join/");
    let id = |number: &str| format!("id_type=resident&id_number={}", typed(number));
    assert_eq!(phone.post("/join/id", &id(&person.id_number[..17])).await.status, 422);
    leads(&phone.post("/join/id", &id(&person.id_number)).await, "/join/check");
    phone.get("/join/check").await;
    let sent = phone.post("/join/check/send", "consent=yes").await;
    leads(&sent, "/me/applications/");
    let application = sent.header(header::LOCATION).split(['/', '?']).nth(3).expect("an id").to_owned();
    office.asks_back(&application, &format!("{}，请再说一遍", person.name), world.pass(0)).await;
    let answer = format!("answer={}", typed(&format!("{} {}", person.name, person.mobile)));
    leads(&phone.post(&format!("/me/applications/{application}/answer"), &answer).await, "/me/applications/");
    office.sees_and_approves(&application, person, world.pass(0)).await;
    for page in ["/me", "/me/applications", "/me/membership", "/me/card", "/me/card/print", "/me/card/kept"] {
        assert_eq!(phone.get(page).await.status, 200, "{page}");
    }
    if person.leaves {
        leads(&phone.post("/me/membership/resign", "sure=yes").await, "/me/membership");
    }
}

/// What is told in confidence.
async fn grievances(phone: &mut Phone<'_>, person: &Person) {
    let place = typed("金水区");
    let words = typed(&format!("我是{}，电话 {}", person.name, person.mobile));
    let founding =
        format!("unit={}&place={place}&adcode=410105&colleagues=25&words={words}", typed("飞毛腿外卖 金水路站"));
    leads(&phone.post("/join/union/new", &founding).await, "/join/union/");
    let report = format!("unit={}&place={place}&adcode=410105&what={words}", typed(&person.name));
    leads(&phone.post("/join/obstruction/new", &report).await, "/me/obstructions/");
}

async fn another_number(world: &World, phone: &mut Phone<'_>, person: &Person) {
    world.pass(TWO_MINUTES);
    let fields = format!("mobile={}&fact={}&last4={}", person.new_mobile, person.last4(), person.last4());
    leads(&phone.post("/me/phone", &fields).await, "/sign-in/code");
    phone.code(&person.new_mobile).await;
}

/// A browser that the account does not know is asked for a second fact.
async fn another_phone(world: &World, first: &mut Phone<'_>, person: &Person) {
    world.pass(TWO_MINUTES);
    let mut phone = Phone::new(world, &person.address);
    leads(&phone.post("/sign-in", &format!("mobile={}", person.new_mobile)).await, "/sign-in/code");
    leads(&phone.code(&person.new_mobile).await, "/sign-in/fact");
    assert_eq!(phone.post("/sign-in/fact", "fact=0000").await.status, 422);
    leads(&phone.post("/sign-in/fact", &format!("fact={}", person.last4())).await, "/me");
    assert_eq!(phone.get("/me").await.status, 200);
    first.get("/me/inbox").await;
    leads(&phone.post("/sign-out", "").await, "/me");
}
