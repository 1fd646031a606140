//! Runs the shell commands of `spec/verification.md`, as they stand on the page, over an
//! archive on disk in which something may have been changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use affiant::encode::json;
use serde_json::Value;

use crate::archive_in_memory::Builder;
use crate::example;

const PAGE: &str = include_str!("../../spec/verification.md");

/// The blocks for a record of an archive, in the order of the page, and then the two ways
/// to show that it is in the log.
pub const OF_ARCHIVE: [&str; 11] = [
    "setup",
    "from-archive",
    "payload",
    "weak-keys",
    "signatures",
    "ssh-signatures",
    "identity",
    "disclosures",
    "exhibits-of-archive",
    "checkpoint",
    "inclusion",
];

pub const OF_BUNDLE: [&str; 11] = [
    "setup",
    "from-bundle",
    "payload",
    "weak-keys",
    "signatures",
    "ssh-signatures",
    "identity",
    "disclosures",
    "exhibits-of-bundle",
    "checkpoint",
    "inclusion",
];

/// The fenced shell blocks of the page by the word behind `sh`, in order.
pub fn blocks() -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("```sh ") {
            let block = lines.by_ref().take_while(|line| *line != "```");
            blocks.push((name.to_owned(), block.flat_map(|line| [line, "\n"]).collect()));
        }
    }
    blocks
}

pub fn block(name: &str) -> String {
    let found = blocks().into_iter().find(|(other, _)| other == name);
    found
        .unwrap_or_else(|| panic!("spec/verification.md has no block {name}"))
        .1
}

/// Whether the programs are installed. Where one is not, the test is skipped and says so; in
/// CI, which installs them all, it fails.
fn has_programs() -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = |program: &str| std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    for (program, package) in [
        ("jq", "jq"),
        ("base64", "coreutils"),
        ("sha256sum", "coreutils"),
        ("openssl", "openssl"),
        ("ssh-keygen", "openssh-client"),
        ("xxd", "xxd"),
    ] {
        if !is_there(program) {
            let missing = format!("{program} is not installed: it is in the Debian package {package}");
            assert!(std::env::var_os("CI").is_none(), "{missing}");
            println!("skipped: {missing}");
            return false;
        }
    }
    true
}

/// The example's archive on disk, and its bundle beside it.
pub struct OnDisk {
    folder: tempfile::TempDir,
    pub builder: Builder,
    pub files: BTreeMap<String, Vec<u8>>,
}

/// How a run of blocks ended.
#[derive(Debug)]
pub struct Ended {
    /// The block that stopped it; `None` where all went through.
    pub stopped: Option<String>,
    pub stderr: String,
    pub stdout: String,
}

impl OnDisk {
    /// `None` where a program is missing that the blocks need.
    pub fn new() -> Option<OnDisk> {
        if !has_programs() {
            return None;
        }
        let builder = example::archive();
        let files = builder.files();
        Some(OnDisk {
            folder: tempfile::tempdir().unwrap(),
            builder,
            files,
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs blocks over these files and this proof, for leaf `leaf`.
    pub fn run_archive(
        &self,
        files: &BTreeMap<String, Vec<u8>>,
        proof: &str,
        leaf: usize,
        blocks: &[(&str, String)],
    ) -> Ended {
        let archive = self.path("archive");
        if archive.exists() {
            std::fs::remove_dir_all(&archive).unwrap();
        }
        for (path, bytes) in files {
            let path = archive.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let work = self.empty_work();
        std::fs::write(work.join("proof"), proof).unwrap();
        let environment = [
            ("ARCHIVE", archive.display().to_string()),
            ("N", leaf.to_string()),
            ("WORK", work.display().to_string()),
        ];
        run(self.folder.path(), &environment, blocks)
    }

    pub fn run_bundle(&self, bundle: &[u8], record: usize, blocks: &[(&str, String)]) -> Ended {
        let path = self.path("statement.bundle");
        std::fs::write(&path, bundle).unwrap();
        let environment = [
            ("BUNDLE", path.display().to_string()),
            ("I", record.to_string()),
            ("WORK", self.empty_work().display().to_string()),
        ];
        run(self.folder.path(), &environment, blocks)
    }

    fn empty_work(&self) -> PathBuf {
        let work = self.path("work");
        if work.exists() {
            std::fs::remove_dir_all(&work).unwrap();
        }
        std::fs::create_dir(&work).unwrap();
        work
    }

    pub fn proof(&self, leaf: usize) -> String {
        example::proof(&self.files, leaf, self.builder.leaves.len())
    }

    /// Runs the page's blocks over an archive in which `change` changed something.
    pub fn after(&self, blocks: &[(&str, String)], change: impl FnOnce(&mut Changed)) -> Ended {
        let mut changed = Changed {
            files: self.files.clone(),
            proof: self.proof(example::STATEMENT),
        };
        change(&mut changed);
        self.run_archive(&changed.files, &changed.proof, example::STATEMENT, blocks)
    }
}

pub struct Changed {
    pub files: BTreeMap<String, Vec<u8>>,
    pub proof: String,
}

impl Changed {
    pub fn file(&mut self, prefix: &str) -> &mut Vec<u8> {
        let mut found = self.files.iter_mut().filter(|(path, _)| path.starts_with(prefix));
        found.next().unwrap().1
    }

    /// Changes line `leaf` of a pack.
    pub fn line(&mut self, prefix: &str, leaf: usize, change: impl FnOnce(&mut Vec<u8>)) {
        let pack = self.file(prefix);
        let mut lines: Vec<Vec<u8>> = pack.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        change(&mut lines[leaf]);
        *pack = lines.join(&b'\n');
    }

    /// Changes the envelope of the statement as JSON.
    pub fn envelope(&mut self, change: impl FnOnce(&mut Value)) {
        self.line("records/", example::STATEMENT, |line| {
            let mut envelope = serde_json::from_slice(line).unwrap();
            change(&mut envelope);
            *line = json::canonical(&envelope);
        });
    }
}

pub fn of_page<'a>(names: &[&'a str]) -> Vec<(&'a str, String)> {
    names.iter().map(|name| (*name, block(name))).collect()
}

fn run(folder: &Path, environment: &[(&str, String)], blocks: &[(&str, String)]) -> Ended {
    let marker = folder.join("block");
    let script: String = blocks
        .iter()
        .map(|(name, block)| format!("echo {name} > '{}'\n{block}", marker.display()))
        .collect();
    let path = folder.join("script");
    std::fs::write(&path, script).unwrap();
    let mut command = Command::new("sh");
    command.arg(&path).current_dir(folder);
    command.envs(environment.iter().map(|(name, value)| (*name, value)));
    let output = command.output().unwrap();
    let stopped = (!output.status.success()).then(|| std::fs::read_to_string(&marker).unwrap().trim().to_owned());
    Ended {
        stopped,
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
    }
}
