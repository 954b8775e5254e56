//! A headless Chromium, driven as a person would: open an address, type, click, look.
//!
//! It speaks the [DevTools protocol](https://chromedevtools.github.io/devtools-protocol/) itself, so that nothing but Chromium is needed: no driver
//! program whose version must match.

mod connection;
mod find;
mod process;
mod tab;

pub use connection::BrowserError;
pub use find::chromium;
pub use process::Browser;
pub use tab::Tab;
