//! Turns character indices, which the YAML parser counts, into byte offsets.

pub(super) struct ByteIndex<'t> {
    text: &'t str,
    /// The byte offset of every 64th character; empty when the text is ASCII.
    every_64th: Vec<usize>,
}

impl<'t> ByteIndex<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let offsets = || text.char_indices().step_by(64).map(|(byte, _)| byte).collect();
        Self { text, every_64th: if text.is_ascii() { Vec::new() } else { offsets() } }
    }

    /// The byte offset of a character; the text's length for characters past its end.
    pub(super) fn at(&self, character: usize) -> usize {
        if self.every_64th.is_empty() {
            return character.min(self.text.len());
        }
        let Some(&start) = self.every_64th.get(character / 64) else { return self.text.len() };
        self.text[start..]
            .char_indices()
            .nth(character % 64)
            .map_or(self.text.len(), |(byte, _)| start + byte)
    }
}
