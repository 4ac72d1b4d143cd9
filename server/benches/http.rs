//! `/api/v1/stations/nearby` against `/healthz` of the same program, requests a second, as a ratio.
//!
//! Starts the built program (`SERVER_BIN`, else `target/release/server`) on a free port of this
//! machine with a database of its own and 200,000 generated stations, and asks it over connections
//! that stay open. The clients run beside it and cost both the same.

#[path = "support/program.rs"]
mod program;
#[path = "support/rounds.rs"]
mod rounds;

use program::Program;
use rounds::{Rounds, quantile, verdict};
use std::{
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    process::ExitCode,
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};

/// Connections at once.
const CLIENTS: usize = 8;
/// Requests of each client a turn.
const REQUESTS: usize = 250;
/// Rows asked for.
const ROWS: usize = 20;
/// What the ratio must reach.
const TARGET: f64 = 0.4;

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("not measured: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), Failure> {
    let program = Program::start()?;
    let places = places();
    let first = Client::connect(program.address)?.get(&places[0])?;
    let rows = String::from_utf8_lossy(&first).matches("\"Feature\"").count();
    if rows != ROWS {
        return Err(format!("{} gave {rows} rows instead of {ROWS}", places[0]).into());
    }
    let clients: Vec<_> =
        (0..CLIENTS).map(|_| Client::connect(program.address).map(Mutex::new)).collect::<Result<_, _>>()?;
    let health = ["/healthz".to_owned()];
    let turn = |paths: &[String], turn| requests(&clients, paths, turn).unwrap_or_else(|failure| panic!("{failure}"));
    let rounds = Rounds::abba(|number| turn(&places, number), |number| turn(&health, number));

    let rate = |seconds: &[f64]| f64::from(u32::try_from(CLIENTS * REQUESTS).expect("small")) / quantile(seconds, 0.5);
    println!(
        "nearby ({ROWS} rows, {} bytes): {:.0} requests a second, healthz {:.0} (medians, {CLIENTS} connections)",
        first.len(),
        rate(&rounds.ours),
        rate(&rounds.theirs)
    );
    println!(
        "  nearby / healthz: {} (target >= {TARGET}: {})",
        rounds.told(),
        verdict(rounds.lower_quartile() >= TARGET)
    );
    Ok(())
}

/// Requests around the towns of the generated stations.
fn places() -> Vec<String> {
    (0..400)
        .map(|number: u32| {
            let (lat, lng) = (34.5 + f64::from(number % 20) * 0.02, 113.4 + f64::from(number / 20) * 0.02);
            format!("/api/v1/stations/nearby?lat={lat:.4}&lng={lng:.4}&limit={ROWS}&radius=20000000")
        })
        .collect()
}

/// Seconds that all clients need for their requests of one turn.
fn requests(clients: &[Mutex<Client>], paths: &[String], turn: usize) -> Result<f64, Failure> {
    let began = Instant::now();
    thread::scope(|scope| {
        let threads: Vec<_> = clients
            .iter()
            .enumerate()
            .map(|(number, client)| {
                scope.spawn(move || -> Result<(), Failure> {
                    let mut client = client.lock().map_err(|_| "a client broke off")?;
                    for request in 0..REQUESTS {
                        client.get(&paths[(turn * 31 + number * REQUESTS + request) % paths.len()])?;
                    }
                    Ok(())
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a client broke off")?)
    })?;
    Ok(began.elapsed().as_secs_f64())
}

/// A connection that stays open.
struct Client {
    stream: BufReader<TcpStream>,
    line: String,
}

impl Client {
    fn connect(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        Ok(Self { stream: BufReader::with_capacity(1 << 16, stream), line: String::new() })
    }

    /// The body of a reply; anything but 200 is an error.
    fn get(&mut self, path: &str) -> Result<Vec<u8>, Failure> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.read_line()?.to_owned();
        let mut length = None;
        loop {
            let line = self.read_line()?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = Some(value.trim().parse::<usize>()?);
            }
        }
        let mut body = vec![0; length.ok_or("a reply without content-length")?];
        self.stream.read_exact(&mut body)?;
        if status.split(' ').nth(1) != Some("200") {
            return Err(format!("{path}: {status} {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(body)
    }

    fn read_line(&mut self) -> Result<&str, Failure> {
        self.line.clear();
        if self.stream.read_line(&mut self.line)? == 0 {
            return Err("the program closed the connection".into());
        }
        Ok(self.line.trim_end())
    }
}
