use affiant::suggest::{Measured, Method};

use super::SEED;
use super::measure::{Recall, flagged, recall};
use super::texts::{Maker, made};

/// Fewer texts than the bench has, so that the test takes a second; the figure that is printed is of these.
const TEXTS: usize = 4_000;

#[test]
fn the_figures_of_near_copies_are_true() {
    let natural = made(&mut Maker::new(SEED), TEXTS);
    let (by_class, beside) = recall(&natural, 20, &[0]);
    let recall: Recall = by_class[&0];
    let (flagged, _) = flagged(&natural);
    let proposed = recall.found + beside + flagged.all();
    println!("recall {recall:?}, {beside} beside, {flagged:?}");
    let printed: &Measured = &Method::NearCopies.measured()[0];
    assert_eq!(printed.set, "generated-texts");
    assert_eq!((printed.recall.is, printed.recall.of), (recall.found, recall.of));
    assert_eq!((printed.precision.is, printed.precision.of), (recall.found, proposed));
    assert!(recall.found * 100 >= recall.of * 99);
    assert!(flagged.all() * 2000 <= flagged.pairs);
}
