//! Any bytes are a pack or are refused; a pack that is not refused makes an engine that reads.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::{Engine, pack::Pack};
use rejoinder_wire::Post;

fuzz_target!(|bytes: &[u8]| {
    let Ok(pack) = Pack::from_json(bytes) else { return };
    let texts: Vec<String> = pack.claims.iter().flat_map(|c| c.must.iter().chain(&c.must_not)).cloned().collect();
    let engine = Engine::new(&[pack]).expect("a pack that is not refused");
    for text in texts.into_iter().take(8) {
        engine.read(&Post::own(0, text));
    }
});
