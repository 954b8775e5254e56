//! Which rules there are, and whether an application writes them as they are meant.

use super::table::{Are, Known, RULES};
use crate::platforms::qore::application::Rule;
use crate::platforms::qore::dates;

/// Whether there is a rule of that name which takes these parameters.
///
/// # Errors
/// A sentence on what is wrong with it.
pub(in super::super) fn known(name: &str, parameters: &[String]) -> Result<(), String> {
    let Some(rule) = find(name) else {
        let nearest = RULES.iter().min_by_key(|rule| strsim::levenshtein(rule.name, name));
        let hint = nearest.map(|rule| format!(", did you mean `{}`?", rule.name)).unwrap_or_default();
        return Err(format!("there is no rule `{name}`{hint}"));
    };
    let (least, most) = rule.takes;
    if parameters.len() < least || parameters.len() > most {
        return Err(format!("`{name}` takes {}, not {}", counted(rule), parameters.len()));
    }
    parameters.iter().enumerate().try_for_each(|(index, parameter)| fits(rule, index, parameter))?;
    match rule.are {
        Are::Pattern => pattern(parameters).map(drop),
        _ => Ok(()),
    }
}

pub(super) fn find(name: &str) -> Option<&'static Known> {
    RULES.iter().find(|rule| rule.name == name)
}

fn counted(rule: &Known) -> String {
    let plural =
        |count: usize| if count == 1 { "1 parameter".to_owned() } else { format!("{count} parameters") };
    match rule.takes {
        (0, 0) => "no parameters".to_owned(),
        (least, most) if least == most => plural(least),
        (least, usize::MAX) => format!("at least {}", plural(least)),
        (least, most) => format!("{least} to {}", plural(most)),
    }
}

fn fits(rule: &Known, index: usize, parameter: &str) -> Result<(), String> {
    let name = rule.name;
    let number = || parameter.parse::<f64>().is_ok_and(f64::is_finite);
    let wrong = |what: &str| Err(format!("`{name}` takes {what}, not `{parameter}`"));
    match rule.are {
        Are::Numbers if !number() => wrong("numbers"),
        Are::Wholes if parameter.parse::<u32>().is_err() => wrong("whole numbers"),
        Are::NumberOrField if !number() && !is_name(parameter) => wrong("a number or a field"),
        Are::Fields if !is_name(parameter) => wrong("the name of a field"),
        Are::FieldThenTexts if index == 0 && !is_name(parameter) => wrong("the name of a field first"),
        Are::Target if !is_name(parameter) => wrong("a resource and a field of it"),
        Are::DateOrField
            if dates::read(parameter, jiff::civil::DateTime::ZERO).is_none() && !is_name(parameter) =>
        {
            wrong("a date, `now`, `today`, `tomorrow`, `yesterday` or a field")
        }
        Are::Format => match dates::known_format(parameter) {
            Ok(()) => Ok(()),
            Err(letter) => Err(format!("`{name}` knows no letter `{letter}`, only `Y y m n d j H i s`")),
        },
        Are::Extensions if mime_guess::from_ext(parameter).first().is_none() => {
            Err(format!("no media type is known for the extension `{parameter}`"))
        }
        Are::MediaTypes if parameter.split('/').filter(|part| !part.is_empty()).count() != 2 => {
            wrong("media types, such as `image/png` or `image/*`")
        }
        _ => Ok(()),
    }
}

fn is_name(text: &str) -> bool {
    let letters = text.chars().all(|letter| letter.is_alphanumeric() || "_-.".contains(letter));
    letters && text.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_')
}

/// The fields that a rule names.
pub(in super::super) fn fields(rule: &Rule) -> Vec<&str> {
    let all = rule.parameters.iter().map(String::as_str);
    let is_field = |text: &&str| text.parse::<f64>().is_err();
    match find(&rule.name).map(|known| known.are) {
        Some(Are::Fields) => all.collect(),
        Some(Are::NumberOrField) => all.filter(is_field).collect(),
        Some(Are::FieldThenTexts) => all.take(1).collect(),
        Some(Are::DateOrField) => {
            all.filter(|text| dates::read(text, jiff::civil::DateTime::ZERO).is_none()).collect()
        }
        _ => Vec::new(),
    }
}

