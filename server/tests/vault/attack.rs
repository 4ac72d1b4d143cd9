//! Somebody has the database, the files, a backup and the web process's whole configuration with its keys, and an
//! administrator's session. They try every address, the key process's socket, and every key they find on every
//! ciphertext, in every way that this program seals. The same somebody with the key process's file reads everything:
//! so it is that file which is missing.

use super::{
    engines::Site,
    erasure::put_name,
    world::{NOW, Someone, World, config},
};
use app::routes::{ROUTES, forms};
use axum::{Router, body::Body};
use chacha20poly1305::{
    Key, KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use data_encoding::HEXLOWER;
use domain::{account::SubjectId, policy::Role};
use hkdf::Hkdf;
use http::{Request as Http, header};
use server::{
    http::{AppState, assets::Package, router},
    keyd::{Hidden, Reply, Request, ask},
    ops::{readiness::Readiness, shutdown::Shutdown},
    services::reports::{DoorReports, Secret},
};
use sha2::Sha256;
use sqlx::{AssertSqlSafe, Column as _, Connection as _, Row as _, SqliteConnection};
use std::{
    collections::{BTreeSet, HashSet},
    fs,
    path::Path,
    sync::Arc,
};
use tower::ServiceExt as _;

/// What must not be found: part of every matter, and of nothing else.
const PROTECTED: &str = "绝密之事";
const MATTERS: usize = 5;
/// What the web process's own keys open: shows that the attacker knows how.
const NAME: &str = "欧阳𬭚";

/// A ciphertext with everything that stands beside it in its row.
struct Lying {
    bytes: Vec<u8>,
    table: String,
    column: String,
    ids: Vec<[u8; 16]>,
}

/// What the attacker has found so far.
#[derive(Default)]
struct Loot {
    keys: HashSet<[u8; 32]>,
    lying: Vec<Lying>,
    /// Everything readable: replies, files, what was opened.
    texts: Vec<Vec<u8>>,
}

impl Loot {
    fn read(&mut self, bytes: &[u8]) {
        self.texts.push(bytes.to_vec());
        if let Ok(key) = bytes.try_into() {
            self.keys.insert(key);
        }
        let text = String::from_utf8_lossy(bytes);
        for word in text.split(|letter: char| !letter.is_ascii_hexdigit()).filter(|word| word.len() == 64) {
            if let Ok(bytes) = HEXLOWER.decode(word.to_ascii_lowercase().as_bytes())
                && let Ok(key) = bytes.try_into()
            {
                self.keys.insert(key);
            }
        }
    }

    /// Every file of a folder; databases row by row as well.
    async fn take_files(&mut self, folder: &Path, but: &[&str]) {
        for file in fs::read_dir(folder).expect("listed") {
            let path = file.expect("a file").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if but.contains(&&*name) || !path.is_file() {
                continue;
            }
            self.read(&fs::read(&path).expect("read"));
            if path.extension().is_some_and(|ending| ending == "db") {
                self.take_database(&path).await;
            }
        }
    }

    async fn take_database(&mut self, path: &Path) {
        let mut db = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.expect("opens");
        let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut db)
            .await
            .expect("listed");
        for table in tables {
            let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM \"{table}\""))).fetch_all(&mut db).await;
            for row in rows.expect("read") {
                let blobs: Vec<(String, Vec<u8>)> = row
                    .columns()
                    .iter()
                    .filter_map(|column| {
                        let bytes: Option<Vec<u8>> = row.try_get(column.ordinal()).ok()?;
                        Some((column.name().to_owned(), bytes?))
                    })
                    .collect();
                let ids: Vec<[u8; 16]> =
                    blobs.iter().filter_map(|(_, bytes)| bytes.as_slice().try_into().ok()).collect();
                for (column, bytes) in blobs {
                    self.read(&bytes);
                    if bytes.first() == Some(&1) && bytes.len() > 45 {
                        self.lying.push(Lying { bytes, table: table.clone(), column, ids: ids.clone() });
                    }
                }
            }
        }
        db.close().await.expect("closes");
    }

    /// Keys that are made of keys.
    fn derive(&mut self) {
        let labels = [
            "subject.mobile",
            "subject.id_number",
            "subject.person",
            "token",
            "sign_in_attempt.code",
            "manager_code.code",
            "rate_limit.key",
            "session.device",
            "audit.chain",
            "matters",
            "assignments",
            "log",
        ];
        for key in self.keys.clone() {
            for label in labels {
                let mut derived = [0; 32];
                Hkdf::<Sha256>::new(None, &key).expand(label.as_bytes(), &mut derived).expect("short");
                self.keys.insert(derived);
            }
        }
    }

    /// Every key on every ciphertext for every place it may be bound to; again with the keys that came out, until
    /// nothing new does.
    fn open_all(&mut self) {
        loop {
            let before = self.keys.len();
            let mut opened = Vec::new();
            for lying in &self.lying {
                let places = places(lying);
                for key in &self.keys {
                    opened.extend(places.iter().filter_map(|place| open(key, place, &lying.bytes)));
                }
            }
            for bytes in opened {
                self.read(&bytes);
            }
            if self.keys.len() == before {
                return;
            }
        }
    }

    /// Which of some words can be read anywhere.
    fn found(&self, word: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for text in &self.texts {
            let text = String::from_utf8_lossy(text);
            for (at, _) in text.match_indices(word) {
                found.insert(text[at + word.len()..].chars().next().map_or_else(String::new, String::from));
            }
        }
        found
    }
}

