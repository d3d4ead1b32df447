//! Conjugation of French verbs, folded (accents do not count): the regular groups, and the irregular verbs that health
//! talk is full of. After the tables of Bescherelle's « La conjugaison pour tous » and Riegel et al., « Grammaire
//! méthodique du français ».

/// Whether a folded word looks like the infinitive of a French verb.
pub(super) fn is_infinitive(word: &str) -> bool {
    word.len() > 3 && (word.ends_with("er") || word.ends_with("ir") || word.ends_with("re"))
        || irregular(word).is_some()
}

/// Every form of a verb, and whether a form may be its past participle.
pub(super) fn conjugated(infinitive: &str) -> Vec<(String, bool)> {
    if let Some((stems, participles)) = irregular(infinitive) {
        return from_table(stems, participles);
    }
    if let Some(stem) = infinitive.strip_suffix("er") {
        return first_group(stem);
    }
    if let Some(stem) = infinitive.strip_suffix("ir") {
        return second_group(stem);
    }
    if let Some(stem) = infinitive.strip_suffix("re") {
        let mut out = with(stem, &["", "s", "t", "ons", "ez", "ent", "e", "es", "ions", "iez", "ant"]);
        out.extend(with(stem, IMPERFECT));
        out.extend(with(stem, FUTURE));
        out.extend(with(stem, &["is", "it", "imes", "ites", "irent"]));
        out.extend(participle(&format!("{stem}u")));
        return out;
    }
    Vec::new()
}

const IMPERFECT: &[&str] = &["ais", "ait", "aient"];
const FUTURE: &[&str] = &["rai", "ras", "ra", "rons", "rez", "ront", "rais", "rait", "rions", "riez", "raient"];

fn with(stem: &str, endings: &[&str]) -> Vec<(String, bool)> {
    endings.iter().map(|ending| (format!("{stem}{ending}"), false)).collect()
}

fn participle(form: &str) -> Vec<(String, bool)> {
    let ends = if form.ends_with('s') { vec!["", "e", "es"] } else { vec!["", "e", "s", "es"] };
    ends.into_iter().map(|end| (format!("{form}{end}"), true)).collect()
}

/// `fumer`; with the stems of `appeler`, `essayer`, `manger`, `commencer`.
fn first_group(stem: &str) -> Vec<(String, bool)> {
    let mut stems = vec![stem.to_owned()];
    if let Some(bare) = stem.strip_suffix('y') {
        stems.push(format!("{bare}i"));
    }
    if stem.ends_with("el") || stem.ends_with("et") {
        stems.push(format!("{stem}{}", &stem[stem.len() - 1..]));
    }
    let mut out = Vec::new();
    for stem in &stems {
        out.extend(with(stem, &["er", "es", "ent", "ons", "ez", "ions", "iez", "ant", "ai", "as", "a"]));
        out.extend(with(stem, &["ames", "ates", "erent"]));
        out.extend(with(stem, IMPERFECT));
        out.extend(FUTURE.iter().map(|ending| (format!("{stem}e{ending}"), false)));
        if stem.ends_with('g') {
            out.extend(["eons", "eait", "eais", "eaient", "eant"].iter().map(|end| (format!("{stem}{end}"), false)));
        }
        // `fume` is the present, `fumé` the participle: folded they are one, so the last of the two decides.
        out.extend(participle(&format!("{stem}e")));
    }
    out
}

/// `guérir`.
fn second_group(stem: &str) -> Vec<(String, bool)> {
    let mut out = with(stem, &["ir", "is", "it", "issons", "issez", "issent", "isse", "isses", "issions", "issiez"]);
    out.extend(with(stem, &["issant", "imes", "ites", "irent"]));
    out.extend(IMPERFECT.iter().map(|end| (format!("{stem}iss{end}"), false)));
    out.extend(FUTURE.iter().map(|end| (format!("{stem}i{end}"), false)));
    out.extend(participle(&format!("{stem}i")));
    out
}

/// A verb that follows no group: whole forms, stems that take endings, and participles.
struct Irregular {
    /// Infinitives, without what stands before (`prendre` is also `comprendre`).
    verb: &'static str,
    /// Forms as they are.
    forms: &'static [&'static str],
    /// The stem of the imperfect and of `nous`.
    imperfect: &'static str,
    /// The stem of the future, its `r` left out.
    future: &'static str,
    /// Past participles.
    participles: &'static [&'static str],
}

