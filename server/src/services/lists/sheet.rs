//! Cells of a CSV file that spreadsheet programs open.

/// Spreadsheet programs take a CSV for UTF-8 only with this mark.
pub(super) const MARK: &str = "\u{feff}";

/// A line, with cells that no program takes for a formula: what was typed by somebody else runs on the machine of
/// whoever opens the list.
pub(super) fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + "\r\n"
}

fn cell(text: &str) -> String {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    // Full-width signs are taken for formulas as well by some programs in Chinese.
    let risky = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    let quote = if risky { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_ends_its_line() {
        assert_eq!(
            line(["张三", "=1+1", " @SUM(A1)", "a\"b\nc,d"]),
            "\"张三\",\"'=1+1\",\"' @SUM(A1)\",\"a\"\"b c,d\"\r\n"
        );
        for risky in ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\t=1", "＝1"] {
            assert!(cell(risky).starts_with("\"'"), "{risky}");
        }
    }
}
