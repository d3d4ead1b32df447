use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::{PublicKey, SecretKey, SecretKeyBox};
use rejoinder_engine::trust;
use std::fmt;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

/// Name of the file of the secret key.
const SECRET: &str = "minisign.key";
/// Name of the file of the public key.
pub(crate) const PUBLIC: &str = "minisign.pub";

/// Bytes of the checksum at the end of a secret key.
const CHECKSUM: usize = 32;

/// What signs indexes: a minisign (Ed25519) key pair.
pub struct KeyPair(minisign::KeyPair);

/// Makes a new key pair.
///
/// # Errors
/// The system has no randomness to give.
pub fn generate_key() -> Result<KeyPair> {
    Ok(KeyPair(minisign::KeyPair::generate_unencrypted_keypair().context("no key could be made")?))
}

impl KeyPair {
    /// Reads the file of a secret key, as this program or minisign wrote it. Asks for the password on the terminal
    /// if there is one.
    ///
    /// # Errors
    /// The file cannot be read, is not a secret key, or the password is wrong.
    pub fn read(path: &Path) -> Result<KeyPair> {
        let shown = path.display();
        let text = fs_err::read_to_string(path)?;
        let secret = secret(&text).with_context(|| format!("{shown}: not usable as a secret key"))?;
        let public = PublicKey::from_secret_key(&secret).with_context(|| format!("{shown}: not usable"))?;
        Ok(KeyPair(minisign::KeyPair { pk: public, sk: secret }))
    }

    /// Writes the pair into a folder, made if need be: the secret key readable by its owner only, and **not protected
    /// by a password**. Returns the paths of the secret and the public key.
    ///
    /// # Errors
    /// A file cannot be written, or is there already: a key is never written over.
    pub fn write(&self, folder: &Path) -> Result<(PathBuf, PathBuf)> {
        fs_err::create_dir_all(folder)?;
        let secret = folder.join(SECRET);
        let public = folder.join(PUBLIC);
        for path in [&secret, &public] {
            if path.exists() {
                bail!("{} is there already; a key is never written over", path.display());
            }
        }
        let text = self.0.sk.to_box(Some("Rejoinder secret key, without password"))?.into_string();
        create_private(&secret)?.write_all(text.as_bytes()).with_context(|| secret.display().to_string())?;
        fs_err::write(&public, self.public_file()?)?;
        Ok((secret, public))
    }

    /// The public key: minisign's base64 line.
    pub fn public(&self) -> String {
        self.0.pk.to_base64()
    }

    /// What a manager compares before trusting the key.
    pub fn fingerprint(&self) -> String {
        trust::fingerprint(&self.public())
    }

    /// The public key as the file that is served beside the index.
    pub(crate) fn public_file(&self) -> Result<String> {
        Ok(self.0.pk.to_box()?.into_string())
    }

    /// Signs bytes. `comment` is signed too.
    pub(crate) fn sign(&self, bytes: &[u8], comment: &str) -> Result<String> {
        let untrusted = Some("signature from a Rejoinder secret key");
        let signature = minisign::sign(Some(&self.0.pk), &self.0.sk, Cursor::new(bytes), Some(comment), untrusted)?;
        Ok(signature.into_string())
    }
}

// Not derived: the secret stays out of logs and panics.
impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPair").field("public", &self.public()).finish_non_exhaustive()
    }
}

fn secret(text: &str) -> Result<SecretKey> {
    let line = text.lines().nth(1).context("not a key file")?;
    let bytes = STANDARD.decode(line.trim()).context("not a key file")?;
    let key = SecretKey::from_bytes(&bytes).context("not a secret key")?;
    let boxed = SecretKeyBox::from_string(text)?;
    if key.is_encrypted() {
        return boxed.into_secret_key(None).context("the password was not given rightly");
    }
    match bytes.split_last_chunk::<CHECKSUM>() {
        // minisign 0.11 gives keys without password no checksum.
        Some((_, checksum)) if checksum.iter().all(|byte| *byte == 0) => Ok(key),
        _ => Ok(boxed.into_unencrypted_secret_key()?),
    }
}

fn create_private(path: &Path) -> Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_file_and_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = generate_key().expect("a key");
        let (secret, public) = key.write(folder.path()).expect("written");
        assert_eq!(KeyPair::read(&secret).expect("read").public(), key.public());
        let file = std::fs::read(&public).expect("read");
        assert_eq!(trust::read_key_file(&file), Ok(key.public()));
        assert!(KeyPair::read(&public).is_err());

        let error = generate_key().expect("a key").write(folder.path()).expect_err("refused");
        assert!(error.to_string().contains("never written over"), "{error}");
        assert_eq!(KeyPair::read(&secret).expect("read").public(), key.public());
    }

    #[test]
    fn what_is_no_secret_key_is_refused() {
        let key = generate_key().expect("a key");
        let text = key.0.sk.to_box(None).expect("a box").into_string();
        let bytes = STANDARD.decode(text.lines().nth(1).expect("two lines")).expect("base64");
        let file = |bytes: &[u8]| format!("untrusted comment: x\n{}\n", STANDARD.encode(bytes));
        assert!(secret(&file(&bytes)).is_ok());

        let mut without_checksum = bytes.clone();
        without_checksum[bytes.len() - CHECKSUM..].fill(0);
        let read = secret(&file(&without_checksum)).expect("as minisign 0.11 makes them");
        assert_eq!(PublicKey::from_secret_key(&read).expect("a key"), key.0.pk);

        let mut damaged = bytes.clone();
        damaged[80] ^= 1;
        for text in [file(&damaged), file(&bytes[..90]), file(b""), String::new(), "a\n?".to_owned()] {
            assert!(secret(&text).is_err(), "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_secret_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (secret, _) = generate_key().expect("a key").write(folder.path()).expect("written");
        assert_eq!(std::fs::metadata(secret).expect("there").permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn the_secret_is_not_shown() {
        let key = generate_key().expect("a key");
        let shown = format!("{key:?}");
        assert!(shown.contains(&key.public()));
        // minisign's own form shows the secret bytes in hex.
        assert!(!shown.contains(&format!("{:?}", key.0.sk)));
    }
}
