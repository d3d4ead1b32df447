//! The French thread that every forum is seeded with, and what Rejoinder must find in it: no more, no less.
//!
//! The people are made up. Texts are Markdown, which all the seeded software understands.

use rejoinder_wire::{RiskLevel, Stance};
use serde::Serialize;

/// A thread.
#[derive(Clone, Debug, Serialize)]
pub struct Thread {
    /// Its title.
    pub title: &'static str,
    /// The board it is in.
    pub board: &'static str,
    /// The account that the tests use.
    pub account: Account,
    /// The posts, oldest first.
    pub posts: &'static [ThreadPost],
}

/// An account of the forum.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// Its name.
    pub name: &'static str,
    /// Its password.
    pub password: &'static str,
}

/// One post.
#[derive(Clone, Debug, Serialize)]
pub struct ThreadPost {
    /// Who wrote it.
    pub author: &'static str,
    /// What they wrote.
    pub text: &'static str,
    /// What is to be found in it.
    #[serde(skip)]
    pub expected: &'static [Expected],
}

/// A finding that must be there.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// Id of the claim.
    pub claim: &'static str,
    /// What the poster does with it.
    pub stance: Stance,
    /// Its risk.
    pub risk: RiskLevel,
    /// The runs of text that carry it, as shown in the page.
    pub words: &'static [&'static str],
}

/// The thread.
pub const THREAD: Thread = Thread {
    title: "Vaccin ROR à 12 mois : on hésite, vos avis ?",
    board: "Santé des tout-petits",
    account: Account { name: "Claire_SantePublique", password: "only-on-loopback-9" },
    posts: POSTS,
};

impl ThreadPost {
    /// The post's own words and those it quotes, as a page shows them, blanks folded.
    pub fn shown(&self) -> (String, String) {
        let (mut own, mut quoted) = (Vec::new(), Vec::new());
        for line in self.text.lines() {
            match line.trim().strip_prefix("> ") {
                Some(line) => quoted.push(plain(line)),
                None => own.push(plain(line.trim().trim_start_matches("- "))),
            }
        }
        let fold = |lines: Vec<String>| folded(&lines.join(" "));
        (fold(own), fold(quoted))
    }
}

/// A text with its blanks folded.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line without the Markdown that the thread uses.
fn plain(line: &str) -> String {
    let mut text = line.replace("**", "");
    while let (Some(open), Some(middle)) = (text.find('['), text.find("](")) {
        let Some(close) = text[middle..].find(')') else { break };
        text.replace_range(middle..=middle + close, "");
        text.remove(open);
    }
    text
}

