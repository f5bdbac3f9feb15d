//! The wish of people and build servers to end a run: what the system says in, the moment out.

use std::future::pending;
use tokio::signal::ctrl_c;

/// Comes when somebody presses Ctrl+C or a build server wants the process to end. From then on both are heard by nobody.
pub async fn wanted() {
    let pressed = async {
        if ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    tokio::select! {
        () = pressed => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    let heard = match signal(SignalKind::terminate()) {
        Ok(mut signals) => signals.recv().await.is_some(),
        Err(_) => false,
    };
    if !heard {
        pending::<()>().await;
    }
}

#[cfg(not(unix))]
async fn terminated() {
    pending().await
}
