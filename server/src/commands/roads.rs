//! `server roads`: the roads that drivers follow.

#![expect(clippy::doc_markdown, reason = "the doc comments of arguments are the help that people read")]

use super::Failure;
use crate::{
    regions::Regions,
    services::roads::{Hints, NewLine, along_line, derive_roads, hints, junctions, line, table},
    store::Store,
};
use domain::{
    road::{Basis, Coming, Heading, RoadStops},
    station::{Side, Source, Station},
};
use std::{collections::HashMap, path::PathBuf, sync::Arc};

/// 高速公路和它两边的服务区：推定方向、看前方有什么、导入线路
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "例子：
  server roads derive --source osm-anhui --hints services.points.csv --junctions junctions.geojson --dry-run
  server roads derive --source osm-anhui --hints services.points.csv --junctions junctions.geojson
  server roads table --source osm-anhui
  server roads ahead G0321 --heading up --from-km 120
  server roads import-line G60.geojson --code G60 --name 沪昆高速 --up 昆明 --down 上海 --source my-province

推定的规则：靠右行驶；同一处两块地方的连线，要和前后服务区的走向对得上；对不上、不够清楚的，一律是“方向未知”，
不会当作下一站。资料自己写明的永远优先。";

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 从已导入的服务区推定：在哪条路、在路的哪边；打印每一处（不知道的写明为什么），写入数据库
    Derive(Derive),
    /// 打印已经写入的路和两边的服务区
    Table {
        /// 只看这个来源
        #[arg(long)]
        source: Option<String>,
    },
    /// 一条路的前方有什么：能进的、对面的、方向未知的
    Ahead {
        /// 路的编号，例如 G36
        road: String,
        /// 方向：up 顺着线路，down 逆着线路
        #[arg(long, value_parser = heading)]
        heading: Heading,
        /// 从线路的第几公里看起；不写就从这个方向的起点
        #[arg(long)]
        from_km: Option<f64>,
    },
    /// 导入一条路的线路（GeoJSON 的一条线或 GPX 的一条轨迹，WGS-84），把旁边 300 米内的服务区接上去
    ImportLine(ImportLine),
}

