//! The items of a sheet: what each table asks of a comparison.

use super::sheet::{Item, Sheet, item};

impl Sheet {
    /// Everything that the sheet expects.
    pub fn items(self) -> Vec<Item> {
        let mut items = Vec::new();
        for pair in self.pair {
            let (readings, without) = (pair.codes(), pair.without.clone());
            let what = format!("pair {} of {} on {}", pair.of[0], pair.of[1], pair.on);
            let one = item(what, move |shown| {
                shown.pair(&pair.on, &pair.of, &readings, pair.same_speaker)
            });
            items.push(Item { without, ..one });
        }
        for link in self.link {
            let readings = link.codes();
            items.push(item(format!("link {}", link.relation), move |shown| {
                shown.link(&link.relation, &readings, link.candidates.as_deref())
            }));
        }
        for agree in self.agree {
            let what = format!("agree {} and {} on {}", agree.of[0], agree.of[1], agree.on);
            items.push(item(what, move |shown| shown.agree(&agree.on, &agree.of)));
        }
        for stand in self.stand {
            items.push(item(format!("stand on {}", stand.on), move |shown| {
                shown.stands(&stand.on, "affirms", &stand.affirms)?;
                shown.stands(&stand.on, "denies", &stand.denies)?;
                shown.stands(&stand.on, "uncommitted", &stand.uncommitted)
            }));
        }
        for origins in self.origins {
            let what = format!("origins of who {} {}", origins.says, origins.on);
            items.push(item(what, move |shown| {
                shown.origins(&origins.on, &origins.says, origins.least, origins.most)
            }));
        }
        for origin in self.origin {
            items.push(item(format!("origin {}", origin.who), move |shown| {
                shown.origin(&origin.who, &origin.statements)
            }));
        }
        for two in self.dependence {
            let what = format!("dependence of {} and {}", two.of[0], two.of[1]);
            items.push(item(what, move |shown| {
                let is = two.is.as_deref().unwrap_or("dependent");
                shown.dependence(&two.of, is, &two.by, two.by_assertion_of.as_deref())
            }));
        }
        for bottleneck in self.bottleneck {
            items.push(item(format!("bottleneck {}", bottleneck.party), move |shown| {
                shown.bottleneck(&bottleneck.party)
            }));
        }
        for circle in self.circle {
            items.push(item(format!("circle {}", circle.statements.join(", ")), move |shown| {
                shown.circle(&circle.statements)
            }));
        }
        for cycle in self.undercut {
            assert_eq!(cycle.outcome, "unresolved");
            items.push(item(format!("undercut {}", cycle.members.join(", ")), move |shown| {
                shown.undercut(&cycle.members, &cycle.outside, &cycle.sought)
            }));
        }
        for sum in self.sum {
            items.push(item(format!("sum {} of {}", sum.makes, sum.of), move |shown| {
                shown.sum(&sum.of, &sum.add, &sum.makes, &sum.fits, &sum.fits_not)
            }));
        }
        for flag in self.flag {
            items.push(item(format!("flag of {}", flag.record), move |shown| {
                shown.flag(&flag.record, &flag.code)
            }));
        }
        for order in self.order {
            let what = format!("order of {} and {}", order.of[0], order.of[1]);
            items.push(item(what, move |shown| {
                let alone = shown.first(&order.of, None).unwrap_or_else(|| "unknown".to_owned());
                if alone != order.alone {
                    return Err(format!("expected {} alone, found {alone}", order.alone));
                }
                let Some(given) = &order.given else { return Ok(()) };
                let found = shown.first(&order.of, Some(given));
                match found == order.first {
                    true => Ok(()),
                    false => Err(format!(
                        "given {given}, expected {:?} to be first, found {found:?}",
                        order.first
                    )),
                }
            }));
        }
        for one in self.assessed {
            items.push(item(format!("assessed {}", one.label), move |shown| {
                shown.assessed(&one.label, &one.reading, &one.by, (&one.on, &one.of))?;
                shown.supersedes(&one.label, one.supersedes.as_deref(), (&one.on, &one.of))
            }));
        }
        for asked in self.asked {
            items.push(item(format!("asked {}", asked.relation), move |shown| {
                let answered_in = asked.answered_in.as_deref();
                shown.asked(&asked.relation, &asked.who, &asked.answer, answered_in)
            }));
        }
        for silent in self.silent {
            let what = format!("silent {} on {}", silent.statement, silent.on);
            items.push(item(what, move |shown| shown.silent(&silent.statement, &silent.on)));
        }
        for leans in self.leans {
            let withdrawn = Some(leans.on.clone());
            let one = item(format!("leans on {}", leans.on), move |shown| {
                shown.leans(&leans.on, &leans.are)
            });
            items.push(Item { withdrawn, ..one });
        }
        for two in self.proposed {
            assert!(!two.merged, "nothing is merged by a program");
            let what = format!("proposed {} and {}", two.of[0], two.of[1]);
            items.push(item(what, move |shown| {
                shown.proposed(&two.of)?;
                shown.kept_apart(&two.of)
            }));
        }
        items
    }
}
