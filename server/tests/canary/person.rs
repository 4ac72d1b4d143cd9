//! People whom nobody else is like: each name, number and phone is found by itself.

/// A made-up person.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub mobile: String,
    /// The number they change to.
    pub new_mobile: String,
    pub id_number: String,
    /// What they give as a reason, which an auditor reads.
    pub reason: String,
    /// An address of their own: limits are for addresses.
    pub address: String,
    /// Whether they join the union as well: half of those who stay, and half of those who leave.
    pub joins: bool,
    /// Whether they delete their account in the end.
    pub leaves: bool,
}

/// Letters that no sentence of the program contains, so that a hit is a hit: rare ones, and four bytes long.
const RARE: [char; 16] =
    ['𬭚', '㛃', '䶮', '𫖯', '𬸚', '㐂', '𬀩', '䲜', '㭎', '𫟹', '㸆', '𬍛', '㬎', '𬒈', '㮾', '𬬻'];

impl Person {
    pub fn new(at: u32) -> Self {
        let digit = |shift: u32| RARE[(at >> shift & 15) as usize];
        let name = format!("欧{}{}{}", digit(8), digit(4), digit(0));
        // Dates of 1970 to 1997, and a running number: no two alike.
        let (year, month, day) = (1970 + at % 28, 1 + at / 28 % 12, 1 + at / 336 % 28);
        let first = format!("410105{year:04}{month:02}{day:02}{:03}", at % 1000);
        Self {
            name,
            mobile: format!("1987{:07}", 1_234_567 + at * 13),
            new_mobile: format!("1887{:07}", 2_345_678 + at * 17),
            id_number: format!("{first}{}", check_digit(&first)),
            reason: "核对一下自己填的".to_owned(),
            address: format!("10.{}.{}.7", at / 250, at % 250),
            joins: at % 4 < 2,
            leaves: at % 2 == 1,
        }
    }

    /// The last four of the ID number.
    pub fn last4(&self) -> &str {
        &self.id_number[14..]
    }

    /// What must not be found.
    pub fn canaries(&self) -> [String; 4] {
        [&self.name, &self.mobile, &self.new_mobile, &self.id_number].map(Clone::clone)
    }
}

/// GB 11643, ISO 7064 MOD 11-2.
fn check_digit(first: &str) -> char {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize]
}
