//! Any text is a query or is refused at a place in it; what is a query can be said in words and looked over.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rejoinder_engine::query::{Speech, describe, lint, parse, parse_term};

fuzz_target!(|query: &str| {
    match parse(query) {
        Ok(tree) => {
            assert!(!describe(&tree, Speech::French).is_empty());
            for found in lint(query) {
                assert!(query.get(found.at.clone()).is_some(), "{found:?}");
            }
        }
        Err(e) => assert!(query.get(e.at.clone()).is_some(), "{e:?}"),
    }
    if let Err(e) = parse_term(query) {
        assert!(query.get(e.at.clone()).is_some(), "{e:?}");
    }
});
