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
}
