use crate::password::Password;
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
#[derive(Clone)]
pub struct KeyPair(minisign::KeyPair);

/// Makes a new key pair, to sign with at once.
///
/// # Errors
/// The system has no randomness to give.
pub fn generate_key() -> Result<KeyPair> {
    Ok(KeyPair(minisign::KeyPair::generate_unencrypted_keypair().context("no key could be made")?))
}

/// A key pair that was written.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The file of the secret key.
    pub secret: PathBuf,
    /// The file of the public key.
    pub public: PathBuf,
    /// What a manager compares before trusting the key.
    pub fingerprint: String,
}

/// Makes a new key pair and writes it into a folder, made if need be: the secret key readable by its owner only, and
/// protected by the password, in minisign's own way, unless there is none.
///
/// # Errors
/// A file cannot be written, or is there already: a key is never written over.
pub fn write_new_key(folder: &Path, password: impl FnOnce() -> Result<Option<String>>) -> Result<NewKey> {
    let secret = folder.join(SECRET);
    let public = folder.join(PUBLIC);
    for path in [&secret, &public] {
        if path.exists() {
            bail!("{} is there already; a key is never written over: choose another folder", path.display());
        }
    }
    let (pair, comment) = match password()? {
        Some(password) => {
            (minisign::KeyPair::generate_encrypted_keypair(Some(password)), "Rejoinder secret key, with password")
        }
        None => (minisign::KeyPair::generate_unencrypted_keypair(), "Rejoinder secret key, without password"),
    };
    let pair = pair.context("no key could be made")?;
    let text = pair.sk.to_box(Some(comment))?.into_string();
    fs_err::create_dir_all(folder)?;
    create_private(&secret)?.write_all(text.as_bytes()).with_context(|| secret.display().to_string())?;
    fs_err::write(&public, pair.pk.to_box()?.into_string())?;
    let fingerprint = trust::fingerprint(&pair.pk.to_base64());
    Ok(NewKey { secret, public, fingerprint })
}

/// Reads the file of a public key, or takes the key itself (minisign's base64 line).
///
/// # Errors
/// It is neither.
pub fn read_public_key(given: &str) -> Result<String> {
    let bytes = match fs_err::read(given) {
        Ok(bytes) => bytes,
        // Whoever was told a key has its line, not a file.
        Err(_) if given.starts_with("RW") => given.as_bytes().to_owned(),
        Err(error) => return Err(error.into()),
    };
    trust::read_key_file(&bytes).map_err(|_| {
        anyhow::anyhow!("{given}: not a minisign public key (a file `{PUBLIC}`, or its line that begins with RW)")
    })
}

/// The file of a public key.
pub(crate) fn public_file(key: &str) -> Result<String> {
    Ok(PublicKey::from_base64(key)?.to_box()?.into_string())
}

impl KeyPair {
    /// Reads the file of a secret key, as this program or minisign wrote it. The password is asked for only if the key has
    /// one.
    ///
    /// # Errors
    /// The file cannot be read, is not a secret key, or the password is wrong.
    pub fn read(path: &Path, password: &Password) -> Result<KeyPair> {
        let shown = path.display();
        let text = fs_err::read_to_string(path)?;
        let secret = secret(&text, || password.get(&shown.to_string()))
            .with_context(|| format!("{shown}: not usable as a secret key"))?;
        let public = PublicKey::from_secret_key(&secret).with_context(|| format!("{shown}: not usable"))?;
        Ok(KeyPair(minisign::KeyPair { pk: public, sk: secret }))
    }

    /// The public key: minisign's base64 line.
    pub fn public(&self) -> String {
        self.0.pk.to_base64()
    }

    /// What a manager compares before trusting the key.
    pub fn fingerprint(&self) -> String {
        trust::fingerprint(&self.public())
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

fn secret(text: &str, password: impl FnOnce() -> Result<String>) -> Result<SecretKey> {
    let line = text.lines().nth(1).context("not a key file")?;
    let bytes = STANDARD.decode(line.trim()).context("not a key file")?;
    let key = SecretKey::from_bytes(&bytes).context("not a secret key")?;
    let boxed = SecretKeyBox::from_string(text)?;
    if key.is_encrypted() {
        return boxed.into_secret_key(Some(password()?)).context("the password is not the right one");
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

    fn no_password() -> Result<Option<String>> {
        Ok(None)
    }

    fn unasked() -> Result<String> {
        panic!("a key without password needs none")
    }

    #[test]
    fn a_key_comes_back_from_its_file_and_is_never_written_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let password = folder.path().join("password");
        std::fs::write(&password, "le mot\nsecond line\n").expect("written");
        let right = Password { file: Some(password.clone()) };
        for (name, new) in [("without", no_password as fn() -> _), ("with", || Ok(Some("le mot".to_owned())))] {
            let folder = folder.path().join(name);
            let made = write_new_key(&folder, new).expect("written");
            let key = KeyPair::read(&made.secret, &right).expect("read");
            assert_eq!(key.fingerprint(), made.fingerprint);
            let file = std::fs::read(&made.public).expect("read");
            assert_eq!(trust::read_key_file(&file), Ok(key.public()));
            assert!(KeyPair::read(&made.public, &right).is_err());
            let signature = key.sign(b"text", "c").expect("signed");
            assert!(signature.contains("trusted comment: c"), "{signature}");

            let before = std::fs::read(&made.secret).expect("read");
            let error = write_new_key(&folder, no_password).expect_err("refused");
            assert!(error.to_string().contains("never written over"), "{error}");
            assert_eq!(std::fs::read(&made.secret).expect("read"), before);
        }
        std::fs::write(&password, "le mauvais\n").expect("written");
        let error = KeyPair::read(&folder.path().join("with/minisign.key"), &right).expect_err("refused");
        assert!(format!("{error:#}").contains("not the right one"), "{error:#}");
        std::fs::write(&password, "\n").expect("written");
        let error = KeyPair::read(&folder.path().join("with/minisign.key"), &right).expect_err("refused");
        assert!(format!("{error:#}").contains("holds no password"), "{error:#}");
    }

    #[test]
    fn public_keys_are_read_from_a_file_or_a_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let made = write_new_key(folder.path(), no_password).expect("written");
        let key = read_public_key(&made.public.display().to_string()).expect("read");
        assert_eq!(read_public_key(&key).expect("read"), key);
        for bad in ["RWabc", "no-such-file", &made.secret.display().to_string()] {
            assert!(read_public_key(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_no_secret_key_is_refused() {
        let key = generate_key().expect("a key");
        let text = key.0.sk.to_box(None).expect("a box").into_string();
        let bytes = STANDARD.decode(text.lines().nth(1).expect("two lines")).expect("base64");
        let file = |bytes: &[u8]| format!("untrusted comment: x\n{}\n", STANDARD.encode(bytes));
        assert!(secret(&file(&bytes), unasked).is_ok());

        let mut without_checksum = bytes.clone();
        without_checksum[bytes.len() - CHECKSUM..].fill(0);
        let read = secret(&file(&without_checksum), unasked).expect("as minisign 0.11 makes them");
        assert_eq!(PublicKey::from_secret_key(&read).expect("a key"), key.0.pk);

        let mut damaged = bytes.clone();
        damaged[80] ^= 1;
        for text in [file(&damaged), file(&bytes[..90]), file(b""), String::new(), "a\n?".to_owned()] {
            assert!(secret(&text, || bail!("asked")).is_err(), "{text}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_secret_key_is_its_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let made = write_new_key(folder.path(), no_password).expect("written");
        assert_eq!(std::fs::metadata(made.secret).expect("there").permissions().mode() & 0o777, 0o600);
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
