//! Steps of a longer task: run in order, timed, summed up at the end.

use crate::process::say;
use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// How a step ended, when it did not fail.
pub(crate) enum Outcome {
    /// All was looked at and is in order.
    Passed,
    /// Something could not be looked at; the reason is shown to the reader.
    Skipped(String),
}

/// One step.
pub(crate) struct Step {
    /// What `--only` and `--skip` call it.
    pub(crate) name: &'static str,
    /// What it looks at.
    pub(crate) what: &'static str,
    /// The step whose failure makes this one pointless.
    pub(crate) needs: Option<&'static str>,
    /// Does it.
    pub(crate) work: fn() -> Result<Outcome>,
}

enum Ended {
    Passed,
    Skipped(String),
    Failed(String),
}

/// Runs those of `steps` that are asked for, all of them even when one fails, and prints a table.
///
/// # Errors
/// When a name is unknown or a step failed.
pub(crate) fn run(steps: &[Step], only: &[String], skip: &[String]) -> Result<()> {
    let known: Vec<&str> = steps.iter().map(|step| step.name).collect();
    if let Some(unknown) = only.iter().chain(skip).find(|name| !known.contains(&name.as_str())) {
        bail!("no step is called {unknown}; there are {}", known.join(", "));
    }
    let named = |names: &[String], step: &Step| names.iter().any(|name| name == step.name);
    let chosen: Vec<&Step> =
        steps.iter().filter(|step| (only.is_empty() || named(only, step)) && !named(skip, step)).collect();
    let mut ended: Vec<(&Step, Ended, Duration)> = Vec::new();
    for (number, step) in chosen.iter().enumerate() {
        say(format!("[{}/{}] {}: {}", number + 1, chosen.len(), step.name, step.what));
        let started = Instant::now();
        let failed =
            ended.iter().find(|(done, end, _)| step.needs == Some(done.name) && matches!(end, Ended::Failed(_)));
        let end = match failed {
            Some((needed, ..)) => Ended::Skipped(format!("{} failed", needed.name)),
            None => match (step.work)() {
                Ok(Outcome::Passed) => Ended::Passed,
                Ok(Outcome::Skipped(why)) => Ended::Skipped(why),
                Err(error) => Ended::Failed(format!("{error:#}")),
            },
        };
        if let Ended::Failed(why) = &end {
            eprintln!("{} failed: {why}", step.name);
        }
        ended.push((step, end, started.elapsed()));
    }
    let failures = table(&ended);
    if failures > 0 {
        bail!("{failures} of {} steps failed", ended.len());
    }
    Ok(())
}

fn table(ended: &[(&Step, Ended, Duration)]) -> usize {
    eprintln!();
    for (step, end, time) in ended {
        let (mark, why) = match end {
            Ended::Passed => ("passed", ""),
            Ended::Skipped(why) => ("skipped", why.as_str()),
            Ended::Failed(why) => ("FAILED", why.lines().next().unwrap_or_default()),
        };
        eprintln!("  {mark:<8} {:>7.1} s  {:<14} {why}", time.as_secs_f32(), step.name);
    }
    let total: Duration = ended.iter().map(|(_, _, time)| *time).sum();
    eprintln!("  {:<8} {:>7.1} s\n", "", total.as_secs_f32());
    ended.iter().filter(|(_, end, _)| matches!(end, Ended::Failed(_))).count()
}
