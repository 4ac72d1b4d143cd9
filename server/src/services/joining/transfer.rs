//! Where an application moves a membership that there is.

use crate::{
    services::people::{Failed, People},
    store::Edit,
};
use domain::{
    account::{ApplicationId, OrganisationId},
    time::Millis,
};

/// Asks for the transfer of a membership together with an application of kind transfer.
///
/// The seam to `services::membership`, which owns transfers: until it takes this over, the application alone says so,
/// and the officer who decides it moves the membership.
#[expect(clippy::unused_async, reason = "what it will call writes to the database")]
pub(super) async fn ask(
    _: &People,
    _: &mut Edit,
    _membership: [u8; 16],
    _application: ApplicationId,
    _to: OrganisationId,
    _: Millis,
) -> Result<(), Failed> {
    Ok(())
}
