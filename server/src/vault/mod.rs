//! Personal data at rest: what a stolen database says nothing about.
//!
//! Every person has a data key of their own, wrapped by a key-encryption key and kept in a store apart from the
//! data ([`KeyStore`]): to destroy the key is to destroy what it sealed, in every backup of the data as well. A
//! ciphertext is bound to its table, column and row. Look-ups go by keyed hashes under another key. The words of
//! legal matters are sealed under keys that this process never holds: see [`crate::keyd`].

mod card;
mod carried;
mod cipher;
pub mod file;
mod keys;
mod keystore;
mod matter;
mod rotate;
mod secret;
mod token;

pub use card::{CardKeys, PublicKey};
pub use carried::CarriedKey;
pub use cipher::{Place, Sealed, random};
pub(crate) use keys::hash_under;
pub use keys::{Keys, KeysError};
pub use keystore::KeyStore;
pub use matter::{MatterKey, MatterWrapper};
pub use rotate::{GRACE_MS, Superseded};
pub use secret::Secret;

use arc_swap::ArcSwap;
use cipher::DataKey;
use domain::{account::SubjectId, time::Millis};
use std::{fmt, path::Path, sync::Arc};
use zeroize::Zeroizing;

/// Whose key seals something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The program itself: what is about nobody. No column is sealed for it now: a number that asked for a code opens
    /// with its attempt's token alone, see [`Vault::seal_with_token`].
    Program,
    /// A person.
    Subject(SubjectId),
}

impl Owner {
    const fn bytes(self) -> [u8; 16] {
        match self {
            Self::Program => [0; 16],
            Self::Subject(SubjectId(bytes)) => bytes,
        }
    }
}

/// What a keyed hash is for. Hashes of different domains of the same text have nothing in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A mobile number.
    Mobile,
    /// An ID number with its type.
    IdNumber,
    /// What an identity service calls a person.
    Person,
    /// The token of a session, an attempt, a link or a ceremony.
    Token,
    /// A code sent by SMS, with the attempt it belongs to.
    SmsCode,
    /// A manager's one-use code.
    ManagerCode,
    /// The key of a rate limit.
    Rate,
    /// The token of a device.
    Device,
    /// What an authenticator that is being set up comes from.
    Authenticator,
    /// An ID number with its type, of an application or a membership: see `services::joining::hashes`.
    MemberId,
    /// A name with a mobile number, of an application or a membership.
    MemberNameMobile,
    /// By how much the counts of an organisation are moved.
    Figures,
    /// What stands for another record at an officer's desk.
    Likely,
}

impl Lookup {
    const fn label(self) -> &'static str {
        match self {
            Self::Mobile => "subject.mobile",
            Self::IdNumber => "subject.id_number",
            Self::Person => "subject.person",
            Self::Token => "token",
            Self::SmsCode => "sign_in_attempt.code",
            Self::ManagerCode => "manager_code.code",
            Self::Rate => "rate_limit.key",
            Self::Device => "session.device",
            Self::Authenticator => "totp.secret",
            Self::MemberId => "member.id_number",
            Self::MemberNameMobile => "member.name_mobile",
            Self::Figures => "figure.offset",
            Self::Likely => "desk.likely",
        }
    }
}

/// Why something could not be sealed or opened.
#[derive(Debug)]
pub enum VaultError {
    /// The key store does not answer.
    Store(sqlx::Error),
    /// The owner has no key, or no longer: what it sealed cannot be read by anybody.
    NoKey,
    /// A ciphertext was not made here, or not for this place.
    Broken,
    /// A key was wrapped by a key-encryption key that this process does not have.
    UnknownWrapper(i32),
    /// The key file cannot be changed.
    Keys(KeysError),
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => write!(f, "the key store does not answer: {error}"),
            Self::NoKey => f.write_str("the owner has no key"),
            Self::Broken => f.write_str("a ciphertext does not belong where it is"),
            Self::UnknownWrapper(id) => write!(f, "no key-encryption key {id} in VAULT_KEY_FILE"),
            Self::Keys(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for VaultError {}

/// The vault. Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    keys: Arc<ArcSwap<Keys>>,
    /// Where the keys come from: another process may have rotated them.
    file: Option<Arc<Path>>,
    store: KeyStore,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// On a key store, with keys that nothing keeps: for tests.
    #[must_use]
    pub fn new(keys: Keys, store: KeyStore) -> Self {
        Self { keys: Arc::new(ArcSwap::from_pointee(keys)), file: None, store }
    }

    /// On a key store, with the keys of a file, which is made the first time; the second value says whether it was.
    ///
    /// # Errors
    /// [`KeysError`].
    pub fn open_file(path: &Path, store: KeyStore) -> Result<(Self, bool), KeysError> {
        let (keys, made) = Keys::open(path)?;
        let vault = Self { file: Some(path.into()), ..Self::new(keys, store) };
        Ok((vault, made))
    }

    /// The store of the wrapped keys.
    #[must_use]
    pub const fn key_store(&self) -> &KeyStore {
        &self.store
    }

    /// The keyed hash of a text, by which it is found again.
    #[must_use]
    pub fn hash(&self, lookup: Lookup, text: &str) -> [u8; 32] {
        self.keys.load().hash(lookup.label(), text.as_bytes())
    }

    /// The key under which tokens are hashed: what the key process needs to know whose a session is.
    #[must_use]
    pub fn token_key(&self) -> Zeroizing<[u8; 32]> {
        self.keys.load().token_key()
    }

    /// The key of the audit chain.
    #[must_use]
    pub fn audit_key(&self) -> [u8; 32] {
        self.keys.load().hash("audit.chain", b"")
    }

    /// Seals a text for a place; makes the owner's key the first time.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn seal(&self, owner: Owner, place: Place, text: &str, now: Millis) -> Result<Sealed, VaultError> {
        let (generation, key) = self.newest_key(owner, now).await?;
        Ok(key.seal(generation, place, text.as_bytes()))
    }

