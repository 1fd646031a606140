//! Rules of ARCHITECTURE.md that neither Cargo nor Clippy can hold.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library from left to right. Each imports only itself and what stands
/// to its left; those in one row may know each other.
const LAYERS: [&[&str]; 9] = [
    &["encode", "text"],
    &["digest", "time", "collation", "quotation"],
    &["key"],
    &["record"],
    &["check"],
    &["envelope", "disclose"],
    &["roster", "bundle", "archive"],
    &["verify"],
    &[],
];

/// What comparison may know.
const COMPARE_KNOWS: [&str; 5] = ["record", "digest", "time", "text", "compare"];

/// What suggestions may know. Nothing else in the library knows them, comparison least of all.
const SUGGEST_KNOWS: [&str; 4] = ["record", "text", "compare", "suggest"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The module of the library that a file belongs to.
fn module_of(path: &Path) -> String {
    let inner = path.strip_prefix(root().join("src")).unwrap();
    let first = inner.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a file names with `crate::`, outside its tests.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let named = |line: &str| {
        let parts: Vec<_> = line.split("crate::").skip(1).map(str::to_owned).collect();
        parts
    };
    let module = |part: String| {
        part.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<String>()
    };
    lines
        .flat_map(named)
        .map(module)
        .filter(|module| !module.is_empty())
        .collect()
}

#[test]
fn modules_import_only_leftwards() {
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        if module == "lib" || path.ends_with("tests.rs") {
            continue;
        }
        for import in imports(&fs::read_to_string(&path).unwrap()) {
            let shown = path.display();
            if module == "compare" {
                assert!(
                    COMPARE_KNOWS.contains(&import.as_str()),
                    "{shown}: compare may not know {import}"
                );
                continue;
            }
            if module == "suggest" {
                assert!(
                    SUGGEST_KNOWS.contains(&import.as_str()),
                    "{shown}: suggest may not know {import}"
                );
                continue;
            }
            let here = layer(&module).unwrap_or_else(|| panic!("{shown}: the module {module} has no layer"));
            let there = layer(&import).unwrap_or_else(|| panic!("{shown}: the module {import} has no layer"));
            assert!(there <= here, "{shown}: {module} may not know {import}");
        }
    }
}

#[test]
fn names_are_the_fields_words() {
    const NOT_USED: [&str; 5] = ["utils", "helpers", "manager", "common", "data"];
    for folder in ["src", "crates", "xtask"] {
        for path in rust_files(&root().join(folder)) {
            let stem = path.file_stem().unwrap().to_str().unwrap();
            assert!(!NOT_USED.contains(&stem), "{}", path.display());
        }
    }
}

#[test]
fn no_file_is_so_long_that_nobody_reads_it() {
    const MOST_LINES: usize = 600;
    for folder in ["src", "crates", "xtask", "tests"] {
        for path in rust_files(&root().join(folder)) {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().count();
            assert!(lines <= MOST_LINES, "{}: {lines} lines", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    let files = rust_files(&root().join("src"));
    for path in files.iter().filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(path).unwrap();
        assert!(
            text.starts_with("//! "),
            "{} has no module documentation",
            path.display()
        );
    }
}
