//! The program itself: arguments, streams, exit codes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program in this package's folder.
fn rejoinder(arguments: &[&str], input: &[u8]) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rejoinder"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // In a thread, or both would wait for each other once a pipe is full. It may stop reading early.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("ended");
    writer.join().expect("written");
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

const SCAN: [&str; 3] = ["scan", "--pack", "tests/good"];

fn scan(more: &[&str], input: &[u8]) -> Said {
    rejoinder(&[&SCAN[..], more].concat(), input)
}

#[test]
fn check_and_test_say_whether_packs_are_sound() {
    let good = rejoinder(&["check", "tests/good"], b"");
    assert_eq!((good.code, good.err.as_str()), (Some(0), ""));
    assert_eq!(good.out, "tests/good: essai 0.1.0: 1 topic, 1 claim, 1 card, 1 lexicon, 0 sites; 0 warnings\n");
    let tests = rejoinder(&["test", "tests/good"], b"");
    assert_eq!((tests.code, tests.err.as_str()), (Some(0), ""));
    assert!(tests.out.contains("VAX_AUTISM  2/2   2/2       1"), "{}", tests.out);
    assert!(tests.out.ends_with("tests/good: 4 of 4 tests passed, 1 known gap\n"), "{}", tests.out);

    // One bad pack does not hide the others.
    let bad = rejoinder(&["check", "tests/bad/syntax", "tests/bad/types", "tests/good"], b"");
    assert_eq!(bad.code, Some(1));
    assert!(bad.err.contains("tests/bad/syntax/claims.toml:1:9"), "{}", bad.err);
    assert!(bad.err.contains("tests/bad/types/pack.toml:1:10"), "{}", bad.err);
    assert!(bad.out.contains("tests/good: essai"), "{}", bad.out);
    assert!(!bad.err.contains('\x1b'), "colours without a terminal");

    let failing = rejoinder(&["test", "tests/bad/failing"], b"");
    assert_eq!(failing.code, Some(1));
    assert!(failing.out.contains("2 of 4 tests passed"), "{}", failing.out);
    assert_eq!(rejoinder(&["check", "tests/bad/failing"], b"").code, Some(0));
    assert_eq!(rejoinder(&["check"], b"").code, Some(2));
}

#[test]
fn a_text_is_scanned_as_one_post() {
    let said = scan(&["-"], "Bonjour,\n\nle vaccin rend autiste !\n".as_bytes());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    let mut lines = said.out.lines();
    assert_eq!(
        lines.next().map(|l| l.split_whitespace().collect()),
        Some(vec!["POST", "RISK", "STANCE", "CLAIM", "WORDS,", "AND", "WHY"])
    );
    let row: Vec<&str> = lines.next().expect("a finding").split_whitespace().collect();
    assert_eq!(row, ["1", "medium", "asserts", "VAX_AUTISM", "vaccin", "…", "autiste"]);
    assert!(said.out.contains("no negation, question or quotation seen"), "{}", said.out);
    assert!(said.out.contains("essai 0.1.0\n"), "{}", said.out);
    assert!(said.out.ends_with("1 finding in 1 post\n"), "{}", said.out);

    let benign = scan(&["-"], b"Quel beau temps.");
    assert_eq!((benign.code, benign.out.as_str()), (Some(0), "0 findings in 1 post\n"));
}

#[test]
fn an_empty_input_is_said_to_be_empty() {
    for (arguments, input) in [(&["-"][..], ""), (&["-"], "\n \n"), (&["--jsonl", "-"], ""), (&["--jsonl", "-"], "\n")]
    {
        let said = scan(arguments, input.as_bytes());
        assert_eq!((said.code, said.out.as_str()), (Some(0), "0 findings in 0 posts\n"), "{input:?}");
        assert_eq!(said.err, "warning: standard input: no posts in it\n");
    }
    let json = scan(&["--json", "-"], b"");
    assert_eq!((json.code, json.out.as_str()), (Some(0), ""));
}

#[test]
fn posts_are_scanned_from_lines_and_bad_lines_are_named() {
    let input = "{\"text\":\"le vaccin rend autiste\",\"id\":\"t1-p3\"}\n{\"txt\":1}\n\
                 {\"text\":\"d'accord\",\"quote\":\"le vaccin rend autiste\"}\n[\n{\"text\":\"aucun vaccin ne rend autiste\"}\n";
    let said = scan(&["--jsonl", "--json", "-"], input.as_bytes());
    assert_eq!(said.code, Some(1));
    assert_eq!(
        said.err.lines().map(|l| l.split(": ").nth(1).unwrap_or(l)).collect::<Vec<_>>(),
        ["standard input:2:9", "standard input:4:1"],
        "{}",
        said.err
    );
    let found: Vec<serde_json::Value> =
        said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let seen: Vec<_> = found
        .iter()
        .map(|f| (f["line"].as_u64(), f["id"].as_str(), f["claim"].as_str(), f["stance"].as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (Some(1), Some("t1-p3"), Some("VAX_AUTISM"), Some("asserts")),
            (Some(3), None, Some("VAX_AUTISM"), Some("quotes")),
            (Some(5), None, Some("VAX_AUTISM"), Some("denies")),
        ]
    );
    assert_eq!(found[0]["why"]["pack"], "essai");
    assert_eq!(found[0]["spans"][0], serde_json::json!({"part": 0, "start": 3, "end": 9}));
}

