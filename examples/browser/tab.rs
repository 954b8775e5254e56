//! One tab: what a person sees in it, and does.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::connection::{BrowserError, Connection};

/// How long something may take to appear, in milliseconds. Only what never appears takes as long.
const PATIENCE: u32 = 20_000;

/// Resolves to true as soon as an element that fits holds the text, to false when it never does.
const APPEARS: &str = "(selector, text, patience) => new Promise((resolve) => {
    const there = () => [...document.querySelectorAll(selector)].some((one) => one.textContent.includes(text));
    if (there()) return resolve(true);
    const watch = new MutationObserver(() => there() && (watch.disconnect(), resolve(true)));
    watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    setTimeout(() => (watch.disconnect(), resolve(there())), patience);
})";

/// The middle of an element, scrolled into view.
const MIDDLE: &str = "(selector) => {
    const element = document.querySelector(selector);
    if (!element) throw new Error(`nothing fits ${selector}`);
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
}";

/// An open tab.
#[derive(Debug)]
pub struct Tab {
    connection: Arc<Connection>,
    session: String,
}

impl Tab {
    pub(super) async fn open(
        connection: Arc<Connection>,
        session: String,
        url: &str,
    ) -> Result<Self, BrowserError> {
        let tab = Self { connection, session };
        let opened = tab.call("Page.navigate", json!({ "url": url })).await?;
        match opened["errorText"].as_str() {
            Some(why) => Err(BrowserError::Page(format!("`{url}` cannot be opened: {why}"))),
            None => Ok(tab),
        }
    }

    /// Waits until an element that fits `selector` holds `text`.
    ///
    /// # Errors
    /// It never does; with what the page shows instead.
    pub async fn see(&self, selector: &str, text: &str) -> Result<(), BrowserError> {
        let wanted = [selector.into(), text.into(), PATIENCE.into()];
        let seen = match self.run(APPEARS, &wanted).await {
            // A page that is left takes with it what it was asked; the next one is asked then.
            Err(BrowserError::Refused { .. }) => self.run(APPEARS, &wanted).await?,
            seen => seen?,
        };
        if seen == json!(true) {
            return Ok(());
        }
        let shown = self.run("() => document.body.innerText", &[]).await?;
        let shown = shown.as_str().unwrap_or_default().to_owned();
        Err(BrowserError::Missing { wanted: format!("{selector}: {text}"), shown })
    }

    /// The texts of all elements that fit, in the page's order.
    ///
    /// # Errors
    /// The page cannot be asked.
    pub async fn texts(&self, selector: &str) -> Result<Vec<String>, BrowserError> {
        let script = "(selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent)";
        let texts = self.run(script, &[selector.into()]).await?;
        let texts = texts.as_array().into_iter().flatten();
        Ok(texts.filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Clicks in the middle of the first element that fits.
    ///
    /// # Errors
    /// There is none.
    pub async fn click(&self, selector: &str) -> Result<(), BrowserError> {
        let middle = self.run(MIDDLE, &[selector.into()]).await?;
        for kind in ["mousePressed", "mouseReleased"] {
            let parameters = json!({ "type": kind, "x": middle["x"], "y": middle["y"], "button": "left", "clickCount": 1 });
            self.call("Input.dispatchMouseEvent", parameters).await?;
        }
        Ok(())
    }

    /// Clicks into a field and types.
    ///
    /// # Errors
    /// There is no such field.
    pub async fn fill(&self, selector: &str, text: &str) -> Result<(), BrowserError> {
        self.click(selector).await?;
        // What is there is replaced.
        self.run("(selector) => document.querySelector(selector).select()", &[selector.into()]).await?;
        self.call("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// It does not come.
    pub async fn reload(&self) -> Result<(), BrowserError> {
        self.run("() => { document.documentElement.dataset.before = 'yes'; }", &[]).await?;
        self.call("Page.reload", json!({})).await?;
        self.see(":root:not([data-before])", "").await
    }

    /// What the tab shows, as PNG.
    ///
    /// # Errors
    /// The browser cannot say.
    pub async fn screenshot(&self) -> Result<Vec<u8>, BrowserError> {
        let picture = self.call("Page.captureScreenshot", json!({ "format": "png" })).await?;
        let picture = STANDARD.decode(picture["data"].as_str().unwrap_or_default());
        picture.map_err(|error| BrowserError::Page(format!("its picture is no base64: {error}")))
    }

    /// Calls a function of JavaScript in the page and waits for what it promises.
    async fn run(&self, function: &str, arguments: &[Value]) -> Result<Value, BrowserError> {
        let arguments: Vec<_> = arguments.iter().map(Value::to_string).collect();
        let expression = format!("({function})({})", arguments.join(", "));
        let parameters = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", parameters).await?;
        match answer.get("exceptionDetails") {
            Some(thrown) => Err(BrowserError::Page(thrown["exception"]["description"].to_string())),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    async fn call(&self, method: &str, parameters: Value) -> Result<Value, BrowserError> {
        self.connection.call(Some(&self.session), method, parameters).await
    }
}
