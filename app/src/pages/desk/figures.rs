//! `/desk/figures` and `/desk/organisations/{id}/figures`: joining in numbers, by fives.

use super::parts::{back, part, summary, to_desk, typed, wrong};
use crate::{
    ask::{Ask, Fields},
    components::{Field, Icon, Plot, Series},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
    text::moment,
};
use domain::{
    membership::{
        Month,
        figures::{Dimension, Figures, Row, Shown, sum},
    },
    policy::Action,
    ports::{FiguresOf, FiguresPage, NotDone, TargetRow, TypedTarget},
};
use leptos::prelude::*;
use std::fmt::Write as _;

/// So many rows of a table are shown; the file has them all.
const ROWS: usize = 12;

/// `/desk/figures`.
pub async fn home(ask: &Ask) -> Answer {
    let found = match ask.ports.lists.figures_home(&ask.actor, ask.now).await {
        Ok(found) => found,
        Err(why) => return refused(ask, why),
    };
    Page::new("入会数字", Some(Tab::Me), move || {
        let none = found.is_empty();
        view! {
            {to_desk()}
            <h1>"入会数字"</h1>
            {none.then(|| view! { <p>"还没有能看的组织。"</p> })}
            <ul class="list">{found.iter().map(organisation).collect_view()}</ul>
        }
        .into_any()
    })
    .into()
}

fn organisation(one: &FiguresOf) -> impl IntoView + use<> {
    view! { <li><a href=format!("/desk/organisations/{}/figures", one.id)><span>{one.name.clone()}</span><Icon name="next"/></a></li> }
}

/// A count as it may be read.
fn count(shown: u64) -> String {
    if shown == 0 { "太少".to_owned() } else { shown.to_string() }
}

fn month(month: Month) -> String {
    format!("{} 年 {} 月", month.year(), month.number())
}

fn table(dimension: Dimension, rows: &[Row]) -> AnyView {
    let has_members = dimension != Dimension::Entry;
    let row = |row: &Row| {
        let sum = row.sum();
        view! {
            <tr><th scope="row">{row.category.clone()}</th><td>{count(sum.applied)}</td><td>{count(sum.approved)}</td>
                {has_members.then(|| view! { <td>{count(sum.members)}</td> })}</tr>
        }
    };
    let more = rows.len().saturating_sub(ROWS);
    view! {
        <h2>{format!("按{}", dimension.word())}</h2>
        {if rows.is_empty() {
            view! { <p>"每一类都太少，不显示。"</p> }.into_any()
        } else {
            view! {
                <div class="wide-table"><table class="counts">
                    <thead><tr><th scope="col">{dimension.word()}</th><th scope="col">"申请"</th><th scope="col">"通过"</th>
                        {has_members.then(|| view! { <th scope="col">"会员"</th> })}</tr></thead>
                    <tbody>{rows.iter().take(ROWS).map(row).collect_view()}</tbody>
                </table></div>
            }.into_any()
        }}
        {(more > 0).then(|| view! { <p class="meta">"还有 "{more}" 类，在下载的表里。"</p> })}
    }
    .into_any()
}