#[test]
fn what_is_not_utf8_is_said_to_be_so() {
    let said = scan(&["-"], b"le vaccin\nc'est tr\xe8s bien");
    assert_eq!((said.code, said.out.as_str()), (Some(1), "0 findings in 0 posts\n"));
    assert!(said.err.starts_with("error: standard input:2:9: not UTF-8 (byte 0xE8)"), "{}", said.err);
}

#[test]
fn a_megabyte_in_one_line_is_scanned() {
    let text = format!("{} le vaccin rend autiste", "blabla ".repeat(150_000));
    assert!(text.len() > 1 << 20);
    for (arguments, input) in [(&["-"][..], text.clone()), (&["--jsonl", "-"], format!("{{\"text\":\"{text}\"}}\n"))] {
        let said = scan(arguments, input.as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
        assert!(said.out.ends_with("1 finding in 1 post\n"), "{}", said.out);
    }
}

#[test]
fn a_post_cannot_command_the_terminal() {
    let said = scan(&["-"], "le vaccin \x1b]0;x\x07 rend autiste".as_bytes());
    assert!(said.out.contains("autiste"), "{}", said.out);
    assert!(!said.out.contains('\x1b') && !said.out.contains('\x07'), "{:?}", said.out);
}

#[test]
fn what_cannot_be_scanned_is_said() {
    let missing = scan(&["tests/no-such-file"], b"");
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("tests/no-such-file"), "{}", missing.err);
    let bad = rejoinder(&["scan", "--pack", "tests/bad/syntax", "-"], b"le vaccin");
    assert_eq!((bad.code, bad.out.as_str()), (Some(1), ""));
    assert_eq!(rejoinder(&["scan", "-"], b"").code, Some(2));
    let none = rejoinder(&["scan", "--pack", "tests/good/claims.toml", "-"], b"");
    assert_eq!(none.code, Some(2));
    assert!(none.err.contains("tests/good/claims.toml"), "{}", none.err);
}

#[test]
fn a_key_is_made_and_a_pack_published_and_scanned_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (keys, key, out) = (path("keys"), path("keys/minisign.key"), path("out"));

    let unasked = rejoinder(&["keygen", "--out", &keys, "--password-file", &path("none")], b"");
    assert_eq!((unasked.code, Path::new(&keys).exists()), (Some(2), false), "{}", unasked.err);
    let made = rejoinder(&["keygen", "--out", &keys, "--no-password"], b"");
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.err.contains("the secret key has no password"), "{}", made.err);
    let fingerprint = made.out.lines().find_map(|l| l.strip_prefix("fingerprint: ")).expect("said").to_owned();
    assert_eq!(rejoinder(&["keygen", "--out", &keys, "--no-password"], b"").code, Some(2));

    let publish = ["publish", "tests/good", "--out", &out, "--key", &key];
    let first = rejoinder(&publish, b"");
    assert_eq!(first.code, Some(0), "{}", first.err);
    assert!(first.out.contains("serial 1,") && first.out.contains(&fingerprint), "{}", first.out);
    let second = rejoinder(&[&publish[..], &["--recall", "autisme-1"]].concat(), b"");
    assert_eq!(second.code, Some(0), "{}", second.err);
    assert!(second.out.contains("serial 2,") && second.out.contains("1 recalled card"), "{}", second.out);
    assert!(second.out.contains("unchanged"), "{}", second.out);
    assert_eq!(rejoinder(&[&publish[..], &["--serial", "2"]].concat(), b"").code, Some(2));
    let bad = ["publish", "tests/bad/failing", "--out", &path("other"), "--key", &key];
    assert_eq!(rejoinder(&bad, b"").code, Some(1));
    assert!(!Path::new(&path("other")).exists());

    let published = path("out/essai-0.1.0.json");
    let said = rejoinder(&["scan", "--pack", &published, "-"], b"le vaccin rend autiste");
    assert!(said.out.ends_with("1 finding in 1 post\n"), "{}{}", said.out, said.err);
}

