//! The live preview: requests in, the files of the site out, from the same map that `build` writes.
//!
//! A [`Snapshot`] is the book as it was last understood, and never changes. Every request takes the current one and
//! renders what it asks for; a change of the book puts another in its place and wakes the browsers that are connected.

mod answer;
mod findings;
mod hosts;
pub mod watch;
pub mod workspace;

pub use answer::{Answer, answer};
pub use findings::Findings;
pub use hosts::Hosts;

use crate::highlight::Highlighter;
use crate::output::{Days, Output};
use crate::search::Index;
use crate::site::{Site, assets};
use crate::theme::Theme;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{mpsc, watch as channel};

/// Reloads a page when it changed. Part of the preview only, never of the site.
const SCRIPT: &str = include_str!("server/reload.js");
const SCRIPT_PATH: &str = "/__proofpress/reload.js";
const EVENTS_PATH: &str = "/__proofpress/events";

/// Shows what is wrong on a page beside it; loaded where something is.
const FINDINGS: [(&str, &str, &str); 2] = [
    ("/__proofpress/findings.js", "text/javascript; charset=utf-8", include_str!("server/findings.js")),
    ("/__proofpress/findings.css", "text/css; charset=utf-8", include_str!("server/findings.css")),
];

/// What a page of the site may load; the site keeps to it, and the preview shows at once when a theme does not. Images
/// of other hosts are the author's choice and are shown as they will be on the site.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https: http:";

/// The book at one moment, ready to be rendered.
pub struct Snapshot {
    pub site: Site,
    pub theme: Arc<Theme>,
    pub output: Output,
    /// Made when it is first asked for: most looks at a page search for nothing.
    pub search: Arc<Index>,
    /// The days of the last changes; a text that is being written has none.
    pub updated: Arc<Days>,
    /// The book's folder with its real name; files that are published as they are lie in it.
    pub root: PathBuf,
    /// Counts the changes of what pages load besides their own text: images, style sheets, scripts.
    pub assets: u64,
}

/// What requests share.
pub struct Preview {
    snapshots: channel::Sender<Arc<Snapshot>>,
    /// Of the current snapshot, or of the one before it as long as that is looked through.
    findings: channel::Sender<Arc<Findings>>,
    /// Lives as long as the preview, so that code is highlighted once however often its page is rendered.
    highlighter: Arc<Highlighter>,
    hosts: Hosts,
}

impl Preview {
    pub fn new(snapshot: Arc<Snapshot>, highlighter: Arc<Highlighter>, hosts: Hosts) -> Preview {
        let findings = channel::Sender::new(Arc::default());
        Preview { snapshots: channel::Sender::new(snapshot), findings, highlighter, hosts }
    }

    /// Puts a newer state of the book in place of the current one and tells the browsers.
    pub fn publish(&self, snapshot: Arc<Snapshot>) {
        self.snapshots.send_replace(snapshot);
    }

    /// Tells the browsers what is wrong in the current state of the book.
    pub fn tell(&self, findings: Findings) {
        self.findings.send_replace(Arc::new(findings));
    }
}

/// Answers requests until Ctrl+C. `ready` is called once both are possible.
pub fn run(listener: TcpListener, preview: Arc<Preview>, ready: impl FnOnce()) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let result = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = axum::Router::new().fallback(respond).with_state(preview);
        tokio::select! {
            // In this order: the first look at it installs the handler.
            biased;
            stopped = tokio::signal::ctrl_c() => stopped,
            _ = async { ready(); pending::<()>().await } => Ok(()),
            served = axum::serve(listener, app) => served,
        }
    });
    // Browsers hold their connections open for as long as they can.
    runtime.shutdown_background();
    result
}

async fn respond(State(preview): State<Arc<Preview>>, request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let mut response = if !preview.hosts.allow(host) {
        let hint = "This preview does not answer to that name. Use localhost, or start it with `--host NAME`.\n";
        (StatusCode::FORBIDDEN, hint).into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "Only GET and HEAD.\n").into_response()
    } else {
        match request.uri().path() {
            EVENTS_PATH => events(preview, request.uri().query().unwrap_or_default()),
            SCRIPT_PATH => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response(),
            path => match FINDINGS.iter().find(|(name, ..)| *name == path) {
                Some((_, content_type, text)) => ([(header::CONTENT_TYPE, *content_type)], *text).into_response(),
                None => file(preview, request.uri().clone()).await,
            },
        }
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Renders in a thread of its own: a page takes long enough to hold up the others.
async fn file(preview: Arc<Preview>, uri: Uri) -> Response {
    let snapshot = preview.snapshots.borrow().clone();
    let path = uri.path().to_string();
    let made =
        tokio::task::spawn_blocking(move || answer(&snapshot, &preview.highlighter, &path).with_script(SCRIPT_PATH));
    let Ok(answer) = made.await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be rendered; the terminal says why.\n")
            .into_response();
    };
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    if answer.content_type.starts_with("text/html") {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
    if let Some(location) = answer.location.and_then(|location| HeaderValue::try_from(location + &query).ok()) {
        headers.insert(header::LOCATION, location);
    }
    response
}

/// Server-sent events: one whenever the page at `page=` is no longer what the browser has, and one whenever its findings
/// are others. `version=` says what it has now; so nothing is missed between loading a page and listening, or while the
/// preview was started anew.
fn events(preview: Arc<Preview>, query: &str) -> Response {
    let parameter = |name: &str| {
        let pair = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name);
        pair.map(|(_, value)| assets::decoded(value))
    };
    let (sender, receiver) = mpsc::channel(1);
    let page = parameter("page").unwrap_or_else(|| "/".to_string());
    tokio::spawn(follow(preview, page, parameter("version"), sender));
    Sse::new(Events(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(10))).into_response()
}

/// Tells a browser of changes until it is gone. Whether a page changed is seen from its bytes: nothing has to be known of
/// what it depends on.
async fn follow(preview: Arc<Preview>, page: String, mut shown: Option<String>, browser: mpsc::Sender<Event>) {
    let (mut snapshots, mut found) = (preview.snapshots.subscribe(), preview.findings.subscribe());
    // Nothing is told of a page on which there is nothing to tell.
    let mut told = Findings::default().of(&snapshots.borrow(), &page);
    // A browser that lost the connection asks again this soon.
    let mut event = Some(Event::default().retry(Duration::from_millis(300)).comment("connected"));
    loop {
        if let Some(event) = event.take()
            && browser.send(event).await.is_err()
        {
            return;
        }
        let snapshot = snapshots.borrow_and_update().clone();
        let (highlighter, path) = (preview.highlighter.clone(), page.clone());
        let version = tokio::task::spawn_blocking(move || answer(&snapshot, &highlighter, &path).version).await;
        let Ok(version) = version else { return };
        if shown.replace(version.clone()).is_some_and(|shown| shown != version) {
            event = Some(Event::default().event("change").data(version));
            continue;
        }
        let findings = found.borrow_and_update().of(&snapshots.borrow(), &page);
        if told != findings {
            event = Some(Event::default().event("findings").data(&findings));
            told = findings;
            continue;
        }
        tokio::select! {
            changed = snapshots.changed() => if changed.is_err() { return },
            changed = found.changed() => if changed.is_err() { return },
            () = browser.closed() => return,
        }
    }
}

/// The receiving end of a channel as axum wants it.
struct Events(mpsc::Receiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