fn months(page: &FiguresPage) -> AnyView {
    let Figures { months, totals, .. } = &page.figures;
    let labels: Vec<String> = months.iter().map(|month| month.number().to_string()).collect();
    let values = |of: fn(&Shown) -> u64| totals.iter().map(of).collect::<Vec<u64>>();
    let last = months.last().copied().map(month).unwrap_or_default();
    let all = sum(totals);
    let told = format!(
        "{} 个月里申请 {}，通过 {}。每个月的数在下面的表里。",
        months.len(),
        count(all.applied),
        count(all.approved)
    );
    let members = format!("到 {last}底，会员 {}。每个月的数在下面的表里。", count(all.members));
    let row = |((at, total), median): ((&Month, &Shown), &Option<u32>)| {
        let median = median.map_or_else(|| "—".to_owned(), |days| format!("{days} 天"));
        view! {
            <tr><th scope="row">{at.to_string()}</th><td>{count(total.applied)}</td><td>{count(total.approved)}</td>
                <td>{count(total.members)}</td><td>{median}</td></tr>
        }
    };
    let rows = months.iter().zip(totals).zip(&page.median_days).rev().map(row).collect_view();
    view! {
        <Plot id="applied" title="申请和通过" told=told months=labels.clone()
            series=vec![Series { name: "申请", values: values(|one| one.applied) }, Series { name: "通过", values: values(|one| one.approved) }]/>
        <Plot id="members" title="会员（月底）" told=members months=labels
            series=vec![Series { name: "会员", values: values(|one| one.members) }]/>
        <div class="wide-table"><table class="counts">
            <thead><tr><th scope="col">"月份"</th><th scope="col">"申请"</th><th scope="col">"通过"</th><th scope="col">"会员"</th><th scope="col">"办理天数"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
    .into_any()
}

fn target(one: &TargetRow) -> impl IntoView + use<> {
    let reached = u64::from(one.goal).min(one.reached);
    let percent = one.reached * 100 / u64::from(one.goal).max(1);
    let word = format!("{} 年：新会员 {} 人，已通过 {}（{percent}%）", one.year, one.goal, count(one.reached));
    view! {
        <li class="target"><p>{word}</p>
            <progress max=one.goal.to_string() value=reached.to_string()>{format!("{percent}%")}</progress></li>
    }
}

fn targets(page: &FiguresPage, sent: &TypedTarget, not: &NotDone) -> AnyView {
    let none = page.targets.is_empty();
    let action = format!("/desk/organisations/{}/target", page.id);
    view! {
        <h2>"责任目标"</h2>
        {none.then(|| view! { <p>"上级还没有定目标。"</p> })}
        <ul>{page.targets.iter().map(target).collect_view()}</ul>
        {page.may_set_target.then(|| view! {
            {summary(not)}
            <form class="fields" method="post" action=action>
                <Field id="year" label="哪一年" hint="例：2026" keys="numeric" value=sent.year.clone() wrong=wrong(not, "year")/>
                <Field id="goal" label="新会员多少人" hint="全年新通过的会员，含下级" keys="numeric" value=sent.goal.clone() wrong=wrong(not, "goal")/>
                <button class="btn big wide">"定目标"</button>
            </form>
        }.into_any())}
    }
    .into_any()
}

fn definitions() -> AnyView {
    view! {
        <h2>"这些数是怎么来的"</h2>
        <dl class="defined">
            <dt>"申请"</dt><dd>"当月提交的入会和转会申请，含下级组织。撤回的也算。"</dd>
            <dt>"通过"</dt><dd>"当月提交的申请里，到公布那天已经通过的。"</dd>
            <dt>"会员"</dt><dd>"月底在籍、转出中和保留会籍的人，含下级组织。"</dd>
            <dt>"办理天数"</dt><dd>"当月提交并有了结果的申请，一半在这么多天里办完。通过的不到 10 人就不写。"</dd>
            <dt>"头部企业"</dt><dd>"企业本身，加上它的分公司、加盟商、代理商和派遣公司。"</dd>
            <dt>"什么时候公布"</dt><dd>"每月 15 日公布上个月的。公布以后不再改。"</dd>
            <dt>"为什么都是 5 的倍数"</dt><dd>"每个组织里每 5 个人记一次，一个组织的数前后差不超过 4（申请是两部分相加，不超过 8）；上级的数是下面各组织的数加起来。这样谁也推不出几个人的情况。写“太少”的和没列出的类别，可能没有人，也可能有几个。"</dd>
            <dt>"不在里面的"</dt><dd>"维权案件、反映的问题和位置从来不进统计。"</dd>
        </dl>
    }
    .into_any()
}

async fn show(ask: &Ask, sent: TypedTarget, not: NotDone) -> Answer {
    let page = match ask.ports.lists.figures(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(page) => page,
        Err(why) => return refused(ask, why),
    };
    let status = if not.wrong.is_empty() { 200 } else { 422 };
    Page::new(format!("{}的入会数字", page.name), Some(Tab::Me), move || {
        let next = format!("{} 公布下一个月的。", moment::day(page.next_at));
        let none = page.figures.months.is_empty();
        let tables = page.figures.tables.iter().map(|(dimension, rows)| table(*dimension, rows)).collect_view();
        view! {
            {back(format!("/desk/organisations/{}", page.id), "回组织")}
            <h1>{page.name.clone()}</h1>
            <p class="meta">"入会数字，含下级组织。"{next}</p>
            <div class="split">
                {view! { <section class="stack">
                    {if none {
                        view! { <p>"还没有公布过数字。"</p> }.into_any()
                    } else {
                        view! {
                            {months(&page)}
                            <a class="btn big wide" href=format!("/desk/organisations/{}/figures.csv", page.id)><Icon name="down"/>"下载表格（CSV）"</a>
                        }.into_any()
                    }}
                    {targets(&page, &sent, &not)}
                </section> }.into_any()}
                {view! { <section class="stack">
                    {(!none).then_some(tables)}
                    {(!page.below.is_empty()).then(|| view! { <h2>"下级组织"</h2><ul class="list">{page.below.iter().map(organisation).collect_view()}</ul> })}
                    {definitions()}
                </section> }.into_any()}
            </div>
        }
        .into_any()
    })
    .status(status)
    .into()
}

/// `/desk/organisations/{id}/figures`.
pub async fn page(ask: &Ask) -> Answer {
    show(ask, TypedTarget::default(), NotDone::default()).await
}

/// `/desk/organisations/{id}/figures.csv`: the same numbers as a file.
pub async fn file(ask: &Ask) -> Answer {
    match ask.ports.lists.figures(&ask.actor, part(ask, "id"), ask.now).await {
        Ok(page) => Answer::File { name: "figures.csv", kind: "text/csv; charset=utf-8", body: csv(&page.figures) },
        Err(why) => refused(ask, why),
    }
}

fn csv(figures: &Figures) -> String {
    // With a mark spreadsheet programs read it as UTF-8. Words are ours or an administrator's; a sign in front of
    // one is no formula all the same.
    let quoted = |word: &str| {
        let risky = word.starts_with(['=', '+', '-', '@', '\t']);
        format!("\"{}{}\"", if risky { "'" } else { "" }, word.replace('"', "\"\""))
    };
    let mut text = String::from("\u{feff}分类,类别,月份,申请,通过,会员\r\n");
    let mut add = |what: &str, category: &str, months: &[Shown]| {
        for (month, one) in figures.months.iter().zip(months) {
            let (applied, approved, members) = (count(one.applied), count(one.approved), count(one.members));
            let members = if what == Dimension::Entry.word() { String::new() } else { members };
            let _ = write!(text, "{what},{},{month},{applied},{approved},{members}\r\n", quoted(category));
        }
    };
    add("全部", "", &figures.totals);
    for (dimension, rows) in &figures.tables {
        for row in rows {
            add(dimension.word(), &row.category, &row.months);
        }
    }
    text
}

/// Sets a target.
pub struct SetTarget;

impl Form for SetTarget {
    const PATH: &'static str = "/desk/organisations/{id}/target";
    const ACTION: Action = Action::SetTarget;

    fn submit(ask: Ask, fields: Fields) -> Later<Answer> {
        Box::pin(async move {
            let sent = TypedTarget { year: typed(&fields, "year"), goal: typed(&fields, "goal") };
            let id = part(&ask, "id").to_owned();
            match ask.ports.lists.set_target(&ask.actor, &id, &sent, ask.now).await {
                Ok(()) => see(format!("/desk/organisations/{id}/figures")),
                Err(NotDone { refused: Some(why), .. }) => refused(&ask, why),
                Err(not) => show(&ask, sent, not).await,
            }
        })
    }
}
