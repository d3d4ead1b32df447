use super::{Condition, Expr, Field, Form, Quantity, Term, Unit};
use rejoinder_wire::Stance;

/// The language in which a query is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speech {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Speech {
    /// One of two.
    fn say<'s>(self, english: &'s str, french: &'s str) -> &'s str {
        match self {
            Speech::English => english,
            Speech::French => french,
        }
    }
}

/// A query in words: one line for each part, its own parts below it, two spaces further right.
pub fn describe(tree: &Expr, speech: Speech) -> String {
    let mut out = String::new();
    lines(tree, speech, 0, &mut out);
    out
}

fn lines(tree: &Expr, speech: Speech, depth: usize, out: &mut String) {
    out.push_str(&"  ".repeat(depth));
    out.push_str(&tree.say(speech));
    out.push('\n');
    if let Expr::AtLeast { items, .. } = tree {
        for (item, weight) in items {
            let mut own = String::new();
            lines(item, speech, depth + 1, &mut own);
            let counts = speech.say("counts", "compte");
            let first = own.find('\n').unwrap_or(own.len());
            if *weight != 1 {
                own.insert_str(first, &format!(" ({counts} {weight})"));
            }
            out.push_str(&own);
        }
        return;
    }
    tree.children().into_iter().for_each(|child| lines(child, speech, depth + 1, out));
}

impl Expr {
    /// This part in words, without its own parts.
    pub fn say(&self, speech: Speech) -> String {
        let say = |english, french| speech.say(english, french).to_owned();
        match self {
            Expr::Term(term) => term.say(speech),
            Expr::Lexicon { name, .. } => {
                speech.say("any word of the lexicon “", "un mot du lexique « ").to_owned()
                    + name
                    + speech.say("”", " »")
            }
            Expr::Rule { id, .. } => {
                format!("{} {id}", speech.say("what is found by the rule of", "ce que trouve la règle de"))
            }
            Expr::And(_) => say("all of these, anywhere in the post:", "tout ceci, n’importe où dans le message :"),
            Expr::Or(_) => say("at least one of these:", "au moins l’un de ceci :"),
            Expr::Not(_) => say("and nowhere in the post:", "et nulle part dans le message :"),
            Expr::Near { distance, ordered, .. } => {
                let first = if *ordered {
                    speech.say("these two in this order", "ces deux dans cet ordre")
                } else {
                    speech.say("these two in any order", "ces deux dans un ordre quelconque")
                };
                near(first, *distance, speech)
            }
            Expr::Away { distance, .. } => match speech {
                Speech::English => format!("the first, where the second is not within {distance} words of it:"),
                Speech::French => format!("le premier, sans le second à {distance} mots ou moins :"),
            },
            Expr::Gaps { runs, gaps } => {
                let mut out = String::new();
                for (i, run) in runs.iter().enumerate() {
                    out.push_str(&format!("“{}”", run.source.trim_matches('"')));
                    match gaps.get(i) {
                        Some(1) => out.push_str(speech.say(", one word, ", ", un mot, ")),
                        Some(most) => match speech {
                            Speech::English => out.push_str(&format!(", 1 to {most} words, ")),
                            Speech::French => out.push_str(&format!(", 1 à {most} mots, ")),
                        },
                        None => {}
                    }
                }
                out
            }
            Expr::Loose { words, slack } => {
                let words: Vec<&str> = words.iter().map(|w| w.source.as_str()).collect();
                match speech {
                    Speech::English => {
                        format!("“{}” in any order, with at most {slack} other words among them", words.join(" "))
                    }
                    Speech::French => {
                        format!("« {} » dans un ordre quelconque, avec au plus {slack} autres mots", words.join(" "))
                    }
                }
            }
            Expr::Within { unit, .. } => match unit {
                Unit::Sentence => say("within one sentence:", "dans une même phrase :"),
                Unit::Paragraph => say("within one paragraph:", "dans un même paragraphe :"),
                Unit::Post => say("within the post:", "dans le message :"),
            },
            Expr::AtLeast { least, items } => {
                let weighed = items.iter().any(|(_, weight)| *weight != 1);
                match (speech, weighed) {
                    (Speech::English, false) => format!("at least {least} of these:"),
                    (Speech::French, false) => format!("au moins {least} parmi :"),
                    (Speech::English, true) => format!("of these, so many that their weights reach {least}:"),
                    (Speech::French, true) => format!("parmi ceci, assez pour que les poids atteignent {least} :"),
                }
            }
            Expr::In { field, .. } => field.say(speech).to_owned(),
            Expr::Stance { stance, .. } => match stance {
                Stance::Asserts => say("where the poster affirms it:", "là où l’auteur du message l’affirme :"),
                Stance::Asks => say("where it is asked:", "là où c’est une question :"),
                Stance::Denies => say("where it is denied:", "là où c’est nié :"),
                Stance::Quotes => say("where it is reported:", "là où c’est rapporté :"),
                Stance::Testifies => say("where it is a testimony:", "là où c’est un témoignage :"),
                Stance::Jokes => say("where it is said in jest:", "là où c’est dit par ironie :"),
                Stance::Uncertain => say("where it is held possible:", "là où c’est dit possible :"),
            },
            Expr::Condition(condition) => condition.say(speech),
        }
    }
}

