//! Distances in words, the same on the server and on the phone.

/// A number and its unit: `("320", "米")`, `("1.2", "公里")`, `("12", "公里")`.
///
/// Integers only: the formatting of floats costs the phone kilobytes.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth in metres")]
pub fn words(metres: f64) -> (String, &'static str) {
    let tens = (metres / 10.0 + 0.5) as u32;
    if tens < 100 {
        return ((tens * 10).to_string(), "米");
    }
    let hundreds = (metres / 100.0 + 0.5) as u32;
    if hundreds < 100 {
        return ([(hundreds / 10).to_string(), (hundreds % 10).to_string()].join("."), "公里");
    }
    (((metres / 1000.0 + 0.5) as u32).to_string(), "公里")
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn near_is_told_in_tens_of_metres_and_far_in_kilometres() {
        for (metres, number, unit) in [
            (0.0, "0", "米"),
            (4.9, "0", "米"),
            (324.0, "320", "米"),
            (994.9, "990", "米"),
            (995.0, "1.0", "公里"),
            (1_249.0, "1.2", "公里"),
            (9_949.0, "9.9", "公里"),
            (9_950.0, "10", "公里"),
            (1_234_567.0, "1235", "公里"),
        ] {
            assert_eq!(words(metres), (number.to_owned(), unit), "{metres}");
        }
    }
}
