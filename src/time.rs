//! Times as people state them, and what follows from them.
//!
//! A letter that was written "on 10 January" has no year, and this module never gives it one:
//!
//! ```
//! use affiant::time::{Edtf, Extent, Simultaneity, simultaneity};
//!
//! let letter: Edtf = "XXXX-01-10".parse()?;
//! let reply: Edtf = "XXXX-01-17".parse()?;
//! assert_eq!(letter.describe(), "10 January, year not stated");
//! assert_eq!(
//!     simultaneity(Some((&letter, Extent::Sometime)), Some((&reply, Extent::Sometime))),
//!     Simultaneity::CertainlyNot, // no year makes them one day
//! );
//! # Ok::<(), affiant::time::EdtfError>(())
//! ```
//!
//! [`Timestamp`] is the time at which a program did something, to the second, and [`Edtf`] the time
//! that a person states, however vaguely. [`simultaneity`] and [`order`] compare what is stated, and a
//! [`Frame`] what follows if somebody is right about the year.
//! The format and the rules are those of `spec/time.md`.
//!
//! This module has no clock and no table of time zones, guesses no year, and does not say what a
//! claim is worth.

mod day;
mod edtf;
mod frame;
mod interval;
mod timestamp;

pub use day::{Day, MonthDay};
pub use edtf::{Bound, Bounds, Edtf, EdtfError, EdtfFault, Loosening, MAX_EDTF_LENGTH, MAX_YEAR_DIGITS};
pub use frame::{Frame, FrameDay, MAX_FRAME_YEARS, MAX_PLACES, Place, Placement, Undecided};
pub use interval::{Extent, Order, Simultaneity, contains, order, simultaneity};
pub use timestamp::{Timestamp, TimestampError};
