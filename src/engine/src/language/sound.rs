/// How a folded word sounds in French: words with one key sound alike (`vaccin`, `vaksin`, `vaxin`). After the idea of
/// FONEM (Bouchard, Brard & Lavoie 1981) and Phonex (Brossard 1999): rewrite spellings to sounds, drop what is mute.
/// Ours is smaller than both, since it compares whole words, not names. Nasal vowels are digits.
pub(crate) fn sound_key(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_alphabetic).collect();
    let mut key: Vec<char> = Vec::with_capacity(letters.len());
    let mut i = 0;
    while i < letters.len() {
        let rest = &letters[i..];
        let (sound, taken) = sound(rest, key.last().copied());
        for c in sound.chars() {
            // Doubled letters sound once.
            if key.last() != Some(&c) {
                key.push(c);
            }
        }
        i += taken;
    }
    // Mute endings: `chats`, `fume`, `trop`; a consonant before an `e` is heard.
    let mut heard = false;
    while key.len() > 2 && !heard {
        match key.last() {
            Some('e') if letters.ends_with(&['e']) || letters.ends_with(&['e', 's']) => {
                key.pop();
                heard = true;
            }
            // `x` was made `ks`, which is heard.
            Some('s') if letters.last() == Some(&'s') => drop(key.pop()),
            Some('t' | 'd' | 'p' | 'z') => drop(key.pop()),
            _ => heard = true,
        }
    }
    key.into_iter().collect()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The sound at the beginning of `rest`, and how many letters make it.
fn sound(rest: &[char], before: Option<char>) -> (&'static str, usize) {
    let at = |i: usize| rest.get(i).copied();
    let begins = |with: &str| with.chars().enumerate().all(|(i, c)| at(i) == Some(c));
    // A nasal vowel is followed by no vowel and no further n or m.
    let nasal = |n: usize| at(n).is_none_or(|c| !is_vowel(c) && c != 'n' && c != 'm' && c != 'h');
    for (spelling, key) in [("tion", "si3"), ("ssion", "si3"), ("sion", "si3")] {
        if begins(spelling) && before.is_some() {
            return (key, spelling.len());
        }
    }
    for (spelling, key) in [("ain", "2"), ("aim", "2"), ("ein", "2"), ("ien", "i2"), ("oin", "w2")] {
        if begins(spelling) && nasal(3) {
            return (key, 3);
        }
    }
    for (spelling, key) in [
        ("an", "1"),
        ("am", "1"),
        ("en", "1"),
        ("em", "1"),
        ("in", "2"),
        ("im", "2"),
        ("yn", "2"),
        ("ym", "2"),
        ("un", "2"),
        ("on", "3"),
        ("om", "3"),
    ] {
        if begins(spelling) && nasal(2) {
            return (key, 2);
        }
    }
    for (spelling, key) in [
        ("eau", "o"),
        ("sch", "c"),
        ("ill", "y"),
        ("au", "o"),
        ("oi", "wa"),
        ("ou", "u"),
        ("ai", "e"),
        ("ei", "e"),
        ("eu", "e"),
        ("ph", "f"),
        ("ch", "c"),
        ("sh", "c"),
        ("th", "t"),
        ("gn", "n"),
        ("qu", "k"),
        ("ck", "k"),
        ("sc", "s"),
    ] {
        let hard = spelling == "sc" && !at(2).is_some_and(|c| matches!(c, 'e' | 'i' | 'y'));
        if begins(spelling) && !hard {
            return (key, spelling.len());
        }
    }
    let soft = at(1).is_some_and(|c| matches!(c, 'e' | 'i' | 'y'));
    match rest[0] {
        'c' if soft => ("s", 1),
        'c' | 'q' | 'k' => ("k", 1),
        'g' if at(1) == Some('u') && at(2).is_some_and(is_vowel) => ("g", 2),
        'g' if soft => ("j", 1),
        'x' => ("ks", 1),
        's' if before.is_some_and(is_vowel) && at(1).is_some_and(is_vowel) => ("z", 1),
        'h' => ("", 1),
        'w' => ("v", 1),
        'y' => ("i", 1),
        'a' => ("a", 1),
        'b' => ("b", 1),
        'd' => ("d", 1),
        'e' => ("e", 1),
        'f' => ("f", 1),
        'g' => ("g", 1),
        'i' => ("i", 1),
        'j' => ("j", 1),
        'l' => ("l", 1),
        'm' => ("m", 1),
        'n' => ("n", 1),
        'o' => ("o", 1),
        'p' => ("p", 1),
        'r' => ("r", 1),
        's' => ("s", 1),
        't' => ("t", 1),
        'u' => ("u", 1),
        'v' => ("v", 1),
        'z' => ("z", 1),
        _ => ("", 1),
    }
}

#[cfg(test)]
mod tests {
    use super::sound_key;

    #[test]
    fn words_that_sound_alike() {
        for words in [
            ["vaccin", "vaksin", "vaxin", "vacsin"].as_slice(),
            ["vaccins", "vaxin"].as_slice(),
            ["autisme", "otisme"].as_slice(),
            ["cancer", "kancer", "canser"].as_slice(),
            ["pharmacie", "farmaci"].as_slice(),
            ["suicide", "suisside"].as_slice(),
            ["cigarette", "sigarette"].as_slice(),
            ["vaccination", "vaxinasion"].as_slice(),
        ] {
            let keys: Vec<String> = words.iter().map(|word| sound_key(word)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{words:?} {keys:?}");
        }
    }

    #[test]
    fn words_that_do_not() {
        for (one, other) in [("vaccin", "voisin"), ("vaccin", "vaisin"), ("vaccin", "cousin"), ("ror", "rare")] {
            assert_ne!(sound_key(one), sound_key(other));
        }
    }
}
