//! Any bytes are a saved engine or are refused; also when the hash before them fits, as damage in memory could make it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::Engine;

fuzz_target!(|bytes: &[u8]| {
    let _ = Engine::load(bytes);
    let _ = Engine::load(&Engine::sealed(bytes));
});
