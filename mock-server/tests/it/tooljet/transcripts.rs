//! One test for each transcript.

use super::replay::replay;

macro_rules! transcripts {
    ($($name:ident)*) => {$(
        #[tokio::test]
        async fn $name() {
            let name = stringify!($name);
            replay(name, include_str!(concat!("transcripts/", stringify!($name), ".http"))).await;
        }
    )*};
}

transcripts! {
    page
    refusals
    validation
    users
    roles
    places
    apps
    switched_off
    settings
    edition_3_5
    edition_2026
}
