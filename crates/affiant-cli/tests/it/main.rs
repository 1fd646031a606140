//! The built program, run as people run it: in a home of its own, in a pipe, without a network.

#![allow(clippy::unwrap_used)]

mod flags;
mod guard;
mod key;
mod look;
mod network;
mod program;
mod quote;
mod readme;
mod record;
