//! `server rotate-keys`.

use super::{Failure, because, open_store, open_vault};
use crate::{
    config::Config,
    ops::clock,
    services::rotate::{self, Rotated, Step},
};
use indicatif::{ProgressBar, ProgressStyle};

/// 换密钥：个人信息全部改用新密钥，网站照常运行；中断了再运行一次就接着做
#[derive(clap::Args)]
#[command(after_help = "\
分两步：
  server rotate-keys            加一把新的主密钥，重新包好每个人的钥匙，给每个人换一把新钥匙，重新加密每一条
  server rotate-keys --retire   至少 10 分钟以后：销毁没有人再用的旧钥匙，从 VAULT_KEY_FILE 里去掉旧的主密钥

第一步做完，先备份 VAULT_KEY_FILE。几台机器用同一个数据库时，VAULT_KEY_FILE 要在共用的位置，不能各放一份。
案件的内容不在这里换：它的钥匙在钥匙进程那里。")]
pub(super) struct Args {
    /// 收尾：销毁旧的
    #[arg(long)]
    retire: bool,
}

pub(super) async fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let store = open_store(config).await?;
    let vault = open_vault(config).await?;
    let result = async {
        let lock = vault.lock()?;
        let bar = ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{msg}")?);
        let progress = |step, count| {
            let doing = match step {
                Step::Rewrapping => "重新包好的钥匙",
                Step::Renewing => "换了新钥匙的人",
                Step::Resealing => "重新加密的内容",
            };
            bar.set_message(format!("{doing}：{count}"));
        };
        let now = clock::now();
        let done = if args.retire {
            rotate::retire(&store, &vault, now, progress).await
        } else {
            rotate::rotate(&store, &vault, now, progress).await
        };
        bar.finish_and_clear();
        drop(lock);
        let done = done.map_err(|error| because("换密钥没有做完，再运行一次会接着做", error))?;
        print!("{}", words(&done, args.retire));
        Ok(())
    }
    .await;
    store.close().await;
    vault.key_store().close().await;
    result
}

fn words(done: &Rotated, retiring: bool) -> String {
    let mut lines = Vec::new();
    if !retiring {
        lines.push(if done.began { "加了一把新的主密钥。" } else { "接着做上一次没有收尾的。" }.to_owned());
    }
    lines.push(format!(
        "重新包好 {} 把钥匙，给 {} 个人换了新钥匙，重新加密 {} 条。",
        done.rewrapped, done.renewed, done.resealed
    ));
    if done.overtaken > 0 {
        lines.push(format!("有 {} 条正好被别人改了，收尾时会再看一遍。", done.overtaken));
    }
    if done.unreadable > 0 {
        lines.push(format!("有 {} 条打不开（钥匙已经销毁，或者内容被改过），没有动它们。", done.unreadable));
    }
    if retiring {
        lines.push(format!("销毁了 {} 把旧钥匙。", done.destroyed));
        lines.push(
            if done.retired {
                "旧的主密钥已经去掉。"
            } else {
                "旧的主密钥还不能去掉：新的用了不到 10 分钟，或者还有钥匙没包好。过一会儿再运行一次。"
            }
            .to_owned(),
        );
    } else {
        lines.push("至少 10 分钟以后收尾：server rotate-keys --retire".to_owned());
    }
    lines.join("\n") + "\n"
}
