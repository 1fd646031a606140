//! The media type of an exhibit, judged by its first bytes.

use crate::picture::Format;

/// How many bytes from the start decide the media type. A caller that streams a large exhibit
/// passes this many and gets the same answer as with the whole.
pub const SNIFFED_BYTES: usize = 8 * 1024;

/// The media type of an exhibit that begins with `bytes`, such as `image/jpeg`.
///
/// Only the first [`SNIFFED_BYTES`] are looked at. Content decides; `file_name` is asked for one
/// thing only, which sort of text a text is (`.csv`, `.json`, `.md`), because text itself cannot
/// tell. A name never turns text into something that a browser would run, nor bytes into a
/// picture. What is not recognised, nothing at all included, is `application/octet-stream`.
pub fn media_type(bytes: &[u8], file_name: &str) -> &'static str {
    let prefix = &bytes[..bytes.len().min(SNIFFED_BYTES)];
    if let Some(format) = Format::of(prefix) {
        format.media_type()
    } else if prefix.starts_with(b"%PDF-") {
        "application/pdf"
    } else if is_text(prefix) {
        text_type(file_name)
    } else {
        "application/octet-stream"
    }
}

fn text_type(file_name: &str) -> &'static str {
    let extension = file_name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.eq_ignore_ascii_case("csv") {
        "text/csv; charset=utf-8"
    } else if extension.eq_ignore_ascii_case("json") {
        "application/json"
    } else if extension.eq_ignore_ascii_case("md") {
        "text/markdown; charset=utf-8"
    } else {
        "text/plain; charset=utf-8"
    }
}

fn is_text(prefix: &[u8]) -> bool {
    let valid = match std::str::from_utf8(prefix) {
        Ok(_) => true,
        // The cut may fall inside a character; `error_len` is none exactly then.
        Err(error) => error.error_len().is_none() && prefix.len() == SNIFFED_BYTES,
    };
    valid && !prefix.is_empty() && !prefix.iter().copied().any(is_binary_byte)
}

/// A "binary data byte" of the WHATWG MIME Sniffing Standard, section 3: control characters that
/// no text holds.
fn is_binary_byte(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides() {
        for (bytes, name, expected) in [
            (&b"\xff\xd8\xff\xe0 and on"[..], "notes.txt", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n", "x.jpg", "image/png"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "x", "image/webp"),
            (b"II*\0\x08\0\0\0", "x", "image/tiff"),
            (b"MM\0*\0\0\0\x08", "x", "image/tiff"),
            (b"%PDF-1.7\n%\xe2\xe3", "x.txt", "application/pdf"),
            (b"LAWYER: yes\r\n", "letter.jpg", "text/plain; charset=utf-8"),
            (b"BM begins a sentence", "x.bmp", "text/plain; charset=utf-8"),
            ("\u{feff}Məhkum: bəli".as_bytes(), "x", "text/plain; charset=utf-8"),
            (b"<script>", "x.html", "text/plain; charset=utf-8"),
            (b"a,b\n", "LIST.CSV", "text/csv; charset=utf-8"),
            (b"{}", "a.json", "application/json"),
            (b"# A", "a.md", "text/markdown; charset=utf-8"),
            (b"text with a \0", "x.txt", "application/octet-stream"),
            (b"caf\xe9", "x.txt", "application/octet-stream"),
            (b"cut \xd0", "x.txt", "application/octet-stream"),
            (b"", "x.txt", "application/octet-stream"),
        ] {
            assert_eq!(media_type(bytes, name), expected, "{name} {bytes:?}");
        }
    }

    #[test]
    fn a_character_cut_by_the_prefix_is_still_text() {
        let mut text = "x".repeat(SNIFFED_BYTES - 1);
        text.push_str("ə and then more");
        assert_eq!(media_type(text.as_bytes(), ""), "text/plain; charset=utf-8");
        let prefix = &text.as_bytes()[..SNIFFED_BYTES];
        assert_eq!(media_type(prefix, ""), "text/plain; charset=utf-8");
    }
}
