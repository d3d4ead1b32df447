use super::output::say;
use super::signing::PasswordFile;
use std::path::PathBuf;

/// Make the key pair that signs what you publish
///
/// Subscribers trust this key, and nothing else. The secret key (`minisign.key`) is protected by a password, which you are
/// asked for twice; it is a minisign key, which `minisign` can use too. Keep a copy of it, and the password, in a safe place:
/// nobody can make them again. The public key (`minisign.pub`) is published. Managers compare the fingerprint when they
/// subscribe: tell it to them by another way than the address, such as the telephone.
#[derive(Debug, clap::Args)]
pub(crate) struct Keygen {
    /// Folder to write `minisign.key` and `minisign.pub` into; keys that are there are never written over
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
    #[command(flatten)]
    password: PasswordFile,
    /// Protect the secret key by nothing: whoever reads the file can publish in your name
    #[arg(long, conflicts_with = "password_file")]
    no_password: bool,
}

impl Keygen {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let password = self.password.password();
        let key = rejoinder_cli::write_new_key(&self.out, || {
            if self.no_password { Ok(None) } else { password.choose().map(Some) }
        })?;
        say(&format!(
            "secret key: {}\npublic key: {}\nfingerprint: {}\n",
            key.secret.display(),
            key.public.display(),
            key.fingerprint
        ))?;
        if self.no_password {
            anstream::eprintln!(
                "warning: the secret key has no password. Whoever reads it can publish in your name: keep it out of \
                 version control and off shared machines. `minisign -C -s {}` sets a password.",
                key.secret.display()
            );
        }
        Ok(true)
    }
}
