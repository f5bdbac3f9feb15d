//! Words in, numbers out: one for each word, counted from 0 as they come. The words lie side by side in one text, so that
//! a word of a book costs no allocation.

/// Numbers for words.
#[derive(Default)]
pub struct Names {
    text: String,
    /// Where each word ends.
    ends: Vec<usize>,
    /// A table with open addresses, a power of two long and at most half full.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    number: u32,
}

const FREE: Slot = Slot { hash: 0, number: u32::MAX };

impl Names {
    pub fn number(&mut self, word: &str) -> u32 {
        if self.slots.len() <= self.ends.len() * 2 {
            self.grow();
        }
        let hash = hash(word.as_bytes());
        let mut at = hash as usize & (self.slots.len() - 1);
        loop {
            let slot = self.slots[at];
            if slot.number == FREE.number {
                break;
            }
            if slot.hash == hash && self.name(slot.number) == word {
                return slot.number;
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
        let number = self.ends.len() as u32;
        self.slots[at] = Slot { hash, number };
        self.text.push_str(word);
        self.ends.push(self.text.len());
        number
    }

    pub fn name(&self, number: u32) -> &str {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.text[start..self.ends[number]]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1024);
        let old = std::mem::replace(&mut self.slots, vec![FREE; size]);
        for slot in old.into_iter().filter(|slot| slot.number != FREE.number) {
            let mut at = slot.hash as usize & (size - 1);
            while self.slots[at].number != FREE.number {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

/// Words of a book are no attack, and the standard hasher would cost a third of the time that counting takes.
fn hash(bytes: &[u8]) -> u32 {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;
    let step = |hash: u64, value: u64| (hash.rotate_left(26) ^ value).wrapping_mul(STEP);
    let mut hash = bytes.len() as u64;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        hash = step(hash, chunk.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    }
    hash = step(hash, chunks.remainder().iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)));
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_has_the_same_number() {
        let mut names = Names::default();
        let all: Vec<String> = (0..5_000).map(|at| format!("word{at}")).chain(["段落".to_string()]).collect();
        for _ in 0..2 {
            for (at, word) in all.iter().enumerate() {
                assert_eq!(names.number(word) as usize, at, "{word}");
            }
        }
        assert_eq!(names.len(), all.len());
        assert_eq!(names.name(0), "word0");
        assert_eq!(names.name(5_000), "段落");
    }
}
