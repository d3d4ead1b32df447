//! What the commands that publish have in common: who signs, and from when to when it holds.

use super::output::say;
use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};
use rejoinder_cli::publish::{Draft, Validity};
use rejoinder_cli::{KeyPair, Password};
use rejoinder_engine::trust::TrustLimits;
use std::path::PathBuf;

/// Who signs.
#[derive(Debug, clap::Args)]
pub(super) struct Signing {
    /// File of the secret key that signs (`minisign.key`)
    #[arg(long, value_name = "FILE", required_unless_present = "unsigned")]
    pub(super) key: Option<PathBuf>,
    #[command(flatten)]
    pub(super) password: PasswordFile,
    /// Write everything but the signatures; `rejoinder sign` then signs it, on another machine if need be
    #[arg(long, conflicts_with = "key")]
    pub(super) unsigned: bool,
}

/// Where a password comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordFile {
    /// File whose first line is the password of the secret key [default: REJOINDER_PASSWORD, else you are asked]
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

impl PasswordFile {
    pub(super) fn password(&self) -> Password {
        Password { file: self.password_file.clone() }
    }
}

/// From when to when it holds.
#[derive(Debug, clap::Args)]
pub(super) struct Dates {
    /// Moment of this publication, such as 2026-01-31T09:00:00Z [default: SOURCE_DATE_EPOCH (seconds since 1970), else now]
    #[arg(long, value_name = "TIME")]
    issued: Option<Timestamp>,
    /// Days until clients stop relying on it unless something newer is published
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=730))]
    expires_in_days: u16,
    /// Moment until which clients may rely on it, instead of a number of days
    #[arg(long, value_name = "TIME", conflicts_with = "expires_in_days")]
    expires: Option<Timestamp>,
}

impl Dates {
    pub(super) fn validity(&self, serial: Option<u64>) -> Result<Validity> {
        let issued = match self.issued {
            Some(issued) => issued,
            None => clock()?,
        };
        let days = SignedDuration::from_hours(24 * i64::from(self.expires_in_days));
        let expires = match self.expires {
            Some(expires) => expires,
            None => issued.checked_add(days).context("it would expire too far away")?,
        };
        let now = Timestamp::now();
        let warning = if expires <= now {
            format!("this has expired already ({expires})")
        } else if issued.duration_since(now) > SignedDuration::from_hours(TrustLimits::AHEAD_HOURS) {
            format!("this is issued in the future ({issued})")
        } else {
            return Ok(Validity { serial, issued, expires });
        };
        anstream::eprintln!("warning: by this computer's clock, {warning}: clients refuse it");
        Ok(Validity { serial, issued, expires })
    }
}

/// Now, in whole seconds: an index says no more than it needs to. Who builds reproducibly says what now is.
fn clock() -> Result<Timestamp> {
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => {
            let seconds = text.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            seconds.with_context(|| format!("SOURCE_DATE_EPOCH: `{text}` is not a number of seconds since 1970"))
        }
        Err(std::env::VarError::NotPresent) => {
            Ok(Timestamp::from_second(Timestamp::now().as_second()).unwrap_or(Timestamp::UNIX_EPOCH))
        }
        Err(error) => bail!("SOURCE_DATE_EPOCH: {error}"),
    }
}

impl Signing {
    /// The secret key, if there is one to sign with at once.
    pub(super) fn read(&self) -> Result<Option<KeyPair>> {
        self.key.as_ref().map(|path| KeyPair::read(path, &self.password.password())).transpose()
    }
}

/// Signs with the keys, lets subscribers judge, and writes; or writes what waits for other keys.
pub(super) fn finish(mut draft: Draft, keys: &[&KeyPair]) -> Result<()> {
    for key in keys {
        draft.sign(key)?;
    }
    if draft.is_signed() {
        draft.check()?;
        return draft.write();
    }
    let waits = draft.waits();
    draft.write()?;
    say(&format!(
        "not signed yet: {waits}\nDo not upload this folder now. `rejoinder sign DIR --key FILE` signs what its list \
         `to-sign.json` names; copy the whole folder there and back.\n"
    ))?;
    Ok(())
}