fn near(first: &str, distance: u32, speech: Speech) -> String {
    match (speech, distance) {
        (Speech::English, 1) => format!("{first}, side by side:"),
        (Speech::French, 1) => format!("{first}, côte à côte :"),
        (Speech::English, n) => format!("{first}, at most {n} words apart, in one sentence:"),
        (Speech::French, n) => format!("{first}, à {n} mots d’écart au plus, dans une même phrase :"),
    }
}

impl Term {
    fn say(&self, speech: Speech) -> String {
        let quoted = |text: &str| match speech {
            Speech::English => format!("“{text}”"),
            Speech::French => format!("« {text} »"),
        };
        match &self.form {
            Form::Words(words) => {
                let behind = self.source.rsplit_once(':').map_or(self.source.as_str(), |(_, own)| own);
                let text = quoted(behind.trim_matches(['"', '«', '»', '“', '”', '!', ' ']));
                let mut out = match (words.words.len(), words.is_literal()) {
                    (1, true) => format!("{} {text}", speech.say("the word", "le mot")),
                    (1, false) => format!("{} {text}", speech.say("a word like", "un mot de la forme")),
                    _ => format!("{} {text}", speech.say("the words", "les mots")),
                };
                if words.case {
                    out.push_str(speech.say(", capitals counting", ", majuscules comprises"));
                }
                if words.accent {
                    out.push_str(speech.say(", accents counting", ", accents compris"));
                }
                if words.exact {
                    out.push_str(speech.say(", no other spelling", ", sans autre graphie"));
                }
                out
            }
            Form::Lemma(word) => {
                format!("{} {}", speech.say("every form of the word", "toute forme du mot"), quoted(word))
            }
            Form::Stem { word, .. } => {
                format!("{} {}", speech.say("a word with the stem of", "un mot de même radical que"), quoted(word))
            }
            Form::Typo { word, edits } => match speech {
                Speech::English => format!("the word {} with at most {edits} wrong letters", quoted(word)),
                Speech::French => format!("le mot {}, à {edits} lettre(s) près", quoted(word)),
            },
            Form::Sound(_) => {
                let word = self.source.rsplit_once(':').map_or("", |(_, word)| word);
                format!("{} {}", speech.say("a word that sounds like", "un mot qui sonne comme"), quoted(word))
            }
            Form::Raw(text) => {
                format!("{} {}", speech.say("exactly the characters", "exactement les caractères"), quoted(text))
            }
            Form::Regex(pattern) => {
                format!("{} {pattern}", speech.say("text that fits the expression", "un texte de la forme"))
            }
            Form::Hashtag(name) => format!("{} #{name}", speech.say("the hashtag", "le mot-dièse")),
            Form::Mention(name) => format!("{} @{name}", speech.say("the mention", "la mention")),
        }
    }
}

