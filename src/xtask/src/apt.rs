//! Debian's packages.

use crate::process::{in_path, read, run, say};
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Installs what is not installed; asks nothing.
///
/// # Errors
/// When this is not Debian, there is no way to become root, or apt fails; the message says what to install.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let wanted = missing.join(" ");
    if !in_path("apt-get") {
        bail!("not installed, and this is no Debian where they could be: {wanted}");
    }
    let root = read(Command::new("id").arg("-u"))?.trim() == "0";
    if !root && !in_path("sudo") {
        bail!("not installed; as root: apt-get install {wanted}");
    }
    say(format!("apt-get install {wanted}"));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(if root { "env" } else { "sudo" });
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes", "--quiet"]).args(arguments);
        run(&mut command)
    };
    // Without this a machine that was never updated knows no package.
    apt(&["update"])?;
    let mut arguments = vec!["install", "--no-install-recommends"];
    arguments.extend(&missing);
    apt(&arguments).with_context(|| format!("cannot install {wanted}"))
}

fn installed(package: &str) -> bool {
    let mut command = Command::new("dpkg-query");
    command.args(["--show", "--showformat=${db:Status-Status}", package]).stderr(std::process::Stdio::null());
    command.output().is_ok_and(|output| output.status.success() && output.stdout == b"installed")
}
