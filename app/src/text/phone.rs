//! What a browser runs on, in words a person knows their own phone by: `安卓手机 · 微信`.
//!
//! Only words of this list are ever kept: the browser's own description tells models and versions, and never
//! leaves the request.

/// The first whose mark stands in the description names it: what is built on another comes before it.
const MACHINES: [(&str, &str); 9] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("OpenHarmony", "鸿蒙手机"),
    ("HarmonyOS", "鸿蒙手机"),
    ("Android", "安卓手机"),
    ("Windows", "电脑"),
    ("Macintosh", "电脑"),
    ("CrOS", "电脑"),
    ("Linux", "电脑"),
];

const BROWSERS: [(&str, &str); 16] = [
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("AlipayClient", "支付宝"),
    ("QQ/", "QQ"),
    ("MQQBrowser", "QQ 浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("VivoBrowser", "vivo 浏览器"),
    ("HeyTapBrowser", "OPPO 浏览器"),
    ("baidubox", "百度"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
];

/// In words, from a `User-Agent`.
#[must_use]
pub fn words(agent: &str) -> String {
    let named = |list: &[(&str, &'static str)], else_: &'static str| {
        list.iter().find(|(mark, _)| agent.contains(mark)).map_or(else_, |(_, word)| *word)
    };
    format!("{} · {}", named(&MACHINES, "别的设备"), named(&BROWSERS, "别的浏览器"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_named_as_its_owner_would() {
        for (agent, told) in [
            (
                "Mozilla/5.0 (Linux; Android 10; V1936A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
                 Chrome/86.0.4240.99 Mobile Safari/537.36 MicroMessenger/8.0.30.2260(0x28001E3B)",
                "安卓手机 · 微信",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/16.6 Mobile/15E148 Safari/604.1",
                "iPhone · Safari",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/126.0.0.0 Safari/537.36",
                "电脑 · Chrome",
            ),
            (
                "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 \
                 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300",
                "鸿蒙手机 · 华为浏览器",
            ),
            (
                "Mozilla/5.0 (Linux; U; Android 12; zh-cn) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 \
                 Chrome/100.0.4896.127 Mobile Safari/537.36 XiaoMi/MiuiBrowser/18.2",
                "安卓手机 · 小米浏览器",
            ),
        ] {
            assert_eq!(words(agent), told);
        }
    }

    #[test]
    fn nothing_of_a_description_is_told_but_words_of_the_list() {
        for agent in ["", "curl/8.5", "<script>", "我的手机 张三 13812345678"] {
            assert_eq!(words(agent), "别的设备 · 别的浏览器", "{agent}");
        }
    }
}
