//! Others who find near-copies, run on the same texts.
//!
//! A peer gets a file with a text a line and one with the planted pairs, and prints one line for each of its
//! settings: `{"who":"gaoya 42x3","seconds":1.5,"copies":4100,"pairs":5000}`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a peer says of itself.
pub struct Run {
    pub who: String,
    /// CPU time, from texts in memory to pairs.
    pub seconds: f64,
    /// How many of the planted copies it proposed with what they were made from.
    pub copies: usize,
    /// How many pairs it proposed.
    pub pairs: usize,
}

impl Run {
    pub fn print(&self, ours: &Run) {
        let Run {
            who,
            seconds,
            copies,
            pairs,
        } = self;
        println!(
            "  {who:<28} {seconds:>8.2} s  {:>6.2} times ours   {copies} copies found, {pairs} pairs proposed",
            seconds / ours.seconds
        );
    }
}

/// CPU time of this thread so far, in seconds.
///
/// # Errors
/// Where the system is not Linux.
pub fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let schedule = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds: u64 = schedule.split(' ').next().unwrap_or_default().parse()?;
    Ok(nanoseconds as f64 / 1e9)
}

/// Runs the peers that can be run here, and says which cannot.
///
/// # Errors
/// Where a peer that can be run fails.
pub fn runs(texts: &[String], planted: &[(usize, usize)]) -> Result<Vec<Run>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (text_file, pair_file) = (folder.path().join("texts"), folder.path().join("planted"));
    fs::write(&text_file, texts.join("\n"))?;
    let mut pairs = String::new();
    planted
        .iter()
        .try_for_each(|(one, other)| writeln!(pairs, "{one} {other}"))?;
    fs::write(&pair_file, pairs)?;
    let peers = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("peers");
    let mut runs = Vec::new();
    let mut gaoya = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    gaoya
        .args(["run", "--release", "--quiet", "--locked", "--manifest-path"])
        .arg(peers.join("gaoya/Cargo.toml"))
        .arg("--");
    runs.extend(run(gaoya, &text_file, &pair_file)?);
    let python = std::env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let can_import = Command::new(&python).args(["-c", "import datasketch"]).output();
    if can_import.is_ok_and(|output| output.status.success()) {
        let mut datasketch = Command::new(python);
        datasketch.arg(peers.join("datasketch_peer.py"));
        runs.extend(run(datasketch, &text_file, &pair_file)?);
    } else {
        println!("  datasketch: skipped, python3 (or $PYTHON) cannot import it");
    }
    Ok(runs)
}

fn run(mut command: Command, texts: &Path, pairs: &Path) -> Result<Vec<Run>, Box<dyn Error>> {
    let output = command.arg(texts).arg(pairs).output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let line = |line: &str| -> Result<Run, Box<dyn Error>> {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let count = |name: &str| value[name].as_u64().unwrap_or(0) as usize;
        Ok(Run {
            who: value["who"].as_str().unwrap_or("?").to_owned(),
            seconds: value["seconds"].as_f64().ok_or("no seconds")?,
            copies: count("copies"),
            pairs: count("pairs"),
        })
    };
    String::from_utf8_lossy(&output.stdout).lines().map(line).collect()
}
