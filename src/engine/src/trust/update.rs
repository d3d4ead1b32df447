use super::TrustLimits;
use super::chain::Rotations;
use super::etag::{entity_tag, to_ask_with};
use super::index::{Index, IndexEntry, follows, is_not_early, is_not_expired, open_index};
use super::packs::check_pack;
use super::request::{Answer, File, Request};
use super::state::{Floor, Kept, State};
use super::urgent::{Urgent, open_urgent};
use crate::pack::{Limits, Pack};
use jiff::{SignedDuration, Timestamp};
use rejoinder_wire::{SyncOutcome, SyncRefusal};

/// How much is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The index alone: what is on offer.
    Offer,
    /// The urgent list alone; everything, if another key signed it than the one that is known.
    Urgent,
    /// Index, urgent list and packs.
    Whole,
}

/// What is next.
#[derive(Clone, Debug)]
pub enum Step {
    /// Fetch this and tell [`Update::got`].
    Fetch(Request, Box<Update>),
    /// There is nothing more to ask.
    Done(Box<Done>),
}

/// What an update came to.
#[derive(Clone, Debug)]
pub struct Done {
    /// To be kept in any case. Whatever happened, it holds the last good files.
    pub state: State,
    /// What became of the index; `None`: it was not asked for. `Updated` goes with [`Done::update`].
    pub index: Option<SyncOutcome>,
    /// What became of the urgent list; `None`: it was not asked for.
    pub urgent: Option<SyncOutcome>,
    /// A newer index with all its packs, to be taken ([`State::take`]) or held ([`State::hold`]).
    pub update: Option<Box<NewIndex>>,
    /// The index that was verified, whatever became of its packs; of [`Scope::Offer`], what is on offer.
    pub verified: Option<Index>,
    /// The server failed, or wants to be left alone for so long at least.
    pub wait: Option<SignedDuration>,
}

/// A newer index, everything verified.
#[derive(Clone, Debug, PartialEq)]
pub struct NewIndex {
    /// The index, read.
    pub index: Index,
    /// The index, as received.
    pub kept: Kept,
    /// What the server calls it.
    pub etag: Option<String>,
    /// Its packs, in its order.
    pub packs: Vec<Received>,
    /// The urgent list that came with it, if its key is a new one.
    pub urgent: Option<NewUrgent>,
}

/// An urgent list that counts as soon as the index with its key does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUrgent {
    /// The list, read.
    pub list: Urgent,
    /// The list, as received.
    pub kept: Kept,
    /// What the server calls it.
    pub etag: Option<String>,
}

/// A pack of an update.
#[derive(Clone, Debug, PartialEq)]
pub struct Received {
    /// SHA-256 of its text.
    pub sha256: String,
    /// The pack, read.
    pub pack: Pack,
    /// Its text; `None` when the caller had it already.
    pub text: Option<String>,
}

/// One update of one subscription: what is fetched, in which order, and what is made of it. The order is index, its
/// signature, `rotations.json` (only if the signature is not of a known key), urgent list, its signature, new packs.
/// Recalls count as soon as their file was verified, even if the packs then do not come.
#[derive(Clone, Debug)]
pub struct Update {
    state: State,
    scope: Scope,
    now: Timestamp,
    /// Whether the caller still has all packs of the newest index; if not, it is fetched again whole.
    complete: bool,
    waits: Waits,
    fresh: Option<NewIndex>,
    /// The key that signed the index that came, taken or not.
    signer: Option<String>,
    index: Option<SyncOutcome>,
    urgent: Option<SyncOutcome>,
    wait: Option<SignedDuration>,
}

/// A file that waits for its signature.
#[derive(Clone, Debug)]
struct Unsigned {
    bytes: Vec<u8>,
    etag: Option<String>,
}

/// What the update waits for.
#[derive(Clone, Debug)]
enum Waits {
    Index { conditional: bool },
    IndexSignature(Unsigned),
    Rotations(Unsigned, Vec<u8>),
    Urgent { conditional: bool },
    UrgentSignature(Unsigned),
    Pack,
}

/// Why a file is not there.
enum Lost {
    /// The server answered.
    Answered(SyncOutcome),
    /// Nobody did: nothing more is asked.
    Silence(SyncOutcome),
}

impl From<SyncRefusal> for Lost {
    fn from(refusal: SyncRefusal) -> Lost {
        Lost::Answered(SyncOutcome::Refused { refusal })
    }
}

