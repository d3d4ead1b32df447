use super::*;
use jiff::civil::{date, datetime};
use proptest::prelude::*;

/// A Friday.
fn now() -> DateTime {
    datetime(2024, 3, 15, 14, 30, 0, 0)
}

#[track_caller]
fn all(now: DateTime, order: Option<Order>, cases: &[(&str, &str)]) {
    for &(text, want) in cases {
        let got = reckon(text, now, order).map_or_else(String::new, |date| date.to_string());
        assert_eq!(got, want, "{text}");
    }
}

#[test]
fn days_with_their_month_in_words() {
    let cases = [
        ("12 mars 2024", "2024-03-12"),
        ("Le 12 mars 2024 à 10h20", "2024-03-12"),
        ("1er avril 2023, 08:00", "2023-04-01"),
        ("Posté le 3 févr. 2012 à 22:10:58", "2012-02-03"),
        ("03 mars 2023 à 10:12:45", "2023-03-03"),
        ("3 mai 2023 à 19 h 20 min", "2023-05-03"),
        ("» 12 Fév 2024, 14:03", "2024-02-12"),
        ("Ven 14 Jan 2011 10:41", "2011-01-14"),
        ("mar. 12 avr. 2022", "2022-04-12"),
        ("mar. 12 avr. 10:12", "2023-04-12"),
        ("dim. 10 déc. 2023", "2023-12-10"),
        ("15 août 2009", "2009-08-15"),
        ("14 juil. 2019", "2019-07-14"),
        ("14 JUIN 2019", "2019-06-14"),
        ("14 ju\u{69}n\u{a0}2019", "2019-06-14"),
        ("31 de\u{301}c. 2023", "2023-12-31"),
        ("March 12, 2024", "2024-03-12"),
        ("March 12, 2024, 10:20 pm", "2024-03-12"),
        ("Mar 12th '24", "2024-03-12"),
        ("Mar 12th, 2024 at 10:20 am", "2024-03-12"),
        ("Posted 12 Mar 2024", "2024-03-12"),
        ("Thu Mar 12, 2009 10:20 pm", "2009-03-12"),
        ("Thu, 12 Mar 2009 22:10:58 +0100", "2009-03-12"),
        ("Thu Mar 12 22:10:58 CET 2009", "2009-03-12"),
        ("Wednesday, June 10th, 2020 at 7:03:00 AM", "2020-06-10"),
        ("10:20 PM · Mar 12, 2022", "2022-03-12"),
        ("10:20 March 12, 2022", "2022-03-12"),
        ("22nd of October 2020", "2020-10-22"),
        ("12-Mar-09 10:20", "2009-03-12"),
        ("12/Mar/2009", "2009-03-12"),
        ("12 mars 09", "2009-03-12"),
        ("12 mars 98, 10:20", "1998-03-12"),
        ("12. März 2023", "2023-03-12"),
        ("3. Mai 2023, 10.20 Uhr", "2023-05-03"),
        ("12 de marzo de 2023", "2023-03-12"),
        ("5 de enero de 2023 a las 10:20", "2023-01-05"),
        ("12 mars 2024 par Papa_Ours", "2024-03-12"),
        ("29 février 2024", "2024-02-29"),
        ("29 février 2023", ""),
        ("31 avril 2023", ""),
        ("32 mars 2024", ""),
        ("32 mars 10", ""),
        ("March 32, 2024", ""),
        ("0 mars 2024", ""),
        ("12 jui 2023", ""),
    ];
    all(now(), None, &cases);
}

#[test]
fn months_without_their_day_are_their_middle() {
    let cases = [
        ("déc. 2021", "2021-12-15"),
        ("Dec '21", "2021-12-15"),
        ("mars 2024", "2024-03-15"),
        ("avril 2024", ""),
        ("Mar '98", "1998-03-15"),
        ("décembre", ""),
    ];
    all(now(), None, &cases);
    all(datetime(2024, 3, 2, 0, 0, 0, 0), None, &[("mars 2024", "2024-03-02"), ("February 2024", "2024-02-15")]);
    all(datetime(2024, 2, 29, 23, 0, 0, 0), None, &[("March 2024", "")]);
}

