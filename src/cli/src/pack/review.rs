use super::problem::{Place, Problem};
use super::{Authored, MANIFEST};
use crate::publish::{PublishOptions, Published};
use crate::publish::{id, ids};
use crate::sha256::sha256;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rejoinder_engine::pack::{Pack, Step};
use rejoinder_wire::ChangeOf;
use semver::Version;
use std::collections::BTreeSet;

/// Looks, in packs that are sound, for what would hurt those who have an earlier publication, or would soon: versions that
/// were not raised, ids that go or come back, cards that expire. What is found is among the problems of the packs.
pub fn review(packs: &mut [Authored], published: &Published, options: &PublishOptions) {
    if packs.iter().any(|pack| pack.errors() > 0) {
        return;
    }
    for pack in packs.iter_mut() {
        pack.review_version(published);
        pack.review_dates(options);
        pack.review_reuse(published);
        pack.sort();
    }
    review_removed(packs, published, options);
}

/// An id that goes, goes for good: only if that was said.
fn review_removed(packs: &mut [Authored], published: &Published, options: &PublishOptions) {
    let new: Vec<Pack> = packs.iter().map(|pack| pack.pack.clone()).collect();
    let there = ids(&new);
    let mut recalled = published.recalls();
    recalled.extend(options.recalls.iter().cloned());
    let is_retired = |id: &str| options.retire.iter().any(|retired| retired == id);
    for old in &published.packs {
        if is_retired(&old.id) {
            continue;
        }
        let pack = packs.iter().position(|pack| pack.pack.id == old.id);
        for gone in ids(std::slice::from_ref(old)).difference(&there) {
            let (kind, name) = gone.split_once(' ').unwrap_or_default();
            // The things of a pack that is gone are told with it.
            let is_told = pack.is_none() && kind != "pack";
            if is_told || is_retired(name) || (kind == "card" && recalled.contains(name)) {
                continue;
            }
            let at = match pack {
                Some(at) => format!("{}/{MANIFEST}", packs[at].folder()),
                None => published.folder.display().to_string(),
            };
            let problem = Problem::error(format!("{kind} `{name}` was published and is gone"), Place::File(at));
            let help = format!(
                "put it back; or say `--retire {name}`, if it is to go for good: its id can never be used again"
            );
            packs[pack.unwrap_or(0)].problems.push(problem.help(Some(help)));
        }
    }
}

impl Authored {
    fn place(&self, list: Option<(&'static str, usize)>, field: &'static str) -> Place {
        let (file, steps) = match list {
            Some((list, index)) => {
                let (file, local) = self.origins[list][index];
                (file, vec![Step::Field(list), Step::Index(local), Step::Field(field)])
            }
            None => (0, vec![Step::Field(field)]),
        };
        Place::Text(file, self.sources[file].place(&steps, None))
    }

    fn review_version(&mut self, published: &Published) {
        let entry = published.index.iter().flat_map(|index| &index.packs).find(|entry| entry.id == self.pack.id);
        let Some(entry) = entry else { return };
        let (Ok(new), Ok(old)) = (Version::parse(&self.pack.version), Version::parse(&entry.version)) else { return };
        let higher = Version::new(old.major, old.minor, old.patch + 1);
        let message = if new < old {
            format!("version {new} is lower than {old}, which is published already")
        } else if new == old && serde_json::to_vec(&self.pack).is_ok_and(|bytes| sha256(&bytes) != entry.sha256) {
            format!("pack `{}` changed since version {old} was published", self.pack.id)
        } else {
            return;
        };
        let place = self.place(None, "version");
        self.problems.push(Problem::error(message, place).help(Some(format!("raise it, to {higher} or more"))));
    }

    fn review_dates(&mut self, options: &PublishOptions) {
        let day = |time: jiff::Timestamp| time.to_zoned(TimeZone::UTC).date();
        let (issued, expires) = (day(options.issued), day(options.expires));
        let named = self.pack.named_helplines();
        for (index, line) in self.pack.helplines.iter().enumerate().filter(|(_, line)| !line.ended) {
            let Ok(last) = line.expires_on.parse::<Date>() else { continue };
            let place = self.place(Some(("helpline", index)), "expires_on");
            let problem = if last < issued && named.contains(line.id.as_str()) {
                let last = &line.expires_on;
                Problem::error(
                    format!("helpline `{}` was to be checked again by {last}, and a card names it", line.id),
                    place,
                )
            } else if last < expires {
                Problem::warning(
                    format!("the check of helpline `{}` runs out before this publication does ({expires})", line.id),
                    place,
                )
            } else {
                continue;
            };
            self.problems.push(problem.help(Some(
                "call it, and set `checked` and `expires_on`; or say that nobody answers any more: `ended = true`",
            )));
        }
        for (index, card) in self.pack.cards.iter().enumerate() {
            let Ok(last) = card.expires_on.parse::<Date>() else { continue };
            let place = self.place(Some(("card", index)), "expires_on");
            let problem = if last < issued {
                Problem::error(format!("card `{}` has expired: no client inserts it", card.id), place)
                    .help(Some("have it validated again and set its new last day, or take it out and recall it"))
            } else if last < expires {
                Problem::warning(format!("card `{}` expires before this publication does ({expires})", card.id), place)
                    .help(Some("have it validated again before that day, and publish again"))
            } else {
                continue;
            };
            self.problems.push(problem);
        }
    }

    fn review_reuse(&mut self, published: &Published) {
        let retired: &BTreeSet<String> = &published.changelog.retired;
        let pack = &self.pack;
        let lists = [
            (ChangeOf::Topic, "topic", pack.topics.iter().map(|t| &t.id).collect::<Vec<_>>()),
            (ChangeOf::Claim, "claim", pack.claims.iter().map(|c| &c.id).collect()),
            (ChangeOf::Card, "card", pack.cards.iter().map(|c| &c.id).collect()),
            (ChangeOf::Helpline, "helpline", pack.helplines.iter().map(|h| &h.id).collect()),
            (ChangeOf::Site, "site", pack.sites.iter().map(|s| &s.id).collect()),
        ];
        let mut found = Vec::new();
        if retired.contains(&id(ChangeOf::Pack, &pack.id)) {
            found.push((id(ChangeOf::Pack, &pack.id), self.place(None, "id")));
        }
        for (of, list, names) in lists {
            for (index, name) in names.into_iter().enumerate().filter(|(_, name)| retired.contains(&id(of, name))) {
                found.push((id(of, name), self.place(Some((list, index)), "id")));
            }
        }
        // A card that was taken back does not come back either: no client would insert it.
        for (index, card) in pack.cards.iter().enumerate() {
            let was_there = published.packs.iter().flat_map(|p| &p.cards).any(|c| c.id == card.id);
            if published.recalls().contains(&card.id) && !was_there && !retired.contains(&id(ChangeOf::Card, &card.id))
            {
                found.push((id(ChangeOf::Card, &card.id), self.place(Some(("card", index)), "id")));
            }
        }
        for (what, place) in found {
            let (kind, name) = what.split_once(' ').unwrap_or_default();
            let problem = Problem::error(format!("{kind} `{name}` was published before and went for good"), place);
            self.problems.push(problem.help(Some("give it another id: ids are never used again")));
        }
    }
}
