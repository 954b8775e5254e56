//! The document's passwords, folders and tags: what of them is encrypted, and what comes inside them.

use super::encryption::{Encryptable, Encryption, Keyring, VaultError};
use super::types::{
    CreateFolder, CreatePassword, CreateTag, Folder, FolderFoldersItem, FolderParent, FolderPasswordsItem,
    FolderRevision, Password, PasswordFolder, PasswordRevision, PasswordShare, PasswordTagsItem, Share,
    SharePassword, Tag, TagPasswordsItem, TagRevision, UpdateFolder, UpdatePassword, UpdateTag,
};
use crate::{Maybe, Secret};

/// What an answer brings: objects that may be encrypted, one or many.
pub trait Contents: Sized {
    /// What it is once it is opened: an object is the same plain; of a list each object is plain, or says why it is not.
    type Opened;

    /// The objects.
    fn objects(&mut self) -> Vec<&mut dyn Encryptable>;

    /// Opens it, with all that came inside it.
    ///
    /// # Errors
    /// [`VaultError::Object`] when it is one object, and that does not open. A list never fails as a whole.
    fn opened(self, keyring: &Keyring) -> Result<Self::Opened, VaultError>;
}

/// A text, where it is there.
trait Text {
    fn text(&mut self) -> Option<&mut String>;
}

impl Text for String {
    fn text(&mut self) -> Option<&mut String> {
        Some(self)
    }
}

impl Text for Secret {
    fn text(&mut self) -> Option<&mut String> {
        Some(self.text_mut())
    }
}

impl<T: Text> Text for Option<T> {
    fn text(&mut self) -> Option<&mut String> {
        self.as_mut()?.text()
    }
}

type Parts<'p> = Vec<&'p mut dyn Encryptable>;

macro_rules! encryptable {
    ($type:ident { $($name:literal: $field:ident),* } $(hash $password:ident)? $(with $parts:path)?) => {
        impl Encryptable for $type {
            fn texts(&mut self) -> Vec<(&'static str, &mut String)> {
                let texts = [$(($name, self.$field.text())),*];
                texts.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
            }

            fn encryption(&self) -> Encryption {
                let kind = self.cse_type.as_ref().map_or("", |kind| kind.as_str());
                Encryption::of(kind, self.cse_key.as_deref().unwrap_or_default())
            }

            fn set_encryption(&mut self, encryption: &Encryption) {
                self.cse_type = Some(encryption.cse_type().into());
                self.cse_key = Some(encryption.cse_key().into());
            }

            $(
                fn plain_password(&self) -> Option<&str> {
                    Some(self.$password.expose())
                }

                fn set_hash(&mut self, hash: String) {
                    self.hash = Some(hash);
                }
            )?

            $(
                fn parts(&mut self) -> Parts<'_> {
                    $parts(self)
                }
            )?
        }
    };
}

macro_rules! password {
    ($($type:ident $(hash $password:ident)? $(with $parts:path)?),*) => {
        $(encryptable!($type {
            "url": url, "label": label, "notes": notes, "password": password, "username": username,
            "customFields": custom_fields
        } $(hash $password)? $(with $parts)?);)*
    };
}

macro_rules! folder {
    ($($type:ident $(with $parts:path)?),*) => {
        $(encryptable!($type { "label": label } $(with $parts)?);)*
    };
}

macro_rules! tag {
    ($($type:ident $(with $parts:path)?),*) => {
        $(encryptable!($type { "label": label, "color": color } $(with $parts)?);)*
    };
}

password!(
    Password with inside_password, PasswordRevision, CreatePassword hash password, UpdatePassword hash password
);
folder!(Folder with inside_folder, FolderRevision, CreateFolder, UpdateFolder);
tag!(Tag with inside_tag, TagRevision, CreateTag, UpdateTag);

macro_rules! contents {
    ($($type:ident),*) => {
        $(
            impl Contents for $type {
                type Opened = Self;

                fn objects(&mut self) -> Parts<'_> {
                    vec![self]
                }

                fn opened(mut self, keyring: &Keyring) -> Result<Self, VaultError> {
                    match keyring.open_in_place(&mut self) {
                        Ok(()) => Ok(self),
                        Err(why) => Err(VaultError::Object { id: self.id, why: Box::new(why) }),
                    }
                }
            }

            impl Contents for Vec<$type> {
                type Opened = Vec<Result<$type, VaultError>>;

                fn objects(&mut self) -> Parts<'_> {
                    self.iter_mut().map(|one| one as &mut dyn Encryptable).collect()
                }

                fn opened(self, keyring: &Keyring) -> Result<Self::Opened, VaultError> {
                    Ok(self.into_iter().map(|one| one.opened(keyring)).collect())
                }
            }
        )*
    };
}

