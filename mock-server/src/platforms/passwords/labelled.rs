//! Creating and replacing folders and tags, which are a label and little more (facts: passwords 4.2 and 4.3).

use serde_json::{Map, Value};

use super::content::{BASE, Content, flag, integer, put, text, text_or};
use super::kind::Kind;
use super::lifecycle::{current, set, stored, user};
use super::validation::{server_side, validate};
use super::{client, faults, php, reading, revisions};
use crate::action::ActionContext;
use crate::outcome::Outcome;
use crate::state::Record;

/// One of the two kinds, and what sets it apart from the other.
#[derive(Debug)]
pub(super) struct Labelled {
    kind: Kind,
    /// The one text that the other kind does not have, and what it is when a request leaves it out.
    own: (&'static str, &'static str),
    /// The lowest `edited` of a replacement that counts, in seconds since 1970: below it the object keeps the one it has.
    /// Validation makes 0 the time of the request.
    lowest_edited: i64,
}

/// Folders.
pub(super) const FOLDER: Labelled = Labelled { kind: Kind::Folder, own: ("parent", BASE), lowest_edited: 0 };
/// Tags.
pub(super) const TAG: Labelled = Labelled { kind: Kind::Tag, own: ("color", ""), lowest_edited: 1 };

impl Labelled {
    /// Stores a new object of the caller's.
    pub(super) fn create(&self, context: &mut ActionContext<'_>, fields: &Content) -> Result<Value, Outcome> {
        let user = user(context)?;
        let mut content = self.written(context, &user, fields)?;
        if integer(&content, "edited") < 1 {
            put(&mut content, "edited", php::now(context));
        }
        validate(context, self.kind, &user, "", &mut content)?;
        Ok(stored(&revisions::first(context, self.kind, &user, Map::new(), content)?))
    }

    /// Stores a new object of a user as the fields say; `own` may name its `id` and `revision`. Nothing is validated.
    pub(super) fn insert(
        &self,
        context: &mut ActionContext<'_>,
        user: &str,
        own: Map<String, Value>,
        fields: &Content,
    ) -> Result<Record, Outcome> {
        let mut content = self.written(context, user, fields)?;
        put(&mut content, "edited", php::now(context));
        put(&mut content, "client", text(fields, "client"));
        revisions::first(context, self.kind, user, own, content)
    }

    /// Replaces an object: what is left out returns to its default. The base folder is refused.
    pub(super) fn update(
        &self,
        context: &mut ActionContext<'_>,
        id: &str,
        revision: Option<&str>,
        fields: &Content,
    ) -> Result<Value, Outcome> {
        if self.kind == Kind::Folder && id == BASE {
            return Err(faults::base_folder());
        }
        let object = current(context, self.kind, id, revision)?;
        let user = user(context)?;
        let mut content = self.written(context, &user, fields)?;
        if integer(&content, "edited") < self.lowest_edited {
            put(&mut content, "edited", reading::value(&object, "edited"));
        }
        put(&mut content, "trashed", reading::flag(&object, "trashed"));
        validate(context, self.kind, &user, id, &mut content)?;
        Ok(stored(&set(context, self.kind, &object, content)?))
    }

    /// The content that a request asks for.
    fn written(&self, context: &ActionContext<'_>, user: &str, fields: &Content) -> Result<Content, Outcome> {
        let (own, default) = self.own;
        let cse = text_or(fields, "cseType", "none");
        let mut content = Content::new();
        put(&mut content, "edited", integer(fields, "edited"));
        put(&mut content, "label", text(fields, "label"));
        put(&mut content, own, text_or(fields, own, default));
        put(&mut content, "cseKey", text(fields, "cseKey"));
        put(&mut content, "cseType", cse);
        put(&mut content, "sseType", server_side(context, user, cse)?);
        put(&mut content, "hidden", flag(fields, "hidden"));
        put(&mut content, "trashed", false);
        put(&mut content, "favorite", flag(fields, "favorite"));
        put(&mut content, "client", client::name(context));
        Ok(content)
    }
}
