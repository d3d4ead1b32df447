use super::Language;
use rust_stemmers::{Algorithm, Stemmer};

/// The stem of a folded word (Snowball: Porter 2001). Folding has taken the accents that the French stemmer looks at,
/// from words and queries alike, so both still get one stem.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let algorithm = match language {
        Language::French => Algorithm::French,
        Language::English => Algorithm::English,
    };
    Stemmer::create(algorithm).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (language, words) in [
            (Language::French, ["vacciner", "vaccine", "vaccines"].as_slice()),
            (Language::French, ["toxique", "toxiques"].as_slice()),
            (Language::English, ["vaccinate", "vaccinated", "vaccinating"].as_slice()),
        ] {
            let stems: Vec<String> = words.iter().map(|word| stem(word, language)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        }
        assert_ne!(stem("vaccin", Language::French), stem("vache", Language::French));
    }
}
