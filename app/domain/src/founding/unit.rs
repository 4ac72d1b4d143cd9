//! Names of employers as people write them, and counts as they may be shown.

use crate::organisation::{Kind, Organisation};

/// A count of people is shown from so many on, and in steps of so many: nobody sees one person come or go.
pub const SHOWN_FROM: u32 = 5;

/// A count as it may be shown: at least so many. `None`: 不到 5 人, which says nothing of nobody, one or four.
#[must_use]
pub const fn shown(count: u32) -> Option<u32> {
    if count >= SHOWN_FROM { Some(count - count % SHOWN_FROM) } else { None }
}

/// What a company's name ends with, longest first: people leave it out.
const LEGAL_FORMS: [&str; 5] = ["有限责任公司", "股份有限公司", "有限公司", "责任公司", "公司"];
/// What a union's name adds to its employer's.
const UNION_WORDS: [&str; 5] = ["基层工会委员会", "联合工会委员会", "工会委员会", "联合工会", "工会"];
/// A piece of a name that is shorter says too little to be the same employer.
const PIECE_FROM: usize = 4;

/// A name without what people write differently: letters of full width, spaces, brackets, the legal form.
#[must_use]
pub fn unit_key(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
            other => other,
        })
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let without = LEGAL_FORMS.iter().find_map(|form| plain.strip_suffix(form)).filter(|rest| !rest.is_empty());
    without.map_or_else(|| plain.clone(), str::to_owned)
}

/// Whether an organisation looks like the own union of the employer with this key. Rather too often than too seldom: it
/// decides who is kept from a report.
#[must_use]
pub fn is_union_of(organisation: &Organisation, key: &str) -> bool {
    if !matches!(organisation.kind, Kind::Grassroots | Kind::JointGrassroots) || key.is_empty() {
        return false;
    }
    let name = organisation.name.trim();
    let employer = UNION_WORDS.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    let employer = unit_key(employer);
    let is_piece = |piece: &str, whole: &str| piece.chars().count() >= PIECE_FROM && whole.contains(piece);
    employer == key || is_piece(&employer, key) || is_piece(key, &employer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account::OrganisationId, organisation::Level};

    fn union(name: &str, kind: Kind) -> Organisation {
        Organisation {
            id: OrganisationId([1; 16]),
            code: None,
            name: name.into(),
            kind,
            level: Level::Unit,
            adcode: None,
            parent: None,
            industry: None,
            dues: None,
            phone: None,
            source: "test".into(),
            seeded: false,
            officer_active_at: None,
            dissolved_at: None,
        }
    }

    #[test]
    fn one_unit_has_one_key_however_it_is_written() {
        for name in ["郑州飞毛腿配送有限公司", " 郑州飞毛腿配送 ", "郑州 飞毛腿配送（有限公司）", "郑州飞毛腿配送公司"]
        {
            assert_eq!(unit_key(name), "郑州飞毛腿配送", "{name}");
        }
        assert_eq!(unit_key("ＡＢＣ物流"), unit_key("abc 物流"));
        assert_eq!(unit_key("公司"), "公司", "nothing is left of no name");
        assert_ne!(unit_key("飞毛腿一站"), unit_key("飞毛腿二站"));
    }

    #[test]
    fn the_own_union_of_an_employer_is_known_by_its_name_and_a_general_union_never_is() {
        let key = unit_key("郑州飞毛腿配送有限公司");
        for name in ["郑州飞毛腿配送有限公司工会委员会", "郑州飞毛腿配送工会", "飞毛腿配送联合工会"]
        {
            assert!(is_union_of(&union(name, Kind::Grassroots), &key), "{name}");
        }
        assert!(!is_union_of(&union("郑州快马物流有限公司工会", Kind::Grassroots), &key));
        assert!(!is_union_of(&union("郑州飞毛腿配送工会", Kind::General), &key));
        assert!(!is_union_of(&union("工会", Kind::Grassroots), ""));
    }

    #[test]
    fn a_count_below_five_is_not_told_apart_from_none() {
        assert_eq!((0..5).filter_map(shown).count(), 0);
        assert_eq!((5..10).filter_map(shown).max(), Some(5));
        assert_eq!(shown(10), Some(10));
    }
}
