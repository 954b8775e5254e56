//! Drawings in place of pictures of the outside world: a letter on a colour that its text decides.

use std::io::Cursor;

use font8x8::UnicodeFonts as _;
use image::{ImageFormat, Rgb, RgbImage};

use crate::outcome::Outcome;

/// Bright enough for a white letter, and not too much alike.
const COLORS: [[u8; 3]; 8] = [
    [0, 103, 158],
    [179, 58, 58],
    [46, 125, 50],
    [123, 31, 162],
    [191, 112, 0],
    [0, 121, 134],
    [93, 64, 55],
    [69, 90, 100],
];
const WHITE: Rgb<u8> = Rgb([255, 255, 255]);
/// Dots of a letter on each side.
const DOTS: u32 = 8;

/// An area of the text's colour with its first letter in the middle.
pub(super) fn letter(text: &str, width: u32, height: u32) -> RgbImage {
    let color =
        COLORS[text.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)))
            % COLORS.len()];
    let mut picture = RgbImage::from_pixel(width, height, Rgb(color));
    let first = text.chars().next().unwrap_or('?').to_ascii_uppercase();
    let glyph =
        font8x8::BASIC_FONTS.get(first).or_else(|| font8x8::LATIN_FONTS.get(first)).unwrap_or([0x3c; 8]);
    let dot = (width.min(height) * 3 / 4 / DOTS).max(1);
    let (left, top) = ((width.saturating_sub(dot * DOTS)) / 2, (height.saturating_sub(dot * DOTS)) / 2);
    for (row, bits) in (0..).zip(glyph) {
        for column in (0..DOTS).filter(|column| bits >> column & 1 == 1) {
            fill(&mut picture, left + column * dot, top + row * dot, dot);
        }
    }
    picture
}

fn fill(picture: &mut RgbImage, left: u32, top: u32, side: u32) {
    for y in top..(top + side).min(picture.height()) {
        for x in left..(left + side).min(picture.width()) {
            picture.put_pixel(x, y, WHITE);
        }
    }
}

/// The picture as a file.
pub(super) fn encode(picture: &RgbImage, format: ImageFormat) -> Result<Vec<u8>, Outcome> {
    let mut file = Cursor::new(Vec::new());
    picture
        .write_to(&mut file, format)
        .map_err(|error| Outcome::new("internal", format!("a picture could not be written: {error}")))?;
    Ok(file.into_inner())
}
