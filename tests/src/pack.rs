//! The example pack, published and signed as a publisher would, in a folder of its own; and spoilt on purpose.

use crate::paths;
use anyhow::{Context as _, Result, ensure};
use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::pack::Authored;
use rejoinder_cli::publish::{self, Published, Validity, draft};
use rejoinder_cli::{KeyPair, PublishOptions, generate_key};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// A published folder, and the key that signs it.
#[derive(Debug)]
pub struct Publication {
    folder: TempDir,
    /// The publisher's own, from which `folder` is served: what is spoilt there is not what the next publication begins with.
    own: TempDir,
    source: TempDir,
    key: KeyPair,
    serial: u64,
}

impl Publication {
    /// A copy of the example pack as it was first published by this process, signed with a fresh key. Running the pack's
    /// own tests takes seconds, and gives the same each time.
    ///
    /// # Errors
    /// The pack does not pass its own tests.
    pub fn new() -> Result<Publication> {
        static FIRST: Mutex<Option<Publication>> = Mutex::new(None);
        let mut first = FIRST.lock().unwrap_or_else(PoisonError::into_inner);
        let first = match &mut *first {
            Some(first) => first,
            none => none.insert(Publication::example()?),
        };
        let copied = Publication { key: first.key.clone(), serial: first.serial, ..Publication::empty()? };
        for (from, to) in [(&first.folder, &copied.folder), (&first.own, &copied.own), (&first.source, &copied.source)]
        {
            crate::forums::copy(from.path(), to.path())?;
        }
        Ok(copied)
    }

    fn example() -> Result<Publication> {
        let mut publication = Publication::empty()?;
        // A copy, so that tests can change it; with the folders that it includes.
        crate::forums::copy(&paths::root().join("rules"), publication.source.path())?;
        // Tests reply faster than people may.
        let manifest = publication.pack().join("pack.toml");
        let pace = "\n[[reply.pace]]\nscope = \"site\"\nmost = 10000\nminutes = 1\n";
        fs_err::write(&manifest, fs_err::read_to_string(&manifest)? + pace)?;
        publication.publish(&[])?;
        Ok(publication)
    }

