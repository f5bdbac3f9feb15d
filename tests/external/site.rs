//! A web site on this machine: requests in, every kind of answer out, and a memory of who asked for what.

use flate2::{Compression, write::GzEncoder};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

pub struct Site {
    /// `http://127.0.0.1:PORT`
    pub root: String,
    memory: Arc<Mutex<Memory>>,
    over: Arc<AtomicBool>,
}

#[derive(Default)]
struct Memory {
    counts: BTreeMap<String, usize>,
    connections: usize,
    agents: Vec<String>,
    methods: Vec<String>,
    /// When the first and the last request came.
    first: Option<Instant>,
    last: Option<Instant>,
    now: usize,
    busiest: usize,
    /// When the site asked for rest, and when somebody came back.
    refused: Vec<Instant>,
    served: Vec<Instant>,
}

impl Site {
    pub fn new() -> Site {
        Site::beside(0)
    }

    /// A site that knows of a port where nobody listens.
    pub fn beside(closed: u16) -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let site = Site { root: root.clone(), memory: Arc::default(), over: Arc::default() };
        let (memory, over) = (site.memory.clone(), site.over.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                memory.lock().unwrap().connections += 1;
                let (memory, over, root) = (memory.clone(), over.clone(), root.clone());
                thread::spawn(move || talk(stream, &Here { root: &root, closed, memory: &memory, over: &over }));
            }
        });
        site
    }

    pub fn port(&self) -> &str {
        self.root.rsplit(':').next().unwrap()
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.memory.lock().unwrap().counts.get(path).copied().unwrap_or(0)
    }

    pub fn total(&self) -> usize {
        self.memory.lock().unwrap().counts.values().sum()
    }

    /// How many connections were made, whatever came through them.
    pub fn connections(&self) -> usize {
        self.memory.lock().unwrap().connections
    }

    /// The largest number of requests at the same time.
    pub fn busiest(&self) -> usize {
        self.memory.lock().unwrap().busiest
    }

    pub fn agents(&self) -> Vec<String> {
        self.memory.lock().unwrap().agents.clone()
    }

    pub fn methods(&self) -> Vec<String> {
        self.memory.lock().unwrap().methods.clone()
    }

    /// From the first request to the last.
    pub fn took(&self) -> Duration {
        let memory = self.memory.lock().unwrap();
        memory.last.unwrap() - memory.first.unwrap()
    }

    /// How many requests came too early, and how long after the last of these the next one was.
    pub fn rest(&self) -> (usize, Duration) {
        let memory = self.memory.lock().unwrap();
        let last = *memory.refused.last().expect("somebody was refused");
        let next = memory.served.iter().filter(|at| **at > last).min().expect("somebody came back");
        (memory.refused.len(), *next - last)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        let _ = TcpStream::connect(self.root.trim_start_matches("http://"));
    }
}

/// What a connection knows of its site.
struct Here<'a> {
    root: &'a str,
    closed: u16,
    memory: &'a Mutex<Memory>,
    over: &'a AtomicBool,
}

