//! Words and shingles as 64-bit hashes.
//!
//! ```text
//! "on", "a", "hunger", "strike", "since"  ->  five word hashes  ->  one shingle hash
//! ```
//!
//! Normative: spec/suggestion.md, "Hashes". The function is keyed with four constants that never change, so that
//! the same texts give the same pairs everywhere. It is no cryptography: whoever knows the constants can make
//! two words collide. So a hash proposes and never decides; `verify` compares the words themselves.

/// The keys: the fractional digits of pi, in hexadecimal.
const KEYS: [u64; 4] = [
    0x243f_6a88_85a3_08d3,
    0x1319_8a2e_0370_7344,
    0xa409_3822_299f_31d0,
    0x082e_fa98_ec4e_6c89,
];

/// Multiplies into 128 bits and folds the halves together.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of a word.
#[inline]
pub fn word_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut state = KEYS[0] ^ bytes.len() as u64;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        state = fold(state ^ u64::from_le_bytes(*eight), KEYS[1]);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state = fold(state ^ u64::from_le_bytes(last), KEYS[2]);
    }
    fold(state ^ KEYS[3], KEYS[1])
}

/// The hash of words that follow one another. Which word stands where is part of it.
#[inline]
pub fn shingle_hash(words: &[u64]) -> u64 {
    let mut state = KEYS[2];
    for word in words {
        state = state.wrapping_mul(KEYS[1] | 1).wrapping_add(*word);
    }
    fold(state ^ KEYS[0], KEYS[3] | 1)
}
