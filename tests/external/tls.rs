//! Sites with secure connections: what a browser would not trust is not reached.
//!
//! The authority that signs their certificates is named by `SSL_CERT_FILE`, which is heard where the system has no
//! store of its own.
#![cfg(all(unix, not(target_vendor = "apple")))]

use super::book::{Book, SETTINGS, page};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A site that answers 200 to whoever trusts it; gives the address of a page.
fn site(authority: &Authority, name: &str, is_current: bool) -> String {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([name.to_string()]).unwrap();
    if !is_current {
        params.not_after = date_time_ymd(2020, 1, 1);
    }
    let certificate = params.signed_by(&key, authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![certificate.der().clone()], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(config.clone()).unwrap();
            let mut stream = BufReader::new(StreamOwned::new(connection, stream));
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|n| n > 2) {
                line.clear();
            }
            let _ = stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    });
    address
}

#[test]
fn what_a_browser_would_not_trust_is_not_reached() {
    let (ours, strange) = (authority(), authority());
    let links = [
        site(&ours, "127.0.0.1", true),
        site(&ours, "docs.example.org", true),
        site(&ours, "127.0.0.1", false),
        site(&strange, "127.0.0.1", true),
    ];
    let mut book = Book::new(&page(&links), SETTINGS);
    book.write("authority.pem", &ours.pem());
    book.variables.push(("SSL_CERT_FILE", book.root.join("authority.pem").to_str().unwrap().to_string()));
    let (found, counts) = book.check(&[]);
    let expected =
        ["its certificate is for another name", "its certificate has expired", "no secure connection can be made"];
    let expected = expected.iter().zip(&links[1..]).enumerate().map(|(n, (why, link))| {
        format!("{} unreachable-link: `{link}` cannot be reached: {why}; a browser would warn its reader", n + 4)
    });
    assert_eq!(found, expected.collect::<Vec<_>>());
    assert_eq!(counts["alive"], 1, "{counts}");
}
