use proptest::prelude::*;

use crate::text::Casing;

use super::{Likeness, MAX_BEARERS, Name, alike};

fn name(text: &str) -> Name {
    Name::of(text, Casing::Root).expect("a name")
}

fn likeness(one: &str, other: &str) -> Option<Likeness> {
    let found = name(one).likeness(&name(other));
    assert_eq!(name(other).likeness(&name(one)), found, "{one} | {other}");
    found
}

#[test]
fn each_likeness_has_its_names() {
    for (one, other, expected) in [
        ("Tofig Yagublu", "TOFIG YAGUBLU", Some(Likeness::SameName)),
        ("Tofig Yagublu", "Tofik Yaqublu", Some(Likeness::SoundsTheSame)),
        ("Tofig Yagublu", "Тофик Ягублу", Some(Likeness::SoundsTheSame)),
        ("Şəhla Humbatova", "Shahla Humbatova", Some(Likeness::SoundsTheSame)),
        ("محمد مرسي", "Mohammed Morsi", Some(Likeness::SoundsTheSame)),
        ("Mehman Huseynov", "Huseynov, Mehman", Some(Likeness::OtherOrder)),
        ("Mehman Huseynov", "M. Huseynov", Some(Likeness::Initial)),
        ("Shahla Gumbatova", "Shahla Humbatova", Some(Likeness::OneLetter)),
        ("Mehman Huseynov", "Mehman Rafig Huseynov", Some(Likeness::Shortened)),
        ("Mehman Huseynov", "Emin Huseynov", None),
        ("Ilham Aliyev", "Mehriban Aliyeva", None),
        ("Elkhan Aliyev", "Elkhan Aliyeva", None),
        ("Huseynov", "Mehman Huseynov", None),
        ("Bo", "Bu", None),
    ] {
        assert_eq!(likeness(one, other), expected, "{one} | {other}");
    }
}

#[test]
fn a_name_without_words_or_too_long_is_none() {
    for text in ["", " ", "…", "\u{202e}", &"a".repeat(201), &"a ".repeat(13)] {
        assert!(Name::of(text, Casing::Root).is_none(), "{text:?}");
    }
}

#[test]
fn a_word_that_all_bear_proposes_nobody_and_is_counted() {
    let letters = ["ba", "de", "fi", "go", "hu", "ka", "le", "mi", "no", "pu"];
    let own = |n: usize| format!("{}{}{}", letters[n / 100], letters[n / 10 % 10], letters[n % 10]);
    let parties: Vec<Vec<Name>> = (0..=MAX_BEARERS)
        .map(|n| vec![name(&format!("{} Smith", own(n)))])
        .collect();
    let found = alike(&parties);
    assert_eq!(found.too_common, 1);
}

proptest! {
    #[test]
    fn likeness_has_no_direction_and_a_name_is_its_own(a in "[a-zəışçğöüа-я]{1,8}( [a-zA-Z.]{1,8}){0,3}", b in "\\PC{0,30}") {
        let (a, b) = (Name::of(&a, Casing::Root), Name::of(&b, Casing::Root));
        if let Some(a) = &a {
            prop_assert_eq!(a.likeness(a), Some(Likeness::SameName));
            if let Some(b) = &b {
                prop_assert_eq!(a.likeness(b), b.likeness(a));
            }
        }
    }

    #[test]
    fn pairs_are_those_of_comparing_all(names in prop::collection::vec("(tofi[gk]|ali|emin) (yaqublu|yagublu|aliyev|alyev)", 0..12)) {
        let parties: Vec<Vec<Name>> = names.iter().map(|text| vec![name(text)]).collect();
        let found: Vec<(usize, usize)> = alike(&parties).pairs.iter().map(|pair| (pair.one, pair.other)).collect();
        let mut all = Vec::new();
        for (one, mine) in parties.iter().enumerate() {
            for (other, theirs) in parties.iter().enumerate().skip(one + 1) {
                if mine[0].likeness(&theirs[0]).is_some() {
                    all.push((one, other));
                }
            }
        }
        prop_assert_eq!(found, all);
    }
}
