//! The photograph of a handwritten page: a sheet on a table, lit from one side, with ruled lines
//! and the strokes of [`super::alphabet`].
//!
//! Only `+ - * /` and square roots are used, which IEEE 754 defines to the bit, so that every
//! machine draws the same page.

use std::error::Error;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder, Rgb, RgbImage};

use super::alphabet::letter;

const WIDTH: u32 = 900;
const HEIGHT: u32 = 1200;
const JPEG_QUALITY: u8 = 82;

const HEADING: &str = "SYNTHETIC - made by the Affiant project, not the letter";

/// The phrases on the page, each broken into its lines.
pub const PHRASES: [[&str; 2]; 2] = [
    ["he didn't want to create", "a fuss around himself"],
    ["he does not assume", "responsibility for his brother"],
];

/// The sheet on the picture, before it is turned: left, top, right, bottom.
const SHEET: [f64; 4] = [36.0, 30.0, 866.0, 1172.0];

/// Sine and cosine of the angle by which the sheet lies askew, some 0.6 of a degree.
const ASKEW: (f64, f64) = (0.01, 0.999_95);

/// How far letters lean to the right.
const SLANT: f64 = 0.14;

/// The distance of the ruled lines, and the page's first one.
const RULE: f64 = 76.0;
const FIRST_RULE: f64 = 190.0;

/// Where the red line of the margin runs down, and the fold across.
const MARGIN_AT: f64 = 92.0;
const FOLD_AT: f64 = 600.0;

/// Makes the picture as JPEG.
pub fn photograph() -> Result<Vec<u8>, Box<dyn Error>> {
    let ink = handwriting()?;
    let mut grain = Grain(0x5eed_1e77);
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let at = (f64::from(x) + 0.5, f64::from(y) + 0.5);
        let light = light(at);
        let noise = f64::from(grain.next_within(2));
        let ink = ink.coverage(x, y);
        Rgb([0, 1, 2].map(|channel| {
            let surface = surface(at, channel);
            let written = surface + (INK[channel] - surface) * ink;
            // The cast keeps 0 to 255 and drops the fraction.
            (written * light + noise) as u8
        }))
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY).write_image(
        &picture,
        WIDTH,
        HEIGHT,
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(jpeg)
}

const PAPER: [f64; 3] = [247.0, 241.0, 224.0];
const TABLE: [f64; 3] = [112.0, 88.0, 66.0];
const RULING: [f64; 3] = [196.0, 208.0, 220.0];
const MARGIN: [f64; 3] = [224.0, 176.0, 168.0];
const INK: [f64; 3] = [34.0, 42.0, 96.0];

/// Brightness: falls off towards the lower right.
fn light((x, y): (f64, f64)) -> f64 {
    let (across, down) = (x / f64::from(WIDTH), y / f64::from(HEIGHT));
    1.0 - 0.05 * across - 0.09 * down * down - 0.05 * across * down
}

/// The colour of sheet or table, without ink and light.
fn surface(at: (f64, f64), channel: usize) -> f64 {
    let (x, y) = on_sheet(at);
    let [left, top, right, bottom] = SHEET;
    let inside = (x - left).min(right - x).min(y - top).min(bottom - y);
    if inside < 0.0 {
        // The sheet's shadow on the table.
        let shadow = 1.0 - 0.45 * (1.0 + inside / 16.0).max(0.0);
        return TABLE[channel] * shadow;
    }
    let from_rule = ((y - FIRST_RULE) / RULE).fract() * RULE;
    let sheet = if y >= FIRST_RULE && from_rule < 1.6 {
        RULING
    } else if (x - MARGIN_AT).abs() < 0.9 {
        MARGIN
    } else {
        PAPER
    };
    let fold = (1.0 - (y - FOLD_AT).abs() / 14.0).max(0.0);
    sheet[channel] * (1.0 - 0.04 * fold)
}

/// From a place on the picture to the place on the sheet before it was turned.
fn on_sheet((x, y): (f64, f64)) -> (f64, f64) {
    let (sine, cosine) = ASKEW;
    let (dx, dy) = (x - f64::from(WIDTH) / 2.0, y - f64::from(HEIGHT) / 2.0);
    (dx * cosine + dy * sine + 450.0, dy * cosine - dx * sine + 600.0)
}

/// From a place on the sheet to the place on the picture.
fn on_picture((x, y): (f64, f64)) -> (f64, f64) {
    let (sine, cosine) = ASKEW;
    let (dx, dy) = (x - 450.0, y - 600.0);
    (
        dx * cosine - dy * sine + f64::from(WIDTH) / 2.0,
        dy * cosine + dx * sine + f64::from(HEIGHT) / 2.0,
    )
}

