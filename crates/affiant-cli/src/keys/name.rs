//! The name of a key in the user's keyring: `default`, `court-2024`.
//!
//! It is a file name too, so it is kept to what every file system bears. It is the user's own word: no record has it.

use std::fmt;
use std::str::FromStr;

/// The longest name of a key, in characters.
pub const MAX_NAME_CHARS: usize = 64;

/// The ending of a public key's file, which no name may have.
pub const PUBLIC_SUFFIX: &str = ".pub";

/// The name of a key: ASCII letters, digits, `-`, `_` and `.`, of which the first is a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyName(String);

/// A text that is no name of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a key's name has letters a to z, digits, '-', '_' and '.', begins with a letter or digit, does not end in \
     {PUBLIC_SUFFIX}, and is at most {MAX_NAME_CHARS} long, as court-2024"
)]
pub struct KeyNameError;

impl KeyName {
    /// The name of the key that signs where none is named.
    pub const DEFAULT: &str = "default";

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for KeyName {
    fn default() -> KeyName {
        KeyName(KeyName::DEFAULT.to_owned())
    }
}

impl FromStr for KeyName {
    type Err = KeyNameError;

    fn from_str(text: &str) -> Result<KeyName, KeyNameError> {
        let fits = text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
            && text.len() <= MAX_NAME_CHARS
            && !text.to_ascii_lowercase().ends_with(PUBLIC_SUFFIX);
        if fits {
            Ok(KeyName(text.to_owned()))
        } else {
            Err(KeyNameError)
        }
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_folder_or_be_taken_for_another_file() {
        for name in ["default", "court-2024", "A", "9_b.c"] {
            assert!(name.parse::<KeyName>().is_ok(), "{name}");
        }
        let long = "a".repeat(MAX_NAME_CHARS + 1);
        for name in [
            "", ".", "..", "../x", "a/b", ".hidden", "-C", "a b", "a.pub", "a.PUB", "ə", "a\n", "a\0", &long,
        ] {
            assert_eq!(name.parse::<KeyName>(), Err(KeyNameError), "{name:?}");
        }
    }
}
