//! `server grant-role`: an invitation from the console, for the first administrator above all.

use super::{Failure, organisations::find};
use crate::{
    config::Config,
    ops::clock,
    organisations::{self, Organisations},
    regions::Regions,
    services::staff::invitation::{self, CONSOLE_LASTS_MS, Wanted},
    store::{Entry, Store},
    vault::Vault,
};
use domain::policy::Role;

/// 给工作人员发一个邀请链接：第一位系统管理员从这里开始，之后在页面上邀请
///
/// 链接只用一次，24 小时内有效，只显示这一遍。打开链接的人登记通行密钥或动态口令，就有了这个角色。
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server grant-role administrator
  server grant-role auditor
  server grant-role officer --organisation 郑州市总工会
  server grant-role officer --organisation 410105

角色：administrator 系统管理员、auditor 审计员、officer 工会干部、handler 法律承办人、cover_administrator 保障项目管理员。
工会干部、承办人、保障项目管理员要写 --organisation。站点管理员的码由工会干部在工作台上发。")]
pub struct Args {
    /// 角色
    #[arg(value_parser = role, default_value = "administrator")]
    role: Role,
    /// 哪个组织：统一社会信用代码、行政区划代码，或者全称；系统管理员和审计员不写就是全国
    #[arg(long)]
    organisation: Option<String>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).filter(|role| role.is_staff()).ok_or_else(|| {
        let codes: Vec<&str> = Role::STAFF.iter().map(|role| role.code()).collect();
        format!("可以写 {}", codes.join("、"))
    })
}

/// Prints a link. Whoever runs this has the database and the keys at hand: no rule here could stop them, so it is
/// written down.
///
/// # Errors
/// There is no such organisation, or the database does not answer.
pub async fn run(args: &Args, config: &Config, store: &Store, vault: &Vault) -> Result<(), Failure> {
    let now = clock::now();
    let organisation = match (&args.organisation, args.role) {
        (None, Role::Administrator | Role::Auditor) => None,
        (None, role) => return Err(format!("{}要写 --organisation：是哪个组织的", role.word()).into()),
        (Some(asked), _) => {
            let held = Organisations::default();
            held.catch_up(store).await?;
            if held.tree().is_empty() {
                organisations::seed(store, &Regions::load()?, now).await?;
                held.catch_up(store).await?;
            }
            let tree = held.tree();
            let found = find(&tree, asked)?;
            Some((found.id, found.name.clone()))
        }
    };
    let id = organisation.as_ref().map(|(id, _)| *id);
    let mut edit = store.edit().await?;
    let wanted = Wanted { role: args.role, organisation: id, subject: None, by: None, lasts: CONSOLE_LASTS_MS };
    let token = invitation::make(vault, &mut edit, wanted, now).await?;
    let entry = Entry {
        actor: None,
        role: Role::Administrator,
        action: invitation::action_of(args.role),
        object: &format!("{} {}", invitation::object_of(id), args.role.code()),
        reason: "在控制台上邀请",
    };
    edit.audit(&vault.audit_key(), &entry, now).await?;
    edit.finish().await?;
    let place = organisation.map_or_else(|| "全国".to_owned(), |(_, name)| name);
    println!("邀请一位{}（{place}）。链接只用一次，24 小时内有效，只显示这一遍：", args.role.word());
    println!("{}/invite/{token}", config.site().url);
    Ok(())
}
