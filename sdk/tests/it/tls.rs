//! A server whose certificate nobody signed.

use tercet_sdk::BuildError;
use tercet_sdk::tooljet::Client;

#[tokio::test]
async fn a_certificate_is_trusted_when_it_is_named() {
    let server = tercet_mock_server::tooljet().tls().start().await.unwrap();
    let builder = || Client::builder(server.url()).credential("tooljet-demo-token").attempts(1);
    let named = builder().root_certificate(server.certificate_pem().unwrap()).build().unwrap();
    assert!(!named.list_workspaces().await.unwrap().is_empty());
    let refused = builder().build().unwrap().list_workspaces().await.unwrap_err();
    assert!(format!("{refused:?}").to_lowercase().contains("certificate"), "{refused:?}");
    for nonsense in ["", "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"] {
        let refused = builder().root_certificate(nonsense).build().unwrap_err();
        assert!(matches!(refused, BuildError::Certificate(_)), "{refused}");
        assert!(refused.to_string().contains("hint: expected PEM"), "{refused}");
    }
}