impl Update {
    /// Begins. `complete`: the caller has all packs of the state's newest index. `now` is the clock of the whole update.
    pub fn begin(state: State, scope: Scope, complete: bool, now: Timestamp) -> Step {
        let waits = Waits::Index { conditional: false };
        let complete = complete && state.has_newest();
        let (fresh, signer, index, urgent, wait) = (None, None, None, None, None);
        let update = Update { state, scope, now, complete, waits, fresh, signer, index, urgent, wait };
        match scope {
            Scope::Urgent => update.ask_urgent(),
            Scope::Offer | Scope::Whole => update.ask_index(),
        }
    }

    /// Goes on with what came of the request. `have` gives the packs that need not be fetched: by [`IndexEntry::sha256`],
    /// the one whose bytes the caller once had from here.
    pub fn got(mut self, answer: Answer, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        if !matches!(answer, Answer::Unreached { .. }) {
            self.state.seen = self.state.seen.max(Some(self.now));
        }
        if let Answer::Failed { wait, .. } = &answer {
            self.wait = self.wait.max(Some(wait.unwrap_or_default()));
        }
        let waits = std::mem::replace(&mut self.waits, Waits::Pack);
        match waits {
            Waits::Index { conditional } => self.got_index(answer, conditional, have),
            Waits::IndexSignature(file) => match body(answer, "the index's signature") {
                Ok((signature, _)) => self.judge_index(file, signature, None, have),
                Err(lost) => self.lost_index(lost, have),
            },
            Waits::Rotations(file, signature) => self.got_rotations(answer, file, signature, have),
            Waits::Urgent { conditional } => self.got_urgent(answer, conditional, have),
            Waits::UrgentSignature(file) => match body(answer, "the urgent list's signature") {
                Ok((signature, _)) => self.judge_urgent(file, &signature, have),
                Err(lost) => self.lost_urgent(lost, have),
            },
            Waits::Pack => match self.got_pack(answer) {
                Ok(()) => self.ask_pack(have),
                Err(lost) => self.lost_packs(lost),
            },
        }
    }

    /// What is known so far. Good at any moment, as [`Done::state`] is: with the first request of a pack it holds all that
    /// was taken back.
    pub fn state(&self) -> &State {
        &self.state
    }

    fn fetch(mut self, request: Request, waits: Waits) -> Step {
        self.waits = waits;
        Step::Fetch(request, Box::new(self))
    }

    fn ask_index(self) -> Step {
        let etag = to_ask_with(self.state.etag.as_ref(), self.state.etag_since, self.now).filter(|_| self.complete);
        let conditional = etag.is_some();
        let request = Request::file(File::Index, "index.json", TrustLimits::INDEX_BYTES, etag);
        self.fetch(request, Waits::Index { conditional })
    }

    fn got_index(mut self, answer: Answer, conditional: bool, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        let valid = self.state.is_current(self.now);
        // Who says "unchanged" though nothing was asked about is told by what has expired meanwhile.
        if answer == Answer::Unchanged && (conditional || self.complete && valid.is_err()) {
            // A server that says "unchanged" for ever must not keep an index alive beyond its validity.
            if valid.is_err() {
                self.state.etag = None;
            }
            self.index = Some(outcome(valid));
            return self.after_index(have);
        }
        let (bytes, etag) = match body(answer, "the index") {
            Ok(body) => body,
            Err(lost) => {
                // It may be the tag that the server does not bear.
                self.state.etag = None;
                return self.lost_index(lost, have);
            }
        };
        if self.complete && self.state.floor.as_ref().is_some_and(|floor| floor.is_of(&bytes)) {
            self.state.etag = etag;
            self.state.etag_since = Some(self.now);
            self.index = Some(outcome(self.state.is_current(self.now)));
            return self.after_index(have);
        }
        let request = Request::file(File::IndexSignature, "index.json.minisig", TrustLimits::SIGNATURE_BYTES, None);
        self.fetch(request, Waits::IndexSignature(Unsigned { bytes, etag }))
    }

    fn got_rotations(
        self,
        answer: Answer,
        file: Unsigned,
        signature: Vec<u8>,
        have: &dyn Fn(&IndexEntry) -> Option<Pack>,
    ) -> Step {
        let walked = match body(answer, "rotations.json") {
            Ok((bytes, _)) => Rotations::read(&bytes).and_then(|chain| self.followers(&chain)).map_err(Lost::from),
            Err(lost @ Lost::Silence(_)) => Err(lost),
            // No chain: the signature is what it was before one was asked for.
            Err(Lost::Answered(_)) => Err(SyncRefusal::Signature.into()),
        };
        match walked {
            Ok(keys) => self.judge_index(file, signature, Some(keys), have),
            Err(lost) => self.lost_index(lost, have),
        }
    }

