//! A program in the background, gone when its handle is.

use anyhow::{Context as _, Result};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running program with everything it started.
#[derive(Debug)]
pub struct Process {
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program in a process group of its own; what it says goes to `log`.
    ///
    /// # Errors
    /// It is not there, or the log cannot be written.
    pub fn start(mut command: Command, log: &Path) -> Result<Process> {
        let file = fs_err::File::create(log)?.into_parts().0;
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot start {name}"))?;
        Ok(Process { child, log: log.to_path_buf() })
    }

    /// What it said so far, for messages.
    pub fn said(&self) -> String {
        fs_err::read_to_string(&self.log).unwrap_or_default()
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    fn signal(&self, signal: &str) {
        // A group's signal needs libc or this.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.signal("-TERM");
        let start = Instant::now();
        while !self.ended() && start.elapsed() < Duration::from_secs(3) {
            std::thread::sleep(Duration::from_millis(10));
        }
        self.signal("-KILL");
        let _ = self.child.wait();
    }
}

/// A port that is free now.
///
/// # Errors
/// The system has none.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
