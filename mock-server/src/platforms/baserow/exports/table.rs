//! `export_table`: the file is written at once; the news of it comes later.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use csv::{Terminator, WriterBuilder};
use serde_json::{Value, json};

use super::charset::encode;
use super::job::{goes_on, represent};
use super::sheet::{Sheet, sheet};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::platforms::baserow::records::{caller, get, key};

/// Exports a table, or what a view of it shows.
///
/// # Errors
/// Those of the listing of rows, for `filters` and `order_by`.
pub(in crate::platforms::baserow) fn export_table(
    context: &mut ActionContext<'_>,
    table: u64,
    view: Option<u64>,
    request: &Value,
) -> Result<Value, Outcome> {
    let table = get(context, "tables", table)?;
    let shown = view.map(|view| get(context, "views", view)).transpose()?;
    let sheet = sheet(context, &table, shown.as_ref(), request)?;
    let word = |name: &str, usual: &'static str| request[name].as_str().unwrap_or(usual).to_owned();
    let text =
        write(&sheet, separator(&word("csv_column_separator", ",")), request["csv_include_header"] != false)?;
    let content = encode(&text, &word("export_charset", "utf-8"));
    let user = key(caller(context)?);
    // One export of a person's goes on at a time.
    for other in context.all("exports", &[("user", &user.into()), ("state", &"pending".into())])? {
        if goes_on(context, &other) {
            context.update(&other, json!({ "state": "cancelled" }))?;
        }
    }
    let name = format!("{}.csv", context.entropy().token(32));
    let export = context.insert(
        "exports",
        json!({
            "user": user, "table": key(&table), "view": view, "exporter_type": "csv", "exported_file_name": name,
            "content": STANDARD.encode(content),
        }),
    )?;
    Ok(represent(context, &export))
}

fn separator(name: &str) -> u8 {
    match name {
        "tab" => b'\t',
        "record_separator" => 0x1e,
        "unit_separator" => 0x1f,
        sign => sign.bytes().next().unwrap_or(b','),
    }
}

fn write(sheet: &Sheet, separator: u8, header: bool) -> Result<String, Outcome> {
    let failed = |error: String| Outcome::new("internal", format!("the table cannot be written: {error}"));
    let mut writer =
        WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).from_writer(Vec::new());
    if header {
        let names = std::iter::once("id").chain(sheet.names.iter().map(String::as_str));
        writer.write_record(names).map_err(|error| failed(error.to_string()))?;
    }
    for (row, cells) in &sheet.rows {
        let cells = cells.iter().map(|cell| harmless(cell));
        let record = std::iter::once(row.to_string()).chain(cells);
        writer.write_record(record).map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}

/// A cell that no spreadsheet takes for a formula: those begin with one of these signs, and numbers may.
fn harmless(cell: &str) -> String {
    let is_number = || {
        let digits = cell.strip_prefix('-').unwrap_or(cell);
        !digits.is_empty() && digits.chars().all(|sign| sign.is_ascii_digit() || sign == ',' || sign == '.')
    };
    if cell.starts_with(['@', '+', '-', '=', '|', '%']) && !is_number() {
        format!("'{}", cell.replace('|', "\\|"))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Sheet, harmless, write};

    fn sheet() -> Sheet {
        let rows = vec![
            (1, vec!["Tea, green".to_owned(), "-1.50".to_owned()]),
            (2, vec!["say \"no\"".to_owned(), String::new()]),
        ];
        Sheet { names: vec!["Name".to_owned(), "Price".to_owned()], rows }
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        let text = write(&sheet(), b',', true).unwrap();
        assert_eq!(text, "id,Name,Price\r\n1,\"Tea, green\",-1.50\r\n2,\"say \"\"no\"\"\",\r\n");
    }

    #[test]
    fn separator_and_header_can_be_chosen() {
        let text = write(&sheet(), b';', false).unwrap();
        assert_eq!(text, "1;Tea, green;-1.50\r\n2;\"say \"\"no\"\"\";\r\n");
    }

    #[test]
    fn formulas_are_taken_apart() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("|a|"), "'\\|a\\|");
        assert_eq!(harmless("-12,5"), "-12,5");
        assert_eq!(harmless("-"), "'-");
        assert_eq!(harmless("a|b"), "a|b");
    }
}
