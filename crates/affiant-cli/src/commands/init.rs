//! `affiant init`: a new archive, its log key, and you as its keeper.

use std::path::{Path, PathBuf};

use affiant::digest::Digest;
use affiant::encode::hex;
use affiant::envelope::seal;
use affiant::key::{Signer, VerifyingKey};
use affiant::record::{
    Archive, Body, Common, Keeper, Name, Nonce, PartyId, PartyKind, Record, RecordId, Role, RosterEntry, Scope,
    SignerDeclaration, Subject,
};
use affiant::verify::PinnedArchive;

use affiant_store::{NewRecord, Writer};
use affiant_tlog::note::VerifierKey;
use clap::Args;

use crate::commands::Context;
use crate::error::{CliError, Outcome};
use crate::keys::{KeyName, KeyringError, LogSigner};
use crate::pins;
use crate::session::RecordingError;
use crate::ui::visible;

/// The longest part of an origin that comes from the archive's name, in characters.
const MAX_SLUG: usize = 32;

/// Arguments of `affiant init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Where the archive begins: a folder that is empty or not there yet
    #[arg(default_value = ".")]
    dir: PathBuf,

    /// Your name, as the archive's readers shall see it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The capacity in which you record, as "lawyer" or "journalist"
    #[arg(long, value_name = "TEXT")]
    capacity: Option<String>,

    /// The archive's name, which is public; the folder's name where it is not given
    #[arg(long, value_name = "NAME")]
    archive_name: Option<String>,

    /// Sign with this key of yours instead of the default one
    #[arg(long, value_name = "NAME")]
    key: Option<String>,
}

/// A new archive: who keeps it, under what name.
pub struct NewArchive<'a> {
    /// Where.
    pub dir: &'a Path,
    /// Its public name.
    pub archive_name: &'a str,
    /// The keeper's name.
    pub name: &'a str,
    /// The keeper's capacity.
    pub capacity: &'a str,
}

/// Runs `affiant init`.
///
/// # Errors
/// Where the folder is not empty, or keys or files cannot be made.
pub fn run(context: &Context, args: InitArgs) -> Result<Outcome, CliError> {
    let named = args.dir.canonicalize().unwrap_or_else(|_| args.dir.clone());
    let folder = named
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or("archive")
        .to_owned();
    context.outside_archives(&args.dir)?;
    refuse_full(&args.dir)?;
    let ui = &context.ui;
    let name = args.name.map_or_else(
        || ui.prompt("Your name, as readers of the archive shall see it?", "--name NAME"),
        Ok,
    )?;
    let capacity = args.capacity.map_or_else(
        || ui.prompt("In what capacity do you record? (as: lawyer)", "--capacity TEXT"),
        Ok,
    )?;
    let archive_name = args.archive_name.unwrap_or(folder);
    let signer = own_signer(context, args.key.as_deref())?;
    let new = NewArchive {
        dir: &args.dir,
        archive_name: &archive_name,
        name: &name,
        capacity: &capacity,
    };
    let (id, archive) = create(context, &new, &*signer)?;
    if ui.json {
        ui.print_json(&serde_json::json!({
            "archive": id, "name": archive.name, "origin": archive.origin, "log_key": archive.log_key,
            "key": signer.verifying_key().fingerprint(),
        }))?;
        return Ok(Outcome::Passed);
    }
    ui.print(format_args!(
        "Archive \"{}\" begins in {}.",
        visible(&archive.name),
        visible(&args.dir.display().to_string())
    ))?;
    ui.print(format_args!("Your key       {}", signer.verifying_key().fingerprint()))?;
    ui.print(format_args!("The log's key  {}", archive.log_key))?;
    ui.say("Tell both to whoever shall check the archive, by another way than the archive itself.");
    ui.say("Next: affiant record transcript|letter|call|words FILE");
    Ok(Outcome::Passed)
}

/// The user's key, which is made where there is none yet.
///
/// # Errors
/// Where keys cannot be read or made.
pub fn own_signer(context: &Context, wanted: Option<&str>) -> Result<Box<dyn Signer>, CliError> {
    let keyring = context.keyring()?;
    match keyring.signer_for(wanted, &context.passphrases) {
        Err(KeyringError::NoDefault) if wanted.is_none() => {
            let name: KeyName = KeyName::DEFAULT.parse().expect("the default name is a name");
            let entry = keyring.create(&name, &context.env, &context.passphrases)?;
            context.ui.say(format_args!(
                "Made your key {} in {}.",
                entry.key.fingerprint(),
                visible(&entry.path.display().to_string())
            ));
            Ok(keyring.signer_for(None, &context.passphrases)?)
        }
        signer => Ok(signer?),
    }
}

/// The identity of a log: its origin, and the key that is its own and nobody's else.
pub struct Origin {
    /// The origin, which ends in random digits.
    pub name: String,
    /// The log's public key.
    pub log_key: VerifyingKey,
}

/// Makes an archive with a new log key, enrols its keeper and pins its log.
///
/// # Errors
/// Where the folder is not empty, or files cannot be written.
pub fn create(context: &Context, new: &NewArchive<'_>, signer: &dyn Signer) -> Result<(RecordId, Archive), CliError> {
    let suffix = context.env.random::<8>()?;
    let name = format!(
        "affiant.local/{}-{}",
        slug(new.archive_name),
        hex::encode(suffix.as_ref())
    );
    let log = context
        .keyring()?
        .create_log_key(&name, &context.env, &context.passphrases)?;
    let origin = Origin {
        name,
        log_key: log.verifying_key().clone(),
    };
    create_with(context, new, &origin, signer, &log)
}

