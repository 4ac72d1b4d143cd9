//! `/desk/links/{what}`: the join link of an organisation, a station or a platform, to show, to send, to print.

use super::parts::{part, to_desk};
use crate::{
    ask::{Ask, Fields},
    components::{Icon, Qr, path, squares},
    form::{Form, Later},
    page::{Answer, Page, Tab},
    pages::refused::{refused, see},
};
use domain::{
    policy::Action,
    ports::{EntryLink, LinkDesk},
};
use leptos::prelude::*;
use std::fmt::Write as _;

async fn desk(ask: &Ask) -> Result<LinkDesk, Answer> {
    let read = ask.ports.joining.entry_link(&ask.actor, part(ask, "what")).await;
    read.map_err(|why| refused(ask, why))
}

/// The link itself; where there is none yet, to the page that says so and has the button.
async fn link(ask: &Ask) -> Result<EntryLink, Answer> {
    desk(ask).await?.link.ok_or_else(|| see(format!("/desk/links/{}", part(ask, "what"))))
}

/// `/desk/links/{what}`.
pub async fn page(ask: &Ask) -> Answer {
    let desk = match desk(ask).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let here = ask.path.clone();
    Page::new("入会二维码", Some(Tab::Me), move || match desk.link {
        Some(link) => made(&link, &here),
        None => none(desk.name, here),
    })
    .into()
}

/// Where nobody made one yet: what it is good for, and the button.
fn none(name: String, here: String) -> AnyView {
    view! {
        {to_desk()}
        <h1>"入会二维码"</h1>
        <p class="meta">{name}</p>
        <p>"这里还没有入会链接。做好以后，有二维码、链接和可以打印的海报。"</p>
        <ul class="ticks">
            <li>"工友扫一扫就选好了这里，约一分钟填完。"</li>
            <li>"从这里来的申请，满 5 个就能看到有多少。"</li>
            <li>"只做一个，一直能用；同事看到的是同一个。"</li>
        </ul>
        <form class="act" method="post" action=here><button class="btn main">"做一个入会链接"</button></form>
    }
    .into_any()
}

fn made(link: &EntryLink, here: &str) -> AnyView {
    let begun = match link.begun {
        Some(count) => format!("{count} 个人从这里开始申请。"),
        None => "从这里开始申请的人数，满 5 个才显示。".to_owned(),
    };
    let code = squares(&link.address);
    view! {
        {to_desk()}
        <h1>"入会二维码"</h1>
        <p class="meta">{link.name.clone()}</p>
        <Qr squares=&code label="入会二维码"/>
        <p>"扫一扫，或者把链接发到群里。打开就选好了这里，约一分钟填完。"</p>
        <p class="quote long" translate="no">{link.address.clone()}</p>
        <p class="meta">{begun}</p>
        <a class="btn wide" href=format!("{here}/poster.svg")><Icon name="down"/>"下载海报图（SVG）"</a>
        <div class="act"><a class="btn main" href=format!("{here}/poster")>"打印海报"</a></div>
    }
    .into_any()
}

/// Makes the link; where there is one, shows it.
pub struct MakeLink;

impl Form for MakeLink {
    const PATH: &'static str = "/desk/links/{what}";
    const ACTION: Action = Action::MakeEntryLink;

    fn submit(ask: Ask, _: Fields) -> Later<Answer> {
        Box::pin(async move {
            match ask.ports.joining.make_entry_link(&ask.actor, part(&ask, "what"), ask.now).await {
                Ok(()) => see(ask.path.clone()),
                Err(why) => refused(&ask, why),
            }
        })
    }
}

