//! `bench-quotes FOLDER`: how often the outcome of a check is that of a labelled set, and how long a search takes.
//!
//! The documents are parted in two: those whose name has a SHA-256 that begins with an even byte
//! may be looked at while rules are tuned, the others not. Both halves are reported.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use affiant::quotation::{Ask, Index, Quotation, check};
use affiant::text::Casing;

mod set;

use set::{LABELS, Labelled, is_for_tuning, is_grave, label};

/// What came of the quotations of one half.
#[derive(Default)]
struct Half {
    /// By kind and label of the set: how often each label came out.
    table: BTreeMap<(String, String), BTreeMap<&'static str, usize>>,
    total: usize,
    right: usize,
    acquitted: usize,
    acquitted_as_cleaned: usize,
}

/// Runs the bench. `errors`: check one half only, `even` or `odd`, list its errors and time nothing.
pub fn run(folder: &Path, errors: Option<&str>) -> Result<(), String> {
    let (documents, quotations) = set::read(folder)?;
    let started = Instant::now();
    let index = Index::new(documents.iter().map(set::source).collect()).map_err(|error| error.to_string())?;
    println!(
        "{} documents, {} segments, {} words; indexed in {:.2} s",
        index.sources(),
        index.segments(),
        index.words(),
        started.elapsed().as_secs_f64()
    );
    let mut halves = [Half::default(), Half::default()];
    let mut times = Vec::with_capacity(quotations.len());
    for quotation in &quotations {
        let half = usize::from(!is_for_tuning(&quotation.document));
        if errors.is_some_and(|which| which != ["even", "odd"][half]) {
            continue;
        }
        let came = outcome(&index, quotation, errors.is_none().then_some(&mut times))?;
        halves[half].count(quotation, came);
        if errors.is_some() && came != quotation.label {
            println!(
                "{} {} {} -> {came}\n    {}",
                quotation.id, quotation.kind, quotation.label, quotation.text
            );
        }
    }
    halves[0].print("even half (tuning)");
    halves[1].print("odd half (held out)");
    times.sort_unstable();
    let at = |share: usize| {
        times
            .get(times.len() * share / 1000)
            .or(times.last())
            .copied()
            .unwrap_or_default()
    };
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "\nsearch over all {} documents, {} quotations, time on the processor: median {:.2} ms, 99% {:.2} ms, max {:.2} ms",
        index.sources(),
        times.len(),
        ms(at(500)),
        ms(at(990)),
        ms(times.last().copied().unwrap_or_default())
    );
    Ok(())
}

/// The label that comes out in the quotation's document. The time is that of a search over all documents.
fn outcome(index: &Index<'_>, quotation: &Labelled, times: Option<&mut Vec<Duration>>) -> Result<&'static str, String> {
    let parsed =
        Quotation::parse(&quotation.text, Casing::Root).map_err(|error| format!("{}: {error}", quotation.id))?;
    let document = index.source_named(&quotation.document);
    let document = document.ok_or_else(|| format!("{}: there is no document {}", quotation.id, quotation.document))?;
    let mut ask = Ask {
        speaker: Some(quotation.speaker.clone()),
        ..Ask::default()
    };
    if let Some(times) = times {
        let started = cpu_time();
        let clock = Instant::now();
        check(index, &parsed, &ask);
        let clock = clock.elapsed();
        times.push(
            started
                .zip(cpu_time())
                .map_or(clock, |(from, to)| to.saturating_sub(from)),
        );
    }
    ask.within = Some(vec![document]);
    Ok(label(&check(index, &parsed, &ask)))
}

/// The time that this thread has run, where the system tells (Linux): other programs on the machine do not add to it.
fn cpu_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

impl Half {
    fn count(&mut self, quotation: &Labelled, came: &'static str) {
        let row = self
            .table
            .entry((quotation.label.clone(), quotation.kind.clone()))
            .or_default();
        *row.entry(came).or_default() += 1;
        self.total += 1;
        self.right += usize::from(came == quotation.label);
        let grave = is_grave(&quotation.label);
        self.acquitted += usize::from(grave && matches!(came, "VERBATIM" | "VERBATIM+LEFT_NEGATION"));
        self.acquitted_as_cleaned += usize::from(grave && came == "VERBATIM_CLEANED");
    }

    fn print(&self, name: &str) {
        println!(
            "\n{name}: {} of {} right, accuracy {:.4}",
            self.right,
            self.total,
            self.right as f64 / self.total.max(1) as f64
        );
        println!(
            "altered, spliced or misattributed reported as verbatim: {}; as cleaned: {}",
            self.acquitted, self.acquitted_as_cleaned
        );
        let short: Vec<String> = LABELS
            .iter()
            .map(|label| label.replace("VERBATIM", "VERB").chars().take(9).collect())
            .collect();
        println!(
            "{:44} {}",
            "label / kind",
            short.iter().map(|label| format!("{label:>9}")).collect::<String>()
        );
        for ((label, kind), row) in &self.table {
            let cells = LABELS.iter().map(|came| match row.get(came) {
                Some(count) => format!("{count:>9}"),
                None => format!("{:>9}", "."),
            });
            println!("{:44} {}", format!("{label} / {kind}"), cells.collect::<String>());
        }
    }
}
