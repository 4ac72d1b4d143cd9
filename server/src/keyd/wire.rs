//! What the two processes say to each other: one request a connection, a length of four bytes and JSON.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, io, path::Path, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::UnixStream,
};
use zeroize::Zeroizing;

/// A request or a reply is a few hundred bytes.
const LARGEST: usize = 4096;
/// How long the other process may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes in hexadecimal digits, or a token: overwritten when dropped, not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(Zeroizing<String>);

impl Hidden {
    /// A text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// Bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(HEXLOWER.encode(bytes)))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The bytes; `None` where they are none.
    #[must_use]
    pub fn bytes(&self) -> Option<Zeroizing<Vec<u8>>> {
        HEXLOWER.decode(self.0.as_bytes()).ok().map(Zeroizing::new)
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Hidden {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        String::deserialize(input).map(|text| Self(Zeroizing::new(text)))
    }
}

/// What is asked. Ids are hexadecimal digits.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Whose installation this is.
    Ping,
    /// A key for a matter that the session's person opens.
    Make {
        /// Of the session.
        token: Hidden,
        /// The matter's new id.
        matter: String,
    },
    /// The key of a matter, for the session's person.
    Read {
        /// Of the session.
        token: Hidden,
        /// Which.
        matter: String,
        /// The key as it is kept.
        wrapped: Hidden,
    },
    /// The confirmation that a matter is assigned to a handler.
    Assign {
        /// Of the session of whoever assigns.
        token: Hidden,
        /// Which.
        matter: String,
        /// To whom.
        handler: String,
    },
}

/// What is answered. A refusal says nothing of why.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Reply {
    /// This one's.
    Pong {
        /// A keyed hash that both processes of one installation know.
        installation: Hidden,
    },
    /// A key, and the same wrapped, to be kept.
    Made {
        /// The key.
        key: Hidden,
        /// Wrapped.
        wrapped: Hidden,
        /// The number of the log's entry.
        entry: u64,
    },
    /// A key.
    Key {
        /// The key.
        key: Hidden,
        /// The number of the log's entry.
        entry: u64,
    },
    /// An assignment.
    Assigned {
        /// The confirmation, to be kept.
        confirmation: Hidden,
        /// The number of the log's entry.
        entry: u64,
    },
    /// No.
    Refused,
    /// Not now: the handler has opened as many matters as anybody may in an hour.
    Limited,
    /// The database or the log does not answer.
    Unavailable,
}

/// Reads a frame.
///
/// # Errors
/// The connection ends, or the frame is too long.
pub async fn read_frame(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Zeroizing<Vec<u8>>> {
    let length = from.read_u32().await?;
    let length = usize::try_from(length).ok().filter(|&length| length <= LARGEST);
    let length = length.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
    let mut frame = Zeroizing::new(vec![0; length]);
    from.read_exact(&mut frame).await?;
    Ok(frame)
}

/// Writes a frame.
///
/// # Errors
/// The connection ends.
pub async fn write_frame(to: &mut (impl AsyncWrite + Unpin), message: &impl Serialize) -> io::Result<()> {
    // Room from the start: a buffer that grows leaves copies behind.
    let mut frame = Zeroizing::new(Vec::with_capacity(LARGEST));
    frame.extend_from_slice(&[0; 4]);
    serde_json::to_writer(&mut *frame, message)?;
    let length = u32::try_from(frame.len() - 4).map_err(io::Error::other)?;
    frame[..4].copy_from_slice(&length.to_be_bytes());
    to.write_all(&frame).await?;
    to.flush().await
}

/// Asks whoever listens on a socket.
///
/// # Errors
/// Nobody listens, or it takes too long.
pub async fn ask(socket: &Path, request: &Request) -> io::Result<Reply> {
    let asked = async {
        let mut stream = UnixStream::connect(socket).await?;
        write_frame(&mut stream, request).await?;
        let frame = read_frame(&mut stream).await?;
        serde_json::from_slice(&frame).map_err(io::Error::from)
    };
    tokio::time::timeout(PATIENCE, asked).await?
}
