//! The stock OpenSSH programs, for tests that compare ours with them.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Runs a program of OpenSSH. `None` where it is not installed, which is said in one line; else its standard output,
/// or its standard error where it fails.
pub fn run(program: &str, arguments: &[&str]) -> Option<Result<String, String>> {
    run_on(program, arguments, Stdio::null())
}

/// The same, with a standard input.
pub fn run_on(program: &str, arguments: &[&str], input: Stdio) -> Option<Result<String, String>> {
    let Ok(output) = Command::new(program).args(arguments).stdin(input).output() else {
        println!("skipped: {program} is not installed");
        return None;
    };
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(if output.status.success() {
        Ok(stdout)
    } else {
        Err(stderr)
    })
}

/// Makes a key with `ssh-keygen`; `None` where that is not installed.
pub fn keygen(path: &Path, algorithm: &str, passphrase: &str) -> Option<()> {
    let path = path.to_str().unwrap();
    let arguments = [
        "-q",
        "-t",
        algorithm,
        "-N",
        passphrase,
        "-C",
        "leyla@example.org",
        "-a",
        "4",
        "-f",
        path,
    ];
    run("ssh-keygen", &arguments).map(|made| {
        made.unwrap();
    })
}

/// A running `ssh-agent`, stopped when dropped.
pub struct StockAgent {
    process: Child,
    pub socket: PathBuf,
}

impl StockAgent {
    /// Starts an agent whose socket lies in `folder`; `None` where it is not installed.
    pub fn start(folder: &Path) -> Option<StockAgent> {
        let socket = folder.join("agent.sock");
        let started = Command::new("ssh-agent")
            .arg("-D")
            .arg("-a")
            .arg(&socket)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(process) = started else {
            println!("skipped: ssh-agent is not installed");
            return None;
        };
        let agent = StockAgent { process, socket };
        let deadline = Instant::now() + Duration::from_secs(10);
        while !agent.socket.exists() {
            assert!(Instant::now() < deadline, "ssh-agent makes its socket");
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(agent)
    }

    /// Adds an unencrypted key file, by `ssh-add`, or removes all keys.
    pub fn add(&self, argument: &Path) {
        let added = Command::new("ssh-add")
            .arg("-q")
            .arg(argument)
            .env("SSH_AUTH_SOCK", &self.socket)
            .stdin(Stdio::null())
            .status();
        assert!(added.unwrap().success(), "ssh-add adds {}", argument.display());
    }
}

impl Drop for StockAgent {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
