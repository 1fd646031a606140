#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageBuffer, Rgb};
use proptest::prelude::*;

use super::*;

const FORMATS: [Format; 4] = [Format::Png, Format::Jpeg, Format::Webp, Format::Tiff];

fn sample(format: Format) -> Vec<u8> {
    let pixels = ImageBuffer::from_fn(61, 47, |x, y| Rgb([x as u8 * 3, y as u8 * 5, (x ^ y) as u8]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels)
        .write_to(&mut file, format.decoder_format())
        .unwrap();
    file.into_inner()
}

#[test]
fn each_format_is_known_by_its_content() {
    for format in FORMATS {
        let picture = inspect(&sample(format)).unwrap();
        assert_eq!(
            picture,
            Picture {
                format,
                media_type: format.media_type(),
                width: 61,
                height: 47,
                colour: Colour::Rgb,
                bits_per_channel: 8,
            }
        );
    }
}

#[test]
fn deep_and_grey_pixels_are_told() {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::new_luma_a16(3, 2)
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
    let picture = inspect(&file.into_inner()).unwrap();
    assert_eq!((picture.colour, picture.bits_per_channel), (Colour::GreyAlpha, 16));
}

#[test]
fn nothing_and_other_things_are_no_pictures() {
    assert_eq!(inspect(b""), Err(PictureError::Empty));
    for bytes in [&b"LAWYER: yes"[..], b"GIF89a\x01\0\x01\0", b"BM", b"%PDF-1.7", b"\0"] {
        assert_eq!(inspect(bytes), Err(PictureError::UnknownFormat));
    }
}

#[test]
fn a_file_cut_short_anywhere_is_damaged() {
    for format in FORMATS {
        let whole = sample(format);
        for length in 12..whole.len() {
            let found = inspect(&whole[..length]);
            // The encoder's TIFF ends with values that a reader of pixels does not need.
            let only_values_lost = format == Format::Tiff && found.is_ok();
            assert!(
                only_values_lost || matches!(found, Err(PictureError::Damaged { .. })),
                "{format} cut to {length} of {}: {found:?}",
                whole.len()
            );
        }
    }
}

#[test]
fn a_thumbnail_s_end_is_not_the_picture_s() {
    let whole = sample(Format::Jpeg);
    let mut cut = whole[..2].to_vec();
    cut.extend_from_slice(b"\xff\xe1\0\x06\xff\xd8\xff\xd9");
    cut.extend_from_slice(&whole[2..whole.len() - 2]);
    assert!(matches!(inspect(&cut), Err(PictureError::Damaged { .. })));
    cut.extend_from_slice(b"\xff\xd9 and what a camera appends");
    assert!(inspect(&cut).is_ok());
}

/// The sample as PNG with another size in its header.
fn announced(width: u32, height: u32) -> Vec<u8> {
    let mut png = sample(Format::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = png[12..29].iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    });
    png[29..33].copy_from_slice(&(!crc).to_be_bytes());
    png
}

#[test]
fn an_absurd_size_is_refused_before_decoding() {
    assert!(inspect(&announced(61, 47)).is_ok());
    let wide = MAX_DIMENSION + 1;
    let error = inspect(&announced(wide, 1)).unwrap_err();
    assert_eq!(error, PictureError::TooLarge { width: wide, height: 1 });
    assert_eq!(
        error.to_string(),
        "the picture is said to be 20001 by 1 pixels; at most 20000 in each direction are decoded"
    );
    let error = inspect(&announced(MAX_DIMENSION, MAX_DIMENSION)).unwrap_err();
    assert_eq!(error, PictureError::TooManyBytes);
    assert!(error.to_string().contains("256 MiB"));

    let mut jpeg = sample(Format::Jpeg);
    let frame = jpeg.windows(2).position(|marker| marker == b"\xff\xc0").unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(
        inspect(&jpeg),
        Err(PictureError::TooLarge {
            width: 65_535,
            height: 65_535
        })
    );
}

fn vectors() -> PathBuf {
    std::env::var_os("AFFIANT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors"),
        PathBuf::from,
    )
}

#[test]
fn public_photographs_decode() {
    let mut folders: Vec<_> = ["exif", "c2pa"].map(|name| vectors().join(name)).to_vec();
    if !folders.iter().all(|folder| folder.is_dir()) {
        println!("skipped: no photographs in {}", vectors().display());
        return;
    }
    let mut decoded = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "jpg") {
                let picture = inspect(&fs::read(&path).unwrap());
                assert!(picture.is_ok(), "{}: {picture:?}", path.display());
                decoded += 1;
            }
        }
    }
    println!("{decoded} photographs decoded");
    assert!(decoded > 0);
}

proptest! {
    #[test]
    fn hostile_bytes_never_panic(
        format in proptest::sample::select(FORMATS.to_vec()),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12),
        length in any::<proptest::sample::Index>(),
    ) {
        let mut bytes = sample(format);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = inspect(&bytes);
        bytes.truncate(length.index(bytes.len() + 1));
        let _ = inspect(&bytes);
    }

    #[test]
    fn arbitrary_bytes_after_a_signature_never_panic(
        start in proptest::sample::select(vec![
            &b""[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\xff\0\0\0WEBP", b"II*\0", b"MM\0*",
        ]),
        rest in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let _ = inspect(&[start, &rest].concat());
    }
}
