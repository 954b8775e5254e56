//! A document to import that is as large as one wants it. The benchmark `import` takes it from here as well.

use serde_json::json;

/// The export of an application with so many components on its one page, more than 600 bytes each.
pub(crate) fn document(components: usize) -> String {
    let page = "ebe9d705-a0df-4dbb-9bf3-ab28cab12ae3";
    let one = |number: usize| {
        json!({
            "id": format!("00000000-0000-4000-8000-{number:012}"), "name": format!("text{number}"), "type": "Text", "pageId": page,
            "properties": { "text": { "value": "Hello {{globals.currentUser.email}} ".repeat(12) } },
            "styles": { "color": { "value": "#112233" } },
            "layouts": [{ "type": "desktop", "top": 10.5, "left": 3, "width": 5, "height": 40 }],
        })
    };
    let app = json!({
        "name": "Large", "pages": [{ "id": page, "name": "Home", "handle": "home" }],
        "components": (0..components).map(one).collect::<Vec<_>>(),
    });
    json!({ "tooljet_version": "3.0.0", "appName": "Large", "app": [{ "definition": { "appV2": app } }] })
        .to_string()
}
