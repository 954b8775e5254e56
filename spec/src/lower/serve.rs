//! The verb `serve`: answers that are no representations.

use super::structure::closest;
use super::{Lowering, keys_but_extensions};
use crate::contract::{DocumentFormat, DocumentationPage, Serve, Verb};
use crate::vocabulary::{RawPage, RawServe};
use crate::{Diagnostic, Pointer};

const FORMS: &str = "write `{ document: json }`, `{ page: redoc, document: /path }` or `{ content: … }`";

impl Lowering<'_> {
    pub(super) fn serve(&mut self, raw: &RawServe, at: &Pointer) -> Option<Verb> {
        let has_content = self.has(&at.child("content"));
        let serve = match (raw.page, &raw.document, has_content) {
            (None, Some(format), false) => Serve::Document(self.format(format, &at.child("document"))?),
            (Some(page), Some(path), false) => {
                self.known_path(path, &at.child("document"));
                let page = match page {
                    RawPage::Redoc => DocumentationPage::Redoc,
                    RawPage::SwaggerUi => DocumentationPage::SwaggerUi,
                };
                Serve::Page(page, path.clone())
            }
            (None, None, true) => Serve::Content {
                content: self.reader.value(&at.child("content")),
                base64: raw.base64,
                media_type: self
                    .has(&at.child("media-type"))
                    .then(|| self.reader.value(&at.child("media-type"))),
            },
            _ => {
                self.error("keyword", at, "`serve` needs one thing to answer with", FORMS);
                return None;
            }
        };
        for key in ["base64", "media-type"].iter().filter(|_| !has_content) {
            if self.has(&at.child(key)) {
                let message = format!("`{key}` means nothing without `content`");
                self.error("keyword", &at.child(key), message, FORMS);
            }
        }
        Some(Verb::Serve(serve))
    }

    fn format(&mut self, name: &str, at: &Pointer) -> Option<DocumentFormat> {
        match name {
            "json" => Some(DocumentFormat::Json),
            "yaml" => Some(DocumentFormat::Yaml),
            other => {
                let message = format!("the document cannot be served as `{other}`");
                self.diagnostics.push(
                    Diagnostic::error("keyword", message)
                        .at_value(self.document, at)
                        .help("write `json` or `yaml`"),
                );
                None
            }
        }
    }

    fn known_path(&mut self, path: &str, at: &Pointer) {
        let known = keys_but_extensions(self.document, &Pointer::root().child("paths"));
        if known.iter().any(|one| one == path) {
            return;
        }
        let help = match closest(path, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "name a path of this document, whose operation has `serve: { document: json }`".to_owned()
            }
        };
        let message = format!("this document has no path `{path}`");
        self.diagnostics.push(Diagnostic::error("keyword", message).at_value(self.document, at).help(help));
    }
}
