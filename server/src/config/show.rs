//! `server config`: every key, what it is now, who said so. Secrets are masked.

use super::{
    keys::{self, KEYS},
    parse,
    settings::{FILE_KEY, Settings, Source, USUAL_FILES},
};
use std::fmt::Write as _;

/// The text of `server config`.
#[must_use]
pub fn current(settings: &Settings) -> String {
    let mut out = String::new();
    let file = settings.file.as_ref().map_or_else(
        || format!("没有（{} 都不存在，也没有设 {FILE_KEY}）", USUAL_FILES.join("、")),
        |path| path.display().to_string(),
    );
    let _ = writeln!(out, "配置文件：{file}\n");
    for key in KEYS {
        let Some(setting) = settings.get(key.name) else { continue };
        let text = setting.text.trim();
        let shown = match text {
            "" => "（没有写）".to_owned(),
            _ if key.name == keys::DATABASE_URL || key.name == keys::KEYS_URL => parse::mask_database(text),
            _ if keys::is_secret(key.name) => "***".to_owned(),
            _ => text.to_owned(),
        };
        let source = if text.is_empty() { &Source::Default } else { &setting.source };
        let _ = writeln!(out, "{} = {shown}  [{source}]\n    {}\n    可以写：{}", key.name, key.about, key.allowed);
    }
    out
}

/// The end of `server config --help`: the same keys with their defaults.
#[must_use]
pub fn help() -> String {
    let mut out = format!(
        "环境变量优先，其次是文件，最后是默认值。\n\
         文件是 TOML，用 {FILE_KEY}=路径 指定；不指定就找 {}。\n\
         不认识的键、写错的值都会让启动停下，并说明哪个键、可以写什么。\n\n所有的键：\n",
        USUAL_FILES.join("、")
    );
    for key in KEYS {
        let default = key.default.map_or_else(|| "（没有）".to_owned(), ToOwned::to_owned);
        let _ =
            writeln!(out, "  {}\n      {}\n      可以写：{}\n      默认：{default}", key.name, key.about, key.allowed);
    }
    out.push_str(
        "\n例子：\n  LISTEN=127.0.0.1:8080 server serve\n  TRIAL=lan LISTEN=0.0.0.0:3000 server serve\n  CONFIG=/etc/huizhanjia.toml server config\n",
    );
    out
}