const POSTS: &[ThreadPost] = &[
    ThreadPost {
        author: "Camille",
        text: "Bonjour à toutes et à tous\u{a0}! Notre fille va avoir 12\u{a0}mois et le pédiatre propose le vaccin ROR \
               au prochain rendez-vous. D'autres parents sont passés par là\u{a0}? Comment ça s'est passé\u{a0}? 😊\n\n\
               Merci d'avance\u{a0}!",
        expected: &[],
    },
    ThreadPost {
        author: "Mireille54",
        text: "Moi je me méfie\u{a0}: le vaccin ROR provoque l'autisme. Le fils de ma voisine a changé juste après.",
        expected: &[Expected {
            claim: "VAX_AUTISM",
            stance: Stance::Asserts,
            risk: RiskLevel::Medium,
            words: &["ROR", "provoque", "autisme"],
        }],
    },
    ThreadPost {
        author: "PapaDeLou",
        text: "Ici il y a eu la rougeole à la crèche l'an dernier, trois enfants à l'hôpital. On a fait le vaccin du \
               petit dernier à 12 mois\u{a0}: un peu de fièvre pendant deux jours, c'est tout 👍\n\n\
               Pensez au doliprane avant de dormir :)",
        expected: &[],
    },
    ThreadPost {
        author: "Nadia",
        text: "> le vaccin ROR provoque l'autisme\n\n\
               D'où tenez-vous ça\u{a0}? L'article de 1998 a été retiré par la revue et son auteur radié.",
        expected: &[Expected {
            claim: "VAX_AUTISM",
            stance: Stance::Quotes,
            risk: RiskLevel::None,
            words: &["ROR", "provoque", "autisme"],
        }],
    },
    ThreadPost {
        author: "Titouan",
        text: "Et l'alu**min**ium des vac**cin**s s'attaque au cerveau, renseignez-vous…",
        expected: &[Expected {
            claim: "VAX_ALUMINIUM",
            stance: Stance::Asserts,
            risk: RiskLevel::Medium,
            words: &["aluminium", "vaccins", "attaque"],
        }],
    },
    ThreadPost {
        author: "Camille",
        text: "Du coup je ne sais plus. Est-ce que c'est vrai que le R.O.R donne l'autisme ?",
        expected: &[Expected {
            claim: "VAX_AUTISM",
            stance: Stance::Asks,
            risk: RiskLevel::Low,
            words: &["R.O.R", "donne", "autisme"],
        }],
    },
    ThreadPost {
        author: "Titouan",
        text: "la rougeole est une maladie BEEENIGNE, on l'a tous eue petits et on est encore la",
        expected: &[Expected {
            claim: "MEASLES_BENIGN",
            stance: Stance::Asserts,
            risk: RiskLevel::Medium,
            words: &["rougeole", "BEEENIGNE"],
        }],
    },
    ThreadPost {
        author: "Ines_SageFemme",
        text: "Non, le ROR ne provoque pas l’autisme. Plus d’un million d’enfants ont été suivis, dans plusieurs pays.",
        expected: &[Expected {
            claim: "VAX_AUTISM",
            stance: Stance::Denies,
            risk: RiskLevel::None,
            words: &["ROR", "provoque", "autisme"],
        }],
    },
    ThreadPost {
        author: "PapaDeLou",
        text: "Petit truc pour la fièvre d'après vaccin\u{a0}: \n\n\
               - le biberon d'eau au frais dans du papier d'aluminium\n\
               - 5 < 10 et 10 > 5 « quarts d'heure » de sieste\n\n\
               et le carnet de santé dans le sac\u{a0}! ❤️",
        expected: &[],
    },
    ThreadPost {
        author: "Mireille54",
        text: "Mieux vaut attraper la rougeole que se faire vacciner, l'immunité naturelle c'est autrement plus solide",
        expected: &[Expected {
            claim: "VAX_NATURAL_IMMUNITY",
            stance: Stance::Asserts,
            risk: RiskLevel::Medium,
            words: &["Mieux vaut", "attraper", "rougeole", "immunité", "naturelle", "plus solide"],
        }],
    },
    ThreadPost {
        author: "Nadia",
        text: "> la rougeole est une maladie BEEENIGNE\n\n\
               Un enfant sur vingt fait une pneumonie.\n\n\
               > Mieux vaut attraper la rougeole que se faire vacciner\n\n\
               Je préfère deux jours de fièvre.",
        expected: &[
            Expected {
                claim: "MEASLES_BENIGN",
                stance: Stance::Quotes,
                risk: RiskLevel::None,
                words: &["rougeole", "BEEENIGNE"],
            },
            Expected {
                claim: "VAX_NATURAL_IMMUNITY",
                stance: Stance::Quotes,
                risk: RiskLevel::None,
                words: &["Mieux vaut", "attraper", "rougeole"],
            },
        ],
    },
    ThreadPost {
        author: "Titouan",
        text: "Trop de v@cc1ns d'un coup, ça surcharge le système immunitaire du bébé !!!",
        expected: &[Expected {
            claim: "VAX_OVERLOAD",
            stance: Stance::Asserts,
            risk: RiskLevel::Medium,
            words: &["Trop", "v@cc1ns", "d'un coup"],
        }],
    },
    ThreadPost {
        author: "Bastien",
        text: "Mon aîné est autiste et sa petite sœur vient d'avoir 12 mois, on a le rendez-vous pour le vaccin mardi. \
               Le calendrier est sur [le site officiel](https://calendrier.example/vaccins).",
        expected: &[],
    },
    ThreadPost { author: "Camille", text: "Merci pour vos réponses, je vous raconterai :-)", expected: &[] },
];