    /// Publishes a made-up pack of so many rules of so many words each, for measures.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn made_up(rules: usize, words: usize) -> Result<Publication> {
        let mut publication = Publication::empty()?;
        fs_err::create_dir_all(publication.pack())?;
        fs_err::write(publication.pack().join("pack.toml"), made_up(rules, words))?;
        publication.publish(&[])?;
        Ok(publication)
    }

    fn empty() -> Result<Publication> {
        Ok(Publication {
            folder: tempfile::Builder::new().prefix("rejoinder-packs-").tempdir()?,
            own: tempfile::Builder::new().prefix("rejoinder-own-").tempdir()?,
            source: tempfile::Builder::new().prefix("rejoinder-rules-").tempdir()?,
            key: generate_key()?,
            serial: 0,
        })
    }

    /// The folder to serve.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the manager compares before trusting the key.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    /// The key that signs it, as clients pin it.
    pub fn key(&self) -> String {
        self.key.public()
    }

    /// Publishes again, as the next serial, taking cards back.
    ///
    /// # Errors
    /// The pack does not pass its own tests.
    pub fn publish(&mut self, recalls: &[&str]) -> Result<()> {
        let now = Timestamp::now();
        self.publish_until(recalls, now.checked_add(SignedDuration::from_hours(24 * 30))?)
    }

    /// [`Publication::publish`] with another end of validity.
    ///
    /// # Errors
    /// As [`Publication::publish`].
    pub fn publish_until(&mut self, recalls: &[&str], expires: Timestamp) -> Result<()> {
        self.serial += 1;
        let options = PublishOptions {
            publisher: "Agence de démonstration".into(),
            serial: self.serial,
            // Before now, so that a clock that is a little late still takes it.
            issued: Timestamp::now()
                .checked_sub(SignedDuration::from_mins(5))?
                .min(expires - SignedDuration::from_mins(1)),
            expires,
            recalls: recalls.iter().map(|id| (*id).to_owned()).collect(),
            ..PublishOptions::default()
        };
        let mut pack = Authored::read(&self.pack());
        pack.test();
        ensure!(pack.errors() == 0, "{}", pack.render(false));
        // Neither reviewed nor judged as subscribers would: what `rejoinder publish` refuses is what clients are tried with.
        let published = Published::read(self.own.path())?;
        let (mut draft, _) = draft(&[pack], &published, &self.key.public(), &options)?;
        draft.sign(&self.key)?;
        draft.write()?;
        crate::forums::copy(self.own.path(), self.folder.path())
    }

    /// Takes cards back by the urgent list alone.
    ///
    /// # Errors
    /// They were never published.
    pub fn recall(&mut self, cards: &[String]) -> Result<()> {
        let mut draft = publish::recall(&Published::read(self.own.path())?, cards, &Publication::from_now()?)?;
        draft.sign(&self.key)?;
        draft.write()?;
        crate::forums::copy(self.own.path(), self.folder.path())
    }

    /// Signs with a fresh key from now on, which the old one states.
    ///
    /// # Errors
    /// Nothing is published.
    pub fn rotate(&mut self) -> Result<()> {
        let to = generate_key()?;
        let published = Published::read(self.own.path())?;
        let (mut draft, index) = publish::rotate(&published, &to.public(), true, &[], &Publication::from_now()?)?;
        draft.sign(&self.key)?;
        draft.sign(&to)?;
        draft.write()?;
        (self.key, self.serial) = (to, index.serial);
        crate::forums::copy(self.own.path(), self.folder.path())
    }

    fn from_now() -> Result<Validity> {
        let issued = Timestamp::now();
        Ok(Validity { serial: None, issued, expires: issued.checked_add(SignedDuration::from_hours(24 * 30))? })
    }

    /// The authored pack's folder.
    pub fn pack(&self) -> PathBuf {
        self.source.path().join("packs/vaccination")
    }

    /// Adds a file to the rules, by its path from their root.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&self, path: &str, text: &str) -> Result<()> {
        Ok(fs_err::write(self.source.path().join(path), text)?)
    }

    /// Edits every file of the authored pack whose text holds `from`.
    ///
    /// # Errors
    /// No file does.
    pub fn edit(&self, from: &str, to: &str) -> Result<()> {
        let mut edited = 0;
        for folder in [self.pack(), self.pack().join("cards"), self.pack().join("claims")] {
            for entry in fs_err::read_dir(folder)? {
                let path = entry?.path();
                if path.extension().is_some_and(|e| e == "toml") {
                    let text = fs_err::read_to_string(&path)?;
                    if text.contains(from) {
                        fs_err::write(&path, text.replace(from, to))?;
                        edited += 1;
                    }
                }
            }
        }
        (edited > 0).then_some(()).with_context(|| format!("no file of the pack holds `{from}`"))
    }

    /// Changes one published file without signing it again.
    ///
    /// # Errors
    /// It is not there.
    pub fn tamper(&self, file: &str, change: impl FnOnce(String) -> String) -> Result<()> {
        let path = self.folder.path().join(file);
        let text = fs_err::read_to_string(&path)?;
        Ok(fs_err::write(path, change(text))?)
    }
}

fn made_up(rules: usize, words: usize) -> String {
    let mut toml = String::from(
        "schema = 1\nid = \"made-up\"\nversion = \"0.1.0\"\ntitle = \"Mots inventés\"\npublisher = \"Mesure\"\n\
         language = \"fr\"\njurisdictions = [\"FR\"]\nstatus = \"example\"\n\n\
         [[topic]]\nid = \"made-up\"\ntitle = \"Mots inventés\"\n",
    );
    for rule in 0..rules {
        let own: Vec<_> = (0..words).map(|word| made_up_word(rule * words + word)).collect();
        let _ = write!(
            toml,
            "\n[[claim]]\nid = \"MADE_UP_{rule}\"\ntopic = \"made-up\"\ntitle = \"Affirmation {rule}\"\nharm = 1\n\
             rule = \"{}\"\nmust = [\"{}\"]\nmust_not = [\"bonjour\"]\n",
            own.join(" OU "),
            own[0]
        );
    }
    toml
}

/// A word of four syllables that no other number gives.
pub fn made_up_word(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..4 {
        word.push(char::from(b"bdfgjklmprtv"[number % 12]));
        number /= 12;
        word.push(char::from(b"aiou"[number % 4]));
        number /= 4;
    }
    word
}
