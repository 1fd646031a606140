//! An alignment by the plainest dynamic program, to measure the real one against.
//!
//! A table of every word of one side against every word of the other, filled cell by cell and walked
//! back from its last: a match where there is one, else the left side's word, else the right side's. With
//! `substitution` 2 the cost counts words inserted and deleted; with 1 a replaced word counts once, as in a
//! word error rate. It shares nothing with `src/collation/`.

/// How two sequences of words align.
pub struct Reference {
    /// The least cost.
    pub cost: u32,
    /// Pairs of equal words, in order.
    pub pairs: Vec<(usize, usize)>,
}

/// Aligns by the whole table: takes time and room in proportion to `left.len() * right.len()`.
pub fn align<T: PartialEq>(left: &[T], right: &[T], substitution: u32) -> Reference {
    let width = right.len() + 1;
    let mut steps = vec![0_u8; width * (left.len() + 1)];
    let mut above: Vec<u32> = (0..).take(width).collect();
    steps[1..width].fill(RIGHT);
    for (i, word) in left.iter().enumerate() {
        let mut row = vec![above[0] + 1; width];
        steps[(i + 1) * width] = LEFT;
        for (j, other) in right.iter().enumerate() {
            let equal = word == other;
            let across = above[j] + if equal { 0 } else { substitution };
            let (cost, step) = [
                (across, if equal { PAIR } else { REPLACED }),
                (above[j + 1] + 1, LEFT),
                (row[j] + 1, RIGHT),
            ]
            .into_iter()
            .min_by_key(|(cost, _)| *cost)
            .expect("there are three steps");
            row[j + 1] = cost;
            steps[(i + 1) * width + j + 1] = step;
        }
        above = row;
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (left.len(), right.len());
    while i > 0 || j > 0 {
        match steps[i * width + j] {
            PAIR => {
                (i, j) = (i - 1, j - 1);
                pairs.push((i, j));
            }
            REPLACED => (i, j) = (i - 1, j - 1),
            LEFT => i -= 1,
            _ => j -= 1,
        }
    }
    pairs.reverse();
    Reference {
        cost: above[right.len()],
        pairs,
    }
}

const PAIR: u8 = 0;
const REPLACED: u8 = 1;
const LEFT: u8 = 2;
const RIGHT: u8 = 3;
