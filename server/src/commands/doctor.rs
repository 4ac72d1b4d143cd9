//! `server doctor`: whether everything that protects people's data is as it should be.

use super::{Failure, because};
use crate::{
    config::Config,
    keyd::{self, KeydClient, KeydKeys, LogError},
    ops::clock,
    services::audit,
    store::{Break, SEALED, SealedFor, Store},
    vault::{KeyStore, KeysError, Sealed, Vault, file},
};
use domain::{
    ports::Trial,
    time::{LocalTime, Millis},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Ciphertexts looked at in one question.
const PAGE: i32 = 1000;

/// 检查：密钥文件的权限、数据和钥匙分没分开、每条密文有没有钥匙、审计记录有没有被人改过
#[derive(clap::Args)]
#[command(
    after_help = "例子：\n  server doctor\n  server doctor && echo 都好\n\n只看，不改。有一条不对，就以失败结束。"
)]
pub(super) struct Args {}

/// What was looked at, in the order it is told.
#[derive(Default)]
struct Findings {
    lines: Vec<(bool, String)>,
}

impl Findings {
    fn good(&mut self, words: impl Into<String>) {
        self.lines.push((true, words.into()));
    }

    fn bad(&mut self, words: impl Into<String>) {
        self.lines.push((false, words.into()));
    }
}

pub(super) async fn run(_: &Args, config: &Config) -> Result<(), Failure> {
    let mut found = Findings::default();
    files(config, &mut found);
    if !Store::is_there(&config.database_url) || !config.vault_key_file.exists() {
        return Err("还没有数据库或者密钥文件：先启动一次 server serve。".into());
    }
    let store = Store::connect_to_read(&config.database_url).await?;
    let keys = KeyStore::connect(&config.keys_url).await.map_err(|error| because("打不开钥匙库（KEYS_URL）", error))?;
    let (vault, _) = Vault::open_file(&config.vault_key_file, keys)?;
    found.good("数据库和钥匙库都打得开");
    apart(&vault, &mut found).await?;
    sealed(&store, &vault, &mut found).await?;
    let in_log = log(config, &mut found);
    chain(&store, &vault, in_log, &mut found).await?;
    key_process(config, &vault, &mut found).await;
    calendar(&store, clock::now(), &mut found).await?;
    store.close().await;
    vault.key_store().close().await;

    for (is_good, words) in &found.lines {
        println!("{} {words}", if *is_good { "✓" } else { "✗" });
    }
    match found.lines.iter().filter(|(is_good, _)| !is_good).count() {
        0 => Ok(()),
        wrong => Err(format!("有 {wrong} 条不对。").into()),
    }
}

/// Files that nobody else may read.
fn files(config: &Config, found: &mut Findings) {
    let database =
        |url: &str| url.strip_prefix("sqlite:").map(|path| PathBuf::from(path.split('?').next().unwrap_or(path)));
    let files = [
        Some(config.secret_file.clone()),
        Some(config.vault_key_file.clone()),
        Some(config.keyd_key_file.clone()),
        Some(config.keyd_log.clone()),
        database(&config.keys_url),
    ];
    for path in files.into_iter().flatten() {
        let shown = path.display();
        match fs::metadata(&path) {
            Ok(metadata) if file::is_open_to_others(&metadata) => {
                found.bad(format!("{shown} 别人也能读：chmod 600 {shown}"));
            }
            Ok(_) => found.good(format!("{shown} 只有它的用户能读")),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => found.good(format!("{shown} 还没有")),
            Err(_) => found.good(format!("{shown} 这个用户看不到")),
        }
    }
}

/// Data and keys in one database would be lost together.
async fn apart(vault: &Vault, found: &mut Findings) -> Result<(), Failure> {
    let together = vault.key_store().has_table("subject").await?;
    if together {
        found.bad("钥匙和数据在同一个库里：数据的备份就带着钥匙。给 KEYS_URL 换一个库");
    } else {
        found.good("钥匙和数据不在同一个库里");
    }
    Ok(())
}

