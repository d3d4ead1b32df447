//! The commands of `docs/hosting.md`, in their order, as a publisher would type them.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const GUIDE: &str = include_str!("../../../docs/hosting.md");
const ADDRESS: &str = "https://packs.agency.example/index.json";

/// A server that ends with the test.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    fn start(folder: &Path, arguments: &[&str]) -> Served {
        let mut child =
            rejoinder(folder, arguments).args(["--port", "0"]).stdout(Stdio::piped()).spawn().expect("started");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("subscribe to ").expect("an address").to_owned();
        Served { child, address }
    }

    /// The answer's head and body.
    fn get(&self, path: &str, more: &str) -> (String, Vec<u8>) {
        let host = self.address.trim_start_matches("http://").split('/').next().expect("a host");
        let mut stream = TcpStream::connect(host).expect("connected");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n").expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("read");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        (String::from_utf8(answer[..end].to_vec()).expect("text"), answer[end + 4..].to_vec())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn rejoinder(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rejoinder"));
    command.current_dir(folder).env("REJOINDER_PASSWORD", "un mot de passe").args(arguments);
    command
}

/// The commands in the guide's blocks of `sh`.
fn commands() -> Vec<Vec<&'static str>> {
    let blocks = GUIDE.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let lines = blocks.flat_map(str::lines).map(|line| line.strip_prefix("rejoinder ").expect("a command of ours"));
    lines.map(|line| line.split(' ').collect()).collect()
}

/// The upload takes everything, for which a folder needs `-r`: without, `rsync` skips it and ends with 0. The index comes
/// last, and only if the rest went.
#[test]
fn the_upload_takes_everything_and_the_index_last() {
    let lines: Vec<&str> = GUIDE.lines().map(str::trim).filter(|line| line.starts_with("rsync ")).collect();
    let [line] = lines[..] else { panic!("{lines:?}") };
    let words = |command: &'static str| -> Vec<&str> { command.split(' ').filter(|word| !word.is_empty()).collect() };
    let (rest, index) = line.split_once(" && ").expect("two steps");
    let all = ["rsync", "-rt", "--exclude", "'index.json*'", "public/", "web:/srv/packs/"];
    assert_eq!(words(rest), all);
    assert_eq!(words(index), ["rsync", "-t", "public/index.json*", "web:/srv/packs/"]);
}

fn pack(folder: &Path) {
    let good = Path::new("tests/good");
    std::fs::create_dir_all(folder.join("cards")).expect("a folder");
    for file in ["pack.toml", "claims.toml", "cards/autisme.toml"] {
        std::fs::copy(good.join(file), folder.join(file)).expect("copied");
    }
    let site = "\n[[site]]\nid = \"forum\"\nname = \"Forum\"\n[[site.generation]]\nid = \"a\"\ndetect = \"main\"\npost = \"p\"\n";
    let manifest = folder.join("pack.toml");
    let text = std::fs::read_to_string(&manifest).expect("read");
    std::fs::write(manifest, text + site).expect("written");
}

#[test]
fn the_guide_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    pack(&at.join("my-pack"));
    let commands = commands();
    let names: std::collections::BTreeSet<&str> = commands.iter().map(|command| command[0]).collect();
    let all = [
        "check",
        "keygen",
        "publish",
        "recall",
        "rotate",
        "serve",
        "sign",
        "switch-off",
        "switch-on",
        "test",
        "verify",
    ];
    assert_eq!(names.into_iter().collect::<Vec<_>>(), all);
    let mut served = None;
    // An urgent list counts only if it is later than the index, and all this takes less than a second.
    let mut clock = 1_767_225_600_u32;
    for command in &commands {
        let shown = command.join(" ");
        if command[0] == "serve" {
            served = Some(Served::start(at, command));
            continue;
        }
        let mut arguments: Vec<&str> = command.clone();
        let address = served.as_ref().map(|served| served.address.as_str()).unwrap_or_default();
        arguments.iter_mut().filter(|argument| **argument == ADDRESS).for_each(|argument| *argument = address);
        clock += 60;
        let now = format!("2026-01-01T00:{:02}:00Z", (clock - 1_767_225_600) / 60);
        if command[0] == "verify" {
            arguments.extend(["--at", &now]);
        }
        let output = rejoinder(at, &arguments).env("SOURCE_DATE_EPOCH", clock.to_string()).output().expect("started");
        let said = [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat();
        assert_eq!(output.status.code(), Some(0), "{shown}:\n{said}");
        if command[0] == "verify" {
            assert!(said.contains("index: the client takes it"), "{shown}:\n{said}");
        }
    }
    let said = rejoinder(at, &["verify", "public", "--state", "seen.json", "--at", "2026-01-01T01:00:00Z"]).output();
    let said = String::from_utf8(said.expect("started").stdout).expect("UTF-8");
    assert!(said.contains("key: the client changes from") && said.contains("recalled cards: autisme-1"), "{said}");
}

/// As a good static server does, and no more.
#[test]
fn a_folder_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    std::fs::create_dir(at.join("public")).expect("a folder");
    std::fs::create_dir(at.join("public/sub")).expect("a folder");
    for (file, text) in
        [("secret", "s"), ("public/index.json", "{}"), ("public/.hidden", "h"), ("public/sub/a.json", "[]")]
    {
        std::fs::write(at.join(file), text).expect("written");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(at.join("secret"), at.join("public/link")).expect("linked");
    let served = Served::start(at, &["serve", "public"]);
    let (head, body) = served.get("/index.json", "");
    assert!(head.starts_with("HTTP/1.1 200") && head.contains("content-type: application/json"), "{head}");
    assert_eq!(body, b"{}");
    let etag = head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("an etag");
    for (known, want) in [(etag.to_owned(), "304"), (format!("\"x\", W/{etag}"), "304"), ("\"x\"".to_owned(), "200")] {
        let (head, body) = served.get("/index.json", &format!("If-None-Match: {known}\r\n"));
        assert!(head.starts_with(&format!("HTTP/1.1 {want}")), "{known}: {head}");
        assert_eq!(body.is_empty(), want == "304");
    }
    assert!(served.get("/sub/a.json", "").0.starts_with("HTTP/1.1 200"));
    for path in ["/", "/sub", "/sub/", "/nothing", "/.hidden", "/../secret", "/%2e%2e/secret", "//etc/passwd", "/link"]
    {
        let (head, _) = served.get(path, "");
        assert!(head.starts_with("HTTP/1.1 404"), "{path}: {head}");
    }
}