type Table = (Vec<String>, Vec<String>);

fn irregular(infinitive: &str) -> Option<Table> {
    let verb = IRREGULAR.iter().find(|v| {
        infinitive == v.verb || v.verb.len() > 4 && infinitive.len() > v.verb.len() && infinitive.ends_with(v.verb)
    })?;
    let before = &infinitive[..infinitive.len() - verb.verb.len()];
    let mut forms = vec![infinitive.to_owned()];
    let mut add = |form: String| forms.push(format!("{before}{form}"));
    verb.forms.iter().for_each(|form| add((*form).to_owned()));
    for end in ["ons", "ez", "ais", "ait", "aient", "ions", "iez", "ant"] {
        add(format!("{}{end}", verb.imperfect));
    }
    FUTURE.iter().for_each(|end| add(format!("{}{end}", verb.future)));
    let participles = verb.participles.iter().map(|p| format!("{before}{p}")).collect();
    Some((forms, participles))
}

fn from_table(forms: Vec<String>, participles: Vec<String>) -> Vec<(String, bool)> {
    // An irregular participle (`mort`, `pris`) is told from a noun by no accent: it counts as it is.
    let mut out: Vec<(String, bool)> = forms.into_iter().map(|form| (form, false)).collect();
    for form in participles {
        out.extend(participle(&form).into_iter().map(|(form, _)| (form, false)));
    }
    out
}

