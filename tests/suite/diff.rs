//! Two texts in, a diff by lines out: `-` expected and missing, `+` there and not expected.

/// Lines around a difference that are shown with it.
const AROUND: usize = 3;

pub fn lines(expected: &str, actual: &str) -> String {
    let old: Vec<&str> = expected.lines().collect();
    let new: Vec<&str> = actual.lines().collect();
    let mut marked: Vec<(char, &str)> = Vec::new();
    let common = common(&old, &new);
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        if a < old.len() && b < new.len() && old[a] == new[b] {
            marked.push((' ', old[a]));
            (a, b) = (a + 1, b + 1);
        } else if b == new.len() || a < old.len() && common[a + 1][b] >= common[a][b + 1] {
            marked.push(('-', old[a]));
            a += 1;
        } else {
            marked.push(('+', new[b]));
            b += 1;
        }
    }
    let mut out = String::new();
    let mut skipped = false;
    for (at, (mark, line)) in marked.iter().enumerate() {
        let near = &marked[at.saturating_sub(AROUND)..(at + AROUND + 1).min(marked.len())];
        if near.iter().all(|(mark, _)| *mark == ' ') {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push_str("  …\n");
        }
        out.push_str(&format!("{mark} {line}\n"));
    }
    out
}

/// Length of the longest common subsequence of the rests from each pair of positions.
fn common(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            table[a][b] = if old[a] == new[b] { table[a + 1][b + 1] + 1 } else { table[a + 1][b].max(table[a][b + 1]) };
        }
    }
    table
}