contents!(Password, Folder, Tag);

fn all<T: Encryptable>(list: &mut Option<Vec<T>>) -> impl Iterator<Item = &mut dyn Encryptable> {
    list.iter_mut().flatten().map(|one| one as &mut dyn Encryptable)
}

/// What of a union is an object rather than the id of one.
macro_rules! inside {
    ($place:expr, $kind:path) => {
        match $place {
            $kind(object) => Some(object as &mut dyn Encryptable),
            _ => None,
        }
    };
}

fn inside_password(password: &mut Password) -> Parts<'_> {
    let Password { revisions, folder, tags, share, shares, .. } = password;
    let mut parts: Parts<'_> = all(revisions).collect();
    parts.extend(folder.iter_mut().filter_map(|folder| inside!(folder, PasswordFolder::Folder)));
    parts.extend(tags.iter_mut().flatten().filter_map(|tag| inside!(tag, PasswordTagsItem::Tag)));
    if let Maybe::Value(share) = share
        && let PasswordShare::Share(share) = &mut **share
    {
        parts.extend(inside_share(share));
    }
    parts.extend(shares.iter_mut().flatten().filter_map(inside_share));
    parts
}

fn inside_folder(folder: &mut Folder) -> Parts<'_> {
    let Folder { revisions, parent, folders, passwords, .. } = folder;
    let mut parts: Parts<'_> = all(revisions).collect();
    if let Some(FolderParent::Folder(parent)) = parent {
        parts.push(&mut **parent);
    }
    parts.extend(folders.iter_mut().flatten().filter_map(|one| inside!(one, FolderFoldersItem::Folder)));
    parts
        .extend(passwords.iter_mut().flatten().filter_map(|one| inside!(one, FolderPasswordsItem::Password)));
    parts
}

fn inside_tag(tag: &mut Tag) -> Parts<'_> {
    let Tag { revisions, passwords, .. } = tag;
    let mut parts: Parts<'_> = all(revisions).collect();
    parts.extend(passwords.iter_mut().flatten().filter_map(|one| inside!(one, TagPasswordsItem::Password)));
    parts
}

fn inside_share(share: &mut Share) -> Option<&mut dyn Encryptable> {
    inside!(share.password.as_mut()?, SharePassword::Password)
}

/// With everything that the password has, so that an update, which replaces all, loses nothing. It wants the part `model`.
impl From<&Password> for UpdatePassword {
    fn from(password: &Password) -> Self {
        let folder = password.folder.as_ref().and_then(|folder| match folder {
            PasswordFolder::Text(id) => Some(id),
            PasswordFolder::Folder(folder) => Some(&folder.id),
            PasswordFolder::Other(_) => None,
        });
        let sealed = password.encryption() != Encryption::Plain;
        let plain = password.password.clone();
        Self {
            label: password.label.clone(),
            username: password.username.clone(),
            url: password.url.clone(),
            notes: password.notes.clone(),
            custom_fields: password.custom_fields.clone(),
            folder: folder.cloned(),
            hidden: password.hidden,
            favorite: password.favorite,
            // Without encryption the server computes it.
            hash: password.hash.clone().filter(|_| sealed),
            cse_type: password.cse_type.as_ref().map(|kind| kind.as_str().to_owned()),
            cse_key: password.cse_key.clone(),
            ..Self::new(&*password.id, plain.unwrap_or_else(|| "".into()))
        }
    }
}

/// With everything that the folder has, so that an update, which replaces all, loses nothing. It wants the part `model`.
impl From<&Folder> for UpdateFolder {
    fn from(folder: &Folder) -> Self {
        let parent = folder.parent.as_ref().and_then(|parent| match parent {
            FolderParent::Text(id) => Some(id),
            FolderParent::Folder(parent) => Some(&parent.id),
            FolderParent::Other(_) => None,
        });
        Self {
            parent: parent.cloned(),
            hidden: folder.hidden,
            favorite: folder.favorite,
            cse_type: folder.cse_type.as_ref().map(|kind| kind.as_str().to_owned()),
            cse_key: folder.cse_key.clone(),
            ..Self::new(&*folder.id, folder.label.as_deref().unwrap_or_default())
        }
    }
}

/// With everything that the tag has, so that an update, which replaces all, loses nothing. It wants the part `model`.
impl From<&Tag> for UpdateTag {
    fn from(tag: &Tag) -> Self {
        let (label, color) = (tag.label.as_deref(), tag.color.as_deref());
        Self {
            hidden: tag.hidden,
            favorite: tag.favorite,
            cse_type: tag.cse_type.as_ref().map(|kind| kind.as_str().to_owned()),
            cse_key: tag.cse_key.clone(),
            ..Self::new(&*tag.id, label.unwrap_or_default(), color.unwrap_or_default())
        }
    }
}
