//! Documentation pages: Redoc and Swagger UI with everything they need in one file.

use aide::redoc::Redoc;
use aide::swagger::Swagger;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use tercet_spec::Contract;
use tercet_spec::contract::DocumentationPage;

/// What must not stand in a URL that stands in a script.
const UNSAFE: &AsciiSet = &CONTROLS.add(b'"').add(b'\'').add(b'\\').add(b'<').add(b'>').add(b'`').add(b' ');

/// Nothing is loaded from elsewhere, whatever the bundles would like to (a logo, a font).
const POLICY: &str = "<meta charset=\"utf-8\">\n    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' 'unsafe-inline' \
    'unsafe-eval' data: blob:\">";

/// The bundles come without the styles of the page around them.
const LAYOUT: &str = "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    \
    <style>body { margin: 0; }</style>";

/// The page that shows the document at `path`.
pub(super) fn html(contract: &Contract, kind: DocumentationPage, path: &str) -> String {
    let url = format!("{}{}", contract.base_path, utf8_percent_encode(path, UNSAFE));
    let title = escaped(&contract.title);
    let page = match kind {
        DocumentationPage::Redoc => Redoc::new(url).with_title(&title).html(),
        DocumentationPage::SwaggerUi => Swagger::new(url).with_title(&title).html(),
    };
    // The library's page leaves room at the top for a bar that is not there.
    let page = page.replacen("scrollYOffset: 50", "scrollYOffset: 0", 1);
    page.replacen("<head>", &format!("<head>\n    {POLICY}\n    {LAYOUT}"), 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
