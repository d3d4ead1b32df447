//! What pack authors need: reading a pack's folder with every problem at its place, running the pack's own tests,
//! scanning posts, and publishing signed packs. The program `rejoinder` is a thin layer above.

pub mod pack;
