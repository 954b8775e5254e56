//! Reading curl commands, as documentation prints them.

/// A request as curl would send it.
#[derive(Debug, Default)]
pub(crate) struct Command {
    pub(crate) method: String,
    pub(crate) url: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Reads `curl --location -X METHOD URL -H HEADER -u USER:PASSWORD -d BODY`, long names too.
pub(crate) fn read(text: &str) -> Command {
    let mut command = Command::default();
    let mut words = words(text).into_iter().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" => command.method = words.next().unwrap(),
            "-i" | "--location" => {}
            "-d" | "--data" => command.body = words.next().unwrap(),
            "-u" | "--user" => {
                // Encoded where it is sent, as it may have variables in it.
                let value = format!("Basic {}", words.next().unwrap());
                command.headers.push(("Authorization".to_owned(), value));
            }
            "-H" | "--header" => {
                let header = words.next().unwrap();
                let (name, value) = header.split_once(':').unwrap();
                command.headers.push((name.to_owned(), value.trim().to_owned()));
            }
            url => url.clone_into(&mut command.url),
        }
    }
    if command.method.is_empty() {
        // What is sent is posted, as curl does.
        command.method = if command.body.is_empty() { "GET" } else { "POST" }.to_owned();
    }
    command
}

/// Words as a shell splits them.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => match letters.next() {
                Some('\n') | None => {}
                Some(next) => word.get_or_insert_default().push(next),
            },
            (None, letter) if letter.is_whitespace() => words.extend(word.take()),
            (_, letter) => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}
