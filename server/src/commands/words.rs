//! clap's help and its complaints, in Chinese.

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};
use std::process::ExitCode;

/// Gives a command and those below it Chinese headings.
pub(super) fn in_chinese(command: Command) -> Command {
    let mut template = "{about-with-newline}\n用法：{usage}\n".to_owned();
    if command.get_subcommands().next().is_some() {
        template.push_str("\n命令：\n{subcommands}\n");
    }
    if command.get_positionals().next().is_some() {
        template.push_str("\n参数：\n{positionals}\n");
    }
    template.push_str("\n选项：\n{options}{after-help}");
    let root = command.get_version().is_some();
    let mut command = command
        .help_template(template)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(clap::Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help("显示这份说明"));
    if root {
        let version = clap::Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
        command = command.disable_version_flag(true).arg(version.help("显示版本"));
    }
    command.mut_subcommands(in_chinese)
}

/// Prints help to standard output, a complaint to standard error.
pub(super) fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            println!("{}", translated(&error.render().to_string()).trim_end());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}", translated(&error.render().to_string()).trim_end());
            ExitCode::from(2)
        }
        _ => {
            eprintln!("{}\n用 --help 看说明，例如 server serve --help", complaint(error));
            ExitCode::from(2)
        }
    }
}

/// The few English words clap puts into a text of ours.
fn translated(help: &str) -> String {
    [
        ("[OPTIONS]", "[选项]"),
        ("<COMMAND>", "<命令>"),
        ("[COMMAND]", "[命令]"),
        ("[default: ", "[默认 "),
        ("[possible values: ", "[可以写 "),
        ("[aliases: ", "[也叫 "),
        ("Possible values:", "可以写："),
    ]
    .iter()
    .fold(help.to_owned(), |text, (english, chinese)| text.replace(english, chinese))
}

fn complaint(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "要写一个命令。".to_owned(),
        ErrorKind::UnknownArgument => format!("不认识这个选项：{argument}"),
        ErrorKind::MissingRequiredArgument => format!("还缺：{argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值。"),
        ErrorKind::InvalidValue => {
            format!("{argument} 不能写「{value}」，可以写：{}", said(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
            format!("{argument} 不能写「{value}」{why}")
        }
        ErrorKind::ArgumentConflict => format!("{argument} 不能和 {} 一起用。", said(ContextKind::PriorArg)),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的值的个数不对。")
        }
        ErrorKind::InvalidUtf8 => "参数里有不是 UTF-8 的文字。".to_owned(),
        _ => error.render().to_string(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join("、"),
        other => other.to_string(),
    }
}
