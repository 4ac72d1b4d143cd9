//! The built package: logical names to hashed addresses.

use std::collections::BTreeMap;

/// What the build wrote into `pkg/manifest.json`.
#[derive(Clone, Debug, Default)]
pub struct Assets(BTreeMap<String, String>);

impl Assets {
    /// From logical name to hashed file name, as in `{"site.css": "site.ab12cd34.css"}`.
    #[must_use]
    pub fn new(files: BTreeMap<String, String>) -> Self {
        Self(files.into_iter().map(|(name, file)| (name, format!("/pkg/{file}"))).collect())
    }

    /// The address of a file. One that the build did not make keeps its logical name, so that a
    /// test without a package still renders.
    #[must_use]
    pub fn url(&self, name: &'static str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("/pkg/{name}"))
    }
}
