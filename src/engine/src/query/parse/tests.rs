use super::*;
use crate::query::WordPattern;

fn show_term(term: &Term) -> String {
    match &term.form {
        Form::Words(words) => {
            let own: Vec<&str> = words.words.iter().map(WordPattern::folded).collect();
            let mark = |on: bool, name: &'static str| if on { name } else { "" };
            let marks = [mark(words.case, "case:"), mark(words.accent, "accent:"), mark(words.exact, "exact:")];
            format!("{}{}", marks.concat(), own.join("_"))
        }
        Form::Lemma(word) => format!("lemma:{word}"),
        Form::Stem { word, language } => format!("stem:{word}:{language:?}"),
        Form::Typo { word, edits } => format!("{word}~{edits}"),
        Form::Sound(key) => format!("sound:{key}"),
        Form::Raw(text) => format!("raw:{text}"),
        Form::Regex(pattern) => format!("/{pattern}/"),
        Form::Hashtag(name) => format!("#{name}"),
        Form::Mention(name) => format!("@{name}"),
    }
}

fn show(expr: &Expr) -> String {
    let list = |children: &[Expr]| children.iter().map(show).collect::<Vec<_>>().join(" ");
    match expr {
        Expr::Term(term) => show_term(term),
        Expr::Lexicon { name, .. } => format!("lex:{name}"),
        Expr::Rule { id, .. } => format!("rule:{id}"),
        Expr::And(c) => format!("(& {})", list(c)),
        Expr::Or(c) => format!("(| {})", list(c)),
        Expr::Not(c) => format!("!{}", show(c)),
        Expr::Near { left, right, distance, ordered } => {
            format!("({} {}{distance} {})", show(left), if *ordered { ">" } else { "~" }, show(right))
        }
        Expr::Away { left, right, distance } => format!("({} /{distance} {})", show(left), show(right)),
        Expr::Gaps { runs, gaps } => {
            let runs: Vec<String> = runs.iter().map(show_term).collect();
            format!("[{} {gaps:?}]", runs.join(" "))
        }
        Expr::Loose { words, slack } => {
            let words: Vec<String> = words.iter().map(show_term).collect();
            format!("[{} ~{slack}]", words.join(" "))
        }
        Expr::Within { unit, inner } => format!("{unit:?}[{}]", show(inner)),
        Expr::AtLeast { least, items } => {
            let items: Vec<String> = items.iter().map(|(e, weight)| format!("{}^{weight}", show(e))).collect();
            format!("{least}[{}]", items.join(" "))
        }
        Expr::In { field, inner } => format!("{field:?}[{}]", show(inner)),
        Expr::Stance { stance, inner } => format!("{stance:?}[{}]", show(inner)),
        Expr::Condition(condition) => format!("{{{condition:?}}}"),
    }
}