/// The resource that a rule names, and its field where it names one.
pub(in super::super) fn resource(rule: &Rule) -> Option<(&str, Option<&str>)> {
    let is_target = matches!(find(&rule.name)?.are, Are::Target);
    let mut all = rule.parameters.iter().map(String::as_str).filter(|_| is_target);
    Some((all.next()?, all.next()))
}

/// The expression between the delimiters, with its flags. Parameters were split at commas, which may be part of it.
///
/// # Errors
/// A sentence.
pub(super) fn pattern(parameters: &[String]) -> Result<regress::Regex, String> {
    let text = parameters.join(",");
    let delimiter =
        text.chars().next().filter(|one| !one.is_alphanumeric() && !one.is_whitespace() && *one != '\\');
    let closing = match delimiter {
        Some('(') => Some(')'),
        Some('{') => Some('}'),
        Some('[') => Some(']'),
        Some('<') => Some('>'),
        other => other,
    };
    let inside = delimiter.zip(closing).and_then(|(open, close)| text[open.len_utf8()..].rsplit_once(close));
    let Some((expression, flags)) = inside else {
        return Err(format!("`{text}` has no delimiters: `/^[A-Z]+$/`"));
    };
    if let Some(flag) = flags.chars().find(|flag| !"imsuD".contains(*flag)) {
        return Err(format!("`{text}` has the flag `{flag}`, known are `i`, `m`, `s`, `u` and `D`"));
    }
    let flags: String = flags.chars().filter(|flag| *flag != 'D').collect();
    // What the delimiter made one escape is no escape for ECMAScript's reading with `u`.
    let expression = expression.replace("\\/", "/");
    regress::Regex::with_flags(&expression, flags.as_str())
        .map_err(|why| format!("`{text}` is no expression: {why}"))
}

#[cfg(test)]
mod tests {
    use super::known;

    fn said(rule: &str) -> String {
        let (name, parameters) = rule.split_once(':').unwrap_or((rule, ""));
        let parameters: Vec<String> =
            parameters.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect();
        known(name, &parameters).err().unwrap_or_default()
    }

    #[test]
    fn rules_are_known_by_name_and_parameters() {
        for (rule, expected) in [
            ("required", ""),
            ("max:255", ""),
            ("after:lent_on", ""),
            ("after:2023-01-31", ""),
            ("regex:/^[0-9]{1,13}$/", ""),
            ("mimes:pdf,png,jpg,txt", ""),
            ("requird", "there is no rule `requird`, did you mean `required`?"),
            ("max", "`max` takes 1 parameter, not 0"),
            ("between:1", "`between` takes 2 parameters, not 1"),
            ("in", "`in` takes at least 1 parameter, not 0"),
            ("email:rfc", "`email` takes no parameters, not 1"),
            ("max:many", "`max` takes numbers, not `many`"),
            ("digits:1.5", "`digits` takes whole numbers, not `1.5`"),
            ("same:+", "`same` takes the name of a field, not `+`"),
            ("date_format:d M Y", "`date_format` knows no letter `M`, only `Y y m n d j H i s`"),
            ("mimes:nothing", "no media type is known for the extension `nothing`"),
            ("mimetypes:png", "`mimetypes` takes media types, such as `image/png` or `image/*`, not `png`"),
            ("regex:abc", "`abc` has no delimiters: `/^[A-Z]+$/`"),
            ("regex:/a/x", "`/a/x` has the flag `x`, known are `i`, `m`, `s`, `u` and `D`"),
        ] {
            assert_eq!(said(rule), expected, "{rule}");
        }
        assert!(said("regex:/(/").starts_with("`/(/` is no expression"));
    }
}
