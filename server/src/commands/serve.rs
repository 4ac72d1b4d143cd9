//! `server serve`.

use super::{Failure, because, open_store, open_vault};
use crate::{
    config::Config,
    finder::{self, Finder},
    http::{self, AppState, assets::Package, limits::RequestLimits},
    keyd::KeydClient,
    ops::{
        self, clock,
        readiness::{Check, Readiness},
        shutdown::Shutdown,
    },
    organisations::{self, Organisations},
    outside::sms::Gateways,
    regions::Regions,
    roads::Held,
    services::{
        accounts, audit, demo, founding, joining, lists, membership,
        people::People,
        reports::{self, DoorReports, Secret},
        trial::{self, Link},
    },
    store::Store,
};
use domain::{
    policy::Policy,
    ports::{Site, Stations as _, Trial},
};
use metrics_exporter_prometheus::PrometheusHandle;
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};

/// How often the stations in memory are brought up to the database: an import in another process
/// is visible within a second.
const FOLLOW: Duration = Duration::from_millis(250);
/// How often the union tree is: it changes by imports, and its officers come and go.
const FOLLOW_ORGANISATIONS: Duration = Duration::from_secs(3);
/// How often addresses that have been quiet are forgotten.
const FORGET: Duration = Duration::from_mins(1);

/// 启动网站：建库、升级、没有站点时装入示范站点，然后打开网页
#[derive(clap::Args)]
#[command(
    after_help = "例子：\n  server serve\n  LISTEN=127.0.0.1:8080 server serve\n  TRIAL=lan LISTEN=0.0.0.0:3000 server serve\n\n\
                  所有配置项：server config --help\n停下：Ctrl-C，正在处理的请求会先做完（最多 10 秒）。"
)]
pub(super) struct Args {}

/// Serves until told to leave.
pub(super) async fn run(_: &Args, config: Config) -> Result<(), Failure> {
    let shutdown = Shutdown::new();
    shutdown.on_signals().map_err(|error| because("不能接收停止信号", error))?;
    // What can be refused quickly is refused before anything is opened.
    let package = Package::find(config.assets.as_deref())?;
    let listener = bind(config.listen, "LISTEN").await?;
    let metrics = metrics_listener(&config).await?;
    if !config.limits {
        tracing::warn!("LIMITS=off: the public API is not limited; for measuring only");
        eprintln!("注意：LIMITS=off，公开接口没有频率限制，只能用来测速。");
    }

    let store = open_store(&config).await?;
    let regions = tokio::task::spawn_blocking(Regions::load).await.map_err(|error| because("读不了行政区划", error))?;
    let regions = Arc::new(regions.map_err(|error| because("程序自带的行政区划坏了，请重新安装", error))?);
    if config.demo && store.has_no_stations().await? {
        let count = demo::load(&store, regions.clone(), clock::now()).await?;
        eprintln!("数据库里还没有站点，装入了 {count} 个示范站点（不是真的；导入真实站点后自动隐藏）。");
    }
    let finder = Arc::new(Finder::empty());
    finder::load(&store, &finder).await?;
    let following = Arc::new(tokio::spawn(finder::follow(store.clone(), finder.clone(), FOLLOW)));

    let secret = Secret::open(&config.secret_file)
        .map_err(|error| because(&format!("读不了密钥文件 {}（SECRET_FILE）", config.secret_file.display()), error))?;
    let reports = DoorReports::new(store.clone(), finder.clone(), secret);
    let counting = tokio::spawn(reports::keep_counting(reports.clone()));
    let site = Arc::new(config.site());
    let roads = Arc::new(Held::default());
    roads.catch_up(&store).await?;
    tokio::spawn(roads.clone().follow(store.clone(), FOLLOW));
    let organisations = organisations(&store, &regions).await?;
    joining::seed(&store, clock::now()).await?;
    let people = people(&config, &store, &finder, regions, organisations, site).await?;
    let keyd = super::keyd::start(&config, &people.vault).await?;
    let keeping = tokio::spawn(audit::keep(people.clone(), clock::now));
    let tidying = tokio::spawn(accounts::keep_tidy(people.clone(), clock::now));
    let joining = tokio::spawn(joining::keep_going(people.clone(), clock::now));
    let moving = tokio::spawn(founding::keep_moving(people.clone(), clock::now));
    let members = tokio::spawn(membership::follow(people.clone(), clock::now));
    let figures = tokio::spawn(lists::keep_counting(people.clone(), clock::now));
    let ports = people.ports(roads, Arc::new(reports));
    let links = trial_links(&config, &people).await?;
    let state =
        AppState::new(&config, ports, package, readiness(&shutdown, &store, &following), people.vault.carried_key());
    for limits in [&state.limits, &state.sign_in_limits].into_iter().flatten() {
        tokio::spawn(forget_quiet(limits.clone()));
    }
    let metrics = metrics.map(|(listener, handle)| {
        let sample = {
            let finder = finder.clone();
            move || sample(&finder)
        };
        tokio::spawn(ops::metrics::serve(listener, handle, sample, shutdown.clone()))
    });

    greet(&config, listener.local_addr().unwrap_or(config.listen), finder.count(), &links);
    http::listen::serve(listener, http::router(&state), config.trial, shutdown).await;

    following.abort();
    counting.abort();
    keeping.abort();
    tidying.abort();
    joining.abort();
    moving.abort();
    members.abort();
    figures.abort();
    keyd.end().await;
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    store.close().await;
    eprintln!("已停下。");
    Ok(())
}