fn handwriting() -> Result<Ink, Box<dyn Error>> {
    let mut ink = Ink::none();
    let mut hand = Grain(0x0af1_a217);
    write(
        &mut ink,
        &mut hand,
        HEADING,
        (112.0, 118.0),
        Pen {
            scale: 1.2,
            radius: 1.15,
        },
    )?;
    let mut rule = 2.0;
    for phrase in PHRASES {
        for line in phrase {
            let start = (112.0, FIRST_RULE + RULE * rule - 4.0);
            write(
                &mut ink,
                &mut hand,
                line,
                start,
                Pen {
                    scale: 2.15,
                    radius: 1.7,
                },
            )?;
            rule += 1.0;
        }
        rule += 2.0;
    }
    Ok(ink)
}

#[derive(Clone, Copy)]
struct Pen {
    /// Pixels for one unit of the alphabet.
    scale: f64,
    /// Half the width of the line, in pixels.
    radius: f64,
}

/// Writes one line of words from `start`, the left end of its base line on the sheet.
fn write(ink: &mut Ink, hand: &mut Grain, words: &str, start: (f64, f64), pen: Pen) -> Result<(), Box<dyn Error>> {
    let mut x = start.0;
    for c in words.chars() {
        let letter = letter(c).ok_or_else(|| format!("the alphabet has no {c:?}"))?;
        // No hand writes a letter twice the same: its place and size waver a little.
        let lift = f64::from(hand.next_within(3)) * 0.18 * pen.scale;
        let size = pen.scale * (1.0 + f64::from(hand.next_within(4)) * 0.01);
        let place = |(px, py): (f64, f64)| on_picture((x + (px + py * SLANT) * size, start.1 - lift - py * size));
        for stroke in letter.strokes {
            let mut last = None;
            for point in curve(stroke) {
                let point = place(point);
                ink.line(last.unwrap_or(point), point, pen.radius);
                last = Some(point);
            }
        }
        x += f64::from(letter.advance) * pen.scale;
    }
    Ok(())
}

/// A smooth curve through the points of a stroke (Catmull-Rom), as points that lie close together.
fn curve(stroke: &[(i8, i8)]) -> Vec<(f64, f64)> {
    const STEPS: u8 = 8;
    let points: Vec<(f64, f64)> = stroke.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
    let at = |index: usize| points[index.min(points.len() - 1)];
    let mut smooth: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    for index in 1..points.len() {
        let (a, b, c, d) = (at(index.saturating_sub(2)), at(index - 1), at(index), at(index + 1));
        for step in 1..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let through = |a: f64, b: f64, c: f64, d: f64| {
                b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
            };
            smooth.push((through(a.0, b.0, c.0, d.0), through(a.1, b.1, c.1, d.1)));
        }
    }
    smooth
}

/// How much of each pixel is covered by ink, 0 to 1.
struct Ink(Vec<f64>);

impl Ink {
    fn none() -> Self {
        Ink(vec![0.0; WIDTH as usize * HEIGHT as usize])
    }

    fn coverage(&self, x: u32, y: u32) -> f64 {
        self.0[(y * WIDTH + x) as usize]
    }

    /// A round-ended line, soft at its edge by one pixel.
    fn line(&mut self, from: (f64, f64), to: (f64, f64), radius: f64) {
        let reach = radius + 1.0;
        let pixels = |a: f64, b: f64, end: u32| {
            let first = (a.min(b) - reach).max(0.0) as u32;
            let last = (a.max(b) + reach).max(0.0) as u32;
            first..last.saturating_add(1).min(end)
        };
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length_squared = dx * dx + dy * dy;
        for y in pixels(from.1, to.1, HEIGHT) {
            for x in pixels(from.0, to.0, WIDTH) {
                let (px, py) = (f64::from(x) + 0.5 - from.0, f64::from(y) + 0.5 - from.1);
                let along = if length_squared > 0.0 {
                    ((px * dx + py * dy) / length_squared).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let (ex, ey) = (px - dx * along, py - dy * along);
                let distance = (ex * ex + ey * ey).sqrt();
                let covered = (radius + 0.5 - distance).clamp(0.0, 1.0) * 0.92;
                let pixel = &mut self.0[(y * WIDTH + x) as usize];
                *pixel = pixel.max(covered);
            }
        }
    }
}

/// A fixed sequence that looks irregular (xorshift32): film grain and an unsteady hand, no secret.
struct Grain(u32);

impl Grain {
    /// A number from `-bound` to `bound`.
    fn next_within(&mut self, bound: i32) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as i32 % (2 * bound + 1) - bound
    }
}
