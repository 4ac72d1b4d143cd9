//! Regions by what a person types.

use super::{Region, Regions};

/// How well a region answers, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It is the name.
    Name,
    /// It is what people call it: 金水, 郑州.
    Called,
    /// The name starts so.
    Start,
    /// The name has it inside.
    Inside,
}

impl Regions {
    /// Regions by name, best first, at most `limit`: `金水区`, `金水`, `郑州`, `郑州 金水`,
    /// `河南省郑州市金水区`. Among equals the larger comes first, then the smaller code.
    #[must_use]
    pub fn find_by_name(&self, words: &str, limit: usize) -> Vec<&Region> {
        let words: String = words.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = self
            .all()
            .filter_map(|region| Some((self.fit(region, &words)?, region.level, region.adcode, region)))
            .collect();
        found.sort_unstable_by_key(|(fit, level, adcode, _)| (*fit, *level, *adcode));
        found.into_iter().take(limit).map(|(_, _, _, region)| region).collect()
    }

    fn fit(&self, region: &Region, words: &str) -> Option<Fit> {
        if let Some(fit) = fit(region, words) {
            return Some(fit);
        }
        // What it belongs to may stand in front.
        let mut rest = words;
        let mut lineage = self.lineage(region.adcode);
        lineage.pop();
        for above in lineage {
            let mut names = [&above.name, &above.short].into_iter();
            rest = names.find_map(|name| rest.strip_prefix(name.as_str())).unwrap_or(rest);
        }
        if rest.is_empty() || rest.len() == words.len() { None } else { fit(region, rest) }
    }
}

fn fit(region: &Region, word: &str) -> Option<Fit> {
    if region.name == word {
        Some(Fit::Name)
    } else if region.is_called(word) {
        Some(Fit::Called)
    } else if region.name.starts_with(word) {
        Some(Fit::Start)
    } else {
        // One character stands inside too many names to mean anything.
        (word.chars().count() >= 2 && region.name.contains(word)).then_some(Fit::Inside)
    }
}

#[cfg(test)]
mod tests {
    use crate::regions::tree::shipped;

    fn found(words: &str) -> Vec<u32> {
        shipped().find_by_name(words, 8).iter().map(|region| region.adcode).collect()
    }

    #[test]
    fn a_place_is_found_by_its_name_and_by_what_people_call_it() {
        for words in ["金水区", "金水", " 郑州 金水 ", "郑州金水区", "河南省郑州市金水区", "河南金水"]
        {
            assert_eq!(found(words).first(), Some(&410_105), "{words}");
        }
        for words in ["郑州", "郑州市", "河南郑州"] {
            assert_eq!(found(words).first(), Some(&410_100), "{words}");
        }
        assert_eq!(found("管城区").first(), Some(&410_104), "管城回族区");
        assert_eq!(found("加格达奇"), [232_718]);
        assert_eq!(found("东莞"), [441_900]);
    }

    #[test]
    fn several_places_of_a_name_come_larger_first_then_by_code() {
        assert_eq!(found("海南")[..3], [460_000, 632_500, 150_303]);
        assert!(found("鼓楼区").len() >= 4);
        assert!(found("鼓楼区").is_sorted());
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        assert!(found("").is_empty());
        assert!(found("  ").is_empty());
        assert!(found("不存在的地方").is_empty());
        assert!(found("郑州不存在").is_empty());
    }
}
