//! Places that cannot be written, and files that belong to no archive.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use affiant::check::{Code, Outcome};
use affiant::verify::{ArchiveSource as _, Listed};

use super::specimen::{Place, SignedHeads, Specimen, files};
use super::turn;
use affiant_store::{ArchiveDir, DirSource, Heads, StoreError, Writer};

/// A small file system in memory; there is none where this user may not mount one.
struct Tmpfs {
    folder: tempfile::TempDir,
}

fn mount(arguments: &[&str], on: &Path) -> bool {
    let mut command = Command::new("mount");
    command
        .args(arguments)
        .arg(on)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

impl Tmpfs {
    fn of(size: &str) -> Option<Tmpfs> {
        let folder = tempfile::tempdir().unwrap();
        let option = format!("size={size}");
        if mount(&["-t", "tmpfs", "-o", &option, "tmpfs"], folder.path()) {
            return Some(Tmpfs { folder });
        }
        println!("skipped: this user may not mount a file system");
        None
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    fn filler(&self) -> PathBuf {
        self.folder.path().join("filler")
    }

    /// Fills the file system, but for so many bytes.
    fn leave(&self, free: usize) {
        let _ = fs::remove_file(self.filler());
        let mut size = 1 << 20;
        while size > 0 && fs::write(self.filler(), vec![0; size]).is_err() {
            size -= 4096;
        }
        fs::write(self.filler(), vec![0; size.saturating_sub(free)]).unwrap();
    }
}

impl Drop for Tmpfs {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

#[test]
fn a_full_disk_loses_nothing() {
    let _turn = turn();
    let Some(tmpfs) = Tmpfs::of("512k") else { return };
    for heads_outside in [true, false] {
        let specimen = Specimen::new();
        let place = Place::empty();
        let heads = match heads_outside {
            true => place.heads(),
            false => tmpfs.folder.path().join("heads"),
        };
        let _ = fs::remove_file(tmpfs.filler());
        specimen.create(&tmpfs.root(), &heads, &place.signed).unwrap();
        let dir = ArchiveDir::open(&tmpfs.root()).unwrap();
        let open = || Writer::open(&dir, Heads::new(&heads), "test", &mut specimen.sign(&place.signed));
        let mut appended = 0;
        let mut full = 0;
        for free in (0..160 * 1024).step_by(4096) {
            let before = files(&tmpfs.root());
            let records = (0..20).map(|number| specimen.question(&format!("P{appended}{number:02}"), "x"));
            tmpfs.leave(free);
            let result = open().and_then(|mut writer| {
                let mut exhibit = &[b'x'; 20_000][..];
                let staged = writer
                    .stage_exhibit(&mut exhibit, [0; 16], &mut |_| {})
                    .map_err(Result::unwrap)?;
                let mut records: Vec<_> = records.collect();
                records.push(specimen.with_staged(&format!("X{appended}"), &format!("x{appended}"), staged));
                writer.append(records, &mut specimen.sign(&place.signed))
            });
            specimen.assert_passes(&tmpfs.root());
            match result {
                Ok(_) => {
                    appended += 1;
                    break;
                }
                Err(StoreError::Full { .. }) => {
                    full += 1;
                    assert!(files(&tmpfs.root()) == before, "{free} bytes free");
                }
                // The signed head found no room: it is published when there is some.
                Err(StoreError::Unsettled { source }) => {
                    assert!(matches!(*source, StoreError::Full { .. }), "{source:?}");
                    fs::remove_file(tmpfs.filler()).unwrap();
                    drop(open().unwrap());
                    appended += 1;
                    break;
                }
                Err(other) => panic!("{free} bytes free: {other:?}"),
            }
        }
        let _ = fs::remove_file(tmpfs.filler());
        drop(open().unwrap());
        assert_eq!(specimen.assert_passes(&tmpfs.root()), 22);
        println!("full {full} times, then appended");
        assert!(full > 5 && appended == 1);
        fs::remove_dir_all(tmpfs.root()).unwrap();
    }
}

#[test]
fn what_cannot_be_written_can_be_verified() {
    let _turn = turn();
    let Some(tmpfs) = Tmpfs::of("1m") else { return };
    let specimen = Specimen::new();
    let place = Place::empty();
    specimen.create(&tmpfs.root(), &place.heads(), &place.signed).unwrap();
    assert!(mount(&["-o", "remount,ro"], tmpfs.folder.path()));
    let dir = ArchiveDir::open(&tmpfs.root()).unwrap();
    let opened = Writer::open(
        &dir,
        Heads::new(&place.heads()),
        "test",
        &mut specimen.sign(&place.signed),
    );
    assert!(matches!(opened, Err(StoreError::ReadOnly { .. })), "{opened:?}");
    specimen.assert_passes(&tmpfs.root());
    let created = specimen.create(
        &tmpfs.folder.path().join("other"),
        &place.heads(),
        &SignedHeads::default(),
    );
    assert!(matches!(created, Err(StoreError::ReadOnly { .. })), "{created:?}");
}

/// The one finding of a verification is that of a file that does not belong there.
fn assert_not_known(specimen: &Specimen, place: &Place) {
    let verification = specimen.verify(&place.root());
    assert_eq!(verification.outcome, Outcome::Failed);
    assert!(
        verification.failed().contains(&Code::LayoutKnown),
        "{:#?}",
        verification.findings
    );
}

#[cfg(unix)]
#[test]
fn links_and_odd_names_are_findings() {
    let _turn = turn();
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    let specimen = Specimen::new();
    let place = Place::of(&specimen);
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside).unwrap();
    let odd = place.root().join(OsStr::from_bytes(b"tile/\xff"));
    type Make<'m> = &'m dyn Fn(&Path);
    let make: [(&str, Make<'_>); 5] = [
        ("note.txt", &|path| fs::write(path, "x").unwrap()),
        ("link", &|path| symlink("/etc/hostname", path).unwrap()),
        ("records/nowhere", &|path| symlink("nowhere", path).unwrap()),
        ("exhibits", &|path| symlink(&outside, path).unwrap()),
        ("fifo", &|path| {
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success())
        }),
    ];
    for (path, make) in make {
        let path = place.root().join(path);
        make(&path);
        assert_not_known(&specimen, &place);
        fs::remove_file(&path).unwrap();
        specimen.assert_passes(&place.root());
    }
    fs::write(&odd, "x").unwrap();
    assert_not_known(&specimen, &place);
    let listed = DirSource::new(&place.root(), |_, _| {}).list().unwrap();
    assert!(
        listed
            .iter()
            .any(|listed| matches!(listed, Listed::Other(path) if path.starts_with("tile/")))
    );
    fs::remove_file(&odd).unwrap();

    // A file of the archive that is a link to the very same bytes is not read through.
    for path in ["records/000.p/1.jsonl", "archive.toml", "checkpoint", "tile/0/000.p/1"] {
        let path = place.root().join(path);
        let moved = outside.join("moved");
        fs::rename(&path, &moved).unwrap();
        symlink(&moved, &path).unwrap();
        let verification = specimen.verify(&place.root());
        assert_eq!(verification.outcome, Outcome::Failed, "{}", path.display());
        fs::remove_file(&path).unwrap();
        fs::rename(&moved, &path).unwrap();
    }
    specimen.assert_passes(&place.root());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let _turn = turn();
    use std::os::unix::fs::symlink;

    let specimen = Specimen::new();
    let outside = tempfile::tempdir().unwrap();
    let victim = outside.path().join("victim");
    for (path, target) in [
        ("pending", &victim),
        ("incoming", &outside.path().to_owned()),
        ("exhibits", &outside.path().to_owned()),
        ("records/000.p/3.jsonl", &victim),
        ("tile/0/000.p/3", &victim),
        ("checkpoint.new", &victim),
    ] {
        let place = Place::of(&specimen);
        let link = place.root().join(path);
        symlink(target, &link).unwrap();
        let result = place.writer(&specimen).and_then(|mut writer| {
            let staged = writer
                .stage_exhibit(&mut &b"x"[..], [0; 16], &mut |_| {})
                .map_err(Result::unwrap)?;
            let records = vec![specimen.question("P01", "x"), specimen.with_staged("X1", "x", staged)];
            writer.append(records, &mut specimen.sign(&place.signed))
        });
        assert!(
            files(outside.path()).keys().all(|path| path == "/"),
            "{path}: {result:?}"
        );
        if path != "checkpoint.new" {
            assert!(result.is_err(), "{path}");
        }
    }
}