/// Every ciphertext has its key.
async fn sealed(store: &Store, vault: &Vault, found: &mut Findings) -> Result<(), Failure> {
    let keys = vault.key_store().all().await?;
    let matters = vault.key_store().all_matters().await?;
    let (mut count, mut lost, mut strange) = (0_u64, 0_u64, 0_u64);
    for column in SEALED {
        let mut after = None;
        loop {
            let rows = store.sealed_after(column, after, PAGE).await?;
            let Some(end) = rows.last() else { break };
            after = Some(end.id);
            for row in &rows {
                count += 1;
                let there = match (Sealed::generation(&row.sealed), column.by) {
                    (None, _) => {
                        strange += 1;
                        continue;
                    }
                    (Some(_), SealedFor::Matter(_)) => matters.contains(&row.owner),
                    (Some(generation), _) => keys.contains(&(row.owner, generation)),
                };
                lost += u64::from(!there);
            }
        }
    }
    match (lost, strange) {
        (0, 0) => found.good(format!("{count} 条密文都有钥匙")),
        _ => found.bad(format!("{count} 条密文里，{lost} 条没有钥匙，{strange} 条不是密文")),
    }
    Ok(())
}

/// The key process's own log; how many entries it has, where it can be read.
fn log(config: &Config, found: &mut Findings) -> Option<u64> {
    let path: &Path = &config.keyd_log;
    let keys = match KeydKeys::open(&config.keyd_key_file) {
        Ok(Some(keys)) => keys,
        Ok(None) => return None,
        Err(KeysError::File { .. }) => {
            found.good("钥匙进程的密钥这个用户读不了（应该如此）；它的记录要由它的用户运行 server doctor 来查");
            return None;
        }
        Err(error) => {
            found.bad(error.to_string());
            return None;
        }
    };
    match keyd::check(path, &keys) {
        Ok(checked) => {
            found.good(format!("钥匙进程的记录对得上，共 {} 条", checked.lines));
            Some(checked.lines)
        }
        Err(LogError::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Some(0),
        Err(error) => {
            found.bad(error.to_string());
            None
        }
    }
}

/// The audit log, and that the key process's log is not shorter than what it speaks of.
async fn chain(store: &Store, vault: &Vault, in_log: Option<u64>, found: &mut Findings) -> Result<(), Failure> {
    let verified = audit::verify(store, vault.audit_key()).await?;
    match &verified.rows {
        Ok(rows) => found.good(format!("审计记录对得上，共 {rows} 条，另有 {} 个月已经封存", verified.sealed_months)),
        Err(Break::Seal(month)) => found.bad(format!("审计记录 {month} 的封存被人改过")),
        Err(Break::Row(seq)) => found.bad(format!("审计记录从第 {seq} 条起对不上，有人改过、删过或者加过")),
        Err(Break::End(seq)) => found.bad(format!("审计记录的结尾被人动过：第 {seq} 条以后少了")),
    }
    if let Some(lines) = in_log.filter(|&lines| lines < verified.keyd_entry) {
        found.bad(format!("钥匙进程的记录少了：审计里说到第 {} 条，它只有 {lines} 条", verified.keyd_entry));
    }
    Ok(())
}

async fn key_process(config: &Config, vault: &Vault, found: &mut Findings) {
    let client = KeydClient::new(&config.keyd_socket);
    match client.is_ours(&vault.token_key()).await {
        Some(true) => found.good("钥匙进程在运行"),
        Some(false) => found.bad("KEYD_SOCKET 那里是另一套安装的钥匙进程"),
        None if config.trial == Trial::Off => found.bad("钥匙进程没有运行：server keyd --help"),
        None => found.good("钥匙进程没有运行（试用时 server serve 会启动它）"),
    }
}

async fn calendar(store: &Store, now: Millis, found: &mut Findings) -> Result<(), Failure> {
    let year = LocalTime::of(now).date().year;
    let (calendar, _) = crate::calendar::load(store).await?;
    if calendar.notices().any(|notice| notice.year == year) {
        found.good(format!("{year} 年的放假安排有"));
    } else {
        found.bad(format!("{year} 年的放假安排没有：server import-calendar --help"));
    }
    Ok(())
}