/// The vault and what stands on it.
async fn people(
    config: &Config,
    store: &Store,
    finder: &Arc<Finder>,
    regions: Arc<Regions>,
    organisations: Arc<Organisations>,
    site: Arc<Site>,
) -> Result<People, Failure> {
    let vault = open_vault(config).await?;
    let policy = Arc::new(Policy::default());
    let keyd = KeydClient::new(&config.keyd_socket);
    let address = config.address().into();
    let (store, finder) = (store.clone(), finder.clone());
    let sms = Gateways::new(config.sms.iter().cloned().map(Into::into).collect());
    let (sms_a_day, identity) = (config.sms_daily_budget, config.identity.clone());
    Ok(People { store, vault, policy, finder, regions, organisations, sms, sms_a_day, identity, site, address, keyd })
}

/// The union tree, seeded where there is none yet, and kept at what the store holds.
async fn organisations(store: &Store, regions: &Regions) -> Result<Arc<Organisations>, Failure> {
    let held = Arc::new(Organisations::default());
    held.catch_up(store).await?;
    if held.tree().is_empty() {
        let made = organisations::seed(store, regions, clock::now()).await?;
        eprintln!("建好了 {made} 个地方总工会（按行政区划，还没有人开通）。");
        held.catch_up(store).await?;
    }
    tokio::spawn(held.clone().follow(store.clone(), FOLLOW_ORGANISATIONS));
    Ok(held)
}

/// One-use links as somebody made up, for whoever tries the program; where it is no trial, nobody is made up.
async fn trial_links(config: &Config, people: &People) -> Result<Vec<Link>, Failure> {
    if config.trial == Trial::Off {
        trial::remove(people).await?;
        return Ok(Vec::new());
    }
    Ok(trial::make(people, trial::workplace(people), clock::now()).await?)
}

async fn bind(at: SocketAddr, key: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(at).await.map_err(|error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => "这个端口已经有程序在用。停掉它，或者换一个".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有权限用这个端口。换一个大于 1024 的".to_owned(),
            std::io::ErrorKind::AddrNotAvailable => "这台机器没有这个地址。换一个".to_owned(),
            _ => format!("{error}。换一个"),
        };
        format!("不能在 {at} 监听：{why} {key}。").into()
    })
}

async fn metrics_listener(config: &Config) -> Result<Option<(TcpListener, PrometheusHandle)>, Failure> {
    let Some(at) = config.metrics_listen else { return Ok(None) };
    let listener = bind(at, "METRICS_LISTEN（不要指标就写 off）").await?;
    let handle = ops::metrics::start().map_err(|error| because("不能开始计数", error))?;
    Ok(Some((listener, handle)))
}

fn readiness(shutdown: &Shutdown, store: &Store, following: &Arc<JoinHandle<()>>) -> Readiness {
    let (store, following) = (store.clone(), following.clone());
    let database: Check = Arc::new(move || {
        let store = store.clone();
        Box::pin(async move { store.ping().await.is_ok() })
    });
    // They were loaded before the first request; they are right as long as somebody follows.
    let stations: Check = Arc::new(move || Box::pin(std::future::ready(!following.is_finished())));
    Readiness::new(shutdown.clone(), database, stations)
}

async fn forget_quiet(limits: Arc<RequestLimits>) {
    let mut every = tokio::time::interval(FORGET);
    loop {
        every.tick().await;
        limits.forget();
    }
}

fn sample(finder: &Finder) {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52 stations")]
    metrics::gauge!("stations").set(finder.count() as f64);
}

/// What a person at the terminal wants to know now.
fn greet(config: &Config, at: SocketAddr, stations: usize, links: &[Link]) {
    let host =
        if at.ip().is_loopback() || at.ip().is_unspecified() { "localhost".to_owned() } else { at.ip().to_string() };
    let host = if host.contains(':') { format!("[{host}]") } else { host };
    let url = format!("http://{host}:{}", at.port());
    eprintln!("\n会站家已启动：{url}\n");
    if config.trial != Trial::Off {
        eprintln!("这是试用安装（TRIAL={}），请不要填真实身份信息。", config.trial.code());
    }
    if config.trial == Trial::Lan && at.ip().is_unspecified() {
        eprintln!("局域网里的手机用这台机器的内网地址打开，端口 {}。", at.port());
    }
    eprintln!("现在有 {stations} 个站点。可以试试：");
    eprintln!("  打开 {url}，选一个城市，看最近的站点");
    eprintln!("  curl '{url}/api/v1/stations/nearby?lat=34.75&lng=113.66&limit=3'");
    eprintln!("  导入自己的站点：server import-stations --help");
    if let Some(metrics) = config.metrics_listen {
        eprintln!("  指标：http://{metrics}/metrics");
    }
    if !links.is_empty() {
        eprintln!("\n用示范账号看看每个工作台（每个链接只能用一次，24 小时内有效）：");
        for link in links {
            eprintln!("  {}：{url}{}", link.word, link.path);
        }
    }
    eprintln!("\n停下：Ctrl-C\n");
}
