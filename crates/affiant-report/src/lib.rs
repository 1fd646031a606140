//! Text of what the library found, for people who read it once and must not misread it.
//!
//! Every function here takes what the library computed and a width, and gives a string. None
//! of them decides anything, and none prints: colour, terminals and JSON are the program's.
//! Text that comes from a record is shown through [`visible`], so that a name cannot move the
//! cursor or reverse what is read.

mod text;
mod verification;

pub use text::{MIN_WIDTH, paragraph, visible};
pub use verification::verification_text;