/// What a ciphertext may be bound to, by all ways in which this program does it.
fn places(lying: &Lying) -> Vec<Vec<u8>> {
    let mut places = vec![Vec::new()];
    for one in lying.ids.iter().chain(&[[0; 16]]) {
        places.push([lying.table.as_bytes(), b"\0", lying.column.as_bytes(), b"\0", one].concat());
        places.push([b"wrapped_key\0".as_slice(), one].concat());
        for two in &lying.ids {
            places.push([b"matter_key\0".as_slice(), one, two].concat());
        }
    }
    places
}

fn open(key: &[u8; 32], place: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, text) = bytes.split_at_checked(29)?;
    let nonce: [u8; 24] = head[5..].try_into().ok()?;
    let aad = [&head[..5], place].concat();
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: text, aad: &aad }).ok()
}

pub fn web(world: &World) -> Router {
    let reports = DoorReports::new(world.people.store.clone(), world.people.finder.clone(), Secret::random());
    let ports = world.people.ports(Arc::new(server::roads::Held::default()), Arc::new(reports));
    let mut state = AppState::new(
        &config(),
        ports,
        Package::none(),
        Readiness::always(Shutdown::new()),
        world.people.vault.carried_key(),
    );
    state.clock = Arc::new(|| NOW);
    router(&state)
}

/// Asks for every page and posts every form, with every id that there is, as somebody.
async fn try_every_address(loot: &mut Loot, app: &Router, who: &Someone, ids: &[String]) -> usize {
    let mut asked = 0;
    let mut requests = Vec::new();
    for id in ids {
        let fill = |path: &str| {
            path.split('/').map(|part| if part.starts_with('{') { id } else { part }).collect::<Vec<_>>().join("/")
        };
        for route in ROUTES {
            requests.push(Http::get(fill(route.path)).body(Body::empty()));
        }
        for form in forms() {
            let fields = format!("id={id}&matter={id}&handler={}&reason=x", who.id);
            requests.push(
                Http::post(fill(form.path))
                    .header(header::HOST, "localhost:3000")
                    .header(header::ORIGIN, "http://localhost:3000")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(Body::from(fields)),
            );
        }
    }
    for request in requests {
        let mut request = request.expect("a request");
        // Ending one's own session would end the attack.
        if request.method() == http::Method::POST && request.uri().path().contains("sessions")
            || request.uri().path().contains("sign-out")
        {
            continue;
        }
        let cookie = format!("sid={}", who.token);
        request.headers_mut().insert(header::COOKIE, cookie.parse().expect("a cookie"));
        let response = app.clone().oneshot(request).await.expect("infallible");
        let body = axum::body::to_bytes(response.into_body(), 10_000_000).await.expect("whole");
        loot.read(&body);
        asked += 1;
    }
    asked
}

