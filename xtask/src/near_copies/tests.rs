use std::path::PathBuf;

use affiant::suggest::{Measured, Method};

use super::SEED;
use super::measure::{Recall, flagged, recall};
use super::texts::{Maker, Natural, made, turns};

/// Fewer texts than the bench has, so that the test takes a second; the figure that is printed is of these.
const TEXTS: usize = 4_000;

#[test]
fn the_figures_of_near_copies_are_true() {
    assert_printed("generated-texts", &made(&mut Maker::new(SEED), TEXTS));
}

#[test]
fn the_figures_of_near_copies_are_true_of_hearings() {
    let root = std::env::var_os("AFFIANT_VECTORS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors"),
        PathBuf::from,
    );
    let folder = root.join("transcripts/docs");
    if !folder.exists() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    assert_printed("hearing-turns", &turns(&folder).expect("transcripts"));
}

fn assert_printed(set: &str, natural: &[Natural]) {
    let (by_class, beside) = recall(natural, 20, &[0]);
    let recall: Recall = by_class[&0];
    let (flagged, _) = flagged(natural);
    let proposed = recall.found + beside + flagged.all();
    println!("{set}: recall {recall:?}, {beside} beside, {flagged:?}");
    let measured = Method::NearCopies.measured().iter();
    let printed: &Measured = measured.clone().find(|one| one.set == set).expect("the set is printed");
    assert_eq!((printed.recall.is, printed.recall.of), (recall.found, recall.of));
    assert_eq!((printed.precision.is, printed.precision.of), (recall.found, proposed));
    assert!(recall.found * 100 >= recall.of * 99, "recall of at least 0.99");
    assert!(flagged.all() * 2000 <= flagged.pairs, "at most 0.05% of natural pairs");
    assert!(
        flagged.in_group * 2000 <= flagged.group_pairs,
        "nor of those of one matter"
    );
}
