//! `server keyd`: the key process.

use super::{Failure, because};
use crate::{
    config::Config,
    keyd::{Keyd, KeydClient, KeydKeys, Log, serve},
    ops::{clock, shutdown::Shutdown},
    store::Store,
    vault::{Keys, Vault},
};
use domain::{policy::Policy, ports::Trial};
use std::{
    io::Read as _,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

/// How long a child may take to answer, and to leave.
const PATIENCE: Duration = Duration::from_secs(15);

/// 钥匙进程：案件内容的钥匙只有它有，一次只开一个案件，每次都记下来
#[derive(clap::Args)]
#[command(after_help = "\
试用时 server serve 会自己启动它。正式运行（TRIAL=off）要单独启动，最好用另一个系统用户：

  server keyd --make-key        生成 KEYD_KEY_FILE（要能读 VAULT_KEY_FILE，生成后交给那个用户：chown、chmod 600）
  server keyd                   启动；它只读数据库，不听网络

网站用户要连得上 KEYD_SOCKET：把它放在一个组是网站用户的文件夹里，并且 chmod 2750 那个文件夹。

systemd 的例子（/etc/systemd/system/huizhanjia-keyd.service）：
  [Unit]
  Before=huizhanjia.service
  [Service]
  User=huizhanjia-keyd
  Environment=CONFIG=/etc/huizhanjia/keyd.toml
  ExecStart=/opt/huizhanjia/server keyd
  Restart=always
  NoNewPrivileges=yes
  PrivateNetwork=yes
  ProtectSystem=strict
  ReadWritePaths=/var/lib/huizhanjia-keyd /run/huizhanjia
  [Install]
  WantedBy=multi-user.target
（数据库是 PostgreSQL 而且要走网络时，去掉 PrivateNetwork。）")]
pub(super) struct Args {
    /// 只生成密钥文件，不启动
    #[arg(long)]
    make_key: bool,
    /// 由 server serve 启动：标准输入一关就退出
    #[arg(long, hide = true)]
    child: bool,
}

pub(super) async fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let path = &config.keyd_key_file;
    if args.make_key {
        let keys = Keys::read(&config.vault_key_file)?;
        return if KeydKeys::make(path, &keys.token_key())? {
            println!("生成了钥匙进程的密钥 {}（只有本用户能读）。换地方存好它的备份。", path.display());
            Ok(())
        } else {
            Err(format!("{} 已经有了，没有动它。", path.display()).into())
        };
    }
    let keys = KeydKeys::open(path)?
        .ok_or_else(|| format!("没有密钥文件 {}（KEYD_KEY_FILE）。先运行 server keyd --make-key。", path.display()))?;
    if !Store::is_there(&config.database_url) {
        return Err("还没有数据库。先运行 server migrate，或者启动一次 server serve。".into());
    }
    let shutdown = Shutdown::new();
    if args.child {
        leave_with_parent(&shutdown)?;
    } else {
        shutdown.on_signals().map_err(|error| because("不能接收停止信号", error))?;
    }
    let log = Log::open(&config.keyd_log, &keys, clock::now())?;
    let store = Store::connect_to_read(&config.database_url).await?;
    let process = Arc::new(Keyd::new(keys, store.clone(), Policy::default(), log));
    if !args.child {
        eprintln!("钥匙进程在 {} 等着。停下：Ctrl-C", config.keyd_socket.display());
    }
    serve(process, &config.keyd_socket, clock::now, shutdown).await?;
    store.close().await;
    Ok(())
}

/// A child leaves when its parent does, however that ends: its standard input is then closed. Ctrl-C reaches both at
/// once; the parent still answers what it has begun, and needs the child for it.
fn leave_with_parent(shutdown: &Shutdown) -> Result<(), Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed = |error| because("不能接收停止信号", error);
    let mut interrupt = signal(SignalKind::interrupt()).map_err(failed)?;
    let mut terminate = signal(SignalKind::terminate()).map_err(failed)?;
    tokio::spawn(async move { while interrupt.recv().await.is_some() {} });
    let told = shutdown.clone();
    tokio::spawn(async move {
        terminate.recv().await;
        told.begin();
    });
    let told = shutdown.clone();
    std::thread::spawn(move || {
        let mut byte = [0];
        while std::io::stdin().read(&mut byte).is_ok_and(|read| read > 0) {}
        told.begin();
    });
    Ok(())
}

/// The key process that `server serve` started.
pub(super) struct Started(Option<Child>);

impl Started {
    /// Ends it, and waits until it has.
    pub(super) async fn end(mut self) {
        let Some(child) = &mut self.0 else { return };
        drop(child.stdin.take());
        let begun = Instant::now();
        while matches!(child.try_wait(), Ok(None)) {
            if begun.elapsed() > PATIENCE {
                drop(child.kill());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Finds the key process, or in a trial starts one, with development keys the first time.
///
/// # Errors
/// Another installation's answers at the socket, or the child does not start.
pub(super) async fn start(config: &Config, vault: &Vault) -> Result<Started, Failure> {
    let client = KeydClient::new(&config.keyd_socket);
    let token_key = vault.token_key();
    let socket = config.keyd_socket.display();
    match client.is_ours(&token_key).await {
        Some(true) => return Ok(Started(None)),
        Some(false) => {
            return Err(format!(
                "{socket}（KEYD_SOCKET）那里是另一套安装的钥匙进程。停掉它，或者给这一套换一个 KEYD_SOCKET。"
            )
            .into());
        }
        None => {}
    }
    if config.trial == Trial::Off {
        eprintln!(
            "注意：{socket} 没有钥匙进程，案件的内容现在谁也打不开。另外启动它：server keyd（见 server keyd --help）。"
        );
        return Ok(Started(None));
    }
    if KeydKeys::make(&config.keyd_key_file, &token_key)? {
        eprintln!(
            "生成了钥匙进程的密钥 {}（试用，只有本用户能读）。正式运行时它要属于另一个系统用户：server keyd --help。",
            config.keyd_key_file.display()
        );
    }
    let program = std::env::current_exe().map_err(|error| because("找不到程序自己", error))?;
    let child = Command::new(program)
        .args(["keyd", "--child"])
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| because("启动不了钥匙进程", error))?;
    let mut started = Started(Some(child));
    let begun = Instant::now();
    loop {
        match client.is_ours(&token_key).await {
            Some(true) => return Ok(started),
            // Its key file is one of an installation that was here before.
            Some(false) => {
                started.end().await;
                return Err(format!(
                    "{} 和 {} 不是一套。换回原来的密钥文件；案件都不要了，才可以删掉前一个重新生成。",
                    config.keyd_key_file.display(),
                    config.vault_key_file.display()
                )
                .into());
            }
            None => {}
        }
        let ended = started.0.as_mut().is_none_or(|child| !matches!(child.try_wait(), Ok(None)));
        if ended || begun.elapsed() > PATIENCE {
            started.end().await;
            return Err("钥匙进程没有启动起来，原因见上。".into());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