/// Says everything to the key process that it understands, with a session.
async fn try_the_socket(
    loot: &mut Loot,
    socket: &Path,
    tokens: &[String],
    matters: &[String],
    wrapped: &[Vec<u8>],
    me: &Someone,
) {
    for token in tokens {
        for matter in matters {
            let (token, matter) = (Hidden::new(token), matter.clone());
            let mut requests = vec![
                Request::Assign { token: token.clone(), matter: matter.clone(), handler: me.id.to_string() },
                Request::Make { token: token.clone(), matter: matter.clone() },
            ];
            requests.extend(wrapped.iter().map(|wrapped| Request::Read {
                token: token.clone(),
                matter: matter.clone(),
                wrapped: Hidden::of(wrapped),
            }));
            for request in requests {
                let reply = ask(socket, &request).await.expect("answers");
                assert!(!matches!(reply, Reply::Key { .. } | Reply::Assigned { .. }), "{request:?}");
                loot.read(&serde_json::to_vec(&reply).expect("JSON"));
            }
        }
    }
}

#[tokio::test]
async fn with_everything_but_the_key_process_nobody_reads_a_word_and_with_its_file_every_word() {
    let site = Site::on_sqlite();
    let world = World::new(&site).await;
    let (officer, handler) = (world.staff(Role::Officer).await, world.staff(Role::Handler).await);
    let mut matters = Vec::new();
    let mut workers = Vec::new();
    for number in 0..MATTERS {
        let worker = world.worker().await;
        let matter = world.open(&worker, &format!("{PROTECTED}{number}")).await;
        world.assign(&officer, matter, &handler).await.expect("assigned");
        assert!(world.read(&handler, matter).await.expect("read").contains(PROTECTED));
        matters.push(matter);
        workers.push(worker);
    }
    put_name(&site, &world.people.store, &world.people.vault, SubjectId([0xA1; 16]), NAME).await;
    site.tamper(&format!("VACUUM INTO '{}'", site.path("backup.db").display())).await.expect("backed up");
    let administrator = world.staff(Role::Administrator).await;
    let app = web(&world);

    // The door works: its own worker reads it there.
    let mut control = Loot::default();
    try_every_address(&mut control, &app, &workers[0], &[matters[0].to_string()]).await;
    assert_eq!(control.found(PROTECTED), BTreeSet::from(["0".to_owned()]), "the worker's own, and no other");

    let mut loot = Loot::default();
    loot.take_files(site.folder(), &["keyd.key"]).await;
    let mut ids: Vec<String> = matters.iter().map(ToString::to_string).collect();
    ids.extend(workers.iter().map(|worker| worker.id.to_string()));
    let asked = try_every_address(&mut loot, &app, &administrator, &ids).await;
    assert!(asked > 100, "{asked}");
    let wrapped: Vec<Vec<u8>> =
        loot.lying.iter().filter(|lying| lying.table == "matter_key").map(|lying| lying.bytes.clone()).collect();
    assert_eq!(wrapped.len(), MATTERS);
    // The session, and whatever looks like one in the database.
    let mut tokens: Vec<String> = loot.keys.iter().take(50).map(|key| HEXLOWER.encode(key)).collect();
    tokens.push(administrator.token.clone());
    let matter_ids: Vec<String> = matters.iter().map(ToString::to_string).collect();
    try_the_socket(&mut loot, &site.path("keyd.sock"), &tokens, &matter_ids, &wrapped, &administrator).await;
    loot.derive();
    loot.open_all();
    assert!(loot.lying.iter().any(|lying| lying.table == "matter_text"), "there are ciphertexts to try");
    assert!(!loot.found(NAME).is_empty(), "the attacker opens what the stolen keys open");
    assert_eq!(loot.found(PROTECTED), BTreeSet::new(), "protected words");

    // The positive control: the same with one file more.
    let mut thief = Loot::default();
    thief.take_files(site.folder(), &[]).await;
    thief.open_all();
    let all: BTreeSet<String> = (0..MATTERS).map(|number| number.to_string()).collect();
    assert_eq!(thief.found(PROTECTED), all);
    world.close().await;
}
