//! Texts as people type them.

use domain::ports::NotDone;

/// So many digits one after the other are a number of somebody.
const DIGITS_OF_A_NUMBER: usize = 6;

/// One line of a name: between two characters and so many, without anybody's number.
pub fn name(field: &'static str, typed: &str, at_most: usize, blank: &str) -> Result<String, NotDone> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = name.chars().count();
    if length < 2 {
        return Err(NotDone::at(field, blank));
    }
    check(field, &name, at_most)?;
    let mut run = 0;
    for letter in name.chars() {
        run = if letter.is_numeric() { run + 1 } else { 0 };
        if run >= DIGITS_OF_A_NUMBER {
            return Err(NotDone::at(field, "这里不要写手机号、证件号，写单位的名字就行。"));
        }
    }
    Ok(name)
}

/// Several lines, at most so many characters; blank is none.
pub fn words(field: &'static str, typed: &str, at_most: usize) -> Result<Option<String>, NotDone> {
    let words = typed.trim();
    check(field, words, at_most)?;
    Ok((!words.is_empty()).then(|| words.to_owned()))
}

fn check(field: &'static str, text: &str, at_most: usize) -> Result<(), NotDone> {
    let length = text.chars().count();
    if length > at_most {
        return Err(NotDone::at(field, format!("最多 {at_most} 个字，现在有 {length} 个，请删短一些。")));
    }
    Ok(())
}

/// Puts two outcomes together: the sentences at all fields at once.
pub fn all<A, B>(one: Result<A, NotDone>, other: Result<B, NotDone>) -> Result<(A, B), NotDone> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (Err(mut not), Err(more)) => {
            not.wrong.extend(more.wrong);
            Err(not)
        }
        (Err(not), _) | (_, Err(not)) => Err(not),
    }
}
