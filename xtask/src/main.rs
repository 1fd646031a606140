//! Tasks of the project, run as `cargo xtask TASK`.

use std::env;
use std::path::Path;
use std::process::ExitCode;

mod bench_quotes;
mod case;
mod cases;
mod collate;
mod media;
mod near_copies;
mod recorded;

const USAGE: &str = "\
usage: cargo xtask TASK

tasks:
  bench-quotes FOLDER [--errors even|odd]
                    check the labelled quotations of a folder and print the table of confusion
  case [--check]    make the archive of fixtures/cases/huseynov with test keys, or compare it
  cases [--check]   write the golden texts of all cases of fixtures/cases, or compare them
  media [--check]   make the synthetic media of fixtures/media, or compare them with what is there
  bench-collate FOLDER
                    collate the pairs of transcripts in FOLDER, and measure against a plain edit distance
  bench-near-copies [FOLDER]
                    measure near-copies, on made texts or on the transcripts of a folder, beside gaoya and datasketch";

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
        ["bench-quotes", folder] => bench_quotes::run(Path::new(folder), None).map_err(Into::into),
        ["bench-quotes", folder, "--errors", half] => {
            bench_quotes::run(Path::new(folder), Some(half)).map_err(Into::into)
        }
        ["bench-near-copies"] => near_copies::bench(None),
        ["bench-near-copies", folder] => near_copies::bench(Some(folder)),
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
