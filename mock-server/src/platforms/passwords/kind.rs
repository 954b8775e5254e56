//! The three kinds of objects, and what sets them apart.

/// What an object with revisions is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A password.
    Password,
    /// A folder.
    Folder,
    /// A tag.
    Tag,
}

impl Kind {
    /// The collection that holds what its objects are now.
    pub(super) const fn collection(self) -> &'static str {
        match self {
            Self::Password => "passwords",
            Self::Folder => "folders",
            Self::Tag => "tags",
        }
    }

    /// The fields of its representation, in the order in which they are sent (facts: passwords 3.1 to 3.3).
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Password => &[
                "id",
                "created",
                "updated",
                "edited",
                "share",
                "shared",
                "revision",
                "label",
                "username",
                "password",
                "notes",
                "customFields",
                "url",
                "status",
                "statusCode",
                "hash",
                "folder",
                "cseKey",
                "cseType",
                "sseType",
                "hidden",
                "trashed",
                "favorite",
                "editable",
                "client",
            ],
            Self::Folder => &[
                "id", "created", "updated", "edited", "revision", "label", "parent", "cseKey", "cseType",
                "sseType", "hidden", "trashed", "favorite", "client",
            ],
            Self::Tag => &[
                "id", "created", "updated", "edited", "revision", "label", "color", "cseKey", "cseType",
                "sseType", "hidden", "trashed", "favorite", "client",
            ],
        }
    }

    /// The fields that a revision holds: all but those of the object itself.
    pub(super) fn content(self) -> impl Iterator<Item = &'static str> {
        const OWN: [&str; 7] = ["id", "created", "updated", "share", "shared", "revision", "editable"];
        self.fields().iter().copied().filter(|field| !OWN.contains(field))
    }

    /// The fields that a search may ask for (facts: passwords 3.6).
    pub(super) const fn criteria(self) -> &'static [&'static str] {
        match self {
            Self::Password => {
                &["created", "updated", "edited", "cseType", "sseType", "status", "trashed", "favorite"]
            }
            Self::Folder => {
                &["created", "updated", "edited", "cseType", "sseType", "trashed", "favorite", "parent"]
            }
            Self::Tag => &["created", "updated", "edited", "cseType", "sseType", "trashed", "favorite"],
        }
    }

    /// By how many seconds `edited` may lie ahead (facts: passwords 4.3).
    pub(super) const fn ahead(self) -> i64 {
        match self {
            Self::Password => 2 * 3600,
            Self::Folder | Self::Tag => 3600,
        }
    }
}
