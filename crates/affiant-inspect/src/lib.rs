//! What is in the bytes of an exhibit: decoders behind limits.
//!
//! Each module reads one sort of exhibit and answers with what it found, or with an error that a
//! person can act upon. All of them take the bytes as they are held and judge them by their
//! content; a file's name proves nothing.
//!
//! - [`picture`]: format, size and colour of a photograph or scan.
//! - [`transcript`]: the turns of a text with speaker labels, each with its byte span.
//! - [`media_type()`]: the media type that an exhibit's descriptor bears.
//!
//! What this crate does not do: it reads no file, opens no network connection, alters no exhibit,
//! and knows nothing of statements, signatures or archives.

mod media_type;
pub mod picture;
pub mod transcript;

pub use media_type::{SNIFFED_BYTES, media_type};
