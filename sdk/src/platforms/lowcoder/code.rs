//! The numbers that say what is wrong.

use std::fmt;

use crate::Error;

macro_rules! codes {
    ($($number:literal $name:ident => $says:literal,)*) => {
        /// What the platform calls what is wrong (facts: lowcoder 2.7.6, section 3). Numbers of other releases are kept.
        ///
        /// ```
        /// use tercet_sdk::lowcoder::Code;
        ///
        /// assert_eq!(Code::from(6302), Code::FolderNotExist);
        /// assert_eq!(Code::from(9999).number(), 9999);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", stringify!($number), "`: ", $says)] $name,)*
            /// Another number.
            Other(i64),
        }

        impl Code {
            /// Every code that has a name.
            #[cfg(test)]
            pub(super) const NAMED: &[Self] = &[$(Self::$name),*];

            /// The number.
            #[must_use]
            pub fn number(self) -> i64 {
                match self {
                    $(Self::$name => $number,)*
                    Self::Other(number) => number,
                }
            }
        }

        impl From<i64> for Code {
            fn from(number: i64) -> Self {
                match number {
                    $($number => Self::$name,)*
                    other => Self::Other(other),
                }
            }
        }

        impl fmt::Display for Code {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$name => f.write_str(concat!(stringify!($number), ": ", $says)),)*
                    Self::Other(number) => number.fmt(f),
                }
            }
        }
    };
}

codes! {
    500 UnreadableConfiguration => "the settings of a data source cannot be read, or a connection that was tried does not work",
    5000 InternalServerError => "something that was not foreseen: a value that has to be unique, an unknown address, a page behind the last one",
    5001 NotAuthorized => "somebody is signed in, who may not do that",
    5002 InvalidParameter => "a parameter is missing, or is not what belongs there",
    5003 UnsupportedOperation => "not in this state, or not with this server",
    5004 DuplicateKey => "a value that has to be unique",
    5005 NoResourceFound => "no such application, folder, bundle, file or user",
    5008 InvalidPermissionOperation => "there are no roles for things of this kind",
    5009 RequestThrottled => "too many calls in a second; with status 429, so it is tried again where that is safe",
    5010 ServerNotReady => "the server has just been started",
    5011 Redirect => "elsewhere; on the public cloud only",
    5100 InvalidOrgId => "an organisation that the caller is not in",
    5101 SwitchCurrentOrgError => "the current organisation could not be changed",
    5102 LastAdminCannotLeaveOrg => "the last administrator stays in an organisation",
    5103 ExceedMaxUserOrgCount => "the user is in too many organisations",
    5104 ExceedMaxOrgMemberCount => "the organisation has too many members",
    5105 UnableToFindValidOrg => "no such organisation, or the caller has no current one",
    5106 ExceedMaxDeveloperCount => "the organisation has too many developers",
    5150 InvalidGroupId => "no such group in the current organisation",
    5151 CannotRemoveMyself => "administrators of a group do not remove themselves",
    5152 CannotLeaveGroup => "the only administrator stays in a group",
    5153 ExceedMaxGroupCount => "the organisation has too many groups",
    5154 CannotDeleteSystemGroup => "groups of the system stay",
    5155 NeedDevToCreateResource => "only developers of the current organisation may",
    5200 InvalidInvitationCode => "no such invitation",
    5201 InviterNotFound => "who invited is not there",
    5202 AlreadyInOrganization => "the caller is in that organisation already",
    5203 InvitedOrgDeleted => "the organisation of the invitation is not there",
    5205 InvitedUserNotLogin => "following an invitation takes somebody who is signed in; with status 200, the invitation is in the `data` of the body",
    5300 QueryNotFound => "no such query",
    5301 ApplicationNotFound => "no such version of an application",
    5302 IllegalApplicationPermissionId => "no such role on the application",
    5303 ExceedMaxAppCount => "the organisation has too many applications",
    5304 NoPermissionToView => "the caller may not view that",
    5307 HistorySnapshotNotFound => "no such step of editing",
    5308 NoPermissionToRequestApp => "the caller may not do that with the application",
    5309 ApplicationAndOrgNotMatch => "the application is in another organisation",
    5500 DatasourceNotFound => "no such data source",
    5501 InvalidDatasourceConfiguration => "settings that a data source cannot have",
    5502 DatasourceHasRemainingQueries => "applications use the data source",
    5504 DatasourcePluginIdNotGiven => "a data source without its plug-in",
    5506 InvalidDatasourceConfigType => "settings of another kind of data source",
    5508 DuplicateDatabaseName => "a value of a data source that has to be unique",
    5600 UserNotSignedIn => "what is not public was asked for by nobody",
    5602 LogInSourceNotSupported => "no such way of signing in",
    5607 UserLoginIdExist => "the address is taken",
    5608 InvalidPassword => "wrong address or password",
    5609 AlreadyBind => "an address is bound already",
    5614 AuthError => "credentials could not be checked",
    5616 LoginExpired => "the session is over",
    5617 DisableAuthConfigForbidden => "the last way of signing in stays",
    5618 UserNotExist => "no such user",
    5621 DuplicateAuthConfigAddition => "such a way of signing in is there already",
    5622 EmailProviderDisabled => "signing in by e-mail is switched off",
    5700 PayloadTooLarge => "a body, or a picture, that is too large",
    6103 LibraryQueryAndOrgNotMatch => "the library query is in another organisation",
    6104 LibraryQueryNotFound => "no such library query",
    6200 InvalidUserStatus => "no such mark",
    6201 UserBanned => "the user is banned",
    6301 FolderOperateNoPermission => "the caller may not do that with the folder",
    6302 FolderNotExist => "no such folder",
    6303 FolderNameConflict => "the name of a folder is taken",
    6304 IllegalFolderPermissionId => "no such role on the folder",
    6401 BundleOperateNoPermission => "the caller may not do that with the bundle",
    6402 BundleNotExist => "no such bundle",
    6403 BundleNameConflict => "the name of a bundle is taken",
    6404 IllegalBundlePermissionId => "no such role on the bundle",
    6501 SlugDuplicateEntry => "the slug is taken",
    6502 SlugInvalid => "letters, digits, `_` and `-` only",
    6701 OrganizationNotFound => "no such organisation",
}

impl Code {
    /// What is wrong, where the server said so; also when signing in was what failed. `None` where no answer came, or none
    /// of this server's: a gateway's page, a 401 without a body.
    #[must_use]
    pub fn of<E>(error: &Error<E>) -> Option<Self> {
        error.number().map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_number_has_its_name_and_back() {
        for code in Code::NAMED {
            assert_eq!(Code::from(code.number()), *code);
            assert!(code.to_string().starts_with(&format!("{}: ", code.number())));
        }
        assert_eq!((Code::from(7).number(), Code::from(7).to_string()), (7, "7".to_owned()));
    }

    #[test]
    fn every_number_of_the_document_has_a_name() {
        let document = include_str!("../../../../spec/platforms/lowcoder/openapi.yaml");
        let numbers = document.split('`').filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
        let missing: Vec<i64> =
            numbers.filter(|number| matches!(Code::from(*number), Code::Other(_))).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
