//! A web site on this machine: requests in, every kind of answer out, and a memory of who asked for what.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub struct Site {
    /// `http://127.0.0.1:PORT`
    pub root: String,
    memory: Arc<Mutex<Memory>>,
    over: Arc<AtomicBool>,
}

#[derive(Default)]
struct Memory {
    counts: BTreeMap<String, usize>,
    agents: Vec<String>,
    now: usize,
    busiest: usize,
    /// When the site asked for rest, and when somebody came back.
    refused: Vec<Instant>,
    served: Vec<Instant>,
}

impl Site {
    pub fn new() -> Site {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let root = format!("http://{}", listener.local_addr().unwrap());
        let site = Site { root: root.clone(), memory: Arc::default(), over: Arc::default() };
        let (memory, over) = (site.memory.clone(), site.over.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let (memory, over, root) = (memory.clone(), over.clone(), root.clone());
                thread::spawn(move || talk(stream, &root, &memory, &over));
            }
        });
        site
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.memory.lock().unwrap().counts.get(path).copied().unwrap_or(0)
    }

    pub fn total(&self) -> usize {
        self.memory.lock().unwrap().counts.values().sum()
    }

    /// The largest number of requests at the same time.
    pub fn busiest(&self) -> usize {
        self.memory.lock().unwrap().busiest
    }

    pub fn agents(&self) -> Vec<String> {
        self.memory.lock().unwrap().agents.clone()
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

/// Answers the requests of one connection.
fn talk(stream: TcpStream, root: &str, memory: &Mutex<Memory>, over: &AtomicBool) {
    let Ok(reading) = stream.try_clone() else { return };
    let mut lines = BufReader::new(reading).lines();
    while let Some(request) = lines.next() {
        let request = request.unwrap_or_default();
        let Some(path) = request.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()) else {
            let _ = (&stream).write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
            return;
        };
        let mut agent = String::new();
        for header in lines.by_ref().map_while(Result::ok).take_while(|header| !header.is_empty()) {
            if let Some((name, value)) =
                header.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("user-agent"))
            {
                assert_eq!(name.len(), 10);
                agent = value.to_string();
            }
        }
        let count = {
            let mut memory = memory.lock().unwrap();
            memory.agents.push(agent);
            memory.now += 1;
            memory.busiest = memory.busiest.max(memory.now);
            let count = memory.counts.entry(path.to_string()).or_default();
            *count += 1;
            *count
        };
        let goes_on = answer(&stream, path, count, root, memory, over);
        memory.lock().unwrap().now -= 1;
        if !goes_on {
            return;
        }
    }
}

/// Whether the connection stays open.
fn answer(
    mut stream: &TcpStream,
    path: &str,
    count: usize,
    root: &str,
    memory: &Mutex<Memory>,
    over: &AtomicBool,
) -> bool {
    let mut send = |status: &str, headers: &str, body: &str| {
        let text = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n{headers}\r\n{body}", body.len());
        stream.write_all(text.as_bytes()).is_ok()
    };
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let to = |path: &str| format!("Location: {path}\r\n");
    match path {
        "/ok" | "/new" => send("200 OK", html, "<h1>Hello</h1>"),
        "/found" => send("302 Found", &to("/new"), ""),
        "/moved" => send("301 Moved Permanently", &to(&format!("{root}/new")), ""),
        "/moved/twice" => send("308 Permanent Redirect", &to("/moved"), ""),
        "/moved/found" => send("301 Moved Permanently", &to("/found"), ""),
        "/circle" => send("302 Found", &to("/circle"), ""),
        "/metadata" => send("302 Found", &to("http://169.254.169.254/latest/meta-data/"), ""),
        "/400" => send("400 Bad Request", "", ""),
        "/401" => send("401 Unauthorized", "", ""),
        "/403" => send("403 Forbidden", "", ""),
        "/403-accepted" => send("418 I'm a teapot", "", ""),
        "/404" => send("404 Not Found", html, "<h1 id=x>No</h1>"),
        "/410" => send("410 Gone", "", ""),
        "/500" => send("500 Internal Server Error", "", ""),
        "/flaky" if count < 3 => send("503 Service Unavailable", "", ""),
        "/flaky" => send("200 OK", html, "at last"),
        "/reset-once" if count > 1 => send("200 OK", html, "at last"),
        "/reset" | "/reset-once" => false,
        "/slow" => {
            thread::sleep(Duration::from_millis(600));
            send("200 OK", html, "slow")
        }
        "/page" => send("200 OK", html, "<p id=here>x</p><a name='by-name'></a><h2 id=\"über\">y</h2><!-- id=gone -->"),
        "/image" => send("200 OK", "Content-Type: image/png\r\n", "no page"),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            let chunk = "<p>more</p>".repeat(5000);
            while !over.load(Ordering::Relaxed) && stream.write_all(chunk.as_bytes()).is_ok() {}
            false
        }
        _ if path.starts_with("/slowly/") => {
            thread::sleep(Duration::from_millis(60));
            send("200 OK", html, "well")
        }
        _ if path.starts_with("/silent") => {
            while !over.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(20));
            }
            false
        }
        // One second of rest after the first request, whoever asks.
        _ if path.starts_with("/limited/") => {
            let mut memory = memory.lock().unwrap();
            let first = memory.refused.first().copied();
            if first.is_none_or(|first| first.elapsed() < Duration::from_millis(900)) {
                memory.refused.push(Instant::now());
                send("429 Too Many Requests", "Retry-After: 1\r\n", "")
            } else {
                memory.served.push(Instant::now());
                send("200 OK", html, "welcome")
            }
        }
        _ if path.starts_with("/closed/") => send("429 Too Many Requests", "Retry-After: 86400\r\n", ""),
        _ => send("404 Not Found", "", ""),
    }
}