/// `/desk/links/{what}/poster`: an A4 page; the browser prints it, on paper or as PDF.
pub async fn poster(ask: &Ask) -> Answer {
    let link = match link(ask).await {
        Ok(link) => link,
        Err(answer) => return answer,
    };
    let back = ask.path.trim_end_matches("/poster").to_owned();
    Page::new("入会海报", Some(Tab::Me), move || {
        let drawing = drawing(&link);
        view! {
            <a class="back" href=back><Icon name="back"/>"入会二维码"</a>
            <h1 class="screen-only">"入会海报"</h1>
            <p class="meta screen-only">"用浏览器的“打印”，纸张选 A4；要 PDF，打印时选“另存为 PDF”。"</p>
            <div class="poster" role="img" aria-label=format!("海报：扫码加入工会，{}", link.name) inner_html=drawing></div>
        }
        .into_any()
    })
    .into()
}

/// `/desk/links/{what}/poster.svg`.
pub async fn poster_svg(ask: &Ask) -> Answer {
    match link(ask).await {
        Ok(link) => Answer::File { name: "huizhanjia-join-poster.svg", kind: "image/svg+xml", body: drawing(&link) },
        Err(answer) => answer,
    }
}

/// A text inside an element of SVG.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A name in lines of so many characters, three at most.
fn lines(name: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    letters.chunks(width).take(3).map(|line| line.iter().collect()).collect()
}

/// A4, 210 × 297: the green of the sign, the call, the code, whose it is.
fn drawing(link: &EntryLink) -> String {
    const FONT: &str = "PingFang SC, HarmonyOS Sans SC, Noto Sans CJK SC, Microsoft YaHei, sans-serif";
    let squares = squares(&link.address);
    // A side of 120 with the quiet zone inside.
    let side = squares.len().max(1) + 8;
    let scale = 120.0 / f64::from(u32::try_from(side).unwrap_or(u32::MAX));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 210 297\" width=\"210mm\" height=\"297mm\" font-family=\"{FONT}\">\
         <rect width=\"210\" height=\"297\" fill=\"#fff\"/>\
         <rect x=\"10\" y=\"10\" width=\"190\" height=\"277\" rx=\"8\" fill=\"#00573f\"/>\
         <rect x=\"13\" y=\"13\" width=\"184\" height=\"271\" rx=\"6\" fill=\"none\" stroke=\"#fff\" stroke-width=\"1.2\"/>\
         <text x=\"105\" y=\"52\" font-size=\"25\" font-weight=\"700\" fill=\"#fff\" text-anchor=\"middle\">扫码入工会</text>\
         <text x=\"105\" y=\"70\" font-size=\"9.5\" fill=\"#fff\" text-anchor=\"middle\">一分钟填完，当场知道谁审、哪天有结果</text>\
         <rect x=\"41\" y=\"82\" width=\"128\" height=\"128\" rx=\"5\" fill=\"#fff\"/>\
         <g transform=\"translate(45 86) scale({scale:.4})\"><path d=\"{}\" fill=\"#000\"/></g>",
        path(&squares)
    );
    for (at, line) in lines(&link.name, 16).into_iter().enumerate() {
        let y = 226 + 11 * at;
        let _ = write!(
            text,
            "<text x=\"105\" y=\"{y}\" font-size=\"9.5\" font-weight=\"700\" fill=\"#fff\" text-anchor=\"middle\">{}</text>",
            escaped(&line)
        );
    }
    let _ = write!(
        text,
        "<text x=\"105\" y=\"264\" font-size=\"6.4\" fill=\"#fff\" text-anchor=\"middle\">备好身份证号和手机，不用拍照。换了平台，会籍跟着走。</text>\
         <text x=\"105\" y=\"275\" font-size=\"5\" fill=\"#fff\" text-anchor=\"middle\">{}</text></svg>",
        escaped(&link.address)
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_poster_holds_the_name_as_text_and_nothing_that_runs() {
        let link = EntryLink {
            code: "ABC".into(),
            address: "http://localhost:3000/join?org=ABC".into(),
            name: "<script>郑州市金水区外卖行业工会联合会".into(),
            begun: None,
        };
        let drawn = drawing(&link);
        assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>"));
        assert!(drawn.contains("&lt;script&gt;") && !drawn.contains("<script"));
        assert!(lines("一二三四五六七八九十一二三四五六七", 16).len() == 2);
    }
}
