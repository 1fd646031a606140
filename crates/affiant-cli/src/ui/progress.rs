//! Progress of a long operation.
//!
//! ```text
//! Checking records ████████████░░░░░░░░ 612/1000
//! ```
//!
//! Nothing is drawn in the first second, so that short operations do not flicker, and nothing at all in a pipe.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long an operation runs before its bar is drawn.
const SHOWN_AFTER: Duration = Duration::from_secs(1);

/// A progress bar. It is wiped when dropped.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    may_show: bool,
}

impl Progress {
    /// A bar over `total` steps, drawn only if `on_terminal`.
    pub(super) fn new(doing: &str, total: u64, on_terminal: bool) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:20} {pos}/{len}").expect("the template is well formed");
        bar.set_style(style);
        bar.set_message(doing.to_owned());
        Progress {
            bar,
            started: Instant::now(),
            may_show: on_terminal,
        }
    }

    /// Says that `steps` more are done.
    pub fn advance(&mut self, steps: u64) {
        if self.may_show && self.started.elapsed() >= SHOWN_AFTER {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.may_show = false;
        }
        self.bar.inc(steps);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
