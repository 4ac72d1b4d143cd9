//! An authenticator of software: Ed25519 (COSE algorithm -8), attestation "none", and every way to be wrong.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// What an answer says; the default is what a good authenticator in a good browser says.
#[derive(Clone)]
pub struct Answer {
    pub origin: String,
    pub rp_id: String,
    pub challenge: Option<String>,
    pub user_verified: bool,
    pub user_handle: Option<Vec<u8>>,
    pub signed_by: Option<u8>,
    pub kind: Option<&'static str>,
}

impl Default for Answer {
    fn default() -> Self {
        Self {
            origin: "http://localhost:3000".into(),
            rp_id: "localhost".into(),
            challenge: None,
            user_verified: true,
            user_handle: None,
            signed_by: None,
            kind: None,
        }
    }
}

/// One passkey on one device.
pub struct Device {
    seed: u8,
    key: SigningKey,
    pub credential_id: Vec<u8>,
    /// Counts up with each use; stays 0 where the device does not count, as those that synchronise do.
    pub counter: u32,
    pub counts: bool,
    user_handle: Vec<u8>,
    /// Eligible for backup, and backed up.
    pub backup: (bool, bool),
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

impl Device {
    pub fn new(seed: u8) -> Self {
        Self {
            seed,
            key: key(seed),
            credential_id: vec![seed; 32],
            counter: 0,
            counts: true,
            user_handle: Vec::new(),
            backup: (false, false),
        }
    }

    fn flags(&self, verified: bool, attested: bool) -> u8 {
        let bit = |is_set: bool, bit: u8| if is_set { 1 << bit } else { 0 };
        1 | bit(verified, 2) | bit(self.backup.0, 3) | bit(self.backup.1, 4) | bit(attested, 6)
    }

    fn data(&self, answer: &Answer, attested: bool) -> Vec<u8> {
        let mut data = Sha256::digest(answer.rp_id.as_bytes()).to_vec();
        data.push(self.flags(answer.user_verified, attested));
        data.extend(self.counter.to_be_bytes());
        if attested {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.credential_id.len()).expect("short").to_be_bytes());
            data.extend(&self.credential_id);
            // COSE_Key: {1: OKP, 3: EdDSA, -1: Ed25519, -2: x}.
            data.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20]);
            data.extend(self.key.verifying_key().as_bytes());
        }
        data
    }

    fn client_data(kind: &str, options: &Value, answer: &Answer) -> Vec<u8> {
        let challenge = answer.challenge.clone().unwrap_or_else(|| text(options, "challenge"));
        let kind = answer.kind.unwrap_or(kind);
        json!({ "type": kind, "challenge": challenge, "origin": answer.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    /// `navigator.credentials.create`.
    pub fn create(&mut self, options: &str, answer: &Answer) -> String {
        let options: Value = serde_json::from_str(options).expect("JSON");
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["attestation"], "none");
        self.user_handle = BASE64URL_NOPAD.decode(text(&options["user"], "id").as_bytes()).expect("base64url");
        let data = self.data(answer, true);
        let length = u8::try_from(data.len()).expect("short");
        let mut object = vec![0xa3];
        object.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        object.push(length);
        object.extend(&data);
        let id = BASE64URL_NOPAD.encode(&self.credential_id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&Self::client_data("webauthn.create", &options, answer)),
                "attestationObject": BASE64URL_NOPAD.encode(&object),
            },
        })
        .to_string()
    }

    /// `navigator.credentials.get`.
    pub fn get(&mut self, options: &str, answer: &Answer) -> String {
        let options: Value = serde_json::from_str(options).expect("JSON");
        assert_eq!(options["userVerification"], "required");
        if self.counts {
            self.counter += 1;
        }
        let client = Self::client_data("webauthn.get", &options, answer);
        let data = self.data(answer, false);
        let signed = [data.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let signature = key(answer.signed_by.unwrap_or(self.seed)).sign(&signed);
        let id = BASE64URL_NOPAD.encode(&self.credential_id);
        let handle = answer.user_handle.as_ref().unwrap_or(&self.user_handle);
        json!({
            "id": id, "rawId": id, "type": "public-key", "clientExtensionResults": {},
            "response": {
                "clientDataJSON": BASE64URL_NOPAD.encode(&client),
                "authenticatorData": BASE64URL_NOPAD.encode(&data),
                "signature": BASE64URL_NOPAD.encode(&signature.to_bytes()),
                "userHandle": BASE64URL_NOPAD.encode(handle),
            },
        })
        .to_string()
    }
}

fn text(value: &Value, field: &str) -> String {
    value[field].as_str().expect("a text").to_owned()
}
