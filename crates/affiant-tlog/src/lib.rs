//! Transparency log formats of C2SP: it knows hashes and notes, and no statements
