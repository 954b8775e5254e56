//! What websites look like: a drawing in the dimensions that were asked for.

use image::ImageFormat;
use serde_json::Value;

use super::draw::{encode, letter};
use super::picture::{picture, tag};
use crate::action::ActionContext;
use crate::outcome::Outcome;

/// Pixels of a side: a multiple of the first between the others (facts: passwords 8).
const STEP: u32 = 10;
const SMALLEST: u32 = 240;
const LARGEST: u32 = 1280;

/// A preview. Sides are numbers, or `min...max` with either side open.
pub(in super::super) fn preview(
    context: &ActionContext<'_>,
    domain: &str,
    view: &str,
    width: &str,
    height: &str,
) -> Result<Value, Outcome> {
    let portrait = view == "mobile";
    let width = side(width, if portrait { 360 } else { 640 })?;
    let height = side(height, if portrait { 640 } else { 360 })?;
    let file =
        encode(&letter(domain.strip_prefix("www.").unwrap_or(domain), width, height), ImageFormat::Jpeg)?;
    let tag = tag(&file);
    Ok(picture(context, &file, &format!("{domain}.jpg"), Some(&tag)))
}

/// The side that fits, the one that is natural where a range leaves a choice.
fn side(asked: &str, natural: u32) -> Result<u32, Outcome> {
    let refused = || Outcome::new("dimensions-invalid", "Invalid dimensions given");
    let read = |text: &str, open: u32| match text {
        "" => Ok(open),
        text => text.parse::<u32>().map_err(|_| refused()),
    };
    let (least, most) = match asked.split_once("...") {
        Some((least, most)) => (read(least, SMALLEST)?, read(most, LARGEST)?),
        None => {
            let exactly = asked.parse::<u32>().map_err(|_| refused())?;
            (exactly, exactly)
        }
    };
    if least > most {
        return Err(refused());
    }
    let chosen = natural.clamp(least, most).clamp(SMALLEST, LARGEST);
    Ok(((chosen + STEP / 2) / STEP * STEP).min(LARGEST))
}