#[test]
fn trees() {
    for (query, want) in [
        ("vaccin", "vaccin"),
        ("vaccin autisme", "(& vaccin autisme)"),
        ("vaccin ET autisme", "(& vaccin autisme)"),
        ("ror OR rougeole AND vaccin", "(| ror (& rougeole vaccin))"),
        ("(ror OU rougeole) vaccin", "(& (| ror rougeole) vaccin)"),
        ("vaccin NOT chien", "(& vaccin !chien)"),
        ("vaccin SAUF (chien | chat)", "(& vaccin !(| chien chat))"),
        ("vaccin -chien", "(& vaccin !chien)"),
        ("vaccin AND NOT chien", "(& vaccin !chien)"),
        ("anti-vax", "anti_vax"),
        ("l'autisme", "l_autisme"),
        ("24/7", "24_7"),
        ("\"pilule du lendemain\"", "pilule_du_lendemain"),
        ("« big pharma »", "big_pharma"),
        ("\"vaccin* tue\"", "vaccin*_tue"),
        ("a1 NEAR/3 b1 NEAR/4f c1", "((a1 ~3 b1) >4 c1)"),
        ("jeûne PRÈS/4 cancer", "(jeune ~4 cancer)"),
        ("vaccin AVANT/5 (tue OR mort)", "(vaccin >5 (| tue mort))"),
        ("x1 NEAR/2 y1 OR z1", "(| (x1 ~2 y1) z1)"),
        ("vaccin NOT NEAR/3 chien", "(vaccin /3 chien)"),
        ("vaccin SAUFPRES/3 chien", "(vaccin /3 chien)"),
        ("vaccin SAUF PRES/3 chien", "(vaccin /3 chien)"),
        ("vaccin SAUF chien", "(& vaccin !chien)"),
        ("\"vaccin * autisme\"", "[vaccin autisme [1]]"),
        ("\"le vaccin *3 rend * autiste\"", "[le_vaccin rend autiste [3, 1]]"),
        ("\"mort subite nourrisson\"~4", "[mort subite nourrisson ~4]"),
        ("SENT(retrait contraception)", "Sentence[(& retrait contraception)]"),
        ("PARA(a1 OR b1) c1", "(& Paragraph[(| a1 b1)] c1)"),
        ("2 OF (puce, 5g, \"nano puce\")", "2[puce^1 5g^1 nano_puce^1]"),
        ("3 PARMI (a1^2, b1 c1 ^3)", "3[a1^2 (& b1 c1)^3]"),
        ("seuil:3(a1^2, b1)", "3[a1^2 b1^1]"),
        ("2 chats", "(& 2 chats)"),
        ("case:ROR accent:\"pâte à pain\"", "(& case:ror accent:pate_a_pain)"),
        ("!ROR !\"Mme ROR\"", "(& case:ror case:mme_ror)"),
        ("casse:accent:Côte", "case:accent:cote"),
        ("exact:vaccin", "exact:vaccin"),
        ("raw:\"3 1 1 4\"", "raw:3 1 1 4"),
        ("💉 tue", "(& raw:💉 tue)"),
        ("emoji:syringe", "raw:💉"),
        ("lemma:fumer", "lemma:fumer"),
        ("forme:œil", "lemma:oeil"),
        ("stem:vacciner stem-en:running", "(& stem:vacciner:None stem:running:Some(English))"),
        ("cannabis~1", "cannabis~1"),
        ("son:vaccin", "sound:vaks2"),
        ("/vac+in/i", "/(?i)vac+in/"),
        ("#VaccinPoison @Dr_X", "(& #vaccinpoison @drx)"),
        ("lex:vaccin NEAR/2 lex:autisme_fr", "(lex:vaccin ~2 lex:autisme_fr)"),
        ("regle:VAX_AUTISM enfant", "(& rule:VAX_AUTISM enfant)"),
        ("titre:(a1 OU b1)", "Title[(| a1 b1)]"),
        ("texte:case:ROR", "Body[case:ror]"),
        ("cite:\"a b1\" parent:x1", "(& Quote[a_b1] Parent[x1])"),
        ("vaccin citations:oui", "Quoted[vaccin]"),
        ("nie:(vaccin autisme)", "Denies[(& vaccin autisme)]"),
        ("question:titre:vaccin", "Asks[Title[vaccin]]"),
        ("vaccin lang:fr", "(& vaccin {Language(\"fr\")})"),
        ("vaccin -lang:en", "(& vaccin !{Language(\"en\")})"),
        ("vaccin position:<5", "(& vaccin {Number { what: Position, than: Less, value: 5 }})"),
        ("vaccin âge:<=30j", "(& vaccin {Number { what: Age, than: AtMost, value: 30 }})"),
        ("vaccin site:www.Exemple.fr a:lien", "(& vaccin {Site(\"exemple.fr\")} {HasLink})"),
        ("vaccin répondu:équipe", "(& vaccin {AnsweredByTeam})"),
        ("ORange OUi NOTe ETe", "(& orange oui note ete)"),
        ("vaccin <<<pas (celui du chien>>> tue", "(& vaccin tue)"),
        ("vaccin # le chien\n tue", "(& vaccin tue)"),
        ("R.O.R", "ror"),
    ] {
        match parse(query) {
            Ok(tree) => assert_eq!(show(&tree), want, "{query}"),
            Err(e) => panic!("{query}: {e}"),
        }
    }
}

#[test]
fn terms() {
    for (term, want) in [
        ("vaccin*", "vaccin*"),
        ("c'est faux", "c_est_faux"),
        ("case:Mme ROR", "case:mme_ror"),
        ("le * dit", "le_*_dit"),
        ("note: ceci", "note_ceci"),
        ("🤡", "raw:🤡"),
        ("emoji:clown_face", "raw:🤡"),
        ("#antivax", "#antivax"),
        ("cannabis~1", "cannabis~1"),
        ("lemma:fumer", "lemma:fumer"),
        ("/s/", "/s/"),
    ] {
        match parse_term(term) {
            Ok(tree) => assert_eq!(show_term(&tree), want, "{term}"),
            Err(e) => panic!("{term}: {e}"),
        }
    }
}

