//! Prints the budgets of the extension beside what is measured in the real browsers on this machine.

use anyhow::Result;
use rejoinder_e2e::{browser::Kind, budget};

#[tokio::main]
async fn main() -> Result<()> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        eprintln!("measuring in {} …", kind.name());
        rows.extend(budget::measure(kind).await?);
    }
    println!("| what | budget | measured |\n|---|---|---|");
    for row in rows {
        println!("| {} | {} | {} |", row.what, row.budget, row.measured);
    }
    println!("\nmachine: {}", machine());
    Ok(())
}

/// Processor, cores and present load, so that the figures can be judged.
fn machine() -> String {
    let read = |path| fs_err::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu
        .lines()
        .find_map(|l| l.strip_prefix("model name"))
        .map_or("unknown processor", |m| m.trim_start_matches([' ', '\t', ':']));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    format!("{model}, {cores} cores, load {}", load.split_whitespace().take(3).collect::<Vec<_>>().join(" "))
}
