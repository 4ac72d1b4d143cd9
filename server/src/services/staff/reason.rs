//! Why somebody does something that others must be able to follow.

use domain::ports::NotDone;

/// Characters of a reason.
const AT_MOST: usize = 100;
/// So many digits one after the other are a number of somebody.
const DIGITS_OF_A_NUMBER: usize = 6;

/// A reason for the audit log: a sentence, without a number of a person.
///
/// # Errors
/// A sentence at the field `reason`.
pub fn reason(typed: &str) -> Result<String, NotDone> {
    let seen: String = typed.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let reason = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = reason.chars().count();
    let wrong = |sentence: String| Err(NotDone::at("reason", sentence));
    if length < 2 {
        return wrong("写一句为什么，审计的人要看得懂。".to_owned());
    }
    if length > AT_MOST {
        return wrong(format!("最多 {AT_MOST} 个字，现在有 {length} 个，请删短一些。"));
    }
    let mut run = 0;
    for letter in reason.chars() {
        run = if letter.is_numeric() { run + 1 } else { 0 };
        if run >= DIGITS_OF_A_NUMBER {
            return wrong("理由里不要写手机号、证件号，说明原因就行。".to_owned());
        }
    }
    Ok(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_sentence_without_anybodys_number() {
        assert_eq!(reason(" 手机丢了，\n本人到窗口 ").as_deref(), Ok("手机丢了， 本人到窗口"));
        for wrong in ["", " ", "换", "本人 13812345678 来过", "证件１２３４５６", &"长".repeat(101), "\u{0}\u{0}"]
        {
            assert!(reason(wrong).is_err(), "{wrong}");
        }
    }
}
