use whatlang::{Detector, Lang};

/// Fewest letters of a text that may be given a language other than French or English.
const LONG: usize = 80;

/// The language of a text (ISO 639-1), by its trigrams (whatlang; Cavnar & Trenkle 1994). `None` when it cannot be
/// told. A short text is taken for French or English: trigrams of a line fit any language by chance.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    let mut tried = vec![Lang::Fra, Lang::Eng];
    if text.chars().filter(|c| c.is_alphabetic()).count() >= LONG {
        tried.extend([Lang::Spa, Lang::Por, Lang::Deu, Lang::Ita, Lang::Nld, Lang::Ara]);
    }
    Some(match Detector::with_allowlist(tried).detect_lang(text)? {
        Lang::Fra => "fr",
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Deu => "de",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Ara => "ar",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (text, want) in [
            ("du pain frais pour ce midi", Some("fr")),
            ("so much pain in my chest today", Some("en")),
            ("Les vaccins sont obligatoires depuis 2018, non ?", Some("fr")),
            ("my kid got his shots yesterday and he is fine", Some("en")),
            (
                "La vacuna contra el sarampión es segura y protege a los niños de una enfermedad que puede ser muy grave",
                Some("es"),
            ),
            ("", None),
        ] {
            assert_eq!(detect(text), want, "{text}");
        }
    }
}