    /// Seals texts for people who are new, each under a key of their own; the keys are kept together, which is what
    /// makes a list of thousands bearable. In the order given.
    ///
    /// # Errors
    /// The key store does not answer: nothing that was sealed may be kept.
    pub async fn seal_for_new(
        &self,
        people: &[(SubjectId, Vec<(Place, &str)>)],
        now: Millis,
    ) -> Result<Vec<Vec<Sealed>>, VaultError> {
        // As in `newest_key`: wrapped by what the file says now.
        self.read_again();
        let keys = self.keys.load();
        let mut rows = Vec::with_capacity(people.len());
        let mut sealed = Vec::with_capacity(people.len());
        for (subject, texts) in people {
            let owner = Owner::Subject(*subject).bytes();
            let key = DataKey::random();
            sealed.push(texts.iter().map(|(place, text)| key.seal(1, *place, text.as_bytes())).collect());
            rows.push((owner, keys.wrap(owner, 1, &key)));
        }
        self.store.put_new(&rows, now).await?;
        Ok(sealed)
    }

    /// Opens what was sealed for a place.
    ///
    /// # Errors
    /// The key store does not answer, the owner's key is destroyed, or the bytes do not belong there.
    pub async fn open(&self, owner: Owner, place: Place, sealed: &[u8]) -> Result<Secret, VaultError> {
        let generation = Sealed::generation(sealed).ok_or(VaultError::Broken)?;
        let key = self.key(owner.bytes(), generation).await?;
        let bytes = key.open(place, sealed).ok_or(VaultError::Broken)?;
        Secret::from_utf8(bytes).ok_or(VaultError::Broken)
    }

    /// Destroys the keys of a person and of their matters: nothing that they sealed can be read again, here or in a
    /// backup.
    ///
    /// # Errors
    /// The key store does not answer.
    pub async fn destroy(&self, subject: SubjectId) -> Result<(), VaultError> {
        self.store.destroy(Owner::Subject(subject).bytes()).await
    }

    /// The key of one generation.
    async fn key(&self, owner: [u8; 16], generation: i32) -> Result<DataKey, VaultError> {
        let wrapped = self.store.find(owner, generation).await?.ok_or(VaultError::NoKey)?;
        match self.keys.load().unwrap(owner, generation, &wrapped) {
            Err(VaultError::UnknownWrapper(_)) => {}
            known => return known,
        }
        // It was rotated meanwhile: the file has the new key, and the store the key as it is wrapped now.
        self.read_again();
        let wrapped = self.store.find(owner, generation).await?.ok_or(VaultError::NoKey)?;
        self.keys.load().unwrap(owner, generation, &wrapped)
    }

    async fn newest_key(&self, owner: Owner, now: Millis) -> Result<(i32, DataKey), VaultError> {
        let owner = owner.bytes();
        if let Some((generation, _)) = self.store.newest(owner).await? {
            return Ok((generation, self.key(owner, generation).await?));
        }
        // A new key is rare: it is wrapped by what the file says now, never by one that was taken out of use.
        self.read_again();
        let wrapped = self.keys.load().wrap(owner, 1, &DataKey::random());
        self.store.put(owner, 1, &wrapped, now).await?;
        // Another server may have been first: what is in the store is what counts.
        let (generation, _) = self.store.newest(owner).await?.ok_or(VaultError::NoKey)?;
        Ok((generation, self.key(owner, generation).await?))
    }

    /// Reads the key file again. Where that fails, the keys that are known go on.
    fn read_again(&self) {
        let Some(path) = &self.file else { return };
        match Keys::read(path) {
            Ok(keys) => self.keys.store(Arc::new(keys)),
            Err(error) => tracing::error!(%error, "the key file of the vault cannot be read again: {error}"),
        }
    }
}
