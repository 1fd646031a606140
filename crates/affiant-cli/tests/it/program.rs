//! Runs the built program in a temporary home.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// A home directory of its own, removed when dropped.
pub struct Program {
    home: tempfile::TempDir,
}

/// How a run ended.
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Program {
    pub fn new() -> Program {
        Program {
            home: tempfile::tempdir().unwrap(),
        }
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Runs the program with nothing on its standard input.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.run_on(arguments, Stdio::null())
    }

    /// Runs the program with a text on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ended {
        let path = self.home().join("input");
        File::create(&path).unwrap().write_all(input.as_bytes()).unwrap();
        self.run_on(arguments, File::open(&path).unwrap().into())
    }

    fn run_on(&self, arguments: &[&str], input: Stdio) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_affiant"))
            .args(arguments)
            .env_clear()
            .env("HOME", self.home())
            .current_dir(self.home())
            .stdin(input)
            .output()
            .unwrap();
        Ended {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ended {
    /// Standard output of a run that passed.
    #[track_caller]
    pub fn passed(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// Standard error of a run that could not do its work, and that printed no data.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!((self.code, self.stdout.as_str()), (2, ""), "{}", self.stderr);
        self.stderr
    }
}