#[derive(Debug, clap::Args)]
struct Derive {
    /// 哪个来源的服务区
    #[arg(long)]
    source: String,
    /// 附近高速桥的编号：CSV，列有 osm_id（或 id）、hint_motorway_ref、hint_bridge_distance_m；只作提示
    #[arg(long)]
    hints: Option<PathBuf>,
    /// 互通出口：GeoJSON 的点，ref 是出口编号（桩号公里）
    #[arg(long)]
    junctions: Option<PathBuf>,
    /// 只打印，不写入
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct ImportLine {
    /// GeoJSON 或 GPX 文件
    file: PathBuf,
    /// 路的编号，例如 G60
    #[arg(long)]
    code: String,
    /// 路的名字，例如 沪昆高速
    #[arg(long)]
    name: Option<String>,
    /// 线的终点那边叫什么地方：往○○方向
    #[arg(long)]
    up: Option<String>,
    /// 线的起点那边叫什么地方
    #[arg(long)]
    down: Option<String>,
    /// 线是按桩号从小到大画的
    #[arg(long)]
    stakes: bool,
    /// 线路的来源
    #[arg(long)]
    source: String,
    /// 线路的许可
    #[arg(long)]
    licence: Option<String>,
    /// 要和线路一起显示的出处
    #[arg(long)]
    attribution: Option<String>,
    /// 只打印，不写入
    #[arg(long)]
    dry_run: bool,
}

fn heading(text: &str) -> Result<Heading, String> {
    Heading::parse(text).ok_or_else(|| "要写 up 或 down".to_owned())
}

/// Does it.
///
/// # Errors
/// A file is of no use, there is no such road, or the database does not answer.
pub(super) async fn run(args: Args, store: &Store) -> Result<(), Failure> {
    match args.command {
        Command::Derive(args) => derive(args, store).await,
        Command::Table { source } => {
            let stations = by_code(store).await?;
            for road in store.roads().await? {
                if source.as_deref().is_none_or(|source| *source == *road.road.source.name) {
                    print!("{}", stops(&road, &stations));
                }
            }
            Ok(())
        }
        Command::Ahead { road, heading, from_km } => ahead(&road, heading, from_km, store).await,
        Command::ImportLine(args) => import_line(args, store).await,
    }
}

async fn derive(args: Derive, store: &Store) -> Result<(), Failure> {
    let hints = args.hints.as_deref().map(hints).transpose()?.unwrap_or_else(Hints::new);
    let junctions = args.junctions.as_deref().map(junctions).transpose()?.unwrap_or_default();
    let stations = store.snapshot().await?.stations;
    let regions = Regions::load()?;
    let (areas, derived) = derive_roads(&stations, &args.source, &hints, &junctions, &regions);
    if areas.is_empty() {
        return Err(format!("来源“{}”没有服务区或司机之家。先导入：server import-stations --help", args.source).into());
    }
    print!("{}", table(&areas, &derived));
    if args.dry_run {
        println!("只打印，没有写入。");
        return Ok(());
    }
    let mut write = store.write().await?;
    write.put_roads(&args.source, Basis::Chain, &derived.roads).await?;
    write.finish().await?;
    println!("写入了 {} 条路。", derived.roads.len());
    Ok(())
}

async fn import_line(args: ImportLine, store: &Store) -> Result<(), Failure> {
    let line = line(&args.file)?;
    let snapshot = store.snapshot().await?;
    let source = Source {
        name: args.source.as_str().into(),
        licence: args.licence.map(Into::into),
        attribution: args.attribution.map(Into::into),
    };
    let new = NewLine {
        code: args.code.to_uppercase(),
        name: args.name,
        up: args.up,
        down: args.down,
        stakes: args.stakes,
        source,
    };
    let road = along_line(line, new, &snapshot.stations);
    print!("{}", stops(&road, &by_code(store).await?));
    if args.dry_run {
        println!("只打印，没有写入。");
        return Ok(());
    }
    let mut write = store.write().await?;
    write.put_roads(&args.source, Basis::Line, std::slice::from_ref(&road)).await?;
    write.finish().await?;
    println!("写入了 {}，旁边有 {} 个站点。", road.road.code, road.stops.len());
    Ok(())
}

async fn ahead(code: &str, heading: Heading, begin_km: Option<f64>, store: &Store) -> Result<(), Failure> {
    let held = crate::roads::Held::default();
    held.catch_up(store).await?;
    let Some(road) = domain::ports::Roads::road(&held, code) else {
        return Err(format!("没有 {code} 这条路。有哪些路：server roads table").into());
    };
    let from_m = match (begin_km, heading) {
        (Some(km), _) if (0.0..=50_000.0).contains(&km) => whole_metres(km),
        (Some(_), _) => return Err("--from-km 要在 0 到 50000 之间".into()),
        (None, Heading::Up) => 0,
        (None, Heading::Down) => road.road.line.length_m(),
    };
    let stations = by_code(store).await?;
    let ahead = road.ahead(from_m, heading);
    println!("{} {}，从第 {:.1} 公里起（约）", road.road.code, road.road.towards(heading), f64::from(from_m) / 1_000.0);
    for (title, list) in [("能进的", &ahead.next), ("对面的，进不去", &ahead.opposite), ("方向未知", &ahead.unknown)]
    {
        println!("{title}：{}", if list.is_empty() { "没有" } else { "" });
        for Coming { stop, distance_m } in list {
            let derived = if stop.derived && stop.side != Side::Unknown { "（推定）" } else { "" };
            println!("  约 {:.1} 公里\t{}{derived}", f64::from(*distance_m) / 1_000.0, name(&stations, stop.station));
        }
    }
    Ok(())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 5e7, checked by the caller")]
fn whole_metres(km: f64) -> u32 {
    (km * 1_000.0).round() as u32
}

type ByCode = HashMap<domain::station::Code, Arc<Station>>;

async fn by_code(store: &Store) -> Result<ByCode, Failure> {
    Ok(store.snapshot().await?.stations.into_iter().map(|station| (station.code, station)).collect())
}

fn name(stations: &ByCode, code: domain::station::Code) -> String {
    stations.get(&code).map_or_else(|| format!("{code}（不再列出）"), |station| station.name.to_string())
}

fn stops(road: &RoadStops, stations: &ByCode) -> String {
    let about = &road.road;
    let mut lines = vec![format!(
        "{} {}（{}，{}；{}，约 {:.0} 公里；{}；{}）",
        about.code,
        about.name.as_deref().unwrap_or(""),
        about.towards(Heading::Up),
        about.towards(Heading::Down),
        about.basis.word(),
        f64::from(about.line.length_m()) / 1_000.0,
        about.stakes.word(),
        about.source.attribution.as_deref().unwrap_or(&about.source.name),
    )];
    for stop in &road.stops {
        let direction = about.direction_of(stop.side).unwrap_or_else(|| stop.side.word().to_owned());
        let derived = if stop.derived && stop.side != Side::Unknown { "（推定）" } else { "" };
        let km = f64::from(stop.along_m) / 1_000.0;
        lines.push(format!("  {km:7.1}\t{}\t{direction}{derived}\t{}", name(stations, stop.station), stop.basis));
    }
    lines.push(String::new());
    lines.join("\n")
}