/// An index that waits for a signature is not forgotten when an urgent list is made, signed at once or not.
#[test]
fn what_waits_for_a_signature_waits_on() {
    for at_once in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (out, key, next) = (path("out"), path("keys/minisign.key"), path("next/minisign.pub"));
        let run = |arguments: &[&str]| {
            let said = rejoinder(arguments, b"");
            assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.err);
            said.out
        };
        for keys in ["keys", "next"] {
            run(&["keygen", "--no-password", "--out", &path(keys)]);
        }
        run(&["publish", "tests/good", "--out", &out, "--key", &key, "--issued", "2026-01-01T00:00:00Z"]);
        run(&["rotate", &out, "--announce", &next, "--unsigned", "--issued", "2026-01-02T00:00:00Z"]);
        let how: &[&str] = if at_once { &["--key", &key] } else { &["--unsigned"] };
        let recall = [&["recall", &out, "autisme-1", "--issued", "2026-01-03T00:00:00Z"][..], how].concat();
        assert!(run(&recall).contains("there wait"), "{at_once}");
        let signed = run(&["sign", &out, "--key", &key, "--to", &next]);
        assert!(signed.contains("signed: index.json"), "{signed}");
        assert_eq!(signed.contains("signed: urgent.json"), !at_once, "{signed}");
        assert!(!Path::new(&path("out/to-sign.json")).exists());
        let said = run(&["verify", &out, "--at", "2026-01-04T00:00:00Z"]);
        assert!(said.contains("recalled cards: autisme-1"), "{said}");
    }
}

