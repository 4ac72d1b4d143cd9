//! What the general union of a region is called.

/// 郑州市 → `郑州市总工会`. The union of 新疆生产建设兵团 and the like carries its own name; it comes by import.
#[must_use]
pub fn general_union_of(region: &str) -> String {
    format!("{region}总工会")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_general_union_is_called_after_its_region() {
        assert_eq!(general_union_of("金水区"), "金水区总工会");
        assert_eq!(general_union_of("广西壮族自治区"), "广西壮族自治区总工会");
    }
}