#[test]
fn a_missing_year_is_the_latest_that_is_not_to_come() {
    let cases = [
        ("15 mars", "2024-03-15"),
        ("16 mars", "2023-03-16"),
        ("le 3 févr. à 10:12", "2024-02-03"),
        ("Feb 3 at 18:22", "2024-02-03"),
        ("Dec 31", "2023-12-31"),
        ("31 déc., 23:59", "2023-12-31"),
        ("08 oct.", "2023-10-08"),
        ("Sep 3 · Edited", "2023-09-03"),
        ("Feb 29", "2024-02-29"),
        ("Mar 12 at 10 p.m.", "2024-03-12"),
        ("May 2 times", ""),
        ("12 mars bleus", ""),
        ("12 mai 2 fois", ""),
    ];
    all(now(), None, &cases);
    let case = [
        ("31/12 à 23:59", "2023-12-31"),
        ("15/03", "2024-03-15"),
        ("16.03. 10:20", "2023-03-16"),
        ("02/03", "2024-03-02"),
    ];
    all(now(), Some(Order::DayFirst), &case);
    all(now(), Some(Order::MonthFirst), &[("02/03", "2024-02-03"), ("12/31 10:20 pm", "2023-12-31")]);
    all(datetime(2024, 1, 1, 0, 0, 0, 0), None, &[("31 déc.", "2023-12-31"), ("1 janv.", "2024-01-01")]);
    all(datetime(2023, 3, 1, 0, 0, 0, 0), None, &[("29 févr.", "2020-02-29")]);
    all(datetime(2103, 3, 1, 0, 0, 0, 0), None, &[("Feb 29", "2096-02-29")]);
}

#[test]
fn days_in_numbers() {
    let certain = [
        ("2024-03-12", "2024-03-12"),
        ("2024/3/12", "2024-03-12"),
        ("2020-10-08 14:03:00 +0200", "2020-10-08"),
        ("2024-03-12T10:20:00Z", "2024-03-12"),
        ("2024-13-12", ""),
        ("2023-02-29", ""),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("25.12.23, 10:20", "2023-12-25"),
        ("25-12-2023-10:20", "2023-12-25"),
        ("25. 12. 2023", "2023-12-25"),
        ("(25/12/2023)", "2023-12-25"),
        ("Date:25/12/2023", "2023-12-25"),
        ("05/05/2023", "2023-05-05"),
        ("12.03.2024", "2024-03-12"),
        ("25/12/98", "1998-12-25"),
        ("31/02/2023", ""),
        ("45/45/2023", ""),
        // One of the two is to come.
        ("05/01/2024", "2024-01-05"),
        ("03/04/2024", "2024-03-04"),
    ];
    all(now(), None, &certain);
    all(now(), Some(Order::MonthFirst), &[("25/12/2023", "2023-12-25"), ("04/03/2024", "2024-03-04")]);
    all(now(), Some(Order::DayFirst), &[("12/25/2023", "2023-12-25"), ("03/04/2024", "2024-03-04")]);
}

#[test]
fn two_ways_to_read_are_settled_by_the_order_then_by_the_words() {
    let text = "03-04-2015, 10:58 PM";
    all(now(), None, &[(text, ""), ("Posté le 12-03-2015 à 22:10:58", "2015-03-12"), ("le 03/04/15", "2015-04-03")]);
    all(now(), Some(Order::DayFirst), &[(text, "2015-04-03")]);
    all(now(), Some(Order::MonthFirst), &[(text, "2015-03-04"), ("12.03.2015", "2015-03-12")]);
}

#[test]
fn orders_of_languages() {
    for (tag, want) in [
        ("fr", Some(Order::DayFirst)),
        ("fr-CA", Some(Order::DayFirst)),
        ("en-US", Some(Order::MonthFirst)),
        ("EN_us", Some(Order::MonthFirst)),
        ("en-Latn-US", Some(Order::MonthFirst)),
        ("en", Some(Order::DayFirst)),
        ("en-GB", Some(Order::DayFirst)),
        ("es-US", Some(Order::DayFirst)),
        ("", None),
        ("*", None),
        ("1", None),
    ] {
        assert_eq!(Order::of_language(tag), want, "{tag}");
    }
}

#[test]
fn orders_that_labels_tell() {
    for (text, want) in [
        ("Posted 25/12/2023", Some(Order::DayFirst)),
        ("12-25-2023, 10:20 PM", Some(Order::MonthFirst)),
        ("05/01/2024", Some(Order::DayFirst)),
        ("01/05/2024", Some(Order::MonthFirst)),
        ("03/04/2015", None),
        ("05/05/2015", None),
        ("2024-03-12", None),
        ("31/02/2023", None),
        ("12 mars 2024", None),
        ("", None),
    ] {
        assert_eq!(Order::told_by(text, now()), want, "{text}");
    }
}

