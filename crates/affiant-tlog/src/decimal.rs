//! Decimal numbers with one spelling only, such as `0` or `20852163`.

/// "The ASCII decimal representation … with no leading zeroes (unless … `0`)": no sign, no spaces, nothing that would
/// print differently from how it was read. `None` for anything else, and for numbers of 2^64 and more.
pub(crate) fn parse(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
