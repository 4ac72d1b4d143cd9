//! The button of a passkey. Without scripts, and in a browser that has no passkeys, it is not there; every page that
//! has one also shows another way.

use super::Icon;
use leptos::prelude::*;

/// The script behind it.
pub const PASSKEY_SCRIPT: &str = "passkey.js";

/// A main button at the bottom of the screen, and the line where it says what went wrong.
#[component]
pub fn PasskeyButton(
    /// What it does: `sign-in`, `prove` or `register`, as the address of its ceremony has it.
    act: &'static str,
    /// What it says.
    word: &'static str,
    /// Where to go after it.
    #[prop(optional_no_strip)]
    next: Option<String>,
    /// The token of the invitation that is taken up.
    #[prop(optional_no_strip)]
    invitation: Option<String>,
) -> impl IntoView {
    view! {
        <p class="note warn" id="passkey-says" role="alert" hidden></p>
        <p class="note" id="passkey-none" hidden>"这个浏览器用不了通行密钥，用下面的办法。"</p>
        <div class="act" id="passkey" hidden data-act=act data-next=next data-invitation=invitation>
            <button class="btn main" type="button"><Icon name="key"/>{word}</button>
        </div>
    }
}
