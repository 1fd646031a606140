//! What is in the bytes of an exhibit: decoders behind limits
