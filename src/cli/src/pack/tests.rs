use rejoinder_engine::Engine;
use rejoinder_engine::pack::{Pack, PackError, Step};
use rejoinder_wire::Post;

/// How a claim's own tests went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimTests {
    /// Id of the claim.
    pub claim: String,
    /// Texts in which it must be found.
    pub must: Tally,
    /// Texts in which it must not be found as asserted.
    pub must_not: Tally,
    /// Known gaps; passing: those that are none any more.
    pub todo: Tally,
}

/// How many tests passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that passed.
    pub passed: usize,
    /// All.
    pub all: usize,
}

/// The known gaps that are none any more: index of the claim, index in its `todo`.
pub(super) fn mended(pack: &Pack) -> Vec<(usize, usize)> {
    // A pack that no engine can be made of is refused elsewhere.
    let Ok(engine) = Engine::new(std::slice::from_ref(pack)) else { return Vec::new() };
    let asserted = |claim: &str, text: &str| {
        let findings = engine.read(&Post::own(0, text));
        findings.iter().any(|f| f.claim == claim && f.is_put_forward())
    };
    let mut mended = Vec::new();
    for (index, claim) in pack.claims.iter().enumerate() {
        let gaps = claim.todo.iter().enumerate();
        mended.extend(gaps.filter(|(_, text)| asserted(&claim.id, text)).map(|(gap, _)| (index, gap)));
    }
    mended
}

pub(super) fn count(pack: &Pack, failing: &[PackError], mended: &[(usize, usize)]) -> Vec<ClaimTests> {
    let failed = |claim: usize, list: &str| {
        let of_list = |error: &&PackError| {
            matches!(error.path.0.as_slice(),
                [Step::Field("claim"), Step::Index(index), Step::Field(name), ..] if *index == claim && *name == list)
        };
        failing.iter().filter(of_list).count()
    };
    let tally = |all: usize, failed: usize| Tally { passed: all.saturating_sub(failed), all };
    let claims = pack.claims.iter().enumerate();
    claims
        .map(|(index, claim)| ClaimTests {
            claim: claim.id.clone(),
            must: tally(claim.must.len(), failed(index, "must")),
            must_not: tally(claim.must_not.len(), failed(index, "must_not")),
            todo: Tally { passed: mended.iter().filter(|m| m.0 == index).count(), all: claim.todo.len() },
        })
        .collect()
}
