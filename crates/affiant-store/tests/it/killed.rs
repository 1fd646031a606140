//! Writers that are killed, writers that meet, and exhibits larger than memory: in
//! processes of their own.
//!
//! A child is this test program again, running one test with a variable in its environment
//! that names its folder.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use affiant::envelope::Envelope;
use affiant::key::Signer as _;

use super::specimen::{Place, SignedHeads, Specimen};
use super::turn;
use affiant_store::{ArchiveDir, Heads, StoreError, Writer};

const CHILD: &str = "AFFIANT_STORE_TEST_CHILD";

/// Where a child works; `None` where this is no child.
fn child_folder() -> Option<PathBuf> {
    std::env::var_os(CHILD).map(PathBuf::from)
}

fn spawn(test: &str, folder: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lines of a child that begin with `word`, without it.
fn said<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    line.split_once(word).map(|(_, rest)| rest.trim())
}

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Appends until it is killed, and says what is recorded only after it is.
#[test]
fn child_that_appends() {
    let Some(folder) = child_folder() else { return };
    let specimen = Specimen::new();
    let log = affiant::key::SigningKey::from_seed(&[2; 32]);
    let run: u64 = fs::read_to_string(folder.join("run")).unwrap().parse().unwrap();
    let mut numbers = Numbers(run * 7919 + 1);
    let mut signed = OpenOptions::new()
        .append(true)
        .create(true)
        .open(folder.join("signed"))
        .unwrap();
    let mut sign = |text: &[u8]| {
        signed
            .write_all(format!("{}\n", String::from_utf8_lossy(text).replace('\n', " ")).as_bytes())
            .unwrap();
        log.sign(text)
    };
    loop {
        let dir = ArchiveDir::open(&folder.join("archive")).unwrap();
        let mut writer = Writer::open(&dir, Heads::new(&folder.join("heads")), "child", &mut sign).unwrap();
        for _ in 0..=numbers.below(3) {
            let first = writer.size();
            let mut records = Vec::new();
            for leaf in first..=first + numbers.below(4) {
                let words = format!("run {run}, {}", numbers.below(1 << 40));
                let mut record = specimen.question(&format!("P{leaf}"), &words);
                if numbers.below(3) == 0 {
                    record = specimen.with_exhibit(&format!("X{leaf}"), &words, &mut words.as_bytes(), &mut writer);
                }
                records.push(record);
            }
            let ids: Vec<_> = records
                .iter()
                .map(|record| Envelope::parse(&record.envelope).unwrap().record_id())
                .collect();
            writer.append(records, &mut sign).unwrap();
            for (leaf, id) in (first..).zip(ids) {
                println!("recorded {leaf} {id}");
            }
            io::stdout().flush().unwrap();
        }
    }
}

