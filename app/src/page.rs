//! What a page answers.

use domain::ports::Pieces;
use leptos::prelude::AnyView;

/// The five tabs of the bottom bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// 附近
    Nearby,
    /// 入会
    Join,
    /// 维权
    Rights,
    /// 保障
    Cover,
    /// 我的
    Me,
}

/// A page that is ready to be rendered: all it needs has been asked.
pub struct Page {
    /// HTTP status.
    pub status: u16,
    /// Title, without the site's name.
    pub title: String,
    /// The tab it belongs to.
    pub tab: Option<Tab>,
    /// `Set-Cookie` values.
    pub cookies: Vec<String>,
    /// A plain script of the package that this page needs (no WASM).
    pub script: Option<&'static str>,
    /// Makes the content of `<main>`.
    pub body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page of status 200.
    #[must_use]
    pub fn new(title: impl Into<String>, tab: Option<Tab>, body: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self { status: 200, title: title.into(), tab, cookies: Vec::new(), script: None, body: Box::new(body) }
    }

    /// With another status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// With one more cookie.
    #[must_use]
    pub fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }

    /// With a plain script.
    #[must_use]
    pub const fn script(mut self, name: &'static str) -> Self {
        self.script = Some(name);
        self
    }
}

/// What a route answers.
pub enum Answer {
    /// A page.
    Page(Page),
    /// A piece of a page, for an island that asked for more of the same. Never empty of meaning
    /// without script: the page it belongs to stands on its own.
    Piece(Box<dyn FnOnce() -> AnyView + Send>),
    /// A file to take away: offered to be saved, kept by no cache, run by no page.
    File {
        /// What it is called on the phone: ASCII letters, digits, `-` and `.`.
        name: &'static str,
        /// Its media type.
        kind: &'static str,
        /// What is in it.
        body: String,
    },
    /// A file that is made while it is read: as [`Answer::File`].
    Stream {
        /// What it is called.
        name: &'static str,
        /// Its media type.
        kind: &'static str,
        /// What is in it, piece by piece.
        pieces: Box<dyn Pieces>,
    },
    /// Look there (303).
    Redirect {
        /// Where to: a path of this site, or a map app's address.
        to: String,
        /// `Set-Cookie` values.
        cookies: Vec<String>,
        /// Whether the browser drops what scripts have kept on the phone, the last position above all.
        forget: bool,
    },
}

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Self::Page(page)
    }
}
