//! Names of employers as people write them, and counts as they may be shown.

use crate::organisation::{Kind, Organisation};

/// A count of people is shown from so many on, and in steps of so many: nobody sees one person come or go.
pub const SHOWN_FROM: u32 = 5;

/// A count as it may be shown: at least so many. `None`: 不到 5 人, which says nothing of nobody, one or four.
#[must_use]
pub const fn shown(count: u32) -> Option<u32> {
    if count >= SHOWN_FROM { Some(count - count % SHOWN_FROM) } else { None }
}

/// From so many on, supporters of a request are shown a count.
const SUPPORTERS_FROM: u32 = 10;

/// The count of a request as its supporters are shown it: fewer than there are, by a number from 0 to 4 that only the
/// program knows (`blur`, another one for each request), in steps of five. An employer who joins with accounts of their
/// own sees it turn, and does not know how many others there are.
#[must_use]
pub const fn shown_to_supporters(count: u32, blur: u32) -> Option<u32> {
    let fewer = count.saturating_sub(blur % SHOWN_FROM);
    if fewer >= SUPPORTERS_FROM { Some(fewer - fewer % SHOWN_FROM) } else { None }
}

/// What a company's name ends with, longest first: people leave it out.
const LEGAL_FORMS: [&str; 5] = ["有限责任公司", "股份有限公司", "有限公司", "责任公司", "公司"];
/// What a union's name adds to its employer's.
const UNION_WORDS: [&str; 5] = ["基层工会委员会", "联合工会委员会", "工会委员会", "联合工会", "工会"];
/// A piece of a name that is shorter says too little to be the same employer. People call one by two letters: 顺丰.
const PIECE_FROM: usize = 2;
/// Two names that share so many letters may be of one employer; two are often only the city.
const SHARED_FROM: usize = 3;

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
    is_same_unit(&unit_key(employer), key)
}

/// Whether two keys look like the same employer: one is the other or a piece of it, or they share a piece, as a site of
/// it and the company do.
#[must_use]
pub fn is_same_unit(one: &str, other: &str) -> bool {
    let is_piece = |piece: &str, whole: &str| piece.chars().count() >= PIECE_FROM && whole.contains(piece);
    let letters: Vec<char> = one.chars().collect();
    let mut pieces = letters.windows(SHARED_FROM);
    let shares = pieces.any(|piece| other.contains(&piece.iter().collect::<String>()));
    one == other || is_piece(one, other) || is_piece(other, one) || shares
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
    fn the_own_union_is_known_however_short_people_call_the_employer() {
        let rows = [
            ("顺丰", "顺丰速运有限公司工会委员会", true),
            ("飞毛腿", "飞毛腿配送有限公司工会委员会", true),
            ("顺丰", "河南省顺丰速运有限公司联合工会", true),
            ("飞毛腿", "飞毛腿工会", true),
            ("飞毛腿配送金水站", "飞毛腿工会", true),
            ("顺丰速运二七站", "顺丰工会", true),
            ("飞毛腿金水路站", "飞毛腿配送有限公司工会委员会", true),
            ("圆通", "顺丰速运有限公司工会委员会", false),
            ("快马", "飞毛腿配送有限公司工会委员会", false),
            ("顺", "顺丰速运有限公司工会委员会", false),
        ];
        for (typed, of, is_own) in rows {
            assert_eq!(is_union_of(&union(of, Kind::Grassroots), &unit_key(typed)), is_own, "{typed}, {of}");
        }
    }

    #[test]
    fn supporters_are_shown_a_count_that_one_more_account_does_not_give_away() {
        for blur in 0..=u32::from(u8::MAX) {
            let mut before = None;
            for count in 0..200 {
                let shown = shown_to_supporters(count, blur);
                assert!(shown.is_none_or(|shown| shown >= 10 && shown % 5 == 0 && shown <= count), "{count}");
                assert!(shown.is_some() || count < 15, "{count}");
                assert!(shown >= before, "more never look like fewer");
                before = shown;
            }
        }
        // Where it turns is another number for another request, so that nobody counts the others by it.
        let turns = |blur| (0..100).find(|count| shown_to_supporters(*count, blur).is_some());
        assert_eq!([0, 1, 2, 3, 4].map(turns), [Some(10), Some(11), Some(12), Some(13), Some(14)]);
    }

    #[test]
    fn a_count_below_five_is_not_told_apart_from_none() {
        assert_eq!((0..5).filter_map(shown).count(), 0);
        assert_eq!((5..10).filter_map(shown).max(), Some(5));
        assert_eq!(shown(10), Some(10));
    }
}
