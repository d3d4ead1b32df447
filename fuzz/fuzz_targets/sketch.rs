//! Any sketch has posts or none; what is found in it, and learnt from it, is a usable adapter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::page;
use rejoinder_wire::{Sketch, SketchNode};

/// Tags, classes and texts that mean something to the search.
const WORDS: [&str; 16] = [
    "div", "article", "td", "blockquote", "post", "comment", "date", "sig", "12 mars 2026", "il y a 3 jours", "Bonjour à tous",
    "un texte assez long pour être celui de quelqu'un, et plus", "a", "2026-03-01T10:00", "https://schema.org/Comment", "text",
];

fuzz_target!(|bytes: &[u8]| {
    let mut nodes = vec![SketchNode { tag: "body".into(), nth: 1, ..SketchNode::default() }];
    // Four bytes a node: how far up its parent is, what it is, and what is said of it.
    for chunk in bytes.chunks_exact(4) {
        let mut parent = nodes.len() - 1;
        for _ in 0..chunk[0] % 6 {
            parent = nodes[parent].parent as usize;
        }
        if nodes[parent].tag.is_empty() {
            parent = nodes[parent].parent as usize;
        }
        let word = |byte: u8| WORDS[usize::from(byte) % WORDS.len()].to_owned();
        let mut node = SketchNode { parent: parent as u32, ..SketchNode::default() };
        if chunk[1] % 3 == 0 {
            node.text = word(chunk[2]);
            node.length = node.text.encode_utf16().count() as u32;
        } else {
            node.tag = WORDS[usize::from(chunk[1]) % 4].to_owned();
            node.nth = u32::from(chunk[1]);
            let names = ["class", "id", "datetime", "itemtype", "itemprop", "role", "title", "href"];
            node.attributes.insert(names[usize::from(chunk[3]) % names.len()].to_owned(), word(chunk[2]));
        }
        nodes.push(node);
    }
    let count = nodes.len() as u32;
    let data = String::from_utf8_lossy(bytes).into_owned();
    let sketch = Sketch { nodes, data: vec![data] };
    page::find(&sketch);
    page::find_generic(&sketch);
    page::learn(&sketch, &[count / 2, count / 3], &[count / 4], &[count / 5, count]);
});
