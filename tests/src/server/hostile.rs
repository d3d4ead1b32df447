//! A page that makes life hard: nothing may be loaded or made from text, every attempt is reported, it is long, it
//! changes while it is read, and it watches for changes that are not its own.

use std::fmt::Write as _;

/// Its policy. Its own style and script carry the nonce; Firefox itself asks for the icon.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'nonce-hostile'; style-src 'nonce-hostile'; \
     img-src 'self'; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /report";

/// One post of so many is risky, the first one included.
pub const RISKY_EVERY: usize = 100;

/// How the longest post ends: what stands there must be found as well.
pub const LAST_WORDS: &str = "Et pour finir, la rougeole est une maladie bénigne.";

const BENIGN: &[&str] = &[
    "On a rendez-vous mardi chez le pédiatre, je vous raconterai.",
    "Ma fille dort enfin la nuit, cinq heures de suite, quel bonheur.",
    "Quelqu'un connaît une bonne crèche près de la gare ?",
    "Le carnet de santé est resté chez mamie, comme d'habitude !",
    "Chez nous la diversification a commencé par la courge, il en redemande.",
];

/// The text of a post by its number, from 0.
pub fn post(number: usize) -> String {
    if number == RISKY_EVERY / 2 {
        let filling = "Longue histoire, je vous raconte tout depuis le début, avec les détails. ".repeat(400);
        return format!("{filling}{LAST_WORDS}");
    }
    if number.is_multiple_of(RISKY_EVERY) {
        return format!("Message {number} : le vaccin ROR provoque l'autisme.");
    }
    format!("Message {number}. {}", BENIGN[number % BENIGN.len()])
}

/// How many claims are to be found in a page of so many posts.
pub fn findings(count: usize) -> usize {
    count.div_ceil(RISKY_EVERY) + usize::from(count > RISKY_EVERY / 2)
}

/// A page of so many posts, each filled up to so many characters.
pub(super) fn page(count: usize, filled: usize) -> String {
    let mut posts = String::new();
    for number in 0..count {
        let _ = writeln!(
            posts,
            "<article class=\"comment\" id=\"c{number}\"><header><b>Membre {}</b> \
             <time datetime=\"2026-03-01T10:{:02}:00Z\">1er mars</time></header>\
             <div class=\"comment-body\"><p>{}</p></div></article>",
            number % 37,
            number % 60,
            fill(post(number), filled)
        );
    }
    include_str!("../../pages/hostile.html").replace("{posts}", &posts)
}

fn fill(mut text: String, characters: usize) -> String {
    for sentence in BENIGN.iter().cycle() {
        if text.chars().count() >= characters {
            break;
        }
        text.push(' ');
        text.push_str(sentence);
    }
    text
}