#[test]
fn refusals() {
    let deep = format!("{}a{}", "(".repeat(40), ")".repeat(40));
    let long = "vaccin ".repeat(Limits::QUERY_BYTES / 6);
    let chain = "vaccin NEAR/1 ".repeat(40) + "tue";
    for (query, want) in [
        ("", "a word, a phrase or a group was expected, not the end of the query"),
        ("NOT vaccin", "negatives only"),
        ("a1 OR NOT b1", "negatives only"),
        ("lang:fr", "a condition finds no words"),
        ("vaccin OR lang:fr", "a condition finds no words"),
        ("-vaccin lang:fr", "negatives only"),
        ("1 OF (lang:fr, vaccin)", "a condition finds no words"),
        ("4 OF (a1, b1, c1)", "this list counts 1 to 3"),
        ("0 OF (a1, b1)", "this list counts 1 to 2"),
        ("2 OF (a1^0, b1)", "a weight is 1 to"),
        ("2 OF a1", "a list in brackets"),
        ("(vaccin", "`)` is missing"),
        ("vaccin)", "not `)`"),
        ("vaccin AND", "a word, a phrase or a group was expected"),
        ("OR vaccin", "a word, a phrase or a group was expected"),
        ("vaccin NEAR/0 mort", "a distance is 1 to"),
        ("vaccin NEAR/99999999999 mort", "a distance is 1 to"),
        ("vaccin NOT NEAR/3f mort", "has no order"),
        ("a*", "nearly every word"),
        ("\"...\"", "holds no word"),
        ("\"* vaccin\"", "begins and ends with a word"),
        ("\"vaccin *\"", "begins and ends with a word"),
        ("\"vaccin *0 tue\"", "a gap is 1 to"),
        ("\"vaccin\"~2", "a loose phrase has 2 to"),
        ("lex:", "name of a lexicon"),
        ("lex:(a)", "takes one value"),
        ("cas:ROR", "did you mean `case:`"),
        ("claim:vaccin", "no operator `claim:`"),
        ("auteur:dupont", "who wrote a post is never read"),
        ("followers:>10", "who wrote a post is never read"),
        ("vaccin~3", "one or two edits"),
        ("chat~1", "has 6 to"),
        ("stem:ab", "at least 3 letters"),
        ("lemma:\"se fumer\"", "must be one word"),
        ("case:lemma:fumer", "two ways of looking"),
        ("vaccin position:beaucoup", "a number was expected"),
        ("vaccin lang:français", "a language of two letters"),
        ("/(/", "unclosed group"),
        ("/a*/", "matches nothing at all"),
        ("/a/g", "no flag `g`"),
        ("emoji:nothing_like_it", "no emoji has the short name"),
        (deep.as_str(), "nested more than"),
        (long.as_str(), "a query has at most"),
        (chain.as_str(), "NEAR in a row"),
    ] {
        match parse(query) {
            Ok(tree) => panic!("{query}: {}", show(&tree)),
            Err(e) => {
                assert!(e.message.contains(want), "{query}: {e}");
                assert!(query.get(e.at.clone()).is_some(), "{query}: {:?}", e.at);
            }
        }
    }
}

#[test]
fn what_is_wrong_deep_inside_is_refused_without_being_read_again() {
    // Were a level read twice, 30 of them would take as long as 2³⁰.
    for opening in
        ["(", "SENT(", "seuil:3(", "2 OF (", "2OF(", "titre:(", "nie:nie:(", "a1 NEAR/2 (", "a1 OR (", "NOT (", "-("]
    {
        let nested = opening.repeat(30);
        assert!(parse(&format!("{nested}^")).is_err(), "{opening}");
        assert!(parse(&format!("{nested}a1 ^{}", ")".repeat(30))).is_err(), "{opening}");
    }
}

#[test]
fn the_longest_query_stays_far_below_the_bound_on_steps() {
    for word in ["a1 ", "(a1) ", "a1 OR ", "\"a1 b1\" ", "titre:a1 ", "a1 NEAR/2 b1 OR "] {
        let query = word.repeat(Limits::QUERY_BYTES / word.len() - 1) + "a1";
        // Other bounds may refuse it; this one must not.
        if let Err(e) = parse(&query) {
            assert!(!e.message.contains("tangled"), "{word}: {e}");
        }
    }
}
