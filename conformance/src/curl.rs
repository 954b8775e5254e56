//! A request as a curl command that can be pasted into a shell.

use crate::{Masks, Sent};

/// Bodies longer than this are left out of commands.
const LONGEST: usize = 8 * 1024;

/// A request as a curl command, with a shell variable in place of every secret.
#[must_use]
pub fn curl(sent: &Sent, masks: &Masks) -> String {
    if let Some((begin, blanks)) = sent.body.as_deref().and_then(padded) {
        let head = Sent { body: Some(begin.as_bytes().to_vec().into()), ..sent.clone() };
        let (command, body) =
            (write(&head, masks, Some("--data-binary @-")), quote(&masks.mask(begin), masks));
        return format!("{{ printf %s {body}; head -c {blanks} /dev/zero | tr '\\0' ' '; }} | {command}");
    }
    write(sent, masks, None)
}

/// A body that is mostly blanks at its end: what stands before them, and how many there are.
fn padded(body: &[u8]) -> Option<(&str, usize)> {
    let end = body.iter().rposition(|byte| *byte != b' ').map_or(0, |at| at + 1);
    let begin = std::str::from_utf8(&body[..end]).ok()?;
    (body.len() > LONGEST && end <= LONGEST).then_some((begin, body.len() - end))
}

/// The command; the body as `data` says, where that is said.
fn write(sent: &Sent, masks: &Masks, data: Option<&str>) -> String {
    let mut words = vec!["curl -sS -i".to_owned()];
    match sent.method.as_str() {
        "GET" if sent.body.is_none() => {}
        "HEAD" => words.push("--head".to_owned()),
        method => words.push(format!("-X {method}")),
    }
    words.push(quote(&masks.mask(&sent.url), masks));
    let has_type = sent.header("content-type").is_some();
    for (name, value) in sent.headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("accept")) {
        words.push(format!("-H {}", quote(&masks.mask(&format!("{name}: {value}")), masks)));
    }
    if let Some(body) = &sent.body {
        if !has_type {
            // Without one, curl would say that it is a form.
            words.push("-H 'Content-Type;'".to_owned());
        }
        words.push(match std::str::from_utf8(body) {
            _ if data.is_some() => data.unwrap_or_default().to_owned(),
            Ok(text) if text.len() <= LONGEST => format!("--data-raw {}", quote(&masks.mask(text), masks)),
            Ok(text) => format!("--data-raw '…' # a body of {} bytes", text.len()),
            Err(_) => format!("--data-binary @- # a body of {} bytes that are not UTF-8", body.len()),
        });
    }
    words.join(" ")
}

/// Quotes for a POSIX shell: single quotes, but for the variables that stand for secrets, which must be expanded.
fn quote(text: &str, masks: &Masks) -> String {
    let single = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let Some(variable) = masks.variables().find(|variable| text.contains(variable)) else {
        return single(text);
    };
    let pieces: Vec<String> = text
        .split(variable)
        .map(|piece| if piece.is_empty() { String::new() } else { quote(piece, masks) })
        .collect();
    pieces.join(&format!("\"{variable}\""))
}
