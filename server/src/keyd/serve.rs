//! The socket of the key process.

use super::{
    Keyd, Request,
    wire::{read_frame, write_frame},
};
use crate::ops::shutdown::Shutdown;
use domain::time::Millis;
use std::{fmt, fs, io, os::unix::fs::PermissionsExt as _, path::Path, sync::Arc, time::Duration};
use tokio::{
    net::{UnixListener, UnixStream},
    sync::Semaphore,
    task::JoinSet,
};

/// How long one who has connected may take to ask, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many are answered at a time.
const AT_ONCE: usize = 64;

/// Why nobody can be answered.
#[derive(Debug)]
pub enum ServeError {
    /// Another one listens there.
    Taken,
    /// The socket cannot be made.
    Socket(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("已经有一个钥匙进程在这里运行"),
            Self::Socket(error) => write!(f, "建不了 KEYD_SOCKET：{error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Answers until told to leave.
///
/// # Errors
/// [`ServeError`].
pub async fn serve(
    keyd: Arc<Keyd>,
    socket: &Path,
    clock: impl Fn() -> Millis + Send + Sync + Clone + 'static,
    shutdown: Shutdown,
) -> Result<(), ServeError> {
    let listener = listen(socket).await?;
    let places = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            () = shutdown.begun() => break,
            accepted = listener.accept() => accepted,
        };
        while running.try_join_next().is_some() {}
        let Ok((stream, _)) = accepted else {
            // Too many open files: others close theirs.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(place) = places.clone().acquire_owned().await else { break };
        let (keyd, clock) = (keyd.clone(), clock.clone());
        running.spawn(async move {
            drop(tokio::time::timeout(PATIENCE, one(&keyd, stream, &clock)).await);
            drop(place);
        });
    }
    drop(fs::remove_file(socket));
    while running.join_next().await.is_some() {}
    Ok(())
}

/// One request a connection. What is no request of ours gets no answer.
async fn one(keyd: &Keyd, mut stream: UnixStream, clock: &impl Fn() -> Millis) -> io::Result<()> {
    let frame = read_frame(&mut stream).await?;
    let request: Request = serde_json::from_slice(&frame)?;
    let reply = keyd.answer(&request, clock()).await;
    write_frame(&mut stream, &reply).await
}

/// Listens for this user alone; where the folder gives its group on (setgid), for that group too. Made under another
/// name and moved: at no moment may others connect.
async fn listen(socket: &Path) -> Result<UnixListener, ServeError> {
    let folder = socket.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(ServeError::Socket)?;
    if UnixStream::connect(socket).await.is_ok() {
        return Err(ServeError::Taken);
    }
    let for_group = fs::metadata(folder).map_err(ServeError::Socket)?.permissions().mode() & 0o2000 != 0;
    let beside = socket.with_extension("new");
    drop(fs::remove_file(&beside));
    let listener = UnixListener::bind(&beside).map_err(ServeError::Socket)?;
    let mode = if for_group { 0o660 } else { 0o600 };
    fs::set_permissions(&beside, fs::Permissions::from_mode(mode))
        .and_then(|()| fs::rename(&beside, socket))
        .map_err(ServeError::Socket)?;
    Ok(listener)
}
