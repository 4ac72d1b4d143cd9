//! What the program asks of others, each behind a port: SMS gateways, identity services.

pub mod identity;
pub mod sms;
