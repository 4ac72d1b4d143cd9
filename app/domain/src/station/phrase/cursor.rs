//! A place in a list of tokens.

use super::{
    token::{Kind, Token},
    word::Word,
};

/// Reads on only over what it understands.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [Token]);

impl Cursor<'_> {
    pub(super) fn peek(&self) -> Option<Kind> {
        self.0.first().map(|token| token.kind)
    }

    pub(super) fn next(&mut self) -> Option<Kind> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first.kind)
    }

    /// Steps over one token, if it is this one.
    pub(super) fn takes(&mut self, kind: Kind) -> bool {
        let there = self.peek() == Some(kind);
        if there {
            self.next();
        }
        there
    }

    pub(super) fn takes_word(&mut self, word: Word) -> bool {
        self.takes(Kind::Word(word))
    }

    /// Steps over what says nothing.
    pub(super) fn skip_harmless(&mut self) {
        while self.takes_word(Word::Harmless) || self.takes(Kind::Colon) {}
    }
}
