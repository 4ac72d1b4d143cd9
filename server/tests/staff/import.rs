//! Files of organisations: what is taken, what is refused and in which words.

use crate::{
    databases::{on_each_engine, on_sqlite, regions},
    world::{NOW, union},
};
use domain::organisation::{Kind, Level, OrganisationTree};
use server::{
    organisations::{self, ImportFailure, Imported},
    store::Store,
};

const HEAD: &str = "名称,统一社会信用代码,类型,级别,行政区划代码,上级,行业,会费,电话";

/// A whole code of a made-up body.
fn code(body: &str) -> String {
    const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let first = format!("81410100{body}");
    assert_eq!(first.len(), 17);
    let (mut sum, mut weight) = (0, 1);
    for letter in first.chars() {
        sum += ALPHABET.find(letter).expect("of the alphabet") * weight;
        weight = weight * 3 % 31;
    }
    let check = ALPHABET.as_bytes()[(31 - sum % 31) % 31];
    format!("{first}{}", char::from(check))
}

async fn seeded(store: &Store) {
    organisations::seed(store, &regions(), NOW).await.expect("seeds");
}

async fn import(store: &Store, text: &str) -> Imported {
    try_import(store, text.as_bytes(), false).await.expect("can be looked at")
}

async fn try_import(store: &Store, bytes: &[u8], dry_run: bool) -> Result<Imported, ImportFailure> {
    organisations::import(store, &regions(), bytes, "工会.csv", dry_run, NOW + 1).await
}

async fn tree(store: &Store) -> OrganisationTree {
    OrganisationTree::new(store.organisations().await.expect("reads"))
}

#[tokio::test]
async fn a_union_is_dissolved_by_a_file_and_only_with_nobody_below() {
    on_each_engine(async |store| {
        seeded(store).await;
        let [federation, unit] = ["AAAAAAAA2", "AAAAAAAA3"].map(code);
        let file = |of_federation: &str, of_unit: &str| {
            format!(
                "{HEAD},撤销\n\
                 郑州市快递行业工会联合会,{federation},行业性工会联合会,市级,410100,郑州市总工会,快递,,,{of_federation}\n\
                 某站点联合工会,{unit},联合基层工会,,410105,{federation},快递,,,{of_unit}\n"
            )
        };
        assert!(import(store, &file("", "否")).await.landed);
        for wrong in [file("是", ""), file("", "也许")] {
            let refused = import(store, &wrong).await;
            assert!(!refused.landed && refused.refusals[0].column == "撤销", "{:?}", refused.refusals);
        }
        assert!(import(store, &file("", "是")).await.landed);
        let after = tree(store).await;
        assert!(after.by_code(&unit).is_none() && after.by_code(&federation).is_some());
        let again = import(store, &file("", "是")).await;
        assert_eq!((again.new, again.updated, again.unchanged), (0, 0, 2));
        let general = format!("{HEAD},撤销\n郑州市总工会,,总工会,市级,410100,,,,,是\n");
        assert_eq!(import(store, &general).await.refusals[0].column, "撤销");
        // A file that has it again without the word: it is there again.
        import(store, &file("", "")).await;
        assert!(tree(store).await.by_code(&unit).is_some());
    })
    .await;
}

#[tokio::test]
async fn a_good_file_is_taken_once_and_changes_nothing_the_second_time() {
    on_each_engine(async |store| {
        seeded(store).await;
        let [city, federation, unit] = ["AAAAAAAA1", "AAAAAAAA2", "AAAAAAAA3"].map(code);
        // The unit stands above the federation that it belongs to.
        let file = format!(
            "{HEAD}\n\
             某站点联合工会,{unit},联合基层工会,,410105,{federation},快递,,\n\
             郑州市快递行业工会联合会,{federation},行业性工会联合会,市级,410100,郑州市总工会,快递,每月 5 元,0371-1234 5678\n\
             郑州市总工会,{city},总工会,市级,410100,,,,０３７１－１２３５１\n"
        );
        let dry = try_import(store, file.as_bytes(), true).await.expect("looks");
        assert_eq!((dry.new, dry.updated, dry.landed, dry.refusals.len()), (2, 1, false, 0));
        assert!(tree(store).await.by_code(&unit).is_none(), "a dry run writes nothing");

        let imported = import(store, &file).await;
        assert_eq!(imported.refusals, []);
        assert_eq!((imported.new, imported.updated, imported.landed), (2, 1, true));
        let after = tree(store).await;
        let names = |code: &str| -> Vec<String> {
            let of = after.by_code(code).expect("imported");
            after.lineage(of.id).iter().map(|one| one.name.clone()).collect()
        };
        assert_eq!(names(&unit), ["某站点联合工会", "郑州市快递行业工会联合会", "郑州市总工会", "河南省总工会"]);
        let general = after.by_code(&city).expect("the seeded one has its code now");
        assert_eq!((general.id, general.seeded), (union(410_100), true));
        assert_eq!(general.phone.as_deref(), Some("0371-12351"));
        let unit = after.by_code(&unit).expect("imported");
        assert_eq!((unit.kind, unit.level, unit.adcode), (Kind::JointGrassroots, Level::Unit, Some(410_105)));

        let again = import(store, &file).await;
        assert_eq!((again.new, again.updated, again.unchanged), (0, 0, 3));
        assert_eq!(tree(store).await.len(), after.len());
    })
    .await;
}

