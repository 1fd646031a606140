//! Affiant
