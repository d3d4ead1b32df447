//! Build, demo, test, bench: `cargo xtask help`.

fn main() -> anyhow::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("types") {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/page/wire.ts");
        std::fs::write(path, rejoinder_wire::typescript::module())?;
    }
    Ok(())
}
