//! What the program takes from its surroundings: the environment, the clock and randomness.
//!
//! ```text
//! HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME SSH_AUTH_SOCK AFFIANT_ARCHIVE NO_COLOR TERM
//! ```
//!
//! They are read here and nowhere else, so that a test passes in its own. Files and terminals are not of this module.

use std::path::PathBuf;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use affiant::time::{Timestamp, TimestampError};
use etcetera::BaseStrategy as _;
use zeroize::Zeroizing;

/// The folder of ours in each of the user's base directories (XDG Base Directory Specification).
const PROGRAM_DIR: &str = "affiant";

/// Our folders in the user's base directories. None of them need exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dirs {
    /// What the user would not want to lose: keys, trust.
    pub config: PathBuf,
    /// What can be made again: the search index.
    pub cache: PathBuf,
    /// What the program remembers between runs: the last heads seen.
    pub state: PathBuf,
}

#[cfg(test)]
impl Dirs {
    /// The folders of a user whose base directories all lie in `home`, as they do by default.
    pub fn in_home(home: &std::path::Path) -> Dirs {
        Dirs {
            config: home.join(".config").join(PROGRAM_DIR),
            cache: home.join(".cache").join(PROGRAM_DIR),
            state: home.join(".local/state").join(PROGRAM_DIR),
        }
    }
}

/// Fills a buffer from a cryptographic random source.
pub type Random = dyn Fn(&mut [u8]) -> Result<(), getrandom::Error>;

/// The surroundings of one run.
pub struct Env {
    /// Our folders; `None` where the user has no home directory.
    pub dirs: Option<Dirs>,
    /// Where the program was started; `None` where that folder is gone.
    pub current_dir: Option<PathBuf>,
    /// `$SSH_AUTH_SOCK`: the socket of the user's ssh-agent.
    pub agent_socket: Option<PathBuf>,
    /// `$AFFIANT_ARCHIVE`.
    pub archive: Option<PathBuf>,
    /// `$USER`: who is at this computer, for the one who finds an archive locked.
    pub user: Option<String>,
    /// Whether `$NO_COLOR` is set and not empty, or `$TERM` is `dumb`.
    pub no_color: bool,
    /// The clock.
    pub clock: Box<dyn Fn() -> SystemTime>,
    /// The source of keys, salts and nonces.
    pub random: Box<Random>,
}

/// The surroundings lack something that is needed.
#[derive(Debug, thiserror::Error)]
pub enum EnvError {
    /// Neither `$HOME` nor the system says where the user's home is.
    #[error("your home directory is not known, so there is no place for your keys")]
    NoHome,
    /// The clock is outside the years that a record can bear.
    #[error("this computer's clock cannot be right: {0}")]
    Clock(TimestampError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
}

impl EnvError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            EnvError::NoHome => Some("set HOME to your home directory"),
            EnvError::Clock(_) => Some("set the date and time, then try again"),
            EnvError::Random(_) => None,
        }
    }
}

impl Env {
    /// The surroundings of this process.
    pub fn of_process() -> Env {
        let path = |name: &str| {
            std::env::var_os(name)
                .filter(|value| !value.is_empty())
                .map(PathBuf::from)
        };
        let dirs = etcetera::base_strategy::Xdg::new().ok().map(|base| Dirs {
            config: base.config_dir().join(PROGRAM_DIR),
            cache: base.cache_dir().join(PROGRAM_DIR),
            state: base
                .state_dir()
                .unwrap_or_else(|| base.home_dir().join(".local/state"))
                .join(PROGRAM_DIR),
        });
        Env {
            dirs,
            current_dir: std::env::current_dir().ok(),
            agent_socket: path("SSH_AUTH_SOCK"),
            archive: path("AFFIANT_ARCHIVE"),
            user: std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).ok(),
            no_color: path("NO_COLOR").is_some() || std::env::var_os("TERM").is_some_and(|term| term == "dumb"),
            clock: Box::new(SystemTime::now),
            random: Box::new(getrandom::fill),
        }
    }

    /// Our folders.
    ///
    /// # Errors
    /// [`EnvError::NoHome`].
    pub fn dirs(&self) -> Result<&Dirs, EnvError> {
        self.dirs.as_ref().ok_or(EnvError::NoHome)
    }

    /// The time now, to the whole second.
    ///
    /// # Errors
    /// [`EnvError::Clock`], where the clock is before 1970 or after 9999.
    pub fn now(&self) -> Result<Timestamp, EnvError> {
        let since = (self.clock)().duration_since(UNIX_EPOCH).unwrap_or(Duration::MAX);
        Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX)).map_err(EnvError::Clock)
    }

    /// Random bytes fit for keys, salts and nonces, wiped when dropped.
    ///
    /// # Errors
    /// [`EnvError::Random`].
    pub fn random<const N: usize>(&self) -> Result<Zeroizing<[u8; N]>, EnvError> {
        let mut bytes = Zeroizing::new([0; N]);
        (self.random)(bytes.as_mut()).map_err(EnvError::Random)?;
        Ok(bytes)
    }
}

#[cfg(test)]
impl Env {
    /// Surroundings for a test: a home of its own, a clock that stands still, bytes that count up.
    pub fn for_test(home: &std::path::Path) -> Env {
        let counter = std::cell::Cell::new(0_u8);
        Env {
            dirs: Some(Dirs::in_home(home)),
            current_dir: Some(home.to_owned()),
            agent_socket: None,
            archive: None,
            user: None,
            no_color: true,
            clock: Box::new(|| UNIX_EPOCH + Duration::from_secs(1_547_112_600)),
            random: Box::new(move |buffer| {
                for byte in buffer {
                    counter.set(counter.get().wrapping_add(1));
                    *byte = counter.get();
                }
                Ok(())
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_clock_before_1970_is_an_error_and_not_a_date() {
        let mut env = Env::for_test(std::path::Path::new("home"));
        assert_eq!(env.now().unwrap().to_string(), "2019-01-10T09:30:00Z");
        env.clock = Box::new(|| UNIX_EPOCH - Duration::from_secs(1));
        assert!(matches!(env.now(), Err(EnvError::Clock(_))));
    }

    #[test]
    fn where_the_system_gives_no_randomness_there_is_no_key_of_zeros() {
        let mut env = Env::for_test(std::path::Path::new("home"));
        env.random = Box::new(|_| Err(getrandom::Error::UNSUPPORTED));
        assert!(matches!(env.random::<32>(), Err(EnvError::Random(_))));
    }
}
