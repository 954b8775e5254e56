//! The server over HTTPS.

use std::path::Path;

use reqwest::{Certificate, Client, Version};
use serde_json::json;
use tercet_mock_server::{Builder, MockServer};

use super::support::{LIBRARY, builder, raw};

/// Says how it was addressed.
const MIRROR: &str = r"
openapi: 3.0.3
info: { title: Mirror, version: '1' }
x-collections: { things: { schema: Thing } }
paths:
  /origin:
    get:
      operationId: origin
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, properties: { origin: { type: string, x-value: $request.origin } } }
      x-effect: { list: { in: things } }
components: { schemas: { Thing: { type: object, properties: { id: { type: string } } } } }
";

fn trusting(server: &MockServer) -> Client {
    let pem = server.certificate_pem().unwrap();
    let certificates = Certificate::from_pem_bundle(pem.as_bytes()).unwrap();
    Client::builder().tls_certs_only(certificates).no_proxy().build().unwrap()
}

async fn mirror(builder: Builder) -> MockServer {
    builder.start().await.unwrap()
}

#[tokio::test]
async fn whoever_trusts_the_certificate_is_served() {
    let server = builder(LIBRARY).tls().start().await.unwrap();
    assert!(server.url().starts_with("https://127.0.0.1:"), "{}", server.url());
    let client = trusting(&server);
    let by_name = server.base_url().replace("127.0.0.1", "localhost");
    for base in [server.base_url(), by_name] {
        let answer = client.get(format!("{base}/books/77")).send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.version()), (401, Version::HTTP_2));
    }
    let url = format!("{}/_mock/certificate.pem", server.url());
    let answer = client.get(url).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/pem-certificate-chain");
    assert_eq!(answer.text().await.unwrap(), server.certificate_pem().unwrap());
}

#[tokio::test]
async fn nobody_else_is() {
    let server = builder(LIBRARY).tls().start().await.unwrap();
    let other = builder(LIBRARY).tls().start().await.unwrap();
    // One server's certificate is not the other's, though both look alike.
    let refused = trusting(&other).get(server.url()).send().await.unwrap_err();
    assert!(format!("{refused:?}").contains("InvalidCertificate"), "{refused:?}");
    // Nor is it good for a name that it was not made for.
    let pem = Certificate::from_pem(server.certificate_pem().unwrap().as_bytes()).unwrap();
    let builder = Client::builder().tls_certs_only([pem]).no_proxy();
    let client = builder.resolve("mock.test", ([127, 0, 0, 1], server.port()).into()).build().unwrap();
    let refused = client.get(format!("https://mock.test:{}/", server.port())).send().await.unwrap_err();
    assert!(format!("{refused:?}").contains("NotValidForName"), "{refused:?}");
}

#[tokio::test]
async fn a_name_that_was_asked_for_is_good() {
    let server = builder(LIBRARY).tls_name("mock.test").start().await.unwrap();
    let pem = Certificate::from_pem(server.certificate_pem().unwrap().as_bytes()).unwrap();
    let builder = Client::builder().tls_certs_only([pem]).no_proxy().http1_only();
    let client = builder.resolve("mock.test", ([127, 0, 0, 1], server.port()).into()).build().unwrap();
    let answer = client.get(format!("https://mock.test:{}/v1/books/77", server.port())).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.version()), (401, Version::HTTP_11));
}

