//! The archive as a directory: layout, durable appends, recovery, search index

mod source;

pub use source::DirSource;