#[test]
fn what_was_acknowledged_survives_kills() {
    let _turn = turn();
    const KILLS: u64 = 200;
    let specimen = Specimen::new();
    let place = Place::on_disk(&specimen);
    let started = Instant::now();
    let mut numbers = Numbers(42);
    let mut recorded: BTreeMap<u64, String> = BTreeMap::new();
    let mut unfinished = 0;
    for run in 1..=KILLS {
        fs::write(place.folder.path().join("run"), run.to_string()).unwrap();
        let mut child = spawn("killed::child_that_appends", place.folder.path());
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // It is killed at some moment after it began to record, or while it begins.
        let mut kept = Vec::new();
        if run % 4 != 0 {
            kept.extend(
                lines
                    .by_ref()
                    .map_while(Result::ok)
                    .find(|line| line.contains("recorded ")),
            );
        }
        std::thread::sleep(Duration::from_micros(numbers.below(25_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        kept.extend(lines.map_while(Result::ok));
        for line in kept {
            let Some((leaf, id)) = said(&line, "recorded ").and_then(|rest| rest.split_once(' ')) else {
                continue;
            };
            // A line that the kill tore was not acknowledged.
            if id.parse::<affiant::record::RecordId>().is_ok() {
                recorded.insert(leaf.parse().unwrap(), id.to_owned());
            }
        }
        unfinished += u64::from(place.root().join("pending").exists());
        let size = specimen.assert_passes(&place.root());
        let dir = place.dir();
        let newest = recorded.iter().rev().take(300);
        for (leaf, id) in newest {
            let stored = dir.record(*leaf, size).unwrap();
            assert_eq!(
                Envelope::parse(&stored.envelope).unwrap().record_id().to_string(),
                *id,
                "run {run}"
            );
        }
    }
    drop(place.writer(&specimen).unwrap());
    let size = specimen.assert_passes(&place.root());
    assert!(!place.files().keys().any(|path| affiant::archive::is_transient(path)));
    for (leaf, id) in &recorded {
        let stored = place.dir().record(*leaf, size).unwrap();
        assert_eq!(Envelope::parse(&stored.envelope).unwrap().record_id().to_string(), *id);
    }
    let mut roots: BTreeMap<String, String> = BTreeMap::new();
    let signed = fs::read_to_string(place.folder.path().join("signed")).unwrap();
    for line in signed.lines() {
        let parts: Vec<&str> = line.split(' ').collect();
        let earlier = roots.insert(parts[1].to_owned(), parts[2].to_owned());
        assert!(
            earlier.is_none_or(|earlier| earlier == parts[2]),
            "the log forked at {}",
            parts[1]
        );
    }
    println!(
        "{KILLS} kills, {unfinished} of them with an append unfinished; {} records acknowledged, {size} in the archive; {} heads; {:?}",
        recorded.len(),
        roots.len(),
        started.elapsed()
    );
    assert!(recorded.len() as u64 > KILLS / 2);
}

/// Holds the archive open until its input ends.
#[test]
fn child_that_holds_the_lock() {
    let Some(folder) = child_folder() else { return };
    let dir = ArchiveDir::open(&folder.join("archive")).unwrap();
    let holder = format!(
        "pid {}, user shahla, host office, since 2026-11-24T09:00:00Z",
        std::process::id()
    );
    let specimen = Specimen::new();
    let signed = SignedHeads::default();
    let heads = Heads::new(&folder.join("heads"));
    let writer = Writer::open(&dir, heads, &holder, &mut specimen.sign(&signed)).unwrap();
    println!("holding {holder}");
    io::stdin().read_to_end(&mut Vec::new()).unwrap();
    drop(writer);
}

#[test]
fn two_processes_do_not_write_at_once() {
    let _turn = turn();
    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let mut child = spawn("killed::child_that_holds_the_lock", place.folder.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let expected = lines
        .find_map(|line| said(&line, "holding ").map(str::to_owned))
        .unwrap();
    match place.writer(&specimen) {
        Err(StoreError::Locked { holder, .. }) => assert_eq!(holder, expected),
        other => panic!("{other:?}"),
    }
    // Readers are not kept away.
    specimen.assert_passes(&place.root());
    drop(child.stdin.take());
    child.wait().unwrap();
    place.writer(&specimen).unwrap();
}

/// Keeps an exhibit of as many bytes as its environment says, and says what memory it took.
#[test]
fn child_that_keeps_a_large_exhibit() {
    let Some(folder) = child_folder() else { return };
    let bytes: u64 = fs::read_to_string(folder.join("bytes")).unwrap().parse().unwrap();
    let specimen = Specimen::new();
    let signed = SignedHeads::default();
    let dir = ArchiveDir::open(&folder.join("archive")).unwrap();
    let heads = Heads::new(&folder.join("heads"));
    let mut writer = Writer::open(&dir, heads, "child", &mut specimen.sign(&signed)).unwrap();
    let record = specimen.with_exhibit("X1", "large", &mut io::repeat(b'x').take(bytes), &mut writer);
    writer.append(vec![record], &mut specimen.sign(&signed)).unwrap();
    drop(writer);
    specimen.assert_passes(&folder.join("archive"));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("peak {}", peak.unwrap_or("unknown").trim());
}

#[test]
fn a_large_exhibit_is_streamed() {
    let _turn = turn();
    const MIB: u64 = 1 << 20;
    // Another size can be tried by hand.
    let bytes = std::env::var("AFFIANT_EXHIBIT_BYTES").map_or(300 * MIB, |bytes| bytes.parse().unwrap());
    let specimen = Specimen::new();
    let place = Place::on_disk(&specimen);
    fs::write(place.folder.path().join("bytes"), bytes.to_string()).unwrap();
    let started = Instant::now();
    let mut child = spawn("killed::child_that_keeps_a_large_exhibit", place.folder.path());
    let lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let peak = lines.filter_map(|line| said(&line, "peak ").map(str::to_owned)).last();
    assert!(child.wait().unwrap().success());
    let peak = peak.unwrap();
    println!(
        "{} MiB kept and verified in {:?}, at most {peak} of memory",
        bytes / MIB,
        started.elapsed()
    );
    if let Some(kib) = peak.strip_suffix(" kB") {
        assert!(kib.parse::<u64>().unwrap() < 64 * 1024, "{peak}");
    }
}
