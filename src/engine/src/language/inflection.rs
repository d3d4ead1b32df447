use super::Language;
use super::verb::{conjugated, is_infinitive};

/// Every inflected form of a folded word, its own among them, and whether a form may be a past participle: such a form
/// is the verb only without its accent (`arrete`) or behind an auxiliary (`a arrêté`), else it is a noun or adjective.
///
/// Made by rule, without a dictionary: a word that could be of two classes has the forms of both. Forms that no text
/// holds cost nothing.
pub(crate) fn forms(word: &str, language: Language) -> Vec<(String, bool)> {
    let mut out = vec![(word.to_owned(), false)];
    match language {
        Language::French => {
            out.extend(nominal(word).into_iter().map(|form| (form, false)));
            if is_infinitive(word) {
                out.extend(conjugated(word));
            }
        }
        Language::English => out.extend(english(word).into_iter().map(|form| (form, false))),
    }
    // A form that is also not a participle counts always, unless the two differ by an accent only.
    out.sort();
    let mut kept: Vec<(String, bool)> = Vec::new();
    for (form, participle) in out {
        match kept.last_mut() {
            Some(last) if last.0 == form => last.1 |= participle,
            _ => kept.push((form, participle)),
        }
    }
    kept
}

/// Forms that no rule makes.
const FRENCH: &[&[&str]] = &[
    &["oeil", "yeux"],
    &["ciel", "cieux"],
    &["aieul", "aieux", "aieuls"],
    &["monsieur", "messieurs"],
    &["madame", "mesdames"],
    &["fou", "fol", "folle", "fous", "folles"],
    &["mou", "mol", "molle", "mous", "molles"],
    &["beau", "bel", "belle", "beaux", "belles"],
    &["nouveau", "nouvel", "nouvelle", "nouveaux", "nouvelles"],
    &["vieux", "vieil", "vieille", "vieilles"],
    &["doux", "douce", "douces"],
    &["faux", "fausse", "fausses"],
    &["roux", "rousse", "rousses"],
    &["sec", "seche", "secs", "seches"],
    &["blanc", "blanche", "blancs", "blanches"],
    &["frais", "fraiche", "fraiches"],
    &["long", "longue", "longs", "longues"],
    &["public", "publique", "publics", "publiques"],
    &["toxique", "toxiques"],
    &["malin", "maligne", "malins", "malignes"],
    &["benin", "benigne", "benins", "benignes"],
    &["travail", "travaux"],
    &["email", "emaux", "emails"],
    &["bail", "baux"],
];

fn nominal(word: &str) -> Vec<String> {
    if let Some(forms) = FRENCH.iter().find(|forms| forms.contains(&word)) {
        return forms.iter().map(|form| (*form).to_owned()).collect();
    }
    let mut out = Vec::new();
    // An infinitive has no feminine; its plural (`des dîners`) does no harm.
    let mut plural = |form: String| {
        let ends = |with: &str| form.ends_with(with);
        if ends("al") {
            out.push(format!("{}aux", &form[..form.len() - 2]));
        }
        if ends("au") || ends("eu") || ends("ou") {
            out.push(format!("{form}x"));
        }
        if !ends("s") && !ends("x") && !ends("z") {
            out.push(format!("{form}s"));
        }
        out.push(form);
    };
    plural(word.to_owned());
    if let Some(stem) = word.strip_suffix("aux") {
        plural(format!("{stem}al"));
    }
    if let Some(singular) = word.strip_suffix('s').filter(|singular| singular.len() > 2) {
        plural(singular.to_owned());
    }
    let feminine: &[(&str, &[&str])] = &[
        ("eux", &["euse"]),
        ("eur", &["euse", "rice", "eure"]),
        ("if", &["ive"]),
        ("ien", &["ienne"]),
        ("on", &["onne"]),
        ("el", &["elle"]),
        ("eil", &["eille"]),
        ("ul", &["ulle"]),
        ("et", &["ette", "ete"]),
        ("er", &["ere"]),
        ("f", &["ve"]),
        ("c", &["que", "che"]),
        ("al", &["ale"]),
        ("ant", &["ante"]),
        ("ent", &["ente"]),
        ("in", &["ine"]),
        ("an", &["ane", "anne"]),
        ("ais", &["aise"]),
        ("ois", &["oise"]),
        ("ain", &["aine"]),
        ("ert", &["erte"]),
        ("it", &["ite"]),
        ("rd", &["rde"]),
        ("is", &["ise"]),
        ("e", &[]),
    ];
    if let Some((ending, made)) = feminine.iter().find(|(ending, _)| word.ends_with(ending)) {
        for feminine in *made {
            plural(format!("{}{feminine}", &word[..word.len() - ending.len()]));
        }
    }
    out
}

