//! A picture's format, size and colour, found by decoding all of it within limits.
//!
//! ```
//! use affiant_inspect::picture::{self, PictureError};
//!
//! // A PNG of one grey pixel.
//! let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\
//!     \0\0\0\nIDATx\xdach\x02\0\0\x84\0\x83}\x0e\xb4\xae\0\0\0\0IEND\xaeB`\x82";
//! let picture = picture::inspect(png).unwrap();
//! assert_eq!((picture.media_type, picture.width, picture.height), ("image/png", 1, 1));
//! assert!(matches!(picture::inspect(&png[..40]), Err(PictureError::Damaged { .. })));
//! ```
//!
//! What this module does not do: it reads no metadata, turns no picture by its orientation, and
//! of an animation or a TIFF with several pages it decodes the first only. Flipped bits inside
//! the compressed part of a JPEG usually decode to a wrong picture and not to an error; that the
//! bytes are unchanged is for a digest to say.

use std::fmt;
use std::io::Cursor;
use std::panic;

use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

/// The greatest width and the greatest height, in pixels, of a picture that is decoded.
pub const MAX_DIMENSION: u32 = 20_000;

/// The most bytes that the decoded pixels of one picture may take.
pub const MAX_DECODED_BYTES: u64 = 256 * 1024 * 1024;

/// What a picture was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The file format, by content.
    pub format: Format,
    /// The media type of the format, such as `image/jpeg`.
    pub media_type: &'static str,
    /// Width in pixels as stored, before any orientation in the metadata.
    pub width: u32,
    /// Height in pixels as stored, before any orientation in the metadata.
    pub height: u32,
    /// The channels of the decoded pixels. A palette or a JPEG's luminance and chrominance decode
    /// to [`Colour::Rgb`].
    pub colour: Colour,
    /// Bits of one channel of one decoded pixel: 8, 16 or 32.
    pub bits_per_channel: u8,
}

/// A file format that can be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG, ISO/IEC 15948.
    Png,
    /// JPEG, ITU-T T.81.
    Jpeg,
    /// WebP, RFC 9649.
    Webp,
    /// TIFF 6.0.
    Tiff,
}

impl Format {
    /// The format that the first bytes announce, if it is one of ours.
    pub fn of(bytes: &[u8]) -> Option<Format> {
        match image::guess_format(bytes) {
            Ok(ImageFormat::Png) => Some(Format::Png),
            Ok(ImageFormat::Jpeg) => Some(Format::Jpeg),
            Ok(ImageFormat::WebP) => Some(Format::Webp),
            Ok(ImageFormat::Tiff) => Some(Format::Tiff),
            _ => None,
        }
    }

    /// The registered media type, such as `image/jpeg`.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Png => "image/png",
            Format::Jpeg => "image/jpeg",
            Format::Webp => "image/webp",
            Format::Tiff => "image/tiff",
        }
    }

    fn decoder_format(self) -> ImageFormat {
        match self {
            Format::Png => ImageFormat::Png,
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Webp => ImageFormat::WebP,
            Format::Tiff => ImageFormat::Tiff,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Png => "PNG",
            Format::Jpeg => "JPEG",
            Format::Webp => "WebP",
            Format::Tiff => "TIFF",
        })
    }
}

/// The channels of a decoded pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Grey.
    Grey,
    /// Grey with transparency.
    GreyAlpha,
    /// Red, green and blue.
    Rgb,
    /// Red, green and blue with transparency.
    Rgba,
}

impl Colour {
    /// None for a colour type of the decoder that is newer than this program.
    fn of(decoded: ColorType) -> Option<Colour> {
        match decoded {
            ColorType::L8 | ColorType::L16 => Some(Colour::Grey),
            ColorType::La8 | ColorType::La16 => Some(Colour::GreyAlpha),
            ColorType::Rgb8 | ColorType::Rgb16 | ColorType::Rgb32F => Some(Colour::Rgb),
            ColorType::Rgba8 | ColorType::Rgba16 | ColorType::Rgba32F => Some(Colour::Rgba),
            _ => None,
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Colour::Grey => "grey",
            Colour::GreyAlpha => "grey with transparency",
            Colour::Rgb => "colour",
            Colour::Rgba => "colour with transparency",
        })
    }
}

/// Why bytes were not read as a picture. None of these says that the bytes are no evidence: they
/// can be kept as an exhibit all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// There are no bytes.
    #[error("the file is empty, so there is no picture in it")]
    Empty,
    /// The first bytes are those of no format that can be decoded.
    #[error("this is not a picture of a known format; PNG, JPEG, WebP and TIFF are read")]
    UnknownFormat,
    /// The file ends too early, or does not hold what its format demands.
    #[error("the {format} picture is damaged or cut short: {said}")]
    Damaged {
        /// What the first bytes announced.
        format: Format,
        /// What the decoder said.
        said: String,
    },
    /// The format is known, but not this form of it.
    #[error("this form of {format} picture cannot be read: {said}")]
    Unsupported {
        /// What the first bytes announced.
        format: Format,
        /// What the decoder said.
        said: String,
    },
    /// The header announces more pixels in one direction than [`MAX_DIMENSION`].
    #[error(
        "the picture is said to be {width} by {height} pixels; \
         at most {MAX_DIMENSION} in each direction are decoded"
    )]
    TooLarge {
        /// Width in pixels according to the header.
        width: u32,
        /// Height in pixels according to the header.
        height: u32,
    },
    /// Decoding would take more memory than [`MAX_DECODED_BYTES`].
    #[error(
        "the picture would take more than {} MiB when decoded, which is the limit",
        MAX_DECODED_BYTES / (1024 * 1024)
    )]
    TooManyBytes,
}