/// Answers the requests of one connection.
fn talk(stream: TcpStream, here: &Here) {
    let Ok(reading) = stream.try_clone() else { return };
    let mut lines = BufReader::new(reading).lines();
    while let Some(Ok(request)) = lines.next() {
        let mut words = request.split(' ');
        let (method, whole) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        // A proxy gets the whole address.
        let path = whole.strip_prefix("http://").map_or(whole, |rest| rest.find('/').map_or("/", |at| &rest[at..]));
        let mut agent = String::new();
        for header in lines.by_ref().map_while(Result::ok).take_while(|header| !header.is_empty()) {
            if let Some((name, value)) = header.split_once(": ")
                && name.eq_ignore_ascii_case("user-agent")
            {
                agent = value.to_string();
            }
        }
        let count = {
            let mut memory = here.memory.lock().unwrap();
            memory.agents.push(agent);
            memory.methods.push(method.to_string());
            memory.first.get_or_insert_with(Instant::now);
            memory.last = Some(Instant::now());
            memory.now += 1;
            memory.busiest = memory.busiest.max(memory.now);
            let count = memory.counts.entry(path.to_string()).or_default();
            *count += 1;
            *count
        };
        let goes_on = method == "GET" && answer(&stream, path, count, here);
        here.memory.lock().unwrap().now -= 1;
        if !goes_on {
            return;
        }
    }
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

/// Whether the connection stays open.
fn answer(mut stream: &TcpStream, path: &str, count: usize, here: &Here) -> bool {
    let mut send = |status: &str, headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n", body.len());
        stream.write_all(&[head.as_bytes(), body].concat()).is_ok()
    };
    let to = |path: &str| format!("Location: {path}\r\n");
    match path {
        "/ok" | "/new" => send("200 OK", HTML, b"<h1 id=hello>Hello</h1>"),
        "/found" => send("302 Found", &to("/new"), b""),
        "/found/404" => send("302 Found", &to("/404"), b""),
        "/found/closed" => send("302 Found", &to(&format!("http://127.0.0.1:{}/", here.closed)), b""),
        "/found/excluded" => send("307 Temporary Redirect", &to("/excluded"), b""),
        "/found/nowhere" => send("302 Found", "", b""),
        "/moved" => send("301 Moved Permanently", &to(&format!("{}/new", here.root)), b""),
        "/moved/twice" => send("308 Permanent Redirect", &to("/moved"), b""),
        "/moved/found" => send("301 Moved Permanently", &to("/found"), b""),
        "/moved/far" => send("301 Moved Permanently", &to(&format!("/{}", "far".repeat(4000))), b""),
        "/circle" => send("302 Found", &to("/circle"), b""),
        "/metadata" => send("302 Found", &to("http://169.254.169.254/latest/meta-data/"), b""),
        "/400" => send("400 Bad Request", "", b""),
        "/401" => send("401 Unauthorized", "", b""),
        "/403" => send("403 Forbidden", "", b""),
        "/403-accepted" => send("418 I'm a teapot", "", b""),
        "/404" => send("404 Not Found", HTML, b"<h1 id=x>No</h1>"),
        "/404-then-500" | "/404-then-429" if count == 1 => send("404 Not Found", "", b""),
        "/404-then-500" => send("500 Internal Server Error", "", b""),
        "/404-then-429" => send("429 Too Many Requests", "", b""),
        "/410" => send("410 Gone", "", b""),
        "/500" => send("500 Internal Server Error", "", b""),
        "/flaky" if count < 3 => send("503 Service Unavailable", "", b""),
        "/flaky" => send("200 OK", HTML, b"at last"),
        "/reset-once" if count > 1 => send("200 OK", HTML, b"at last"),
        "/reset" | "/reset-once" => false,
        "/slow" => {
            thread::sleep(Duration::from_millis(600));
            send("200 OK", HTML, b"slow")
        }
        "/page" => {
            let page = "<p id=here>x</p><a name='by-name'></a><h2 id=\"über\">y</h2><!-- id=gone -->";
            send("200 OK", HTML, page.as_bytes())
        }
        "/script" => send("200 OK", HTML, b"<div id=root></div><script src=/app.js></script>"),
        "/latin" => send("200 OK", "Content-Type: text/html; charset=iso-8859-1\r\n", b"<h1 id=\xfcber>\xdcber</h1>"),
        "/packed" => send("200 OK", &format!("{HTML}Content-Encoding: gzip\r\n"), &packed(b"<h1 id=here>x</h1>", 1)),
        // Nobody said that this can be unpacked.
        "/packed-otherwise" => send("200 OK", &format!("{HTML}Content-Encoding: br\r\n"), b"<h1>\x8b\x03\x80"),
        "/bomb" => send("200 OK", &format!("{HTML}Content-Encoding: gzip\r\n"), &packed(&[b' '; 1 << 20], 32)),
        "/image" => send("200 OK", "Content-Type: image/png\r\n", b"no page"),
        "/endless" => for_ever(stream, here, &"<p>more</p>".repeat(5000), Duration::ZERO),
        "/trickle" => for_ever(stream, here, "<h1>more</h1>", Duration::from_millis(100)),
        _ if path.starts_with("/slowly/") => {
            thread::sleep(Duration::from_millis(60));
            send("200 OK", HTML, b"well")
        }
        _ if path.starts_with("/silent") => {
            while !here.over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(20));
            }
            false
        }
        // To another port of this machine.
        _ if path.starts_with("/to/") => send("302 Found", &to(&format!("http://127.0.0.1:{}", &path[4..])), b""),
        // One second of rest after the first request, whoever asks.
        _ if path.starts_with("/limited/") => {
            let mut memory = here.memory.lock().unwrap();
            let first = memory.refused.first().copied();
            if first.is_none_or(|first| first.elapsed() < Duration::from_millis(900)) {
                memory.refused.push(Instant::now());
                send("429 Too Many Requests", "Retry-After: 1\r\n", b"")
            } else {
                memory.served.push(Instant::now());
                send("200 OK", HTML, b"welcome")
            }
        }
        _ if path.starts_with("/limited-until/") && count == 1 => {
            let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
            send("503 Service Unavailable", &format!("Retry-After: {date}\r\n"), b"")
        }
        _ if path.starts_with("/limited-until/") => send("200 OK", HTML, b"welcome"),
        _ if path.starts_with("/closed/") => send("429 Too Many Requests", "Retry-After: 86400\r\n", b""),
        _ if path.starts_with("/tired/") => send("429 Too Many Requests", "", b""),
        _ if path.starts_with("/broken/") => send("503 Service Unavailable", "", b""),
        _ => send("404 Not Found", "", b""),
    }
}

/// The same text many times, as a file of gzip.
fn packed(text: &[u8], times: usize) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    (0..times).for_each(|_| out.write_all(text).unwrap());
    out.finish().unwrap()
}

/// A page without an end.
fn for_ever(mut stream: &TcpStream, here: &Here, text: &str, pause: Duration) -> bool {
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    while !here.over.load(Ordering::Relaxed) && stream.write_all(text.as_bytes()).is_ok() {
        thread::sleep(pause);
    }
    false
}