/// As [`create`], with a log key that is there already.
///
/// # Errors
/// As [`create`].
pub fn create_with(
    context: &Context,
    new: &NewArchive<'_>,
    origin: &Origin,
    signer: &dyn Signer,
    log: &LogSigner,
) -> Result<(RecordId, Archive), CliError> {
    let env = &context.env;
    let vkey =
        VerifierKey::new(&origin.name, origin.log_key.as_bytes()).expect("the origin was made to be a key's name");
    let party = PartyId(*env.random::<16>()?);
    let archive = Archive {
        format: 1,
        name: new.archive_name.to_owned(),
        origin: origin.name.clone(),
        log_key: vkey.to_string(),
        keepers: vec![Keeper {
            key: signer.verifying_key().into(),
            party,
        }],
    };
    let (id, first) = leaf0(context, &archive, party, signer)?;
    let keeper = keeper_record(context, id, party, new, signer)?;
    append_first(context, new.dir, (id, &archive), vec![first, keeper], log)?;
    let dirs = env.dirs()?;
    let mut trust = pins::read_own(dirs)?;
    pins::pin_archive(
        &mut trust,
        PinnedArchive {
            vkey: vkey.to_string(),
            how: format!("made here, {}", env.now()?),
        },
    );
    pins::write_own(dirs, &trust)?;
    Ok((id, archive))
}

fn append_first(
    context: &Context,
    dir: &Path,
    archive: (RecordId, &Archive),
    records: Vec<NewRecord>,
    log: &LogSigner,
) -> Result<(), CliError> {
    let writer = context.writer_name()?;
    Writer::create(dir, context.heads()?, &writer, archive, records, &mut |text| {
        log.sign_note(text)
    })?;
    Ok(())
}

fn leaf0(
    context: &Context,
    archive: &Archive,
    party: PartyId,
    signer: &dyn Signer,
) -> Result<(RecordId, NewRecord), CliError> {
    let env = &context.env;
    let signers = vec![SignerDeclaration {
        asserts: vec![Scope::Recorded],
        key: signer.verifying_key().into(),
        party,
    }];
    let label: affiant::record::Label = "A0".parse().expect("A0 is a label");
    let common = Common {
        archive: None,
        label: label.clone(),
        nonce: Nonce(*env.random::<16>()?),
        recorded_at: env.now()?,
        signers,
    };
    let subject = Subject::LogKey {
        origin: archive.origin.clone(),
        sha256: Digest::of(archive.log_key.as_bytes()),
    };
    let record = Record {
        common,
        subject,
        body: Body::Archive(archive.clone()),
    };
    let sealed = |source| RecordingError::Seal {
        label: label.clone(),
        source,
    };
    let payload = record.to_payload().map_err(|error| sealed(error.into()))?;
    let envelope = seal(&record, &[signer]).map_err(sealed)?;
    Ok((
        RecordId::of_payload(&payload),
        NewRecord {
            envelope,
            disclosures: Vec::new(),
            exhibits: Vec::new(),
        },
    ))
}

/// The keeper's roster record: name and capacity.
fn keeper_record(
    context: &Context,
    archive: RecordId,
    party: PartyId,
    new: &NewArchive<'_>,
    signer: &dyn Signer,
) -> Result<NewRecord, CliError> {
    let env = &context.env;
    let mut salts = Vec::new();
    for _ in 0..4 {
        salts.push(*env.random::<16>()?);
    }
    let mut salts = salts.into_iter();
    let mut salt = move || salts.next().expect("one salt for each of two values");
    let mut sealer = affiant::disclose::Sealer::new(&mut salt);
    let names = vec![sealer.seal(Name {
        text: new.name.to_owned(),
        language: None,
    })];
    let roles = vec![sealer.seal(Role {
        text: new.capacity.to_owned(),
        since: None,
        until: None,
    })];
    let entry = RosterEntry::Party {
        party,
        party_kind: PartyKind::Person,
        names,
        roles,
    };
    let disclosures = sealer.into_disclosures();
    let signers = vec![SignerDeclaration {
        asserts: vec![Scope::Recorded],
        key: signer.verifying_key().into(),
        party,
    }];
    let label: affiant::record::Label = "N1".parse().expect("N1 is a label");
    let common = Common {
        archive: Some(archive),
        label: label.clone(),
        nonce: Nonce(*env.random::<16>()?),
        recorded_at: env.now()?,
        signers,
    };
    let record = Record {
        common,
        subject: Subject::Archive(archive),
        body: Body::Roster(entry),
    };
    let envelope = seal(&record, &[signer]).map_err(|source| RecordingError::Seal { label, source })?;
    Ok(NewRecord {
        envelope,
        disclosures,
        exhibits: Vec::new(),
    })
}

/// Says early what would be said late, before anybody is asked anything.
fn refuse_full(dir: &Path) -> Result<(), CliError> {
    let full = std::fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if full {
        Err(affiant_store::StoreError::NotEmpty(dir.to_owned()).into())
    } else {
        Ok(())
    }
}

/// The part of an origin that comes from a name: letters and digits of ASCII, joined by
/// hyphens.
fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let parts = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty());
    let joined: String = parts.collect::<Vec<_>>().join("-").chars().take(MAX_SLUG).collect();
    let trimmed = joined.trim_matches('-');
    if trimmed.is_empty() {
        "archive".to_owned()
    } else {
        trimmed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_plain_whatever_the_name() {
        assert_eq!(slug("Huseynov: the case"), "huseynov-the-case");
        assert_eq!(slug("Дело"), "archive");
        assert_eq!(slug("a+b c"), "a-b-c");
    }
}