const IRREGULAR: &[Irregular] = &[
    Irregular {
        verb: "etre",
        forms: &["suis", "es", "est", "sommes", "etes", "sont", "sois", "soit", "soyons", "soyez", "soient", "fut"],
        imperfect: "et",
        future: "se",
        participles: &["ete"],
    },
    Irregular {
        verb: "avoir",
        forms: &["ai", "as", "a", "ont", "aie", "aies", "ait", "ayons", "ayez", "aient", "ayant", "eut"],
        imperfect: "av",
        future: "au",
        participles: &["eu"],
    },
    Irregular {
        verb: "aller",
        forms: &["vais", "vas", "va", "vont", "aille", "ailles", "aillent", "alla", "allerent"],
        imperfect: "all",
        future: "i",
        participles: &["alle"],
    },
    Irregular {
        verb: "faire",
        forms: &["fais", "fait", "faites", "font", "fasse", "fasses", "fassent", "fassions", "fit", "firent"],
        imperfect: "fais",
        future: "fe",
        participles: &["fait"],
    },
    Irregular {
        verb: "pouvoir",
        forms: &["peux", "peut", "peuvent", "puisse", "puisses", "puissent", "put", "purent"],
        imperfect: "pouv",
        future: "pour",
        participles: &["pu"],
    },
    Irregular {
        verb: "devoir",
        forms: &["dois", "doit", "doivent", "doive", "doives"],
        imperfect: "dev",
        future: "dev",
        participles: &["du"],
    },
    Irregular {
        verb: "vouloir",
        forms: &["veux", "veut", "veulent", "veuille", "veuillez", "voulut"],
        imperfect: "voul",
        future: "voud",
        participles: &["voulu"],
    },
    Irregular {
        verb: "savoir",
        forms: &["sais", "sait", "savent", "sache", "saches", "sachent", "sachant", "sut"],
        imperfect: "sav",
        future: "sau",
        participles: &["su"],
    },
    Irregular {
        verb: "prendre",
        forms: &["prends", "prend", "prennent", "prenne", "prennes", "prit", "prirent"],
        imperfect: "pren",
        future: "prend",
        participles: &["pris"],
    },
    Irregular {
        verb: "mettre",
        forms: &["mets", "met", "mettent", "mette", "mettes", "mit", "mirent"],
        imperfect: "mett",
        future: "mett",
        participles: &["mis"],
    },
    Irregular {
        verb: "tenir",
        forms: &["tiens", "tient", "tiennent", "tienne", "tiennes", "tint", "tinrent"],
        imperfect: "ten",
        future: "tiend",
        participles: &["tenu"],
    },
    Irregular {
        verb: "venir",
        forms: &["viens", "vient", "viennent", "vienne", "viennes", "vint", "vinrent"],
        imperfect: "ven",
        future: "viend",
        participles: &["venu"],
    },
    Irregular {
        verb: "mourir",
        forms: &["meurs", "meurt", "meurent", "meure", "meures", "mourut", "moururent"],
        imperfect: "mour",
        future: "mour",
        participles: &["mort"],
    },
    Irregular {
        verb: "courir",
        forms: &["cours", "court", "courent", "coure", "coures", "courut"],
        imperfect: "cour",
        future: "cour",
        participles: &["couru"],
    },
    Irregular {
        verb: "souffrir",
        forms: &["souffre", "souffres", "souffrent", "souffrit"],
        imperfect: "souffr",
        future: "souffri",
        participles: &["souffert"],
    },
    Irregular {
        verb: "ouvrir",
        forms: &["ouvre", "ouvres", "ouvrent", "ouvrit"],
        imperfect: "ouvr",
        future: "ouvri",
        participles: &["ouvert"],
    },
    Irregular {
        verb: "dormir",
        forms: &["dors", "dort", "dorment", "dorme", "dormes", "dormit"],
        imperfect: "dorm",
        future: "dormi",
        participles: &["dormi"],
    },
    Irregular {
        verb: "sortir",
        forms: &["sors", "sort", "sortent", "sorte", "sortes", "sortit"],
        imperfect: "sort",
        future: "sorti",
        participles: &["sorti"],
    },
    Irregular {
        verb: "partir",
        forms: &["pars", "part", "partent", "parte", "partes", "partit"],
        imperfect: "part",
        future: "parti",
        participles: &["parti"],
    },
    Irregular {
        verb: "sentir",
        forms: &["sens", "sent", "sentent", "sente", "sentes", "sentit"],
        imperfect: "sent",
        future: "senti",
        participles: &["senti"],
    },
    Irregular {
        verb: "servir",
        forms: &["sers", "sert", "servent", "serve", "serves", "servit"],
        imperfect: "serv",
        future: "servi",
        participles: &["servi"],
    },
    Irregular {
        verb: "dire",
        forms: &["dis", "dit", "dites", "disent", "dise", "dises", "dirent"],
        imperfect: "dis",
        future: "di",
        participles: &["dit"],
    },
    Irregular {
        verb: "ecrire",
        forms: &["ecris", "ecrit", "ecrivent", "ecrive", "ecrives", "ecrivit"],
        imperfect: "ecriv",
        future: "ecri",
        participles: &["ecrit"],
    },
    Irregular {
        verb: "lire",
        forms: &["lis", "lit", "lisent", "lise", "lises", "lut"],
        imperfect: "lis",
        future: "li",
        participles: &["lu"],
    },
    Irregular {
        verb: "boire",
        forms: &["bois", "boit", "boivent", "boive", "boives", "but", "burent"],
        imperfect: "buv",
        future: "boi",
        participles: &["bu"],
    },
    Irregular {
        verb: "croire",
        forms: &["crois", "croit", "croient", "croie", "croies", "crut"],
        imperfect: "croy",
        future: "croi",
        participles: &["cru"],
    },
    Irregular {
        verb: "voir",
        forms: &["vois", "voit", "voient", "voie", "voies", "vit", "virent"],
        imperfect: "voy",
        future: "ver",
        participles: &["vu"],
    },
    Irregular {
        verb: "vivre",
        forms: &["vis", "vit", "vivent", "vive", "vives", "vecut", "vecurent"],
        imperfect: "viv",
        future: "viv",
        participles: &["vecu"],
    },
    Irregular {
        verb: "suivre",
        forms: &["suis", "suit", "suivent", "suive", "suives", "suivit"],
        imperfect: "suiv",
        future: "suiv",
        participles: &["suivi"],
    },
    Irregular {
        verb: "detruire",
        forms: &["detruis", "detruit", "detruisent", "detruise", "detruises", "detruisit"],
        imperfect: "detruis",
        future: "detrui",
        participles: &["detruit"],
    },
    Irregular {
        verb: "produire",
        forms: &["produis", "produit", "produisent", "produise", "produises", "produisit"],
        imperfect: "produis",
        future: "produi",
        participles: &["produit"],
    },
    Irregular {
        verb: "nuire",
        forms: &["nuis", "nuit", "nuisent", "nuise", "nuises", "nuisit"],
        imperfect: "nuis",
        future: "nui",
        participles: &["nui"],
    },
    Irregular {
        verb: "recevoir",
        forms: &["recois", "recoit", "recoivent", "recoive", "recut"],
        imperfect: "recev",
        future: "recev",
        participles: &["recu"],
    },
];
