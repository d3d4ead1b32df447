use super::{Software, Uses, setup::Setup};
use std::path::Path;
use std::process::Command;

/// FlaskBB (Flask): pages drawn by the server, a plain text box on the thread's page. The newest version needs a newer
/// Python than Debian 12 has; this one shows the same pages.
#[derive(Debug)]
pub struct FlaskBb;

impl Software for FlaskBb {
    fn name(&self) -> &'static str {
        "flaskbb"
    }

    fn version(&self) -> &'static str {
        "2.0.2"
    }

    fn requirements(&self) -> &'static str {
        include_str!("flaskbb.txt")
    }

    fn files(&self) -> &'static [(&'static str, &'static str)] {
        &[("flaskbb_site.py", include_str!("flaskbb_site.py"))]
    }

    fn seed(&self, setup: &Setup, thread: &Path) -> Command {
        let mut command = setup.run(&[&setup.file("flaskbb_site.py")]);
        command.arg(thread);
        command
    }

    fn serve(&self, setup: &Setup, port: u16, _: u16) -> Command {
        setup.gunicorn("flaskbb_site:app", port)
    }

    fn uses(&self) -> Uses {
        Uses {
            log_in: Some("/auth/login"),
            name: "#login",
            password: "#password",
            enter: "#submit",
            post: ".post-row",
            body: ".post-content",
            author: ".author-name a",
            composer: "textarea#content",
            publish: "#submit",
        }
    }

    fn query(&self) -> &'static str {
        "SELECT username, content FROM posts ORDER BY id"
    }

    fn database(&self) -> &'static str {
        "flaskbb.sqlite"
    }
}
