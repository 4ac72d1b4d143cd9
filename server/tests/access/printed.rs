//! What `server policy` prints, read back: the expectations come from what people read, not from the code.

use domain::policy::{Action, Cell, Relation, Role};
use std::collections::BTreeSet;

/// The permitted cells of a printed table.
pub fn read(markdown: &str) -> BTreeSet<Cell> {
    let mut rows = markdown.lines().filter(|line| line.starts_with('|'));
    let cells =
        |line: &str| -> Vec<String> { line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let roles: Vec<Role> = cells(rows.next().expect("a heading"))[1..]
        .iter()
        .map(|code| Role::parse(code).unwrap_or_else(|| panic!("{code} is no role")))
        .collect();
    assert!(rows.next().expect("a rule").contains("---"));
    let mut permitted = BTreeSet::new();
    for row in rows {
        let row = cells(row);
        let code = row[0].split(' ').next().expect("a code");
        let action = Action::parse(code).unwrap_or_else(|| panic!("{code} is no action"));
        for (role, enough) in roles.iter().zip(&row[1..]) {
            for code in enough.split(',').map(str::trim).filter(|code| *code != "–") {
                let relation = Relation::parse(code).unwrap_or_else(|| panic!("{code} is no relation"));
                permitted.insert((*role, action, relation));
            }
        }
    }
    permitted
}

#[test]
fn what_is_printed_is_what_is_asked() {
    let policy = domain::policy::Policy::default();
    let printed = read(&policy.markdown());
    for cell @ (role, action, relation) in domain::policy::Policy::cells() {
        assert_eq!(printed.contains(&cell), policy.allows(role, action, relation), "{cell:?}");
    }
    assert!(printed.len() > 30);
}

#[test]
fn a_cell_turned_over_is_printed_otherwise() {
    let policy = domain::policy::Policy::default();
    let printed = policy.markdown();
    for cell in domain::policy::Policy::cells() {
        assert_ne!(policy.with_flipped(cell).markdown(), printed, "{cell:?}");
    }
}
