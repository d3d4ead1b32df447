use jiff::civil::DateTime;
use rejoinder_engine::page::{Order, days_since};
use rejoinder_wire::Post;

/// What the dates of a document told of the order that they are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    day_first: bool,
    month_first: bool,
}

impl Orders {
    fn learn(&mut self, said: &str, now: DateTime) {
        match said.lines().find_map(|line| Order::told_by(line, now)) {
            Some(Order::DayFirst) => self.day_first = true,
            Some(Order::MonthFirst) => self.month_first = true,
            None => {}
        }
    }

    /// The order, unless both were met.
    fn settled(self) -> Option<Order> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// Takes out of posts what their site says of when they were written, and tells their age where that means a day.
///
/// `now` is the reader's; without it nothing is told. `language` is what the document says of itself; the other dates
/// of the document count more.
pub(crate) fn reckon(posts: &mut [Post], orders: &mut Orders, language: Option<&str>, now: Option<DateTime>) {
    let said: Vec<Option<String>> = posts.iter_mut().map(|post| post.facts.said.take()).collect();
    let Some(now) = now else { return };
    for said in said.iter().flatten() {
        orders.learn(said, now);
    }
    for (post, said) in posts.iter_mut().zip(said) {
        let (None, Some(said)) = (post.facts.age, said) else { continue };
        let order = orders.settled().or_else(|| {
            // Software that is in English says no more than that.
            let country = post.facts.country.as_deref().unwrap_or_default();
            Order::of_language(&format!("{}-{country}", language?))
        });
        post.facts.age = agreed(said.lines().filter_map(|line| days_since(line, now, order)));
    }
}

/// The first of ages, which is the most exact, unless it is far from the last, which is what the page shows: a title
/// can be that of the thread, with a day in it. "1 year ago" is said of almost two.
fn agreed(mut ages: impl Iterator<Item = u32>) -> Option<u32> {
    let first = ages.next()?;
    let last = ages.last().unwrap_or(first);
    let (low, high) = (first.min(last), first.max(last));
    Some(if high <= low.saturating_mul(2).saturating_add(2) { first } else { last })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;
    use rejoinder_wire::Facts;

    /// Posts that say so when they were written.
    fn posts(said: &[&str]) -> Vec<Post> {
        let facts = |said: &&str| Facts { said: Some((*said).to_owned()), ..Facts::default() };
        said.iter().map(|said| Post { facts: facts(said), ..Post::own(0, "abc") }).collect()
    }

    fn now() -> Option<DateTime> {
        Some(datetime(2024, 3, 15, 14, 30, 0, 0))
    }

    fn ages(posts: &mut [Post], orders: &mut Orders, language: Option<&str>) -> Vec<Option<u32>> {
        reckon(posts, orders, language, now());
        assert!(posts.iter().all(|post| post.facts.said.is_none()));
        posts.iter().map(|post| post.facts.age).collect()
    }

    #[test]
    fn what_is_said_becomes_an_age_and_goes() {
        let mut posts = posts(&["hier à 10:12", "Permalink\n12 mars 2024", "Répondre", ""]);
        assert_eq!(ages(&mut posts, &mut Orders::default(), None), [Some(1), Some(3), None, None]);
    }

    #[test]
    fn the_exact_one_of_two_days_is_told_if_they_agree() {
        let mut posts =
            posts(&["5 janvier 2023 10:12\n1 year ago", "12 mars 2024\nhier", "Sortie du 12 mars 2019\nhier"]);
        assert_eq!(ages(&mut posts, &mut Orders::default(), None), [Some(435), Some(3), Some(1)]);
    }

    #[test]
    fn an_age_for_machines_stays() {
        let mut posts = posts(&["hier"]);
        posts[0].facts.age = Some(40);
        assert_eq!(ages(&mut posts, &mut Orders::default(), None), [Some(40)]);
    }

    #[test]
    fn without_a_clock_what_is_said_goes_too() {
        let mut posts = posts(&["hier"]);
        reckon(&mut posts, &mut Orders::default(), None, None);
        assert_eq!(posts[0].facts, Facts::default());
    }

    #[test]
    fn the_language_tells_the_order() {
        for (language, want) in [
            (Some("fr"), Some(377)),
            (Some("en"), Some(377)),
            (Some("en-US"), Some(347)),
            (Some(""), None),
            (None, None),
        ] {
            let mut posts = posts(&["04/03/2023"]);
            assert_eq!(ages(&mut posts, &mut Orders::default(), language), [want], "{language:?}");
        }
    }

    #[test]
    fn the_country_of_the_site_says_which_english() {
        let mut posts = posts(&["04/03/2023"]);
        posts[0].facts.country = Some("US".into());
        assert_eq!(ages(&mut posts, &mut Orders::default(), Some("en")), [Some(347)]);
    }

    #[test]
    fn other_dates_of_the_document_tell_it_better() {
        let mut orders = Orders::default();
        assert_eq!(ages(&mut posts(&["04/03/2023", "12/25/2023"]), &mut orders, Some("fr")), [Some(347), Some(81)]);
        assert_eq!(ages(&mut posts(&["04/03/2023"]), &mut orders, Some("fr")), [Some(347)], "in a later message");
        assert_eq!(ages(&mut posts(&["04/03/2023", "25/12/2023"]), &mut orders, Some("fr")), [Some(377), Some(81)]);
    }
}
