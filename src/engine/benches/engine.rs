//! The performance domains of the engine: build, load, first match, match, memory. `cargo bench -p rejoinder-engine`.
//!
//! Words and posts are synthetic (a fixed generator, no crawl): ten literals in a rule, and posts in which one word in
//! twenty is a literal of the first hundred rules, so that more rules add literals and no hits but by chance. The peer
//! in the same run is a bare automaton pass with the same literals over the same text, already folded: what no matcher
//! built on it can beat.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use cap::Cap;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::DoubleArrayAhoCorasick;
use rejoinder_engine::{
    Engine,
    pack::{Claim, Pack},
};
use rejoinder_wire::Post;
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: Cap<std::alloc::System> = Cap::new(std::alloc::System, usize::MAX);

/// A small fixed generator (xorshift32): the same words on every machine.
struct Dice(u32);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
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
fn pack(rules: usize, dice: &mut Dice) -> (Pack, Vec<String>) {
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

fn posts(bytes: usize, literals: &[String], dice: &mut Dice) -> Vec<Post> {
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

fn folded(posts: &[Post]) -> Vec<String> {
    posts.iter().flat_map(|p| &p.parts).map(|p| p.text.replace('é', "e").replace('.', " ")).collect()
}

/// Bytes of the posts that are read.
const POSTS: usize = 1_000_000;

fn domains(c: &mut Criterion) {
    let mut dice = Dice(0x5eed_1234);
    let (all, literals) = pack(10_000, &mut dice);
    let of = |rules: usize| [Pack { claims: all.claims[..rules].to_vec(), ..all.clone() }];
    let posts = posts(POSTS, &literals[..1_000], &mut dice);
    let bytes: usize = posts.iter().flat_map(|p| &p.parts).map(|p| p.text.len()).sum();

    let thousand = of(1_000);
    let before = ALLOCATOR.allocated();
    let engine = Engine::new(&thousand).expect("the pack is sound");
    let saved = engine.save();
    println!(
        "memory: engine of {} rules, 10,000 literals holds {} KiB, of which the automaton {} KiB; saved {} KiB",
        engine.rules(),
        (ALLOCATOR.allocated() - before - saved.len()) / 1024,
        engine.automaton_bytes() / 1024,
        saved.len() / 1024
    );

    c.bench_function("build/1000 rules", |b| b.iter(|| Engine::new(black_box(&thousand))));
    c.bench_function("load/1000 rules", |b| b.iter(|| Engine::load(black_box(&saved))));
    c.bench_function("first match/1000 rules, one post", |b| {
        b.iter(|| Engine::load(black_box(&saved)).map(|engine| engine.read(&posts[0])));
    });

    let mut group = c.benchmark_group("match");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    for rules in [100, 1_000, 10_000] {
        let engine = Engine::new(&of(rules)).expect("the pack is sound");
        group.bench_function(format!("engine, {rules} rules"), |b| {
            b.iter(|| posts.iter().map(|post| engine.read(black_box(post)).len()).sum::<usize>());
        });
    }
    group.finish();

    // Which automaton from how many literals on: see `MANY` in automaton.rs.
    let texts = folded(&posts);
    let mut group = c.benchmark_group("automaton");
    group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
    for count in [100, 500, 1_000, 10_000, 100_000] {
        let mut plain: Vec<String> = literals[..count].iter().map(|l| l.replace('é', "e")).collect();
        plain.sort();
        plain.dedup();
        let one = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&plain).expect("it builds");
        group.bench_function(format!("aho-corasick, {count} literals"), |b| {
            b.iter(|| texts.iter().map(|t| one.find_overlapping_iter(black_box(t)).count()).sum::<usize>());
        });
        let other = DoubleArrayAhoCorasick::<u32>::new(&plain).expect("it builds");
        group.bench_function(format!("daachorse, {count} literals"), |b| {
            b.iter(|| texts.iter().map(|t| other.find_overlapping_iter(black_box(t)).count()).sum::<usize>());
        });
    }
    group.finish();
}

criterion_group!(benches, domains);
criterion_main!(benches);