impl Field {
    fn say(self, speech: Speech) -> &'static str {
        match (self, speech) {
            (Field::Own, Speech::English) => "in the poster's own words:",
            (Field::Own, Speech::French) => "dans les mots de l’auteur du message :",
            (Field::Title, Speech::English) => "in the title:",
            (Field::Title, Speech::French) => "dans le titre :",
            (Field::Body, Speech::English) => "in the body of the post:",
            (Field::Body, Speech::French) => "dans le corps du message :",
            (Field::Parent, Speech::English) => "in the post that it answers:",
            (Field::Parent, Speech::French) => "dans le message auquel il répond :",
            (Field::Root, Speech::English) => "in the first post of the thread:",
            (Field::Root, Speech::French) => "dans le premier message du fil :",
            (Field::Quote, Speech::English) => "in what it quotes:",
            (Field::Quote, Speech::French) => "dans ce qu’il cite :",
            (Field::Quoted, Speech::English) => "in the poster's own words or what they quote:",
            (Field::Quoted, Speech::French) => "dans les mots de l’auteur du message ou ce qu’il cite :",
        }
    }
}

impl Condition {
    fn say(&self, speech: Speech) -> String {
        let say = |english: &str, french: &str| speech.say(english, french).to_owned();
        match self {
            Condition::Site(site) => format!("{} {site}", speech.say("on the site", "sur le site")),
            Condition::Url(part) => format!(
                "{} {part}",
                speech.say("on a page whose address holds", "sur une page dont l’adresse contient")
            ),
            Condition::Link(part) => {
                format!("{} {part}", speech.say("with a link that holds", "avec un lien qui contient"))
            }
            Condition::Language(language) => format!("{} {language}", speech.say("in the language", "dans la langue")),
            Condition::Country(country) => format!("{} {country}", speech.say("for the country", "pour le pays")),
            Condition::Source(kind) => {
                format!("{} {kind}", speech.say("on a page of the kind", "sur une page du type"))
            }
            Condition::Number { what, than, value } => {
                let what = match what {
                    Quantity::Position => speech.say("place in the thread", "place dans le fil"),
                    Quantity::Age => speech.say("days since it was written", "jours depuis sa publication"),
                    Quantity::Last => speech.say("days since the last post", "jours depuis le dernier message"),
                    Quantity::Replies => speech.say("replies", "réponses"),
                    Quantity::Views => speech.say("views", "vues"),
                    Quantity::Likes => speech.say("likes", "mentions j’aime"),
                    Quantity::Words => speech.say("words", "mots"),
                };
                format!("{what} {} {value}", than.sign())
            }
            Condition::IsReply => say("where the post is a reply", "si le message est une réponse"),
            Condition::IsFirst => say("where the post is the first", "si le message est le premier"),
            Condition::HasLink => say("where the post has a link", "si le message a un lien"),
            Condition::HasMedia => {
                say("where the post has an image or video", "si le message a une image ou une vidéo")
            }
            Condition::EngagementHigh => say("where reactions are many", "si les réactions sont nombreuses"),
            Condition::AnsweredByTeam => say("where the team has answered", "si l’équipe a répondu"),
            Condition::OfficialSource => {
                say("where it links to an official source", "s’il renvoie à une source officielle")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn trees_in_words() {
        let tree = parse("(vaccin* OU lex:jab) AVANT/5 \"rend stérile\" SAUF chien lang:fr").expect("a query");
        let french = "\
tout ceci, n’importe où dans le message :
  ces deux dans cet ordre, à 5 mots d’écart au plus, dans une même phrase :
    au moins l’un de ceci :
      un mot de la forme « vaccin* »
      un mot du lexique « jab »
    les mots « rend stérile »
  et nulle part dans le message :
    le mot « chien »
  dans la langue fr
";
        assert_eq!(describe(&tree, Speech::French), french);
        let tree = parse("threshold:3(case:ROR^2, \"a * b1\", \"c1 d1\"~2)").expect("a query");
        let english = "\
of these, so many that their weights reach 3:
  the word “ROR”, capitals counting (counts 2)
  “a”, one word, “b1”
  “c1 d1” in any order, with at most 2 other words among them
";
        assert_eq!(describe(&tree, Speech::English), english);
    }
}