#[tokio::test]
async fn plain_http_is_told_where_it_is() {
    let server = builder(LIBRARY).tls().start().await.unwrap();
    let answer = raw(&server, "GET /v1/books HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    assert!(answer.contains("this port speaks HTTPS"), "{answer}");
}

#[tokio::test]
async fn a_server_without_tls_has_no_certificate() {
    let server = builder(LIBRARY).start().await.unwrap();
    assert_eq!(server.certificate_pem(), None);
    let answer = reqwest::get(format!("{}/_mock/certificate.pem", server.url())).await.unwrap();
    assert_eq!(answer.status().as_u16(), 404);
}

#[tokio::test]
async fn links_begin_as_the_client_wrote_them() {
    let server = mirror(builder(MIRROR).tls()).await;
    let url = format!("{}/origin", server.url());
    let http1 = Certificate::from_pem(server.certificate_pem().unwrap().as_bytes()).unwrap();
    let http1 = Client::builder().tls_certs_only([http1]).no_proxy().http1_only().build().unwrap();
    for client in [trusting(&server), http1] {
        let said: serde_json::Value = client.get(&url).send().await.unwrap().json().await.unwrap();
        assert_eq!(said, json!({ "origin": server.url() }));
    }
    let server = mirror(builder(MIRROR)).await;
    let cases = [
        (None, "http"),
        (Some("https"), "https"),
        (Some("HTTPS, http"), "https"),
        (Some("http, https"), "http"),
    ];
    for (forwarded, scheme) in cases {
        let mut request =
            Client::new().get(format!("{}/origin", server.url())).header("Host", "tools.example");
        if let Some(forwarded) = forwarded {
            request = request.header("X-Forwarded-Proto", forwarded);
        }
        let said: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(said, json!({ "origin": format!("{scheme}://tools.example") }), "{forwarded:?}");
    }
}

/// A certificate and its key, as files.
fn made(folder: &Path, name: &str) -> (std::path::PathBuf, std::path::PathBuf) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (folder.join(format!("{name}.pem")), folder.join(format!("{name}.key")));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    (certificate, key)
}

#[tokio::test]
async fn a_certificate_of_ones_own_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = made(folder.path(), "own");
    let server = builder(LIBRARY).tls_files(&certificate, &key).start().await.unwrap();
    let text = std::fs::read_to_string(&certificate).unwrap().replace('\r', "");
    assert_eq!(server.certificate_pem(), Some(text.as_str()));
    let url = format!("https://localhost:{}/v1/books/77", server.port());
    assert_eq!(trusting(&server).get(url).send().await.unwrap().status().as_u16(), 401);
}

#[tokio::test]
async fn files_that_cannot_be_used_are_told_with_what_was_expected() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = made(folder.path(), "one");
    let (_, other) = made(folder.path(), "other");
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let none = folder.path().join("none.pem");
    let locked = write(
        "locked.key",
        b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n",
    );
    let torn = write("torn.pem", b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n");
    let der = write("cert.der", &[0x30, 0x82, 0x01]);
    let empty = write("empty.pem", b"");
    let cases: [(&Path, &Path, &[&str]); 8] = [
        (&certificate, &other, &["one.pem", "other.key", "does not belong", "hint: "]),
        (&none, &key, &["certificate file", "none.pem", "cannot be read"]),
        (&certificate, &none, &["key file", "none.pem", "cannot be read"]),
        (&key, &key, &["one.key", "it is a private key", "BEGIN CERTIFICATE"]),
        (&certificate, &certificate, &["one.pem", "it is a certificate", "BEGIN PRIVATE KEY"]),
        (&certificate, &locked, &["locked.key", "passphrase", "openssl pkey"]),
        (&torn, &key, &["torn.pem", "is broken"]),
        (&der, &key, &["cert.der", "DER", "openssl x509"]),
    ];
    for (certificate, key, words) in cases {
        let said = builder(LIBRARY).tls_files(certificate, key).start().await.err().unwrap().to_string();
        for word in words {
            assert!(said.contains(word), "`{word}` in: {said}");
        }
    }
    let said = builder(LIBRARY).tls_files(&empty, &key).start().await.err().unwrap().to_string();
    assert!(said.contains("it is empty"), "{said}");
    let said = builder(LIBRARY).tls_name("not a name").start().await.err().unwrap().to_string();
    assert!(said.contains("`not a name`") && said.contains("hint: "), "{said}");
}