/// Decodes a picture in full and says what it is.
///
/// The size in the header is compared with the limits before any pixel is decoded, so that a
/// small file that announces a huge picture costs nothing.
///
/// # Errors
///
/// See [`PictureError`].
pub fn inspect(bytes: &[u8]) -> Result<Picture, PictureError> {
    if bytes.is_empty() {
        return Err(PictureError::Empty);
    }
    let format = Format::of(bytes).ok_or(PictureError::UnknownFormat)?;
    // The decoders are other people's code and the bytes may be hostile: a panic there is one more
    // way for a picture to be damaged, and must not end the program.
    panic::catch_unwind(|| decode(bytes, format)).unwrap_or_else(|_| {
        Err(PictureError::Damaged {
            format,
            said: "the decoder gave up on it".to_owned(),
        })
    })
}

fn decode(bytes: &[u8], format: Format) -> Result<Picture, PictureError> {
    let refusal = |error| refusal(format, error);

    let mut memory = Limits::no_limits();
    memory.max_alloc = Some(MAX_DECODED_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.decoder_format());
    reader.limits(memory.clone());
    let mut decoder = reader.into_decoder().map_err(refusal)?;

    let (width, height) = decoder.dimensions();
    if width > MAX_DIMENSION || height > MAX_DIMENSION {
        return Err(PictureError::TooLarge { width, height });
    }
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        return Err(PictureError::TooManyBytes);
    }
    let size = usize::try_from(decoder.total_bytes()).map_err(|_| PictureError::TooManyBytes)?;
    let mut limits = memory;
    limits.max_image_width = Some(MAX_DIMENSION);
    limits.max_image_height = Some(MAX_DIMENSION);
    decoder.set_limits(limits).map_err(refusal)?;

    let decoded = decoder.color_type();
    let colour = Colour::of(decoded).ok_or_else(|| PictureError::Unsupported {
        format,
        said: format!("its pixels are {decoded:?}"),
    })?;
    decoder.read_image(&mut vec![0; size]).map_err(refusal)?;
    if let Some(said) = missing_end(bytes, format) {
        return Err(PictureError::Damaged {
            format,
            said: said.to_owned(),
        });
    }
    Ok(Picture {
        format,
        media_type: format.media_type(),
        width,
        height,
        colour,
        bits_per_channel: 8 * (decoded.bytes_per_pixel() / decoded.channel_count()),
    })
}

fn refusal(format: Format, error: ImageError) -> PictureError {
    match error {
        ImageError::Limits(_) => PictureError::TooManyBytes,
        ImageError::Unsupported(error) => PictureError::Unsupported {
            format,
            said: error.to_string(),
        },
        error => PictureError::Damaged {
            format,
            said: error.to_string(),
        },
    }
}

/// What the end of the file lacks. The JPEG decoder paints a file that was cut short with grey and
/// reports no error, and the others stop reading once they have their pixels.
fn missing_end(bytes: &[u8], format: Format) -> Option<&'static str> {
    match format {
        Format::Jpeg if !jpeg_ends(bytes) => Some("its end-of-image marker is missing"),
        Format::Png if !png_ends(bytes) => Some("its IEND chunk is missing"),
        Format::Webp if !webp_ends(bytes) => Some("it is shorter than its header says"),
        _ => None,
    }
}

/// Walks the markers of ITU-T T.81 annex B to EOI. Segments are stepped over by their length, for
/// the thumbnail inside one has an EOI of its own.
fn jpeg_ends(bytes: &[u8]) -> bool {
    const SOI: u8 = 0xd8;
    const EOI: u8 = 0xd9;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|&b| b == 0xff)) {
        at += found + 1;
        match bytes.get(at) {
            None => return false,
            Some(&EOI) => return true,
            // A fill byte: the marker may begin with the next one.
            Some(0xff) => {}
            // A stuffed zero within a scan, and the markers that have no length.
            Some(0x00 | 0x01 | 0xd0..=0xd7 | &SOI) => at += 1,
            Some(_) => {
                let Some(&[high, low]) = bytes.get(at + 1..at + 3) else {
                    return false;
                };
                at += 1 + usize::from(u16::from_be_bytes([high, low])).max(2);
            }
        }
    }
    false
}

fn png_ends(bytes: &[u8]) -> bool {
    const SIGNATURE: usize = 8;
    const TYPE_AND_CRC: usize = 8;
    let mut rest = bytes.get(SIGNATURE..).unwrap_or_default();
    while let Some((length, chunk)) = rest.split_first_chunk::<4>() {
        let Ok(length) = usize::try_from(u32::from_be_bytes(*length)) else {
            return false;
        };
        let Some(next) = length.checked_add(TYPE_AND_CRC).and_then(|end| chunk.get(end..)) else {
            return false;
        };
        if chunk.starts_with(b"IEND") {
            return true;
        }
        rest = next;
    }
    false
}

fn webp_ends(bytes: &[u8]) -> bool {
    let Some(&[a, b, c, d]) = bytes.get(4..8) else {
        return false;
    };
    u64::from(u32::from_le_bytes([a, b, c, d])) + 8 <= bytes.len() as u64
}

#[cfg(test)]
mod tests;
