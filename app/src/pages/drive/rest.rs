//! Help that stays in reach, and the countdown to a rest, which never leaves the phone.

use crate::components::Icon;
use leptos::prelude::*;

/// What a rule says that this project has not read in a copy of the law (○): shown with 未核实, and
/// changed here, in one place, when somebody has.
pub struct RestRule {
    /// Longest driving without a rest, in minutes.
    pub drive_min: u32,
    /// Shortest rest, in minutes.
    pub rest_min: u32,
    /// Where it stands.
    pub source: &'static str,
}

/// 连续驾驶 4 小时, 休息 20 分钟 ○.
pub const REST: RestRule =
    RestRule { drive_min: 240, rest_min: 20, source: "道路交通安全法实施条例第六十二条" };
/// 高速救援、报警 ○.
pub const HELP: &str = "12122";

/// The button that dials.
pub fn help() -> impl IntoView {
    view! { <a class="btn big" href=format!("tel:{HELP}")><Icon name="phone"/>{HELP}</a> }
}

/// What the number is, and what to dial when it is not that.
pub fn help_words() -> impl IntoView {
    view! { <p class="meta small">{HELP}" 是高速救援、报警电话（未核实）。打不通就拨 122；有人受伤拨 120。"</p> }
}

/// The rule in words; the script adds the clock.
pub fn countdown() -> impl IntoView {
    let hours = REST.drive_min / 60;
    view! {
        <section class="rest" id="rest" data-drive=REST.drive_min data-rest=REST.rest_min aria-labelledby="rest-title">
            <h2 id="rest-title">"连续开车计时"</h2>
            <p class="clock" id="left" role="timer" hidden></p>
            <p id="rest-says" hidden></p>
            <div class="pair" id="rest-do" hidden>
                <button class="btn" type="button" data-do="drive">"开始计时"</button>
                <button class="btn" type="button" data-do="rest">"开始休息"</button>
                <button class="btn" type="button" data-do="stop">"停掉"</button>
            </div>
            <p class="meta small">{format!("开满 {hours} 小时要停车休息，不少于 {} 分钟（{}，未核实）。计时只存在这部手机里。", REST.rest_min, REST.source)}</p>
        </section>
    }
}