#[test]
fn distances() {
    let cases = [
        ("il y a une minute", "2024-03-15"),
        ("Il y a 3 heures", "2024-03-15"),
        ("il y a 14 h", "2024-03-15"),
        ("il y a 15 h", "2024-03-14"),
        ("il y a 3 jours", "2024-03-12"),
        ("Posté il y a environ 2 semaines", "2024-03-01"),
        ("il y a 15 jours", "2024-02-29"),
        ("il y a un mois", "2024-02-15"),
        ("il y a plus d’un an", "2023-03-15"),
        ("il y a 3 ans et 2 mois", "2021-01-15"),
        ("Il y a moins d'une minute", "2024-03-15"),
        ("il y a quelques secondes", "2024-03-15"),
        ("il y a quelques instants", "2024-03-15"),
        ("il y a quelques jours", ""),
        ("il y a 2 jours (modifié)", "2024-03-13"),
        ("3 days ago", "2024-03-12"),
        ("a month ago", "2024-02-15"),
        ("an hour ago", "2024-03-15"),
        ("about 2 hr. ago", "2024-03-15"),
        ("over 2 years ago", "2022-03-15"),
        ("less than a minute ago", "2024-03-15"),
        ("a few seconds ago", "2024-03-15"),
        ("a few days ago", ""),
        ("3 years, 2 months ago", "2021-01-15"),
        ("1 day 16 hours ago", "2024-03-13"),
        ("2 months ago (edited)", "2024-01-15"),
        ("1 year earlier", "2023-03-15"),
        ("3 jours plus tôt", "2024-03-12"),
        ("Commented 5 days ago by Bob", "2024-03-10"),
        ("vor 3 Tagen", "2024-03-12"),
        ("vor einem Jahr", "2023-03-15"),
        ("hace 3 días", "2024-03-12"),
        ("hace un año", "2023-03-15"),
        ("3 j", "2024-03-12"),
        ("3j", "2024-03-12"),
        ("2 sem", "2024-03-01"),
        ("2 sem. • Modifié •", "2024-03-01"),
        ("1w • Edited • Visible to anyone", "2024-03-08"),
        ("1y", "2023-03-15"),
        ("5 mo", "2023-10-15"),
        ("5mois", "2023-10-15"),
        ("11 mois", "2023-04-15"),
        ("2 ans", "2022-03-15"),
        ("· 3 h", "2024-03-15"),
        ("20h", "2024-03-14"),
        ("1h30min", "2024-03-15"),
        ("5 min", "2024-03-15"),
        ("30 s", "2024-03-15"),
        ("dans 3 jours", ""),
        ("in 3 days", ""),
        ("3 days left", ""),
        ("3 days from now", ""),
        ("1.5 years ago", ""),
        ("1,5 an", ""),
        ("3 j'aime", ""),
        ("3 min read", ""),
        ("80 m²", ""),
        ("10h12", ""),
        ("il y a 3 enfants", ""),
        ("il y a 300 ans", ""),
    ];
    all(now(), None, &cases);
    // The last day of a shorter month, and of February.
    all(datetime(2024, 3, 31, 0, 0, 0, 0), None, &[("1 month ago", "2024-02-29"), ("1 minute ago", "2024-03-30")]);
    all(datetime(2024, 2, 29, 0, 0, 0, 0), None, &[("1 an", "2023-02-28")]);
    all(datetime(2024, 1, 1, 0, 30, 0, 0), None, &[("il y a 1 heure", "2023-12-31"), ("2 d", "2023-12-30")]);
}

#[test]
fn days_by_name() {
    let cases = [
        ("hier", "2024-03-14"),
        ("hier à 10h12", "2024-03-14"),
        ("Hier, 10h12", "2024-03-14"),
        ("Yesterday at 10:12 AM", "2024-03-14"),
        ("avant-hier à 10:12", "2024-03-13"),
        ("avant hier", "2024-03-13"),
        ("the day before yesterday", "2024-03-13"),
        ("vorgestern", "2024-03-13"),
        ("anteayer", "2024-03-13"),
        ("gestern um 10:12", "2024-03-14"),
        ("ayer a las 10:12", "2024-03-14"),
        ("Aujourd'hui, 10:12", "2024-03-15"),
        ("Aujourd’hui à 10:12:13", "2024-03-15"),
        ("Today 10:12", "2024-03-15"),
        ("heute, 10:12", "2024-03-15"),
        ("hoy", "2024-03-15"),
        ("à l’instant", "2024-03-15"),
        ("Posté à l'instant", "2024-03-15"),
        ("just now", "2024-03-15"),
        ("Now", "2024-03-15"),
        ("a moment ago", "2024-03-15"),
        ("maintenant", "2024-03-15"),
        ("maintenant je sais plus quoi faire", ""),
        ("hier encore", ""),
        ("demain", ""),
        ("tomorrow at 10:12", ""),
    ];
    all(now(), None, &cases);
    all(datetime(2024, 3, 1, 0, 0, 0, 0), None, &[("hier", "2024-02-29"), ("avant-hier", "2024-02-28")]);
    all(datetime(2024, 1, 1, 0, 0, 0, 0), None, &[("Yesterday", "2023-12-31")]);
}

