//! The synthetic exhibits of `fixtures/media`: a photographed page, a transcript, notes of a call.
//!
//! Nothing of a real letter, meeting or call is in them but short phrases that the published
//! article quotes, so that spans of it can be found in our exhibits too. All of them say of
//! themselves that they are synthetic. They are made by arithmetic alone, without clock,
//! randomness or system fonts, so that making them again gives the same bytes.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

mod alphabet;
mod letter;

/// What CLIENT says in the transcript: the phrases of the lawyer's quotation, as printed.
const CLIENT_PHRASES: [&str; 8] = [
    "I will not stop the hunger strike",
    "The conclusion of my term is 2 March",
    "if I am not released, I will take another path",
    "Not because I’m afraid of a new sentence",
    "another 5-6 years in prison",
    "now I feel very strong to fight",
    "hundreds of political prisoners have gone to prison for contrived charges",
    "we need to go even further and sacrifice even more",
];

/// What LAWYER says before each of them.
const LAWYER_PROMPTS: [&str; 8] = [
    "What shall I pass on?",
    "When does it end?",
    "And then?",
    "Why is that?",
    "What are you afraid of?",
    "How do you feel?",
    "What has happened until now?",
    "What do you ask of others?",
];

/// What the notes of the call carry: the brother's sentence, as printed.
const RELAYED_PHRASE: &str = "Mehman emphasized that he has no information about what is being circulated in his name";

/// Writes all media.
pub fn make() -> Result<(), Box<dyn Error>> {
    let folder = folder();
    fs::create_dir_all(&folder)?;
    for (name, bytes) in media()? {
        fs::write(folder.join(name), &bytes)?;
        println!("fixtures/media/{name}: {} bytes", bytes.len());
    }
    Ok(())
}

/// Compares what would be made with what is there, and names the first file that differs.
pub fn check() -> Result<(), Box<dyn Error>> {
    for (name, bytes) in media()? {
        let held =
            fs::read(folder().join(name)).map_err(|error| format!("fixtures/media/{name} cannot be read: {error}"))?;
        if held != bytes {
            return Err(format!(
                "fixtures/media/{name} is not what `cargo xtask media` makes; \
                 if the change is meant, run it and commit the file"
            )
            .into());
        }
    }
    println!("fixtures/media is as made");
    Ok(())
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/media")
}

/// A file of the folder: its name and its bytes.
type Medium = (&'static str, Vec<u8>);

fn media() -> Result<[Medium; 3], Box<dyn Error>> {
    Ok([
        ("letter.jpg", letter::photograph()?),
        ("transcript.txt", transcript().into_bytes()),
        ("call-notes.txt", call_notes().into_bytes()),
    ])
}

fn transcript() -> String {
    let mut text = "\
SYNTHETIC - made by the Affiant project for its tests. Nobody transcribed this meeting.

The labels are roles, not people. Each line of CLIENT is a short phrase that JAMnews printed
as words of Mehman Huseynov, which his lawyer Shahla Gumbatova conveyed on 6 January (the year
is not stated). The lines of LAWYER are invented, so that there is somebody to answer.

"
    .to_owned();
    for (prompt, phrase) in LAWYER_PROMPTS.iter().zip(CLIENT_PHRASES) {
        text.push_str(&format!("LAWYER: {prompt}\nCLIENT: {phrase}\n"));
    }
    text
}

fn call_notes() -> String {
    format!(
        "\
SYNTHETIC - made by the Affiant project for its tests. Nobody took these notes.

They stand for the notes that a relative could have kept of a telephone call from prison. Only
the sentence between quotation marks has a source, and JAMnews printed it as words of Emin
Huseynov about what his brother Mehman Huseynov told him by telephone.

The detained man called his brother. Day and hour of the call, its language, who else was on
the line and how the voice was known are not stated.

“{RELAYED_PHRASE}”
"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_committed_media_are_what_is_made() {
        check().unwrap();
    }

    #[test]
    fn the_phrases_stand_in_the_article() {
        let vectors = std::env::var_os("AFFIANT_VECTORS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
            PathBuf::from,
        );
        let Ok(article) = fs::read_to_string(vectors.join("../case/article.txt")) else {
            println!("skipped: the article is absent");
            return;
        };
        let article = article.replace('’', "'");
        let letter = letter::PHRASES.map(|lines| lines.join(" "));
        let phrases = CLIENT_PHRASES.iter().copied().chain([RELAYED_PHRASE]);
        for phrase in phrases.chain(letter.iter().map(String::as_str)) {
            assert!(article.contains(&phrase.replace('’', "'")), "{phrase}");
        }
    }
}
