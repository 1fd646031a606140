//! Tests of the store that start other programs. They take turns: a program that is being
//! started holds every lock of this one for a moment.

#![allow(clippy::unwrap_used)]

mod killed;
mod places;
#[path = "../../src/tests/specimen.rs"]
#[allow(dead_code)]
mod specimen;

use std::sync::{Mutex, MutexGuard, PoisonError};

static TURN: Mutex<()> = Mutex::new(());

/// Waits until no other test of this program runs.
fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}