/// Irregular forms of English.
const ENGLISH: &[&[&str]] = &[
    &["die", "dies", "died", "dying"],
    &["get", "gets", "got", "gotten", "getting"],
    &["give", "gives", "gave", "given", "giving"],
    &["take", "takes", "took", "taken", "taking"],
    &["make", "makes", "made", "making"],
    &["have", "has", "had", "having"],
    &["be", "am", "is", "are", "was", "were", "been", "being"],
    &["do", "does", "did", "done", "doing"],
    &["go", "goes", "went", "gone", "going"],
    &["drink", "drinks", "drank", "drunk", "drinking"],
    &["eat", "eats", "ate", "eaten", "eating"],
    &["quit", "quits", "quitting", "quitted"],
    &["shoot", "shoots", "shot", "shooting"],
    &["fall", "falls", "fell", "fallen", "falling"],
    &["feel", "feels", "felt", "feeling"],
    &["think", "thinks", "thought", "thinking"],
    &["say", "says", "said", "saying"],
    &["tell", "tells", "told", "telling"],
    &["know", "knows", "knew", "known", "knowing"],
    &["lie", "lies", "lied", "lying"],
    &["child", "children", "kid", "kids"],
    &["woman", "women"],
    &["man", "men"],
    &["foot", "feet"],
    &["tooth", "teeth"],
    &["virus", "viruses"],
];

fn english(word: &str) -> Vec<String> {
    if let Some(forms) = ENGLISH.iter().find(|forms| forms.contains(&word)) {
        return forms.iter().map(|form| (*form).to_owned()).collect();
    }
    let bytes = word.as_bytes();
    let last = bytes.last().copied().unwrap_or_default();
    let is_vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let before = bytes.len().checked_sub(2).map_or(b'a', |i| bytes[i]);
    let stems: Vec<String> = match last {
        b'e' => vec![word[..word.len() - 1].to_owned()],
        b'y' if !is_vowel(before) => {
            let stem = &word[..word.len() - 1];
            return vec![format!("{stem}ies"), format!("{stem}ied"), format!("{word}ing"), format!("{stem}ier")];
        }
        // `stop`, `stopped`; both are made of a word like `visit`.
        b if b.is_ascii_alphabetic() && !is_vowel(b) && is_vowel(before) && !matches!(b, b'w' | b'x' | b'y') => {
            vec![word.to_owned(), format!("{word}{}", char::from(b))]
        }
        _ => vec![word.to_owned()],
    };
    let hissing = ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end));
    let mut out = vec![if hissing { format!("{word}es") } else { format!("{word}s") }];
    for stem in stems {
        out.extend(["ed", "ing", "er", "ers"].map(|end| format!("{stem}{end}")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french() {
        for (word, has, lacks) in [
            ("dangereux", &["dangereux", "dangereuse", "dangereuses"][..], &["danger"][..]),
            ("sterile", &["sterile", "steriles"], &[]),
            ("fumer", &["fume", "fumes", "fumait", "fument", "fumerai", "fumer", "fumons"], &["fumier", "parfumer"]),
            ("oeil", &["oeil", "yeux"], &["oeillet"]),
            ("journal", &["journal", "journaux"], &[]),
            ("arreter", &["arrete", "arretons", "arreterait"], &["arretoir"]),
            ("guerir", &["guerit", "guerissent", "gueri", "guerie", "guerira"], &["guerrier"]),
            ("prendre", &["prend", "prennent", "pris", "prendrait", "prenait"], &[]),
            ("comprendre", &["comprennent", "compris"], &[]),
            ("vendre", &["vend", "vendent", "vendu", "vendrait"], &[]),
            ("mourir", &["meurt", "mort", "mourra"], &["amour"]),
            ("vaccinal", &["vaccinale", "vaccinaux"], &[]),
            ("nocif", &["nocive", "nocives", "nocifs"], &[]),
        ] {
            let have: Vec<String> = forms(word, Language::French).into_iter().map(|(form, _)| form).collect();
            for form in has {
                assert!(have.iter().any(|h| h == form), "{word}: no {form} in {have:?}");
            }
            for form in lacks {
                assert!(!have.iter().any(|h| h == form), "{word}: {form}");
            }
        }
    }

    #[test]
    fn participles() {
        let of = |word: &str, form: &str| forms(word, Language::French).into_iter().find(|(f, _)| f == form);
        assert_eq!(of("fumer", "fumee"), Some(("fumee".to_owned(), true)));
        assert_eq!(of("fumer", "fume"), Some(("fume".to_owned(), true)));
        assert_eq!(of("fumer", "fument"), Some(("fument".to_owned(), false)));
        assert_eq!(of("mourir", "mort"), Some(("mort".to_owned(), false)));
    }

    #[test]
    fn english_words() {
        for (word, has) in [
            ("vaccinate", &["vaccinates", "vaccinated", "vaccinating"][..]),
            ("stop", &["stops", "stopped", "stopping"]),
            ("cure", &["cures", "cured", "curing"]),
            ("baby", &["babies"]),
            ("die", &["died", "dying"]),
            ("child", &["children"]),
        ] {
            let have: Vec<String> = forms(word, Language::English).into_iter().map(|(form, _)| form).collect();
            for form in has {
                assert!(have.iter().any(|h| h == form), "{word}: no {form} in {have:?}");
            }
        }
    }
}
