//! Short ways to make members and applications, and documents that nobody has.

use crate::world::{NOW, World, union};
use domain::account::{IdNumber, IdType};
use server::{
    services::{
        import::Report,
        lists::import::{Imported, Wish, import_members},
    },
    store::MadeUp,
};
use std::{fs, path::Path};

/// An ID number with a right check digit, for each number a different one (GB 11643).
pub fn document(number: u32) -> String {
    let head = format!("410105199001{:02}{:03}", 1 + number / 1000 % 28, number % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = head.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let last = b"10X98765432"[usize::try_from(sum % 11).expect("small")];
    let whole = format!("{head}{}", char::from(last));
    let today = domain::time::LocalTime::of(NOW).date();
    assert!(IdNumber::parse(IdType::Resident, &whole, today).is_ok(), "{whole}");
    whole
}

/// Imports a text as a file of 郑州市总工会.
pub async fn import(world: &World, adcode: u32, text: &[u8], dry_run: bool) -> (Imported, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, rejects) = (folder.path().join("会员.csv"), folder.path().join("退回.csv"));
    fs::write(&file, text).expect("written");
    let imported = import_file(world, adcode, &file, &rejects, dry_run).await;
    (imported, fs::read_to_string(&rejects).unwrap_or_default())
}

pub async fn import_file(world: &World, adcode: u32, file: &Path, rejects: &Path, dry_run: bool) -> Imported {
    let mut report = Report::new(Some(rejects.to_path_buf()));
    let wish = Wish { file, organisation: union(adcode), dry_run };
    let imported = import_members(&world.people, &wish, &mut report, &|_| {}, NOW).await;
    report.finish().expect("written");
    imported.unwrap_or_else(|why| panic!("{why}"))
}

/// A made-up member or applicant of a county.
pub fn made_up(number: u32, adcode: u32, state: &'static str, at: i64) -> MadeUp {
    let bytes = |first: u8| {
        let mut bytes = [first; 32];
        bytes[28..].copy_from_slice(&number.to_be_bytes());
        bytes
    };
    let id = |first: u8| {
        let mut id = [first; 16];
        id[12..].copy_from_slice(&number.to_be_bytes());
        id
    };
    MadeUp {
        id: id(1),
        subject: id(2),
        id_hash: bytes(3),
        name_mobile_hash: bytes(4),
        organisation: union(adcode).0,
        state,
        number: format!("M{number}"),
        occupation: "courier",
        enterprise: None,
        adcode,
        entry: None,
        at,
        until: None,
        due_at: at,
    }
}
