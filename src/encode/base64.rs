//! Strict base64 (RFC 4648): canonical padding, no white space, zero trailing bits.
//!
//! `YWZmaWFudA==` is accepted; `YWZmaWFudA`, `YWZmaWFudB==` and anything with a
//! line break are not.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// The text is not the one base64 spelling of any bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not canonical base64 ({0})")]
pub struct Base64Error(base64::DecodeError);

/// Encodes with the standard alphabet and padding (RFC 4648, section 4).
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Decodes the standard alphabet (RFC 4648, section 4), one spelling only.
///
/// # Errors
/// Any character outside the alphabet, absent or surplus padding, and non-zero
/// trailing bits are refused.
pub fn decode(text: &str) -> Result<Vec<u8>, Base64Error> {
    STANDARD.decode(text).map_err(Base64Error)
}

/// Encodes with the URL-safe alphabet and no padding (RFC 4648, section 5), as
/// RFC 9901 writes disclosures.
pub fn encode_url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes the URL-safe alphabet without padding, one spelling only.
///
/// # Errors
/// As for [`decode`]; padding is refused too.
pub fn decode_url(text: &str) -> Result<Vec<u8>, Base64Error> {
    URL_SAFE_NO_PAD.decode(text).map_err(Base64Error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode("YWZmaWFudA=="), Ok(b"affiant".to_vec()));
        for other in [
            "YWZmaWFudA",
            "YWZmaWFudB==",
            "YWZm\naWFudA==",
            " YWZmaWFudA==",
            "YWZmaWFudA===",
        ] {
            assert!(decode(other).is_err(), "{other:?}");
        }
        assert_eq!(decode_url("_-8"), Ok(vec![0xff, 0xef]));
        for other in ["_-8=", "/+8", "_-9"] {
            assert!(decode_url(other).is_err(), "{other:?}");
        }
    }
}
