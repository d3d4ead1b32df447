use super::{Software, Uses, setup::Setup};
use std::path::Path;
use std::process::Command;

/// Spirit (Django): pages drawn by the server, a plain text box on the reply form under the thread.
#[derive(Debug)]
pub struct Spirit;

impl Software for Spirit {
    fn name(&self) -> &'static str {
        "spirit"
    }

    fn version(&self) -> &'static str {
        "0.14.3"
    }

    fn requirements(&self) -> &'static str {
        include_str!("spirit.txt")
    }

    fn files(&self) -> &'static [(&'static str, &'static str)] {
        &[("spirit_site.py", include_str!("spirit_site.py"))]
    }

    fn seed(&self, setup: &Setup, thread: &Path) -> Command {
        let mut command = setup.run(&[&setup.file("spirit_site.py")]);
        command.arg(thread);
        command
    }

    fn serve(&self, setup: &Setup, port: u16, _: u16) -> Command {
        setup.gunicorn("spirit_site:app", port)
    }

    fn uses(&self) -> Uses {
        Uses {
            log_in: Some("/user/login/"),
            name: "#id_username",
            password: "#id_password",
            enter: "form input[type=submit][name=post]",
            post: ".comments_list__comment",
            body: ".comment__text",
            author: ".comment__info__username__link span",
            composer: "textarea#id_comment",
            publish: ".comment__reply__actions__publish",
        }
    }

    fn query(&self) -> &'static str {
        // The account's own spelling; `username` is folded to lower case.
        "SELECT p.nickname, c.comment FROM spirit_comment_comment c \
         JOIN spirit_user_userprofile p ON p.user_id = c.user_id ORDER BY c.id"
    }

    fn database(&self) -> &'static str {
        "spirit.sqlite"
    }
}
