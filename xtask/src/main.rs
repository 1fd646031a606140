//! Tasks of the project, run as `cargo xtask TASK`.

use std::env;
use std::process::ExitCode;

mod case;
mod cases;
mod collate;
mod media;
mod recorded;

const USAGE: &str = "\
usage: cargo xtask TASK

tasks:
  case [--check]    make the archive of fixtures/cases/huseynov with test keys, or compare it
  cases [--check]   write the golden texts of all cases of fixtures/cases, or compare them
  media [--check]   make the synthetic media of fixtures/media, or compare them with what is there
  bench-collate FOLDER
                    collate the pairs of transcripts in FOLDER, and measure against a plain edit distance";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["case"] => case::make(),
        ["case", "--check"] => case::check(),
        ["cases"] => cases::make(),
        ["cases", "--check"] => cases::check(),
        ["media"] => media::make(),
        ["media", "--check"] => media::check(),
        ["bench-collate", folder] => collate::bench(folder),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
