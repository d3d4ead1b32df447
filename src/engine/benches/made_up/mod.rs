//! Made-up rules and posts, the same in every run and on every machine. Also what the peers in a browser read
//! (`tests/peers`).

use rejoinder_engine::pack::{Claim, Pack};
use rejoinder_wire::Post;

/// A small fixed generator (xorshift32): the same words on every machine.
pub(crate) struct Dice(pub(crate) u32);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % sides
    }

    fn word(&mut self) -> String {
        const ONSETS: [&str; 14] = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch"];
        const NUCLEI: [&str; 8] = ["a", "e", "i", "o", "u", "ou", "é", "an"];
        // Three or more: with two, half of all words would be literals by chance.
        let syllables = 3 + self.roll(3);
        (0..syllables).map(|_| format!("{}{}", ONSETS[self.roll(14)], NUCLEI[self.roll(8)])).collect()
    }
}

/// Rules of ten literals each: `(a OR … ) NEAR/6 (f OR …)`.
pub(crate) fn pack(rules: usize, dice: &mut Dice) -> (Pack, Vec<String>) {
    let mut literals = Vec::new();
    let claims = (0..rules)
        .map(|i| {
            let words: Vec<String> = (0..10).map(|_| dice.word()).collect();
            let rule = format!("({}) NEAR/6 ({})", words[..5].join(" OR "), words[5..].join(" OR "));
            literals.extend(words);
            Claim { id: format!("C{i}"), title: "c".into(), harm: 1, rule, ..Claim::default() }
        })
        .collect();
    (Pack { id: "bench".into(), version: "1.0.0".into(), claims, ..Pack::default() }, literals)
}

/// Posts of so many bytes in which one word in twenty is one of `literals`.
pub(crate) fn posts(bytes: usize, literals: &[String], dice: &mut Dice) -> Vec<Post> {
    let (mut posts, mut held) = (Vec::new(), 0);
    while held < bytes {
        let mut text = String::new();
        for n in 0..60 {
            let word = if dice.roll(20) == 0 { literals[dice.roll(literals.len())].clone() } else { dice.word() };
            text.push_str(&word);
            text.push_str(if n % 12 == 11 { ". " } else { " " });
        }
        held += text.len();
        posts.push(Post::own(u32::try_from(posts.len()).unwrap_or(0), text));
    }
    posts
}
