use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// The variable that a password may come in, for programs that sign.
pub const PASSWORD_VARIABLE: &str = "REJOINDER_PASSWORD";

/// Where the password of a secret key comes from: a file, else [`PASSWORD_VARIABLE`], else the terminal.
#[derive(Clone, Debug, Default)]
pub struct Password {
    /// A file whose first line it is.
    pub file: Option<PathBuf>,
}

impl Password {
    /// The password of a key that is there.
    ///
    /// # Errors
    /// The file cannot be read or is empty; nobody is there to be asked.
    pub fn get(&self, key: &str) -> Result<String> {
        match self.given()? {
            Some(password) => Ok(password),
            None => ask(&format!("Password of {key}: ")),
        }
    }

    /// A new password: asked for twice, if it is asked for at all.
    ///
    /// # Errors
    /// As [`Password::get`]; it is empty; the two are not the same.
    pub fn choose(&self) -> Result<String> {
        if let Some(password) = self.given()? {
            return Ok(password);
        }
        let password = ask("New password for the secret key: ")?;
        if password.is_empty() {
            bail!("an empty password protects nothing; give one, or say --no-password");
        }
        if ask("The same once more: ")? != password {
            bail!("the two passwords are not the same; no key was made");
        }
        Ok(password)
    }

    fn given(&self) -> Result<Option<String>> {
        let (password, from) = match &self.file {
            Some(path) => {
                let text = fs_err::read_to_string(path)?;
                (text.lines().next().unwrap_or_default().to_owned(), path.display().to_string())
            }
            None => match std::env::var(PASSWORD_VARIABLE) {
                Ok(password) => (password, PASSWORD_VARIABLE.to_owned()),
                Err(std::env::VarError::NotPresent) => return Ok(None),
                Err(error) => bail!("{PASSWORD_VARIABLE}: {error}"),
            },
        };
        if password.is_empty() {
            bail!("{from}: holds no password (its first line is taken)");
        }
        Ok(Some(password))
    }
}

fn ask(prompt: &str) -> Result<String> {
    rpassword::prompt_password(prompt).with_context(|| {
        format!("nobody can be asked for the password here; give --password-file FILE or set {PASSWORD_VARIABLE}")
    })
}
