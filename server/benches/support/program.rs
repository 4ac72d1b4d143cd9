//! The built program, running for the time of a measurement.

use std::{
    env,
    error::Error,
    fs::{self, File},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long it may take until it answers.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; ends with the value.
pub struct Program {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
    _folder: TempDir,
}

impl Program {
    /// Fills a database with 200,000 generated stations and serves them.
    pub fn start() -> Result<Self, Box<dyn Error + Send + Sync>> {
        let binary = env::var_os("SERVER_BIN").map_or_else(built, PathBuf::from);
        if !binary.is_file() {
            return Err(format!("there is no {}: `make build` first, or set SERVER_BIN", binary.display()).into());
        }
        let folder = TempDir::new()?;
        let file = folder.path().join("synthetic.csv");
        run(command(&binary, folder.path()).arg("migrate"))?;
        run(command(&binary, folder.path())
            .args(["generate-stations", "--count", "200000", "--seed", "1", "--out"])
            .arg(&file))?;
        run(command(&binary, folder.path()).arg("import-stations").arg(&file).args([
            "--datum",
            "wgs84",
            "--source",
            "synthetic",
        ]))?;

        // Free a moment ago: nobody else is given the same one that soon.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let said = folder.path().join("said.txt");
        let child = command(&binary, folder.path())
            .arg("serve")
            .env("LISTEN", address.to_string())
            .stderr(File::create(&said)?)
            .spawn()?;
        let mut program = Self { address, child, _folder: folder };
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(status) = program.child.try_wait()? {
                return Err(format!("the program ended, {status}: {}", fs::read_to_string(&said)?).into());
            }
            if began.elapsed() > PATIENCE {
                return Err("the program does not answer".into());
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(program)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do about it here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where `make build` puts it.
fn built() -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace.join("target"), PathBuf::from).join("release/server")
}

fn command(binary: &Path, folder: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .current_dir(folder)
        .env("DATABASE_URL", format!("sqlite:{}", folder.join("bench.db").display()))
        .envs([("METRICS_LISTEN", "off"), ("LIMITS", "off"), ("DEMO", "off"), ("LOG_LEVEL", "warn")])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn run(command: &mut Command) -> Result<(), Box<dyn Error + Send + Sync>> {
    let output = command.stderr(Stdio::piped()).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
