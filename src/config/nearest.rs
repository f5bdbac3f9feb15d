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

/// Whether two names differ in one letter, or only in what is no letter: then one may take the other's place. Names that
/// differ in their numbers are two names, unless they are long: `step-1` and `step-2` are no slips of each other.
pub fn alike(one: &str, other: &str) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    letters(one) == letters(other) || (slip(one, [other]).is_some() && same_numbers(one, other))
}

/// The name that was perhaps meant by one that does not exist: the nearest in letters, or the one that says nearly the
/// same in other words, as `set-up-schemas` does for `configure-schema`. None when two are equally near, because a wrong
/// suggestion is worse than none.
pub fn meant<'a>(name: &str, candidates: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let candidates = candidates.filter(|candidate| same_numbers(name, candidate));
    within(name, name.chars().count() / 4 + 1, candidates.clone()).or_else(|| kindred(name, candidates))
}

/// Whether two names have the same digits, if both have any, or so many letters that another number may be a slip.
fn same_numbers(one: &str, other: &str) -> bool {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let (ours, theirs) = (digits(one), digits(other));
    let few = one.chars().count() >= LETTERS_PER_DIGIT * ours.len();
    ours.is_empty() || theirs.is_empty() || ours == theirs || few
}

const LETTERS_PER_DIGIT: usize = 8;

/// The only name with which this one has most of its letters in words that both have. Nothing is copied for a candidate:
/// a page with ten thousand dead links has as many names to look for among all its places.
fn kindred<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let words: Vec<&str> = parts(name).take(u64::BITS as usize).collect();
    let own: usize = words.iter().map(|word| word.len()).sum();
    let (mut best, mut most, mut sole) = (None, (0, 1), true);
    for candidate in candidates {
        let (mut shared, mut all, mut taken) = (0, own, 0u64);
        for word in parts(candidate) {
            all += word.len();
            let free = words.iter().enumerate().filter(|(at, _)| taken & (1 << at) == 0);
            if let Some((at, other)) = free.into_iter().find(|(_, other)| same_word(word, other)) {
                taken |= 1 << at;
                shared += word.len() + other.len();
            }
        }
        if 20 * shared < 11 * all || shared * most.1 < most.0 * all {
            continue;
        }
        sole = best.is_none() || shared * most.1 > most.0 * all;
        (best, most) = (Some(candidate), (shared, all));
    }
    best.filter(|_| sole)
}

/// The words of a name.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether two words are one, or differ in one letter where they have five or more.
fn same_word(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    if long - short > 1 {
        return false;
    }
    let alike = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let front = one.iter().zip(other).take_while(alike).count();
    let back = one.iter().rev().zip(other.iter().rev()).take_while(alike).count();
    front == long || (short >= 5 && front + back + 1 >= long)
}

fn within<'a>(word: &str, mut bound: usize, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if word.len() > LONGEST {
        return None;
    }
    let letters = letters(&word);
    let (mut best, mut other, mut rows) = (None, Vec::new(), Rows::default());
    for candidate in candidates {
        other.clear();
        other.extend(candidate.chars().take(LONGEST * 2).flat_map(char::to_lowercase));
        // A step changes at most one letter into another, so two of these bits.
        let unlike = (letters ^ self::letters(&other)).count_ones() as usize;
        if word.len().abs_diff(other.len()) >= bound || unlike.div_ceil(2) >= bound {
            continue;
        }
        let distance = rows.distance(&word, &other, bound);
        if distance < bound {
            (best, bound) = (Some(candidate), distance);
        }
    }
    best
}

/// Nobody misspells longer names, and the work grows with the product of two lengths.
const LONGEST: usize = 100;

/// A bit for each letter that is there; some letters share one.
fn letters(word: &[char]) -> u64 {
    word.iter().fold(0, |bits, c| bits | 1 << (*c as u32 % 64))
}

/// Of the table of distances between the beginnings of two words, the rows that are still needed.
#[derive(Default)]
struct Rows {
    before: Vec<usize>,
    above: Vec<usize>,
    row: Vec<usize>,
}

impl Rows {
    /// Letters to add, take away, replace or exchange with their neighbour; `bound` stands for anything from there on.
    fn distance(&mut self, word: &[char], other: &[char], bound: usize) -> usize {
        let same = |(a, b): &(&char, &char)| a == b;
        let start = word.iter().zip(other).take_while(same).count();
        let (word, other) = (&word[start..], &other[start..]);
        let end = word.iter().rev().zip(other.iter().rev()).take_while(same).count();
        let (word, other) = (&word[..word.len() - end], &other[..other.len() - end]);
        self.above.clear();
        self.above.extend(0..=other.len());
        let mut least = 0;
        for (i, a) in word.iter().enumerate() {
            self.row.clear();
            self.row.push(i + 1);
            for (j, b) in other.iter().enumerate() {
                let mut cost = (self.above[j] + usize::from(a != b)).min(self.above[j + 1] + 1).min(self.row[j] + 1);
                if i > 0 && j > 0 && *a == other[j - 1] && word[i - 1] == *b {
                    cost = cost.min(self.before[j - 1] + 1);
                }
                self.row.push(cost);
            }
            // An exchange looks two rows up, so one bad row is not the end.
            let here = self.row.iter().copied().min().unwrap_or_default();
            if here.min(least) >= bound {
                return bound;
            }
            least = here;
            std::mem::swap(&mut self.before, &mut self.above);
            std::mem::swap(&mut self.above, &mut self.row);
        }
        self.above[other.len()]
    }
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
        assert_eq!(nearest("title", [&*"x".repeat(100_000)]), None);
    }

    #[test]
    fn distances() {
        for (one, other, expected) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "", 3),
            ("", "abc", 3),
            ("abcd", "acbd", 1),
            ("abcdef", "badcfe", 3),
            ("kitten", "sitting", 3),
            ("aab", "ab", 1),
            ("part-1", "part-21", 1),
            ("ca", "abc", 3),
        ] {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            for bound in 1..8 {
                let found = Rows::default().distance(&one, &other, bound).min(bound);
                assert_eq!(found, expected.min(bound), "{one:?} {other:?} {bound}");
            }
        }
    }

    #[test]
    fn what_was_meant_is_near_in_letters_or_in_words() {
        for (name, others, expected) in [
            ("instal", "install uninstall", "install"),
            ("configure-schema-and-data", "setup-schemas-and-data configure-streams", "setup-schemas-and-data"),
            ("track-user-actions", "track-user-actions-for-the-shop track-states", "track-user-actions-for-the-shop"),
            ("errors-and-retries", "fees-and-pricing", ""),
            ("december-18-2020", "november-11-2022", ""),
            ("december-18-2020", "december-15-2020 december-7-2020", ""),
            ("setidentifier", "resetidentities", ""),
            ("d5e2199", "d5e1699", ""),
            ("", "a", ""),
        ] {
            assert_eq!(meant(name, others.split(' ')), Some(expected).filter(|name| !name.is_empty()), "{name}");
        }
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
            ("step-1", "step-2", false),
            ("d5e2199", "d5e2198", false),
            ("id-5.-customize-your-transformation", "id-4.-customize-your-transformation", true),
        ] {
            assert_eq!(alike(one, other), expected, "{one}");
        }
    }
}