/// Every command of a publisher says what is wrong, where, and what to do; and writes nothing then.
#[test]
fn what_a_publisher_gets_wrong_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, key, other) = (path("out"), path("keys/minisign.key"), path("other/minisign.key"));
    for keys in ["keys", "other"] {
        assert_eq!(rejoinder(&["keygen", "--no-password", "--out", &path(keys)], b"").code, Some(0));
    }
    let dates = ["--issued", "2026-01-01T00:00:00Z", "--expires", "2026-02-01T00:00:00Z"];
    let publish = [&["publish", "tests/good", "--out", &out][..], &dates].concat();
    let later = ["--issued", "2026-01-02T00:00:00Z"];
    let first = [&publish[..], &["--unsigned"]].concat();
    let said = rejoinder(&first, b"");
    assert!(said.code == Some(2) && said.err.contains("--public-key"), "{}", said.err);
    let said = rejoinder(&[&first[..], &["--public-key", &path("keys/minisign.pub")]].concat(), b"");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("Do not upload this folder now"), "{}", said.out);
    assert!(!Path::new(&path("out/index.json.minisig")).exists());
    assert_eq!(rejoinder(&["verify", &out, "--at", "2026-01-02T00:00:00Z"], b"").code, Some(1));

    let read = |name: &str| std::fs::read(path(name)).expect("read");
    let cases: [(&[&str], &str); 12] = [
        (&["sign", &out, "--key", &other], "nothing waits for a signature by key"),
        (&["sign", &path("keys"), "--key", &key], "to-sign.json: not there"),
        (&["sign", &out, "--key", &path("keys/minisign.pub")], "not usable as a secret key"),
        (&["recall", &out, "autisme-1", "--key", &key, "--undo"], "a recall is for good"),
        (&["recall", &out, "autisme-2", "--key", &key], "(`autisme-1`?)"),
        (&["recall", &path("nothing"), "autisme-1", "--key", &key], "`rejoinder publish` is the first step"),
        (&["switch-off", &out, "forum", "--key", &key], "no site adapter `forum`"),
        (&["switch-on", &out, "forum", "--key", &key], "not switched off"),
        (&["rotate", &out, "--to", &other], "say with --key"),
        (&["rotate", &out, "--to", &other, "--key", &other], "is not the key that signs today"),
        (&["rotate", &out, "--to", &other, "--without-old-key"], "was not announced"),
        (&["serve", &path("nothing")], "nothing"),
    ];
    for (arguments, why) in cases {
        let before = read("out/index.json");
        let said = rejoinder(&[arguments, if arguments[0] == "recall" { &later } else { &[] }].concat(), b"");
        assert_eq!(said.code, Some(2), "{arguments:?}: {}", said.out);
        assert!(said.err.contains(why), "{arguments:?}: {}", said.err);
        assert_eq!(read("out/index.json"), before, "{arguments:?}");
    }
    let index = path("out/index.json");
    let right = read("out/index.json");
    std::fs::write(&index, [&right[..], b" "].concat()).expect("written");
    let said = rejoinder(&["sign", &out, "--key", &key], b"");
    assert!(said.code == Some(2) && said.err.contains("not the file that is to be signed"), "{}", said.err);
    std::fs::write(&index, right).expect("written");
    let said = rejoinder(&["sign", &out, "--key", &key], b"");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("signed: index.json") && said.out.contains("a subscriber takes it"), "{}", said.out);
    assert!(!Path::new(&path("out/to-sign.json")).exists());
    assert_eq!(rejoinder(&["verify", &out, "--at", "2026-01-02T00:00:00Z"], b"").code, Some(0));

    // A change of key on two machines: each signs what is its own.
    let dates = ["--issued", "2026-01-03T00:00:00Z"];
    let said =
        rejoinder(&[&["rotate", &out, "--unsigned", "--to", &path("other/minisign.pub")][..], &dates].concat(), b"");
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(!Path::new(&path("out/index.json.minisig")).exists(), "it does not fit any more");
    let said = rejoinder(&[&publish[..4], &["--key", &other]].concat(), b"");
    assert!(said.code == Some(2) && said.err.contains("a change of key waits for a signature"), "{}", said.err);
    let said = rejoinder(&["sign", &out, "--key", &other], b"");
    assert!(said.code == Some(0) && said.out.contains("not complete yet"), "{}{}", said.out, said.err);
    let print = |name: &str| {
        let key = rejoinder_engine::trust::read_key_file(&read(name)).expect("a key");
        rejoinder_engine::trust::fingerprint(&key)
    };
    let next = print("other/minisign.pub");
    for to in [&[][..], &["--to", &path("keys/minisign.pub")], &["--to", "0123 4567"]] {
        let said = rejoinder(&[&["sign", &out, "--key", &key][..], to].concat(), b"");
        assert!(said.code == Some(2) && said.err.contains("nothing was signed"), "{to:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(&format!("this lets key {next} follow key")), "{to:?}: {}", said.err);
        assert!(!Path::new(&path("out/rotations.json")).exists(), "{to:?}");
    }
    // What another machine may have put there.
    let list = read("out/to-sign.json");
    let text = String::from_utf8(list.clone()).expect("UTF-8");
    let other_from = text.replace("{\\\"kind\\\":\\\"rejoinder-rotation\\\"", "{\\\"kind\\\":\\\"rejoinder-index\\\"");
    assert_ne!(other_from, text);
    let mut other_file: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    other_file["files"] = serde_json::json!([{ "name": "../x", "sha256": "", "key": "" }]);
    for (spoilt, why) in
        [(other_from, "not a statement that a key follows"), (other_file.to_string(), "is never signed")]
    {
        std::fs::write(path("out/to-sign.json"), &spoilt).expect("written");
        let said = rejoinder(&["sign", &out, "--key", &key, "--to", &next], b"");
        assert!(said.code == Some(2) && said.err.contains(why), "{spoilt}: {}{}", said.out, said.err);
    }
    std::fs::write(path("out/to-sign.json"), list).expect("written");
    let said = rejoinder(&["sign", &out, "--key", &key, "--to", &next], b"");
    assert!(said.code == Some(0) && said.out.contains("the next key follows this one"), "{}{}", said.out, said.err);

    // And what an index announces.
    let dates = ["--issued", "2026-01-05T00:00:00Z", "--unsigned"];
    let announced = path("keys-2");
    assert_eq!(rejoinder(&["keygen", "--no-password", "--out", &announced], b"").code, Some(0));
    let announced = path("keys-2/minisign.pub");
    let said = rejoinder(&[&["rotate", &out, "--announce", &announced][..], &dates].concat(), b"");
    assert_eq!(said.code, Some(0), "{}", said.err);
    let said = rejoinder(&["sign", &out, "--key", &other], b"");
    assert!(said.code == Some(2) && said.err.contains(&print("keys-2/minisign.pub")), "{}{}", said.out, said.err);
    let said = rejoinder(&["sign", &out, "--key", &other, "--to", &announced], b"");
    assert!(said.code == Some(0) && said.out.contains("signed: index.json"), "{}{}", said.out, said.err);
    let old = path("keys/minisign.pub");
    let said = rejoinder(&["verify", &out, "--key", &old, "--at", "2026-01-04T00:00:00Z"], b"");
    assert!(said.code == Some(0) && said.out.contains("the client changes from"), "{}{}", said.out, said.err);
}

#[test]
fn every_command_has_help_without_jargon() {
    let all = rejoinder(&["--help"], b"");
    for command in
        ["keygen", "check", "test", "publish", "sign", "recall", "switch-off", "switch-on", "rotate", "verify", "serve"]
    {
        assert!(all.out.contains(&format!("  {command} ")), "{command}: {}", all.out);
        let said = rejoinder(&[command, "--help"], b"");
        assert_eq!(said.code, Some(0), "{command}");
        for jargon in ["Ed25519", "TOML", "struct", "stdin"] {
            assert!(!said.out.contains(jargon), "{command}: {jargon}");
        }
    }
}
