//! Texts with parts that a record fills in: `{title} ({year})`, `{project.code}.{year}.{number:4}`.

/// A text with parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template(pub(crate) Vec<Part>);

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// As it stands.
    Text(String),
    /// What a path from the record leads to: a field, or one of a related record.
    Path(Vec<String>),
    /// In a sequence: the year in so many digits, 2 or 4.
    Year(usize),
    /// In a sequence: the number, padded with zeros to so many digits.
    Number(usize),
}

impl Template {
    /// Reads a template; `sequence` allows `{year}`, `{year4}` and `{number:4}`.
    ///
    /// # Errors
    /// A sentence on what cannot be read.
    pub(crate) fn read(text: &str, sequence: bool) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                parts.push(Part::Text(rest[..open].to_owned()));
            }
            let Some(close) = rest[open..].find('}') else {
                return Err(format!("the brace before `{}` is not closed", &rest[open + 1..]));
            };
            parts.push(part(&rest[open + 1..open + close], sequence)?);
            rest = &rest[open + close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        let numbers = parts.iter().filter(|part| matches!(part, Part::Number(_))).count();
        if sequence && numbers != 1 {
            return Err("a sequence has one `{number}`, or `{number:4}` for at least four digits".to_owned());
        }
        Ok(Self(parts))
    }

    /// The paths that it names.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &[String]> {
        self.0.iter().filter_map(|part| match part {
            Part::Path(path) => Some(path.as_slice()),
            _ => None,
        })
    }
}

fn part(inner: &str, sequence: bool) -> Result<Part, String> {
    match (inner, sequence) {
        ("year", true) => return Ok(Part::Year(2)),
        ("year4", true) => return Ok(Part::Year(4)),
        ("number", true) => return Ok(Part::Number(1)),
        _ => {}
    }
    if let Some(digits) = inner.strip_prefix("number:").filter(|_| sequence) {
        let digits = digits.parse().ok().filter(|digits| (1..=18).contains(digits));
        return digits.map(Part::Number).ok_or_else(|| "`number:` takes how many digits, 1 to 18".to_owned());
    }
    let path: Vec<String> = inner.split('.').map(|part| part.trim().to_owned()).collect();
    if path.iter().any(String::is_empty) {
        return Err(format!("`{{{inner}}}` names no field"));
    }
    Ok(Part::Path(path))
}
