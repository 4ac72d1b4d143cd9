//! What a plan of a database says: whether it looks through a whole table of people.

/// Tables that grow with people.
const OF_PEOPLE: [&str; 8] = [
    "application",
    "application_event",
    "duplicate_ruling",
    "figure",
    "membership",
    "membership_event",
    "membership_transfer",
    "subject",
];
/// What may be looked through: rows of the statement itself, and tables as long as a list of counties or shorter.
const SHORT: [&str; 8] =
    ["CONSTANT", "enterprise", "figure_month", "occupation", "organisation", "page", "reach", "up"];

/// The lines of a plan that look through a table of people, `SCAN membership` of one engine, `Seq Scan on membership` of
/// the other. `SQLite` names an alias in place of its table, so that there whatever is not known to be short is long; an
/// index or a filter that it makes for one answer is made of the whole table. A statement that begins at `reach` reads what
/// waits for one organisation after the other: what waits in the whole country is as good as a table.
pub fn looks_through<'a>(statement: &str, plan: &'a str, is_postgres: bool) -> Vec<&'a str> {
    let scan = if is_postgres { "Seq Scan on " } else { "SCAN " };
    let is_long = |line: &&str| {
        let table = line.split_once(scan).and_then(|(_, rest)| rest.split_whitespace().next());
        let is_made = !is_postgres && (line.contains("BLOOM FILTER ON ") || line.contains(" AUTOMATIC "));
        is_made
            || table.is_some_and(|table| if is_postgres { OF_PEOPLE.contains(&table) } else { !SHORT.contains(&table) })
    };
    // The condition of an index stands in `PostgreSQL` one line on.
    let begins_at_reach = statement.contains("reach");
    let is_anybodys = |(line, next): &(&str, &str)| {
        let is_owned = line.contains("owner=?") || next.contains("owner = ");
        begins_at_reach && line.contains("application_queue") && !is_owned
    };
    let following = plan.lines().skip(1).chain([""]);
    let anybodys = plan.lines().zip(following).filter(is_anybodys).map(|(line, _)| line);
    plan.lines().filter(is_long).chain(anybodys).collect()
}
