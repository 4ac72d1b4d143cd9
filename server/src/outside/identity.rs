//! Whether name and number belong together: the form only, or a service that the operator names.

use domain::account::IdType;
use serde::{Deserialize, Serialize};
use std::{fmt, time::Duration};

/// How long a service may take.
const TIMEOUT: Duration = Duration::from_secs(3);

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The name.
    pub name: &'a str,
    /// The document.
    pub id_type: IdType,
    /// Its number.
    pub number: &'a str,
}

/// What is known afterwards.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nobody checked more than the form: there is no service, or it does not answer. The record says so.
    FormOnly,
    /// The service knows this person.
    Confirmed {
        /// What it calls them, so that two numbers of one person are known as one. It never sends an ID number.
        person: Option<String>,
    },
    /// Name and number do not belong together.
    Differs,
}

/// Who checks. Cheap to clone.
#[derive(Clone)]
pub enum IdentityCheck {
    /// Nobody: the form is all that is known.
    Form,
    /// A service: `POST` of `{"name", "id_type", "number"}` as JSON with a bearer token, answered by
    /// `{"match": true, "person": "…"}`.
    Http {
        /// The client.
        client: reqwest::Client,
        /// The address.
        url: String,
        /// The token.
        token: String,
    },
}

impl fmt::Debug for IdentityCheck {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Form => "Form",
            Self::Http { .. } => "Http",
        })
    }
}

#[derive(Serialize)]
struct Sent<'a> {
    name: &'a str,
    id_type: &'static str,
    number: &'a str,
}

#[derive(Deserialize)]
struct Received {
    #[serde(rename = "match")]
    matches: bool,
    person: Option<String>,
}

impl IdentityCheck {
    /// A service.
    ///
    /// # Panics
    /// The TLS library cannot be set up, which is a fault of the build.
    #[must_use]
    pub fn http(url: &str, token: &str) -> Self {
        // A second time it is set already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client without files of its own");
        Self::Http { client, url: url.to_owned(), token: token.to_owned() }
    }

    /// Asks. A service that does not answer blocks nobody: then the form is all that is known.
    pub async fn check(&self, question: &Question<'_>) -> Answer {
        let Self::Http { client, url, token } = self else { return Answer::FormOnly };
        let sent = Sent { name: question.name, id_type: question.id_type.code(), number: question.number };
        let reply = client.post(url).bearer_auth(token).json(&sent).send().await;
        let received = match reply {
            Ok(reply) if reply.status().is_success() => reply.json::<Received>().await.ok(),
            _ => None,
        };
        match received {
            Some(Received { matches: true, person }) => {
                Answer::Confirmed { person: person.filter(|person| !person.is_empty() && person.len() <= 200) }
            }
            Some(Received { matches: false, .. }) => Answer::Differs,
            None => {
                // Without the address and the reply: either may carry what was asked.
                tracing::warn!("the identity service gave no answer");
                Answer::FormOnly
            }
        }
    }
}
