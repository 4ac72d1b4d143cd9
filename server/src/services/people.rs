//! What every service about people shares: the database, the vault, the policy.

use crate::{
    finder::Finder,
    keyd::KeydClient,
    organisations::Organisations,
    outside::{
        identity::IdentityCheck,
        sms::{Gateways, Heard},
    },
    regions::Regions,
    services::{
        accounts::AccountService, audit::AuditService, card::CardService, deciding::DecidingService,
        enterprises::EnterpriseService, founding::FoundingService, joining::JoiningService, lists::ListService,
        matters::MatterService, membership::MembershipService, obstructions::ObstructionService,
        occupations::OccupationService, proofs::ProofService, staff::StaffService, trial::TrialService,
    },
    store::{Store, StoreError},
    vault::{KeyStore, Keys, Vault, VaultError},
};
use domain::{
    policy::{Policy, Refused},
    ports::{Places, Ports, Reports, Roads, Site, Stations},
};
use std::{fmt, path::Path, sync::Arc};

/// What services about people share. Cheap to clone.
#[derive(Clone)]
pub struct People {
    /// The database.
    pub store: Store,
    /// Personal data at rest.
    pub vault: Vault,
    /// Who may do what.
    pub policy: Arc<Policy>,
    /// Stations in memory.
    pub finder: Arc<Finder>,
    /// Regions.
    pub regions: Arc<Regions>,
    /// The union tree in memory.
    pub organisations: Arc<Organisations>,
    /// Where SMS go.
    pub sms: Gateways,
    /// How many SMS may be sent on one day: a cap on cost.
    pub sms_a_day: u32,
    /// Whether a name and an ID number belong together.
    pub identity: IdentityCheck,
    /// Who runs this installation.
    pub site: Arc<Site>,
    /// Where people reach the site: scheme, host and port. Passkeys are bound to it.
    pub address: Arc<str>,
    /// The way to the key process.
    pub keyd: KeydClient,
}

impl People {
    /// With fresh keys that nothing keeps but a folder: for tests and measuring. A key process is found at
    /// `keyd.sock` there, when a test starts one.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub async fn for_tests(
        store: Store,
        finder: Arc<Finder>,
        regions: Arc<Regions>,
        site: Arc<Site>,
        folder: &Path,
    ) -> Result<Self, VaultError> {
        let keystore = KeyStore::connect(&format!("sqlite:{}", folder.join("keys.db").display())).await?;
        let vault = Vault::new(Keys::random(), keystore);
        let organisations = Arc::new(Organisations::default());
        let (policy, address) = (Arc::new(Policy::default()), "http://localhost:3000".into());
        let keyd = KeydClient::new(&folder.join("keyd.sock"));
        Ok(Self {
            store,
            vault,
            policy,
            finder,
            regions,
            organisations,
            sms: Gateways::heard(Heard::default()),
            sms_a_day: 5000,
            identity: IdentityCheck::Form,
            site,
            address,
            keyd,
        })
    }

    /// Everything a page may ask.
    #[must_use]
    pub fn ports(&self, roads: Arc<dyn Roads>, reports: Arc<dyn Reports>) -> Ports {
        Ports {
            stations: self.finder.clone() as Arc<dyn Stations>,
            places: self.regions.clone() as Arc<dyn Places>,
            roads,
            reports,
            accounts: Arc::new(AccountService::new(self.clone())),
            proofs: Arc::new(ProofService::new(self.clone())),
            staff: Arc::new(StaffService::new(self.clone())),
            matters: Arc::new(MatterService::new(self.clone())),
            audit: Arc::new(AuditService::new(self.clone())),
            joining: Arc::new(JoiningService::new(self.clone())),
            cards: Arc::new(CardService::new(self.clone())),
            founding: Arc::new(FoundingService::new(self.clone())),
            obstructions: Arc::new(ObstructionService::new(self.clone())),
            enterprises: Arc::new(EnterpriseService::new(self.clone())),
            occupations: Arc::new(OccupationService::new(self.clone())),
            memberships: Arc::new(MembershipService::new(self.clone())),
            lists: Arc::new(ListService::new(self.clone())),
            deciding: Arc::new(DecidingService::new(self.clone())),
            trial: Arc::new(TrialService::new(self.clone())),
            site: self.site.clone(),
        }
    }
}

/// Trouble below a service: it is logged with what was done, never with whom it was about.
pub trait Trouble<T> {
    /// The value, or that nothing was done.
    ///
    /// # Errors
    /// [`Refused::Unavailable`].
    fn or_unavailable(self, doing: &'static str) -> Result<T, Refused>;
}

impl<T> Trouble<T> for Result<T, StoreError> {
    fn or_unavailable(self, doing: &'static str) -> Result<T, Refused> {
        self.map_err(|error| {
            tracing::error!(%error, doing, "{doing}: {error}");
            Refused::Unavailable
        })
    }
}

impl<T> Trouble<T> for Result<T, VaultError> {
    fn or_unavailable(self, doing: &'static str) -> Result<T, Refused> {
        self.map_err(|error| {
            tracing::error!(%error, doing, "{doing}: {error}");
            Refused::Unavailable
        })
    }
}

/// What can go wrong below a service that both stores and seals.
#[derive(Debug)]
pub enum Failed {
    /// The database.
    Store(StoreError),
    /// The vault.
    Vault(VaultError),
}

impl fmt::Display for Failed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(out),
            Self::Vault(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for Failed {}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<VaultError> for Failed {
    fn from(error: VaultError) -> Self {
        Self::Vault(error)
    }
}

impl<T> Trouble<T> for Result<T, Failed> {
    fn or_unavailable(self, doing: &'static str) -> Result<T, Refused> {
        self.map_err(|error| {
            tracing::error!(%error, doing, "{doing}: {error}");
            Refused::Unavailable
        })
    }
}
