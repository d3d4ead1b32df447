//! The performance domains of the engine: build, load, first match, match, memory. `cargo bench -p rejoinder-engine`.
//!
//! Words and posts are synthetic (a fixed generator, no crawl): ten literals in a rule, and posts in which one word in
//! twenty is a literal of the first hundred rules, so that more rules add literals and no hits but by chance. The peer
//! in the same run is a bare automaton pass with the same literals over the same text, already folded: what no matcher
//! built on it can beat.

mod made_up;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use cap::Cap;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use daachorse::DoubleArrayAhoCorasick;
use made_up::{Dice, pack, posts};
use rejoinder_engine::Engine;
use rejoinder_engine::pack::Pack;
use rejoinder_wire::Post;
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: Cap<std::alloc::System> = Cap::new(std::alloc::System, usize::MAX);

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