    /// The keys to which the chain leads: from the key that is known or, if that one states nothing, because it was lost,
    /// from those that it announced, one of which may have come into use and been followed since.
    fn followers(&self, chain: &Rotations) -> Result<Vec<String>, SyncRefusal> {
        let end = chain.follow(&self.state.key)?;
        if end != self.state.key {
            return Ok(vec![end]);
        }
        let ends = self.state.announced.iter().filter_map(|key| chain.follow(key).ok().filter(|end| end != key));
        let ends: Vec<String> = ends.collect();
        if ends.is_empty() { Err(SyncRefusal::Signature) } else { Ok(ends) }
    }

    /// `followers`: the keys at the ends of the chain, if that was walked; no others count then.
    fn judge_index(
        mut self,
        file: Unsigned,
        signature: Vec<u8>,
        followers: Option<Vec<String>>,
        have: &dyn Fn(&IndexEntry) -> Option<Pack>,
    ) -> Step {
        let keys: Vec<&str> = match &followers {
            Some(keys) => keys.iter().map(String::as_str).collect(),
            None => std::iter::once(&self.state.key).chain(&self.state.announced).map(String::as_str).collect(),
        };
        match open_index(&keys, &file.bytes, &signature) {
            Ok((index, key)) => {
                let key = key.to_owned();
                self.signer = Some(key.clone());
                match self.decide(index, key, file, signature) {
                    Ok(Some(fresh)) => self.fresh = Some(fresh),
                    Ok(None) => self.index = Some(SyncOutcome::Current),
                    Err(refusal) => self.index = Some(SyncOutcome::Refused { refusal }),
                }
                self.after_index(have)
            }
            Err(SyncRefusal::Signature) if followers.is_none() && self.scope != Scope::Offer => {
                let request = Request::file(File::Rotations, "rotations.json", TrustLimits::ROTATIONS_BYTES, None);
                self.fetch(request, Waits::Rotations(file, signature))
            }
            Err(refusal) => self.lost_index(refusal.into(), have),
        }
    }

    /// What a verified index is: a newer one, or the one that is known (`None`).
    fn decide(
        &mut self,
        index: Index,
        key: String,
        file: Unsigned,
        signature: Vec<u8>,
    ) -> Result<Option<NewIndex>, SyncRefusal> {
        let same_key = key == self.state.key;
        // Under another key serials begin anew: that is how a publisher recovers from a serial that is too high.
        let floor = self.state.floor.as_ref().filter(|_| same_key);
        let proved = self.state.proved.filter(|_| same_key);
        let newer = follows(floor, index.serial, &file.bytes)?;
        if newer {
            // Before anything else is asked of it: to take back is safe, whatever else is wrong. Also under a key that only
            // follows: until its whole update is there the one before counts, and when it is, that one's recalls go.
            self.state.recall(&index.recalls);
        }
        let clock = if newer { self.now.max(proved.unwrap_or(self.now)) } else { self.state.clock(self.now) };
        is_not_early(index.issued, self.now)?;
        is_not_expired(index.expires, clock)?;
        if !newer && self.complete {
            return Ok(None);
        }
        let kept = Kept { text: text(file.bytes)?, signature: text(signature)?, key };
        Ok(Some(NewIndex { index, kept, etag: file.etag, packs: Vec::new(), urgent: None }))
    }

    fn lost_index(mut self, lost: Lost, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        match lost {
            Lost::Answered(outcome) => {
                self.index = Some(outcome);
                self.after_index(have)
            }
            Lost::Silence(outcome) => {
                self.index = Some(outcome);
                self.done()
            }
        }
    }

    fn after_index(self, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        match self.scope {
            Scope::Offer => self.done(),
            // It was asked for already, and is why the index was.
            Scope::Urgent | Scope::Whole if self.urgent.is_some() => self.after_urgent(have),
            Scope::Urgent | Scope::Whole => self.ask_urgent(),
        }
    }

    fn ask_urgent(self) -> Step {
        let other_key = self.fresh.as_ref().is_some_and(|fresh| fresh.kept.key != self.state.key);
        let etag = to_ask_with(self.state.urgent_etag.as_ref(), self.state.urgent_etag_since, self.now)
            .filter(|_| self.state.urgent.is_some() && !other_key);
        let conditional = etag.is_some();
        let request = Request::file(File::Urgent, "urgent.json", TrustLimits::URGENT_BYTES, etag);
        self.fetch(request, Waits::Urgent { conditional })
    }