#[test]
fn weekdays() {
    let cases = [
        ("lundi à 10:12", "2024-03-11"),
        ("Monday at 10:12 PM", "2024-03-11"),
        ("Mon 10:12", "2024-03-11"),
        ("mar. 10:12", "2024-03-12"),
        ("Thu, 11:59 pm", "2024-03-14"),
        ("samedi", "2024-03-09"),
        ("Saturday at 9 a.m.", "2024-03-09"),
        ("vendredi à 14h30", "2024-03-15"),
        ("vendredi à 14h31", "2024-03-08"),
        ("Friday at 2:31 PM", "2024-03-08"),
        ("Friday at 12:01 AM", "2024-03-15"),
        ("Friday at 12:01 PM", "2024-03-15"),
        ("vendredi dernier", "2024-03-08"),
        ("last Friday", "2024-03-08"),
        ("Freitag um 10:12", "2024-03-15"),
        ("miércoles a las 10:12", "2024-03-13"),
        ("Mon histoire", ""),
        ("sun", ""),
        ("lundi prochain", ""),
        ("Monday at 13:12 PM", "2024-03-11"),
    ];
    all(now(), None, &cases);
    all(datetime(2024, 3, 3, 10, 0, 0, 0), None, &[("Thursday at 10:12", "2024-02-29")]);
}

#[test]
fn days_to_come_are_of_other_clocks_or_none() {
    let cases = [
        ("16 mars 2024", "2024-03-16"),
        ("17 mars 2024", ""),
        ("2024-03-16", "2024-03-16"),
        ("2024-03-17", ""),
        ("31/12/2024", ""),
        ("31/12/24", ""),
        ("12 mars 2050", ""),
        ("31/12/1979", ""),
        ("01/01/1980", "1980-01-01"),
    ];
    all(now(), None, &cases);
    all(DateTime::MAX, None, &[("31 décembre 9999", "9999-12-31"), ("hier", "9999-12-30")]);
    all(DateTime::MIN, None, &[("hier", ""), ("il y a 3 jours", ""), ("12 mars", "")]);
}

#[test]
fn what_is_no_label() {
    let cases = [
        "",
        " ",
        "Répondre",
        "12 réponses",
        "#12",
        "#12 March",
        "3.5.1",
        "Version 1.2.3.4",
        "192.168.10.24",
        "1.2.34.5",
        "1/2",
        "9/10",
        "Page 10/12",
        "10:12",
        "Messages : 1 234",
        "I may 2 times",
        "il y a du monde",
        "5 minutes de repos",
        "j'ai 3 enfants",
        "Page 1 sur 12",
        "99999999999999999999 days ago",
        "4294967297 days ago",
        "il y a 4294967295 ans",
        "il y a 99999999 mois",
        "99999999999/99999999999/99999999999",
        "12 mars 99999999999999",
        "١٢ مارس ٢٠٢٤",
        "2024年3月12日",
    ];
    for order in [None, Some(Order::DayFirst), Some(Order::MonthFirst)] {
        for text in cases {
            assert_eq!(reckon(text, now(), order), None, "{text}");
        }
    }
}

#[test]
fn labels_are_short() {
    let label = |bytes: usize| format!("12 mars 2024{}", " ".repeat(bytes - 12));
    all(now(), None, &[(&label(140), "2024-03-12"), (&label(141), "")]);
}

#[test]
fn days_are_counted() {
    for (text, want) in [
        ("16 mars 2024", Some(0)),
        ("à l'instant", Some(0)),
        ("hier", Some(1)),
        ("12/03/2015", Some(3291)),
        ("1 an", Some(366)),
        ("bientôt", None),
    ] {
        assert_eq!(days_since(text, now(), Some(Order::DayFirst)), want, "{text}");
    }
}

/// What is taken for a date when posts are looked for says when.
#[test]
fn all_that_is_recognised_is_reckoned() {
    for text in super::super::date::LABELS {
        assert!(reckon(text, now(), Some(Order::DayFirst)).is_some(), "{text}");
    }
}

proptest! {
    #[test]
    fn anything_is_a_day_that_can_be_or_none(
        text in "(([0-9]{1,2}|[0-9]{1,12}|19[0-9][0-9]|il y a|vor|hier|mars|May|lundi|j|ans|h|mo|few|ago|avant|at|pm|['’:/.,·# -]|\\PC)[ ]?){0,12}",
        day in 0i64..7_000_000,
        order in prop_oneof![Just(None), Just(Some(Order::DayFirst)), Just(Some(Order::MonthFirst))],
    ) {
        let now = date(-9999, 1, 1).checked_add(Span::new().days(day)).unwrap().at(23, 59, 0, 0);
        let _ = Order::told_by(&text, now);
        if let Some(date) = reckon(&text, now, order) {
            prop_assert!(date <= now.date().tomorrow().unwrap_or(Date::MAX));
            prop_assert!(days_since(&text, now, order).is_some());
        }
    }
}
