use super::{Software, Uses, setup::Setup};
use std::path::Path;
use std::process::Command;

/// Isso (a comment widget): drawn by script in a static page of another origin than its own; no accounts.
#[derive(Debug)]
pub struct Isso;

impl Software for Isso {
    fn name(&self) -> &'static str {
        "isso"
    }

    fn version(&self) -> &'static str {
        "0.14.0"
    }

    fn requirements(&self) -> &'static str {
        include_str!("isso.txt")
    }

    fn files(&self) -> &'static [(&'static str, &'static str)] {
        &[("isso_site.py", include_str!("isso_site.py"))]
    }

    fn seed(&self, setup: &Setup, thread: &Path) -> Command {
        let mut command = setup.run(&[&setup.file("isso_site.py"), "seed"]);
        command.arg(thread);
        command
    }

    fn serve(&self, setup: &Setup, port: u16, site: u16) -> Command {
        setup.run(&[&setup.file("isso_site.py"), "serve", &port.to_string(), &site.to_string()])
    }

    fn is_widget(&self) -> bool {
        true
    }

    fn uses(&self) -> Uses {
        Uses {
            log_in: None,
            name: "#isso-thread > .isso-postbox input[name=author]",
            password: "",
            enter: "",
            post: "#isso-root .isso-comment",
            body: ".isso-text",
            author: ".isso-author",
            composer: "#isso-thread > .isso-postbox .isso-textarea",
            publish: "#isso-thread > .isso-postbox input[type=submit]",
        }
    }

    fn query(&self) -> &'static str {
        "SELECT author, text FROM comments ORDER BY id"
    }

    fn database(&self) -> &'static str {
        "isso.sqlite"
    }
}
