//! The selectors of site adapters, read as a browser would read them.

use rejoinder_engine::pack::{Pack, PackError, PackErrorKind, Path};
use rejoinder_wire::Generation;
use scraper::Selector;

/// Every selector that is none.
pub(super) fn check(pack: &Pack) -> Vec<PackError> {
    let mut wrong = Vec::new();
    for (i, site) in pack.sites.iter().enumerate() {
        for (j, generation) in site.generations.iter().enumerate() {
            let path = Path::default().field("site").index(i).field("generation").index(j);
            let bad = all(generation, &path).into_iter().filter_map(|(path, selector)| {
                let why = Selector::parse(selector).err()?;
                Some(PackError::at(path, PackErrorKind::NoSelector(why.to_string())))
            });
            wrong.extend(bad);
        }
    }
    wrong
}

fn all<'g>(generation: &'g Generation, path: &Path) -> Vec<(Path, &'g str)> {
    let one = [
        ("detect", &generation.detect),
        ("post", &generation.post),
        ("body", &generation.body),
        ("title", &generation.title),
        ("mine", &generation.mine),
        ("time", &generation.time),
        ("permalink", &generation.permalink),
        ("reply", &generation.reply),
        ("truncated", &generation.truncated),
        ("opener", &generation.opener),
        ("account", &generation.account),
    ];
    let lists = [
        ("quote", &generation.quote),
        ("signature", &generation.signature),
        ("drop", &generation.drop),
        ("ad", &generation.ad),
        ("parent", &generation.parent),
        ("composer", &generation.composer),
    ];
    let one = one.into_iter().filter(|(_, selector)| !selector.is_empty());
    let one = one.map(|(field, selector)| (path.field(field), selector.as_str()));
    let lists = lists.into_iter().flat_map(|(field, list)| {
        list.iter().enumerate().map(move |(i, selector)| (path.field(field).index(i), selector.as_str()))
    });
    one.chain(lists).collect()
}
