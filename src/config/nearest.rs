//! A misspelt word and the words it may be in; the likeliest one out.

/// The candidate that differs in the fewest letters: at most a third of the word, so that no unlike word is suggested.
/// Of several the first wins. Letter case counts for nothing.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    within(word, word.chars().count().div_ceil(3) + 1, candidates)
}

/// The candidate that differs in one letter, where many words are alike and a wrong suggestion is worse than none. Of
/// words with fewer than five letters none.
pub fn slip<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.chars().count() < 5 { None } else { within(word, 2, candidates) }
}

/// Whether two words differ in one letter, or only in what is no letter: then one may take the other's place.
pub fn alike(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    letters(one) == letters(other) || slip(one, [other]).is_some()
}

fn within<'a>(word: &str, mut bound: usize, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.len() > LONGEST {
        return None;
    }
    let mut best = None;
    for candidate in candidates {
        let distance = distance(&word, candidate, bound);
        if distance < bound {
            (best, bound) = (Some(candidate), distance);
        }
    }
    best
}

/// Nobody misspells longer names, and the work grows with the product of two lengths.
const LONGEST: usize = 100;

/// Letters to add, take away, replace or exchange with their neighbour; `bound` stands for anything from there on.
fn distance(word: &[char], candidate: &str, bound: usize) -> usize {
    let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
    if word.len().abs_diff(other.len()) >= bound {
        return bound;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in word.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let mut cost = (above[j] + usize::from(a != b)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && word[i - 1] == *b {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        (before, above) = (above, row);
    }
    above[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_suggested() {
        let names = ["title", "description", "language", "src", "text-direction", "cname", "c"];
        for (word, expected) in [
            ("titel", Some("title")),
            ("Title", Some("title")),
            ("descripton", Some("description")),
            ("text_direction", Some("text-direction")),
            ("scr", Some("src")),
            ("name", Some("cname")),
            ("multilingual", None),
            ("", None),
            ("zzz", None),
        ] {
            assert_eq!(nearest(word, names), expected, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
    }

    #[test]
    fn slips_are_one_letter() {
        for (word, expected) in [("pyhton", true), ("pythonn", true), ("phyton", false), ("pton", false), ("p", false)]
        {
            assert_eq!(slip(word, ["python"]).is_some(), expected, "{word}");
        }
        for (one, other, expected) in [
            ("next-step", "next-steps", true),
            ("xml_structures", "xml-structures", true),
            ("december-18-2020", "november-11-2022", false),
        ] {
            assert_eq!(alike(one, other), expected, "{one}");
        }
    }
}
