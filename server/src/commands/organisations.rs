//! `server organisations`: the union tree on the console.

use super::Failure;
use crate::{
    ops::clock,
    organisations::{self, Organisations},
    regions::Regions,
    store::Store,
};
use domain::{
    organisation::{Organisation, OrganisationTree},
    time::Millis,
};
use std::fmt::Write as _;

/// 工会组织：按行政区划建好地方总工会，或者列出来看
#[derive(Debug, clap::Args)]
#[command(after_help = "例子：
  server organisations seed
  server organisations list
  server organisations list --under 410100
  server organisations list --under 郑州市总工会

导入真实的组织：server import-organisations --help")]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// 按程序自带的行政区划，建好还没有的省、市、县总工会；已经有的不动，可以重复做
    Seed,
    /// 列出组织：名称、类型、统一社会信用代码、开通没有
    List {
        /// 只列这个组织和它下一级的：统一社会信用代码、行政区划代码，或者全称；不写就列最上面的
        #[arg(long)]
        under: Option<String>,
    },
}

/// Does it.
///
/// # Errors
/// The database does not answer, or there is no such organisation.
pub async fn run(args: &Args, store: &Store) -> Result<(), Failure> {
    match &args.action {
        Action::Seed => {
            let made = organisations::seed(store, &Regions::load()?, clock::now()).await?;
            if made == 0 {
                println!("省、市、县总工会都在，没有要建的");
            } else {
                println!("建好了 {made} 个地方总工会（还没有人开通）");
            }
        }
        Action::List { under } => {
            let held = Organisations::default();
            held.catch_up(store).await?;
            let tree = held.tree();
            print!("{}", list(&tree, under.as_deref(), clock::now())?);
        }
    }
    Ok(())
}

fn list(tree: &OrganisationTree, under: Option<&str>, now: Millis) -> Result<String, String> {
    let mut out = String::new();
    match under {
        None => {
            let open = tree.all().filter(|one| one.is_open(now)).count();
            let _ = writeln!(out, "一共 {} 个组织，{open} 个已开通。最上面的：", tree.len());
            tree.roots().into_iter().for_each(|one| line(&mut out, tree, one, now));
        }
        Some(asked) => {
            let top = find(tree, asked)?;
            line(&mut out, tree, top, now);
            out.push_str("下一级：\n");
            tree.children(top.id).for_each(|one| line(&mut out, tree, one, now));
        }
    }
    Ok(out)
}

fn line(out: &mut String, tree: &OrganisationTree, one: &Organisation, now: Millis) {
    let code = one.code.as_deref().unwrap_or("没有统一社会信用代码");
    let adcode = one.adcode.map_or_else(String::new, |adcode| format!("  {adcode}"));
    let open = if one.is_open(now) { "已开通" } else { "未开通" };
    let below = tree.children(one.id).count();
    let _ = writeln!(out, "  {}  {}  {code}{adcode}  {open}  下级 {below} 个", one.name, one.kind.word());
}

/// One organisation as an operator names it.
///
/// # Errors
/// None, or several: a sentence for the operator.
pub fn find<'a>(tree: &'a OrganisationTree, asked: &str) -> Result<&'a Organisation, String> {
    let asked = asked.trim();
    let by_number = asked.parse().ok().and_then(|adcode| tree.general_union(adcode));
    if let Some(found) = tree.by_code(&asked.to_uppercase()).or(by_number) {
        return Ok(found);
    }
    let mut named: Vec<&Organisation> = tree.all().filter(|one| one.name == asked).collect();
    match named.len() {
        0 => Err(format!("没有“{asked}”这个组织。可以写统一社会信用代码、行政区划代码，或者全称")),
        1 => Ok(named.remove(0)),
        many => Err(format!("有 {many} 个组织都叫“{asked}”，请写统一社会信用代码或行政区划代码")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::tree::shipped;

    #[test]
    fn an_organisation_is_named_by_its_region_or_its_whole_name() {
        let tree = OrganisationTree::new(organisations::seeds(shipped()));
        for asked in ["410100", "郑州市总工会", " 郑州市总工会 "] {
            assert_eq!(find(&tree, asked).map(|one| one.name.as_str()), Ok("郑州市总工会"));
        }
        assert!(find(&tree, "鼓楼区总工会").expect_err("several").contains("个组织都叫"));
        assert!(find(&tree, "没有的工会").is_err());
    }

    #[test]
    fn the_list_says_how_many_are_open() {
        let tree = OrganisationTree::new(organisations::seeds(shipped()));
        let all = list(&tree, None, 0).expect("a list");
        assert!(all.contains("0 个已开通") && all.lines().count() == 32, "{all}");
        let city = list(&tree, Some("410100"), 0).expect("a list");
        assert!(city.contains("金水区总工会") && city.contains("未开通"), "{city}");
    }
}
