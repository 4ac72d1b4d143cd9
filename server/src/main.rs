//! 会站家, the program: `server --help` says what it can do.

#![forbid(unsafe_code)]

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::commands::run(std::env::args_os()).await
}