    fn got_urgent(mut self, answer: Answer, conditional: bool, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        // As with the index.
        if !matches!(answer, Answer::Body { .. } | Answer::Unchanged) {
            self.state.urgent_etag = None;
        }
        match answer {
            Answer::Unchanged if conditional || self.known_list() != SyncOutcome::Current => {
                let known = self.known_list();
                if known != SyncOutcome::Current {
                    self.state.urgent_etag = None;
                }
                self.urgent = Some(known);
                self.after_urgent(have)
            }
            Answer::Missing => {
                // It may go once an index has overtaken it. Before, somebody hides it, or has made a mistake.
                let known = self.known_list();
                self.urgent = Some(match self.pressing() {
                    Some(list) if known == SyncOutcome::Current => SyncOutcome::Offline {
                        why: format!("urgent.json is not there any more; number {} is still in force", list.serial),
                    },
                    _ => known,
                });
                self.after_urgent(have)
            }
            answer => match body(answer, "urgent.json") {
                Ok((bytes, etag)) => {
                    let known = self.state.urgent.is_some()
                        && self.state.urgent_floor.as_ref().is_some_and(|floor| floor.is_of(&bytes));
                    if known {
                        self.state.urgent_etag = etag;
                        self.state.urgent_etag_since = Some(self.now);
                        self.urgent = Some(self.known_list());
                        return self.after_urgent(have);
                    }
                    let name = "urgent.json.minisig";
                    let request = Request::file(File::UrgentSignature, name, TrustLimits::SIGNATURE_BYTES, None);
                    self.fetch(request, Waits::UrgentSignature(Unsigned { bytes, etag }))
                }
                Err(lost) => self.lost_urgent(lost, have),
            },
        }
    }

    /// The list in force that no index has overtaken, not even the one that has just come.
    fn pressing(&self) -> Option<&Floor> {
        let list = self.state.pressing()?;
        let overtaken = self.fresh.as_ref().is_some_and(|fresh| fresh.index.issued >= list.issued);
        (!overtaken).then_some(list)
    }

    /// What is said of the list in force, or of none.
    fn known_list(&self) -> SyncOutcome {
        match self.pressing() {
            Some(list) => outcome(is_not_expired(list.expires, self.state.clock(self.now))),
            None => SyncOutcome::Current,
        }
    }

    fn judge_urgent(mut self, file: Unsigned, signature: &[u8], have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        let key = self.fresh.as_ref().map_or(&self.state.key, |fresh| &fresh.kept.key).clone();
        let taken = match open_urgent(&[&key], &file.bytes, signature) {
            // A key that is not known yet? The index tells.
            Err(SyncRefusal::Signature) if self.scope == Scope::Urgent => {
                self.scope = Scope::Whole;
                return self.ask_index();
            }
            Err(refusal) => {
                self.recall_by_follower(&file.bytes, signature);
                Err(refusal)
            }
            Ok(list) => self.take_list(list, key, file, signature),
        };
        self.urgent = Some(taken.unwrap_or_else(|refusal| SyncOutcome::Refused { refusal }));
        self.after_urgent(have)
    }

    /// Heeds what a list takes back whose key signed an index that was refused: that index has expired, say.
    fn recall_by_follower(&mut self, bytes: &[u8], signature: &[u8]) {
        let signer = self.signer.as_deref().filter(|_| self.fresh.is_none());
        if let Some(Ok(list)) = signer.map(|key| open_urgent(&[key], bytes, signature)) {
            self.state.recall(&list.recalls);
        }
    }

    /// Puts a verified list in force if it is a newer one.
    fn take_list(
        &mut self,
        list: Urgent,
        key: String,
        file: Unsigned,
        signature: &[u8],
    ) -> Result<SyncOutcome, SyncRefusal> {
        let same_key = key == self.state.key;
        let floor = self.state.urgent_floor.as_ref().filter(|_| same_key);
        let newer = follows(floor, list.serial, &file.bytes)?;
        // Even if it has expired: to take back is safe.
        self.state.recall(&list.recalls);
        let proved = self.state.proved.filter(|_| same_key);
        is_not_early(list.issued, self.now)?;
        is_not_expired(list.expires, self.now.max(proved.unwrap_or(self.now)))?;
        let kept = Kept { text: text(file.bytes)?, signature: text(signature.to_vec())?, key };
        match &mut self.fresh {
            Some(fresh) if !same_key => fresh.urgent = Some(NewUrgent { list, kept, etag: file.etag }),
            _ => self.state.urge(kept, &list, file.etag, self.now),
        }
        Ok(if newer { SyncOutcome::Updated } else { SyncOutcome::Current })
    }

