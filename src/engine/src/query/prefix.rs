use super::Field;
use super::condition::{Key, Quantity};
use crate::language::Language;
use crate::text::{Keep, fold};
use rejoinder_wire::Stance;

/// What a prefix (`case:`, `lex:`, `title:`, …) makes of what stands behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Case,
    Accent,
    Exact,
    Raw,
    Stem(Option<Language>),
    Lemma,
    Sound,
    Emoji,
    Lexicon,
    Rule,
    Field(Field),
    Stance(Stance),
    /// `quotes:yes`: the whole query reads quoted words too.
    Quotes,
    Condition(Key),
    /// Refused, with the reason.
    Author,
}

/// Every prefix, folded: English and French names.
const PREFIXES: &[(&str, Prefix)] = &[
    ("case", Prefix::Case),
    ("casse", Prefix::Case),
    ("accent", Prefix::Accent),
    ("exact", Prefix::Exact),
    ("raw", Prefix::Raw),
    ("brut", Prefix::Raw),
    ("stem", Prefix::Stem(None)),
    ("radical", Prefix::Stem(None)),
    ("stem-fr", Prefix::Stem(Some(Language::French))),
    ("stem-en", Prefix::Stem(Some(Language::English))),
    ("lemma", Prefix::Lemma),
    ("forme", Prefix::Lemma),
    ("sound", Prefix::Sound),
    ("son", Prefix::Sound),
    ("emoji", Prefix::Emoji),
    ("lex", Prefix::Lexicon),
    ("rule", Prefix::Rule),
    ("regle", Prefix::Rule),
    ("title", Prefix::Field(Field::Title)),
    ("titre", Prefix::Field(Field::Title)),
    ("body", Prefix::Field(Field::Body)),
    ("text", Prefix::Field(Field::Body)),
    ("texte", Prefix::Field(Field::Body)),
    ("parent", Prefix::Field(Field::Parent)),
    ("root", Prefix::Field(Field::Root)),
    ("racine", Prefix::Field(Field::Root)),
    ("quote", Prefix::Field(Field::Quote)),
    ("cite", Prefix::Field(Field::Quote)),
    ("denied", Prefix::Stance(Stance::Denies)),
    ("nie", Prefix::Stance(Stance::Denies)),
    ("affirmed", Prefix::Stance(Stance::Asserts)),
    ("affirme", Prefix::Stance(Stance::Asserts)),
    ("asked", Prefix::Stance(Stance::Asks)),
    ("question", Prefix::Stance(Stance::Asks)),
    ("reported", Prefix::Stance(Stance::Quotes)),
    ("rapporte", Prefix::Stance(Stance::Quotes)),
    ("testified", Prefix::Stance(Stance::Testifies)),
    ("temoignage", Prefix::Stance(Stance::Testifies)),
    ("ironic", Prefix::Stance(Stance::Jokes)),
    ("ironie", Prefix::Stance(Stance::Jokes)),
    ("uncertain", Prefix::Stance(Stance::Uncertain)),
    ("incertain", Prefix::Stance(Stance::Uncertain)),
    ("quotes", Prefix::Quotes),
    ("citations", Prefix::Quotes),
    ("site", Prefix::Condition(Key::Site)),
    ("url", Prefix::Condition(Key::Url)),
    ("link", Prefix::Condition(Key::Link)),
    ("lien", Prefix::Condition(Key::Link)),
    ("lang", Prefix::Condition(Key::Language)),
    ("langue", Prefix::Condition(Key::Language)),
    ("country", Prefix::Condition(Key::Country)),
    ("pays", Prefix::Condition(Key::Country)),
    ("type", Prefix::Condition(Key::Source)),
    ("is", Prefix::Condition(Key::Is)),
    ("est", Prefix::Condition(Key::Is)),
    ("has", Prefix::Condition(Key::Has)),
    ("a", Prefix::Condition(Key::Has)),
    ("engagement", Prefix::Condition(Key::Engagement)),
    ("answered", Prefix::Condition(Key::Answered)),
    ("repondu", Prefix::Condition(Key::Answered)),
    ("source", Prefix::Condition(Key::Official)),
    ("position", Prefix::Condition(Key::Number(Quantity::Position))),
    ("age", Prefix::Condition(Key::Number(Quantity::Age))),
    ("last", Prefix::Condition(Key::Number(Quantity::Last))),
    ("dernier", Prefix::Condition(Key::Number(Quantity::Last))),
    ("replies", Prefix::Condition(Key::Number(Quantity::Replies))),
    ("reponses", Prefix::Condition(Key::Number(Quantity::Replies))),
    ("views", Prefix::Condition(Key::Number(Quantity::Views))),
    ("vues", Prefix::Condition(Key::Number(Quantity::Views))),
    ("likes", Prefix::Condition(Key::Number(Quantity::Likes))),
    ("jaime", Prefix::Condition(Key::Number(Quantity::Likes))),
    ("words", Prefix::Condition(Key::Number(Quantity::Words))),
    ("mots", Prefix::Condition(Key::Number(Quantity::Words))),
    ("author", Prefix::Author),
    ("auteur", Prefix::Author),
    ("followers", Prefix::Author),
    ("abonnes", Prefix::Author),
    ("karma", Prefix::Author),
    ("verified", Prefix::Author),
    ("verifie", Prefix::Author),
];

/// The prefix of a name.
///
/// # Errors
/// That there is none, with the nearest one.
pub(super) fn prefix(name: &str) -> Result<Prefix, String> {
    let folded = fold(name, Keep::default());
    if let Some((_, prefix)) = PREFIXES.iter().find(|(known, _)| *known == folded) {
        return Ok(*prefix);
    }
    let near = PREFIXES.iter().map(|(known, _)| (strsim::osa_distance(known, &folded), *known)).min();
    Err(match near {
        Some((distance, known)) if distance <= 2 => format!("no operator `{name}:`; did you mean `{known}:`?"),
        _ => format!("no operator `{name}:`; put words that hold a colon between quotation marks"),
    })
}
