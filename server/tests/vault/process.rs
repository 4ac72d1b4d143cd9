//! The program itself as the key process, and `server doctor`.

use super::{engines::Site, world::World};
use domain::account::MatterId;
use server::keyd::KeydClient;
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    process::{Child, Command, Output, Stdio},
};

fn program(site: &Site) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
    command.current_dir(site.folder()).env_clear();
    for (name, value) in [
        ("DATABASE_URL", site.database_url.clone()),
        ("KEYS_URL", site.keys_url.clone()),
        ("VAULT_KEY_FILE", site.path("vault.key").display().to_string()),
        ("SECRET_FILE", site.path("secret").display().to_string()),
        ("KEYD_KEY_FILE", site.path("keyd.key").display().to_string()),
        ("KEYD_SOCKET", site.path("keyd.sock").display().to_string()),
        ("KEYD_LOG", site.path("keyd.log").display().to_string()),
    ] {
        command.env(name, value);
    }
    command
}

fn run(site: &Site, arguments: &[&str]) -> Output {
    program(site).args(arguments).output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn start(site: &Site) -> Child {
    program(site).args(["keyd", "--child"]).stdin(Stdio::piped()).spawn().expect("starts")
}

#[tokio::test]
async fn the_key_process_starts_answers_its_own_installation_and_leaves_with_its_parent() {
    let site = Site::on_sqlite();
    let (store, vault) = (site.store().await, site.vault().await);
    let without_key = run(&site, &["keyd"]);
    assert!(!without_key.status.success() && text(&without_key.stderr).contains("--make-key"));
    assert!(run(&site, &["keyd", "--make-key"]).status.success());
    assert!(!run(&site, &["keyd", "--make-key"]).status.success(), "a key that is there stays");
    let mut child = start(&site);
    let client = KeydClient::new(&site.path("keyd.sock"));
    while client.is_ours(&vault.token_key()).await.is_none() {
        assert!(matches!(child.try_wait(), Ok(None)), "it runs");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(client.is_ours(&vault.token_key()).await, Some(true));
    assert_eq!(client.is_ours(&[0; 32]).await, Some(false));
    assert!(client.read("nobody", MatterId([1; 16]), b"").await.is_err());
    let second = run(&site, &["keyd"]);
    assert!(!second.status.success() && text(&second.stderr).contains("已经有一个"), "{}", text(&second.stderr));
    drop(child.stdin.take());
    assert!(child.wait().expect("ends").success());
    assert!(!site.path("keyd.sock").exists());

    fs::set_permissions(site.path("keyd.key"), fs::Permissions::from_mode(0o644)).expect("changed");
    let open = run(&site, &["keyd"]);
    assert!(!open.status.success() && text(&open.stderr).contains("chmod 600"));
    store.close().await;
    vault.key_store().close().await;
}

// The key process answers on another thread while this one waits for the doctor.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_says_what_is_wrong_and_where() {
    let site = Site::on_sqlite();
    let world = World::new(&site).await;
    let worker = world.worker().await;
    let officer = world.staff(domain::policy::Role::Officer).await;
    let handler = world.staff(domain::policy::Role::Handler).await;
    let matter = world.open(&worker, "内容").await;
    world.assign(&officer, matter, &handler).await.expect("assigned");
    world.read(&handler, matter).await.expect("read");

    let well = run(&site, &["doctor"]);
    let said = text(&well.stdout);
    assert!(well.status.success(), "{said}{}", text(&well.stderr));
    for line in
        ["✓ 审计记录对得上，共 2 条", "✓ 2 条密文都有钥匙", "✓ 钥匙进程的记录对得上，共 3 条", "✓ 钥匙进程在运行"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert!(!said.contains("内容"));

    let log = fs::read_to_string(site.path("keyd.log")).expect("text");
    let cut: String = log.lines().take(2).flat_map(|line| [line, "\n"]).collect();
    let wrong = |output: Output, line: &str| {
        let said = text(&output.stdout);
        assert!(!output.status.success() && said.contains(line), "{line}: {said}");
    };
    fs::write(site.path("keyd.log"), cut).expect("written");
    wrong(run(&site, &["doctor"]), "✗ 钥匙进程的记录少了：审计里说到第 3 条，它只有 2 条");
    fs::write(site.path("keyd.log"), log.replace("read_assigned", "read_own")).expect("written");
    wrong(run(&site, &["doctor"]), "从第 3 行起对不上");
    fs::write(site.path("keyd.log"), log).expect("written");
    fs::set_permissions(site.path("vault.key"), fs::Permissions::from_mode(0o604)).expect("changed");
    let open = run(&site, &["doctor"]);
    assert!(!open.status.success() && text(&open.stderr).contains("chmod 600"), "{}", text(&open.stderr));
    fs::set_permissions(site.path("vault.key"), fs::Permissions::from_mode(0o600)).expect("changed");
    site.tamper("DROP TRIGGER audit_is_never_changed").await.expect("forced");
    site.tamper("UPDATE audit SET reason = '' WHERE seq = 1").await.expect("forced");
    wrong(run(&site, &["doctor"]), "✗ 审计记录从第 1 条起对不上");
    world.people.vault.destroy(worker.id).await.expect("destroyed");
    wrong(run(&site, &["doctor"]), "✗ 2 条密文里，2 条没有钥匙");
    world.close().await;
}

#[tokio::test]
async fn keys_are_rotated_from_the_console() {
    let site = Site::on_sqlite();
    let (store, vault) = (site.store().await, site.vault().await);
    super::erasure::put_name(&site, &store, &vault, domain::account::SubjectId([1; 16]), "张三").await;
    let first = run(&site, &["rotate-keys"]);
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(text(&first.stdout).contains("重新包好 1 把钥匙，给 1 个人换了新钥匙，重新加密 1 条"));
    let early = run(&site, &["rotate-keys", "--retire"]);
    assert!(text(&early.stdout).contains("还不能去掉"), "{}", text(&early.stdout));
    store.close().await;
    vault.key_store().close().await;
}
