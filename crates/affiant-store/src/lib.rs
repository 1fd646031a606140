//! The archive as a directory: layout, durable appends, recovery, search index
