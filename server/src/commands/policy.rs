//! `server policy`: who may do what, as a table.

use domain::policy::Policy;

/// 打印权限表（Markdown）：谁可以做什么；程序只按这张表放行
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server policy
  server policy > policy.md

每行一个动作，每列一个角色；格子里是和对象的关系：any 任何，own 自己的，within 管辖内，assigned 指派给自己的，– 不可以。
每个登录的人同时也是 worker。")]
pub struct Args {}

/// The table.
#[must_use]
pub fn words() -> String {
    Policy::default().markdown()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_policy_is_the_committed_one() {
        let committed = include_str!("../../data/policy.md");
        assert!(words() == committed, "the table has changed: server policy > server/data/policy.md, and say why");
    }
}