    fn lost_urgent(mut self, lost: Lost, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        let (Lost::Answered(outcome) | Lost::Silence(outcome)) = lost;
        self.urgent = Some(outcome);
        self.after_urgent(have)
    }

    fn after_urgent(self, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        if self.fresh.is_some() { self.ask_pack(have) } else { self.done() }
    }

    /// Takes the packs that are there already, and asks for the next that is not.
    fn ask_pack(mut self, have: &dyn Fn(&IndexEntry) -> Option<Pack>) -> Step {
        while let Some(fresh) = &mut self.fresh
            && let Some(entry) = fresh.index.packs.get(fresh.packs.len())
        {
            match have(entry).filter(|pack| pack.id == entry.id && pack.version == entry.version) {
                Some(pack) => {
                    let sha256 = entry.sha256.clone();
                    fresh.packs.push(Received { sha256, pack, text: None });
                }
                None => {
                    let limit = entry.size.min(Limits::PACK_BYTES as u64);
                    let request = Request { file: File::Pack, name: entry.url.clone(), limit, etag: None };
                    return self.fetch(request, Waits::Pack);
                }
            }
        }
        self.done()
    }

    fn got_pack(&mut self, answer: Answer) -> Result<(), Lost> {
        let Some(fresh) = &mut self.fresh else { return Ok(()) };
        let Some(entry) = fresh.index.packs.get(fresh.packs.len()) else { return Ok(()) };
        let (bytes, _) = body(answer, &entry.url)?;
        let pack = check_pack(entry, &bytes)?;
        let text = Some(text(bytes)?);
        fresh.packs.push(Received { sha256: entry.sha256.clone(), pack, text });
        Ok(())
    }

    /// All packs or none.
    fn lost_packs(mut self, lost: Lost) -> Step {
        let (Lost::Answered(outcome) | Lost::Silence(outcome)) = lost;
        self.index = Some(outcome);
        let verified = self.fresh.take().map(|fresh| fresh.index);
        self.finish(verified)
    }

    fn done(mut self) -> Step {
        if self.fresh.is_some() {
            self.index = Some(SyncOutcome::Updated);
        }
        let verified = self.fresh.as_ref().map(|fresh| fresh.index.clone());
        self.finish(verified)
    }

    fn finish(self, verified: Option<Index>) -> Step {
        let update = self.fresh.filter(|_| self.scope != Scope::Offer).map(Box::new);
        Step::Done(Box::new(Done {
            state: self.state,
            index: self.index,
            urgent: self.urgent,
            update,
            verified,
            wait: self.wait,
        }))
    }
}

impl NewIndex {
    /// Whether its packs are those of another index, so that it changes nothing that a person would be asked about.
    pub fn has_packs_of(&self, index: &Index) -> bool {
        let of = |index: &Index| -> Vec<(String, String)> {
            let mut packs: Vec<_> = index.packs.iter().map(|e| (e.id.clone(), e.sha256.clone())).collect();
            packs.sort();
            packs
        };
        of(&self.index) == of(index)
    }
}

/// The bytes of an answer.
fn body(answer: Answer, name: &str) -> Result<(Vec<u8>, Option<String>), Lost> {
    let offline = |why: String| SyncOutcome::Offline { why };
    match answer {
        Answer::Body { bytes, etag } => Ok((bytes, entity_tag(etag))),
        Answer::Unchanged => Err(Lost::Answered(offline(format!("{name}: unchanged, though nothing was known")))),
        Answer::Missing => Err(Lost::Answered(offline(format!("{name}: not there")))),
        Answer::Failed { why, .. } => Err(Lost::Answered(offline(why))),
        Answer::Unreached { why } => Err(Lost::Silence(offline(why))),
        Answer::Refused(refusal) => Err(refusal.into()),
    }
}

fn outcome(valid: Result<(), SyncRefusal>) -> SyncOutcome {
    match valid {
        Ok(()) => SyncOutcome::Current,
        Err(refusal) => SyncOutcome::Refused { refusal },
    }
}

fn text(bytes: Vec<u8>) -> Result<String, SyncRefusal> {
    String::from_utf8(bytes).map_err(|e| SyncRefusal::Malformed { why: e.to_string() })
}