#[tokio::test]
async fn one_refused_row_refuses_the_whole_file() {
    on_each_engine(async |store| {
        seeded(store).await;
        let (good, before) = (code("BBBBBBBB1"), tree(store).await.len());
        let file = format!("{HEAD}\n好的工会,{good},基层工会,,410105,,,,\n坏的工会,123,基层工会,,410105,,,,\n");
        let imported = import(store, &file).await;
        assert_eq!((imported.new, imported.landed), (0, false));
        assert_eq!(imported.refusals.len(), 1);
        assert_eq!((imported.refusals[0].line, imported.refusals[0].column), (3, "统一社会信用代码"));
        assert_eq!(tree(store).await.len(), before);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words() {
    on_sqlite(&async |store: &Store| {
        seeded(store).await;
        let [one, two] = ["CCCCCCCC1", "CCCCCCCC2"].map(code);
        let mistyped = format!("{}{}", &one[..17], if one.ends_with('0') { '1' } else { '0' });
        let long = "长".repeat(81);
        let table: Vec<(String, &str, &str)> = vec![
            (format!(",{one},基层工会,,410105,,,,"), "名称", "请写组织的全称"),
            (format!("{long},{one},基层工会,,410105,,,,"), "名称", "最多 80 个字"),
            (format!("工会,{mistyped},基层工会,,410105,,,,"), "统一社会信用代码", "校验位对不上"),
            ("工会,8141,基层工会,,410105,,,,".into(), "统一社会信用代码", "18 位，这里有 4 位"),
            (format!("工会,{},基层工会,,410105,,,,", one.replace('C', "O")), "统一社会信用代码", "没有“O”"),
            ("工会,,基层工会,,410105,,,,".into(), "统一社会信用代码", "认不出是哪个组织"),
            (format!("工会,{one},俱乐部,,410105,,,,"), "类型", "类型可以写：总工会"),
            (format!("工会,{one},行业性工会联合会,,410105,,,,"), "级别", "级别可以写：全国"),
            (format!("工会,{one},行业性工会联合会,特级,410105,,,,"), "级别", "级别可以写：全国"),
            (format!("工会,{one},基层工会,,999999,,,,"), "行政区划代码", "没有“999999”"),
            ("某总工会,,总工会,市级,,,,,".into(), "行政区划代码", "总工会要写"),
            (format!("工会,{one},基层工会,,410105,没有的工会,,,"), "上级", "没有“没有的工会”这个组织"),
            (format!("工会,{one},基层工会,,410105,鼓楼区总工会,,,"), "上级", "有几个组织都叫"),
            (format!("工会,{one},基层工会,,410105,{two},,,"), "上级", "这个组织"),
            (format!("工会,{one},基层工会,,410105,{one},,,"), "上级", "上级写成了自己"),
            (format!("工会,{one},基层工会,,410105,81410100,,,"), "上级", "18 位"),
            (format!("工会,{one},基层工会,,,,,,"), "上级", "认不出归谁管"),
            (format!("工会,{one},基层工会,,410105,,,,找小王"), "电话", "电话只写数字"),
            (format!("工会,{one},基层工会"), "整行", "这一行有 3 格，表头有 9 格"),
        ];
        for (row, column, says) in table {
            let imported = import(store, &format!("{HEAD}\n{row}\n")).await;
            let found = imported.refusals.iter().any(|one| one.column == column && one.reason.contains(says));
            assert!(found && !imported.landed && imported.refusals[0].line == 2, "{row}: {:?}", imported.refusals);
        }
    })
    .await;
}

#[tokio::test]
async fn rows_that_contradict_each_other_are_refused() {
    on_sqlite(&async |store: &Store| {
        seeded(store).await;
        let [one, two, city] = ["DDDDDDDD1", "DDDDDDDD2", "DDDDDDDD3"].map(code);
        let refused = async |rows: &str| import(store, &format!("{HEAD}\n{rows}")).await.refusals;
        let ring = format!(
            "甲,{one},区域性工会联合会,乡镇街道,410105,{two},,,\n乙,{two},区域性工会联合会,乡镇街道,410105,{one},,,\n"
        );
        let ring = refused(&ring).await;
        assert!(ring.len() == 2 && ring.iter().all(|one| one.reason.contains("绕成了一圈")), "{ring:?}");
        let twice = refused(&format!("甲,{one},基层工会,,410105,,,,\n甲,{one},基层工会,,410105,,,,\n")).await;
        assert!(twice.len() == 1 && twice[0].line == 3 && twice[0].reason.contains("第 2 行"), "{twice:?}");
        let lower =
            refused(&format!("甲,{one},基层工会,,410105,,,,\n乙,{two},行业性工会联合会,市级,410100,{one},,,\n")).await;
        assert!(lower.len() == 1 && lower[0].reason.contains("比自己的市级还低"), "{lower:?}");
        let taken = format!("{HEAD}\n郑州市总工会,{city},总工会,市级,410100,,,,\n");
        assert!(import(store, &taken).await.landed);
        let other = refused(&format!("郑州市总工会,{one},总工会,市级,410100,,,,\n")).await;
        assert!(other.len() == 1 && other[0].reason.contains(&city), "{other:?}");
        let moved = refused(&format!("开封市总工会,{city},总工会,市级,410200,,,,\n")).await;
        assert!(moved.len() == 1 && moved[0].reason.contains("郑州市总工会"), "{moved:?}");
    })
    .await;
}

#[tokio::test]
async fn regions_may_be_named_and_a_code_must_agree_with_the_name() {
    on_sqlite(&async |store: &Store| {
        seeded(store).await;
        let one = code("EEEEEEEE1");
        let by_columns = format!("工会名称,信用代码,工会类型,省,市,区县\n甲,{one},基层工会,河南省,郑州市,金水区\n");
        assert!(import(store, &by_columns).await.landed);
        assert_eq!(tree(store).await.by_code(&one).and_then(|one| one.adcode), Some(410_105));
        let with = |region: &str, adcode: &str| {
            format!("name,code,kind,region,adcode\n甲,{one},grassroots,{region},{adcode}\n")
        };
        for region in ["郑州市金水区", "河南省 郑州市 金水区", "金水区"] {
            assert_eq!(import(store, &with(region, "")).await.refusals, [], "{region}");
        }
        for (region, adcode, says) in [
            ("鼓楼区", "", "有几个地方都叫"),
            ("没有的区", "", "没有“没有的区”这个地区"),
            ("郑州市中原区", "410105", "却是河南省 郑州市 金水区"),
        ] {
            let refusals = import(store, &with(region, adcode)).await.refusals;
            assert!(refusals.len() == 1 && refusals[0].reason.contains(says), "{refusals:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_of_another_encoding_is_read_and_one_that_is_no_table_is_refused() {
    on_sqlite(&async |store: &Store| {
        seeded(store).await;
        let one = code("FFFFFFFF1");
        let text = format!("{HEAD}\n金水区㛃工会,{one},基层工会,,410105,,,,\n");
        let (bytes, _, wrong) = encoding_rs::GB18030.encode(&text);
        assert!(!wrong && try_import(store, &bytes, false).await.expect("reads").landed);
        assert_eq!(tree(store).await.by_code(&one).map(|one| one.name.clone()).as_deref(), Some("金水区㛃工会"));
        for (bytes, says) in [
            (&b""[..], "空的"),
            (b"PK\x03\x04", "Excel"),
            (HEAD.as_bytes(), "没有一行组织"),
            ("名称,电话\n甲,1".as_bytes(), "没有“类型”这一列"),
            ("名称,组织名称,类型\n甲,乙,基层工会".as_bytes(), "都像名称这一列"),
        ] {
            let error = try_import(store, bytes, false).await.expect_err("no such file").to_string();
            assert!(error.contains(says), "{error}");
        }
    })
    .await;
}
