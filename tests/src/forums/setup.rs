//! Installing forum software from its registry, once, and seeding it, once per thread.

use super::Software;
use crate::paths;
use crate::thread::Thread;
use anyhow::{Context as _, Result, bail};
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where one forum software is installed.
#[derive(Debug)]
pub struct Setup {
    home: PathBuf,
}

impl Setup {
    /// Installs the software unless it is there.
    ///
    /// # Errors
    /// Python, its `venv` or the registry is missing.
    pub(super) fn ready(software: &dyn Software) -> Result<Setup> {
        let home = paths::cache()?.join("forums").join(format!("{}-{}", software.name(), software.version()));
        fs_err::create_dir_all(&home)?;
        // Two runs at once: the second waits for the first.
        let lock = std::fs::File::create(home.join("lock"))?;
        lock.lock()?;
        let setup = Setup { home };
        let done = setup.home.join(format!("installed-{:x}", hash(software.requirements())));
        if !done.is_file() {
            eprintln!("installing {} {} (about a minute, once)", software.name(), software.version());
            setup.install(software.requirements())?;
            fs_err::write(&done, "")?;
        }
        for (name, text) in software.files() {
            let file = setup.home.join(name);
            if fs_err::read_to_string(&file).is_ok_and(|there| there == *text) {
                continue;
            }
            fs_err::write(file, text)?;
        }
        Ok(setup)
    }

    fn install(&self, requirements: &str) -> Result<()> {
        // The pinned packages are for the Python of Debian 12, so that one first.
        let python = ["/usr/bin/python3.11", "python3.11", "python3"]
            .into_iter()
            .find(|python| Command::new(python).arg("--version").output().is_ok_and(|o| o.status.success()))
            .context("no python3: install the packages python3 and python3-venv")?;
        let venv = self.home.join("venv");
        run(Command::new(python).args(["-m", "venv", "--clear"]).arg(&venv))
            .context("cannot make a virtual environment: is the package python3-venv installed?")?;
        let list = self.home.join("requirements.txt");
        fs_err::write(&list, requirements)?;
        run(Command::new(self.python()).args(["-m", "pip", "install", "--quiet", "--no-deps", "-r"]).arg(&list))
    }

    /// A folder with the database of a thread, filled by the software itself, and the file `path` with the path of
    /// the thread's page.
    ///
    /// # Errors
    /// The software does not take the thread.
    pub(super) fn seeded(&self, software: &dyn Software, thread: &Thread) -> Result<PathBuf> {
        let thread = serde_json::to_string(thread)?;
        let key = hash(&(&thread, software.files(), software.requirements()));
        let folder = self.home.join(format!("seed-{key:x}"));
        let lock = std::fs::File::create(self.home.join("lock"))?;
        lock.lock()?;
        if folder.join("path").is_file() {
            return Ok(folder);
        }
        if folder.exists() {
            fs_err::remove_dir_all(&folder)?;
        }
        fs_err::create_dir_all(&folder)?;
        let file = self.home.join("thread.json");
        fs_err::write(&file, thread)?;
        let output = software.seed(self, &file).current_dir(&folder).output()?;
        if !output.status.success() {
            bail!("{} was not seeded: {}", software.name(), String::from_utf8_lossy(&output.stderr));
        }
        let said = String::from_utf8(output.stdout)?;
        let path = said.lines().rev().find(|line| line.starts_with('/')).context("the seed told no path")?;
        fs_err::write(folder.join("path"), path)?;
        Ok(folder)
    }

    /// Its own Python.
    pub fn python(&self) -> PathBuf {
        self.home.join("venv/bin/python")
    }

    /// A command of its Python that finds our files.
    pub fn run(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.python());
        command.args(["-W", "ignore"]).args(args).env("PYTHONPATH", &self.home).env("PYTHONUTF8", "1");
        command
    }

    /// A command that serves a WSGI application.
    pub fn gunicorn(&self, application: &str, port: u16) -> Command {
        let bind = format!("127.0.0.1:{port}");
        // Threads, because browsers keep connections open.
        self.run(&["-m", "gunicorn", "--threads", "4", "--bind", &bind, application])
    }

    /// One of our files.
    pub fn file(&self, name: &str) -> String {
        self.home.join(name).display().to_string()
    }
}

fn hash(value: &(impl std::hash::Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if !output.status.success() {
        bail!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// Copies a folder with what is in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs_err::create_dir_all(to)?;
    for entry in fs_err::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs_err::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
