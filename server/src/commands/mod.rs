//! What an operator can type. Everything a person reads here is Chinese.

mod calendar;
mod config;
mod demo;
mod doctor;
mod generate_members;
mod generate_stations;
mod grant_role;
mod hours;
mod import_calendar;
mod import_enterprises;
mod import_members;
mod import_organisations;
mod import_stations;
mod keyd;
mod migrate;
mod organisations;
mod policy;
mod roads;
mod rotate_keys;
mod serve;
mod words;

use crate::{
    config::{Config, ConfigError, LogFormat},
    ops,
    store::Store,
    vault::{KeyStore, Vault},
};
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use domain::{calendar::Calendar, time::Date};
use std::{ffi::OsString, fmt::Display, process::ExitCode};

/// Ends the command: a sentence for the operator.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// 会站家：就近找到工会户外劳动者驿站、服务区和司机之家
#[derive(Parser)]
#[command(
    name = "server",
    version,
    after_help = "例子：\n  server serve\n  server config\n  server import-stations --help"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Args),
    Migrate(migrate::Args),
    Config(config::Args),
    ImportStations(import_stations::Args),
    ImportOrganisations(import_organisations::Args),
    ImportEnterprises(import_enterprises::Args),
    Organisations(organisations::Args),
    ImportMembers(import_members::Args),
    ImportMemberNumbers(import_members::NumbersArgs),
    GrantRole(grant_role::Args),
    Policy(policy::Args),
    GenerateStations(generate_stations::Args),
    GenerateMembers(generate_members::Args),
    Demo(demo::Args),
    Roads(roads::Args),
    Calendar(calendar::Args),
    ImportCalendar(import_calendar::Args),
    Hours(hours::Args),
    Keyd(keyd::Args),
    RotateKeys(rotate_keys::Args),
    Doctor(doctor::Args),
}

/// Understands the arguments and does it.
pub async fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = words::in_chinese(Cli::command())
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return words::explain(&error),
    };
    match act(cli.command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

async fn act(command: Command) -> Result<(), Failure> {
    match command {
        // Shows what is written, also when it is wrong: that is when it is asked for.
        Command::Config(args) => config::run(&args),
        Command::Serve(args) => {
            let config = configured()?;
            ops::log::start(config.log, config.log_level);
            serve::run(&args, config).await
        }
        Command::Migrate(args) => {
            let config = for_a_command()?;
            migrate::run(&args, &config).await
        }
        Command::Keyd(args) => {
            let config = configured()?;
            ops::log::start(config.log, config.log_level);
            keyd::run(&args, &config).await
        }
        Command::RotateKeys(args) => rotate_keys::run(&args, &for_a_command()?).await,
        Command::Doctor(args) => doctor::run(&args, &for_a_command()?).await,
        Command::ImportStations(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, import_stations::run(args, &store).await).await
        }
        Command::Demo(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, demo::run(&args, &store).await).await
        }
        Command::Roads(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, roads::run(args, &store).await).await
        }
        Command::ImportCalendar(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, import_calendar::run(&args, &store).await).await
        }
        Command::Calendar(args) => {
            print!("{}", calendar::words(&known_calendar().await?, args.year, ops::clock::now()));
            Ok(())
        }
        Command::Hours(args) => {
            hours::run(&args, &known_calendar().await?);
            Ok(())
        }
        Command::ImportOrganisations(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, import_organisations::run(&args, &store).await).await
        }
        Command::ImportEnterprises(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, import_enterprises::run(&args, &store).await).await
        }
        Command::Organisations(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, organisations::run(&args, &store).await).await
        }
        Command::GrantRole(args) => {
            let config = for_a_command()?;
            let vault = open_vault(&config).await?;
            let store = open_store(&config).await?;
            finished(&store, grant_role::run(&args, &config, &store, &vault).await).await
        }
        Command::ImportMembers(args) => {
            let config = for_a_command()?;
            let vault = open_vault(&config).await?;
            let store = open_store(&config).await?;
            finished(&store, import_members::run(&args, &config, &store, &vault).await).await
        }
        Command::ImportMemberNumbers(args) => {
            let config = for_a_command()?;
            let vault = open_vault(&config).await?;
            let store = open_store(&config).await?;
            finished(&store, import_members::run_numbers(&args, &config, &store, &vault).await).await
        }
        Command::GenerateMembers(args) => {
            let store = open_store(&for_a_command()?).await?;
            finished(&store, generate_members::run(&args, &store).await).await
        }
        // These need no database.
        Command::Policy(_) => {
            print!("{}", policy::words());
            Ok(())
        }
        Command::GenerateStations(args) => Ok(generate_stations::run(&args)?),
    }
}

/// The configuration of a command that ends by itself: its own words are its output, the log only
/// adds what went wrong below.
fn for_a_command() -> Result<Config, Failure> {
    let config = configured()?;
    ops::log::start(LogFormat::Text, tracing::Level::WARN);
    Ok(config)
}

fn configured() -> Result<Config, Failure> {
    Config::load().map_err(|wrong| Failure::from(list(&wrong)))
}

fn list(wrong: &[ConfigError]) -> String {
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    format!("配置不对，没有启动：\n{}\n所有的键和说明：server config --help", lines.join("\n"))
}

/// The database, brought to this version.
async fn open_store(config: &Config) -> Result<Store, Failure> {
    let store = Store::connect(&config.database_url).await?;
    store.migrate().await?;
    Ok(store)
}

/// The vault: the key file is made the first time.
async fn open_vault(config: &Config) -> Result<Vault, Failure> {
    let store =
        KeyStore::connect(&config.keys_url).await.map_err(|error| because("打不开钥匙库（KEYS_URL）", error))?;
    let (vault, made) = Vault::open_file(&config.vault_key_file, store)?;
    if made {
        eprintln!(
            "生成了个人信息的密钥 {}（只有本用户能读）。正式运行前换地方存好它的备份，和数据库的备份分开。",
            config.vault_key_file.display()
        );
    }
    Ok(vault)
}

/// The calendar that ships with the program, with what was imported where there is a database.
async fn known_calendar() -> Result<Calendar, Failure> {
    let config = for_a_command()?;
    if !Store::is_there(&config.database_url) {
        return Ok(crate::calendar::shipped());
    }
    let store = open_store(&config).await?;
    let loaded = crate::calendar::load(&store).await;
    store.close().await;
    Ok(loaded?.0)
}

/// Closes the database before the process ends, however the command went.
async fn finished<E: Into<Failure>>(store: &Store, result: Result<(), E>) -> Result<(), Failure> {
    store.close().await;
    result.map_err(Into::into)
}

/// An argument that is a date.
fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "要写成 2026-11-23 这样".to_owned())
}

/// A failure with what was being done.
fn because(doing: &str, error: impl Display) -> Failure {
    format!("{doing}：{error}").into()
}
