use super::output::say;
use std::path::PathBuf;

/// Make the key pair that signs what you publish
#[derive(Debug, clap::Args)]
pub(crate) struct Keygen {
    /// Folder to write `minisign.key` and `minisign.pub` into
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

impl Keygen {
    pub(crate) fn run(self) -> anyhow::Result<bool> {
        let key = rejoinder_cli::generate_key()?;
        let (secret, public) = key.write(&self.out)?;
        say(&format!(
            "secret key: {}\npublic key: {}\nfingerprint: {}\n",
            secret.display(),
            public.display(),
            key.fingerprint()
        ))?;
        anstream::eprintln!(
            "warning: the secret key has no password. Whoever reads it can publish in your name: keep it out of \
             version control and off shared machines. `minisign -C -s {}` sets a password.",
            secret.display()
        );
        Ok(true)
    }
}
