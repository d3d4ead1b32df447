//! The day that a label means: what sites write for people beside a post, in French and English, and what German and
//! Spanish have in common with them.
//!
//! All is civil: labels name no time zone, so a day more or less is within what can be known.

use super::date::LABEL;
use jiff::Span;
use jiff::civil::{Date, DateTime, Time};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Posts that seem older than this year are not: the number is another, or means a birth.
const FIRST_YEAR: i16 = 1980;

/// Years between two 29ths of February, at most.
const LEAP: i16 = 8;

/// In each language, by month; labels have them whole or as their beginning, of three letters or more.
const MONTHS: [&[&str]; 12] = [
    &["janvier", "january", "januar", "enero"],
    &["fevrier", "february", "februar", "febrero"],
    &["mars", "march", "marz", "maerz", "mrz", "marzo"],
    &["avril", "april", "abril"],
    &["mai", "may", "mayo"],
    &["juin", "june", "juni", "junio"],
    &["juillet", "july", "juli", "julio"],
    &["aout", "august", "agosto"],
    &["septembre", "september", "septiembre", "setiembre"],
    &["octobre", "october", "oktober", "octubre"],
    &["novembre", "november", "noviembre"],
    &["decembre", "december", "dezember", "diciembre"],
];

/// By day from Monday: whole names, then the short ones, which need a clock beside them.
const WEEKDAYS: [(&[&str], &[&str]); 7] = [
    (&["lundi", "monday", "montag", "lunes"], &["lun", "mon"]),
    (&["mardi", "tuesday", "dienstag", "martes"], &["mar", "tue", "tues"]),
    (&["mercredi", "wednesday", "mittwoch", "miercoles"], &["mer", "wed", "mie"]),
    (&["jeudi", "thursday", "donnerstag", "jueves"], &["jeu", "thu", "thur", "thurs", "jue"]),
    (&["vendredi", "friday", "freitag", "viernes"], &["ven", "fri", "vie"]),
    (&["samedi", "saturday", "samstag", "sabado"], &["sam", "sat", "sab"]),
    (&["dimanche", "sunday", "sonntag", "domingo"], &["dim", "sun", "dom"]),
];

const ARTICLES: &[&str] = &["a", "an", "one", "un", "une", "ein", "eine", "einem", "einer", "einen", "uno", "una"];
const FEW: &[&str] = &["few", "several", "quelques", "plusieurs", "einigen", "unos", "unas"];
/// What stands between "il y a" and a number, or before one.
const ABOUT: &[&str] = &[
    "about", "around", "over", "almost", "nearly", "more", "less", "than", "environ", "plus", "moins", "presque",
    "pres", "de", "d", "etwa", "ungefahr", "uber", "fast", "mehr", "weniger", "als", "mas", "menos", "casi",
];
const AND: &[&str] = &["and", "et", "und", "y"];
const AGO: &[&str] = &["ago", "earlier"];
const EDITED: &[&str] = &["edited", "modified", "edite", "modifie", "bearbeitet", "editado"];
/// What may stand between a day and its hour, or a day and who wrote.
const BETWEEN: &[&str] = &["at", "a", "um", "las", "la", "les", "vers", "by", "par", "von", "por"];
const DIVIDERS: &[char] = &['-', '/', '.'];
/// In labels with one of these, the day comes first.
const DAY_FIRST: &[&str] = &["le", "poste", "publie", "ecrit", "envoye", "par", "um", "von", "el", "las", "por"];

/// What comes first in dates that are all numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The day: `31/12/2024`.
    DayFirst,
    /// The month: `12/31/2024`.
    MonthFirst,
}

impl Order {
    /// As is usual in a language, given by its tag (`fr`, `en-US`): the month comes first only where the tag names the
    /// United States. `None` when it is no tag.
    pub fn of_language(tag: &str) -> Option<Order> {
        let mut parts = tag.trim().split(['-', '_']);
        let language = parts.next().filter(|l| l.len() >= 2 && l.bytes().all(|b| b.is_ascii_alphabetic()))?;
        let american = language.eq_ignore_ascii_case("en") && parts.any(|part| part.eq_ignore_ascii_case("us"));
        Some(if american { Order::MonthFirst } else { Order::DayFirst })
    }

    /// The order that a label itself settles, because read otherwise it names no day, or one to come. `None` when it
    /// settles nothing.
    pub fn told_by(text: &str, now: DateTime) -> Option<Order> {
        let label = Label::new(text)?;
        let numbers = (0..label.0.len()).find_map(|at| label.numbers(at))?;
        match (numbers.read(Order::DayFirst, now), numbers.read(Order::MonthFirst, now)) {
            (Some(_), None) => Some(Order::DayFirst),
            (None, Some(_)) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// The day that a label means, for a reader whose clock says `now`: at most one after today, for clocks differ.
///
/// `order` is for dates that are all numbers and can be read in two ways; without it, and without words that tell the
/// language, those mean nothing. A month without a day is its middle. `None` for what is no such label, for what is
/// longer than 140 bytes, and for what was before 1980.
pub fn reckon(text: &str, now: DateTime, order: Option<Order>) -> Option<Date> {
    let label = Label::new(text)?;
    let order = order.or_else(|| label.has_word(DAY_FIRST).then_some(Order::DayFirst));
    let each = || 0..label.0.len();
    each()
        .find_map(|at| {
            let date = || label.dated(at, now, order);
            date().or_else(|| label.distance(at, now)).or_else(|| label.day(at, now))
        })
        .or_else(|| each().find_map(|at| label.weekday(at, now)))
}

/// The days from what [`reckon`] makes of a label to today; 0 for tomorrow too.
pub fn days_since(text: &str, now: DateTime, order: Option<Order>) -> Option<u32> {
    let days = reckon(text, now, order)?.until(now.date()).ok()?.get_days();
    Some(u32::try_from(days).unwrap_or(0))
}

/// A label in small letters without accents, in pieces.
struct Label(Vec<Piece>);

struct Piece {
    what: What,
    /// Whether white space is before it.
    apart: bool,
}

enum What {
    /// Its value, saturated, and how many digits it has.
    Number(u32, usize),
    Word(String),
    Sign(char),
}

/// A date that is all numbers, its day and month in either order.
struct Numbers {
    first: u32,
    second: u32,
    year: Year,
    dotted: bool,
}

#[derive(Clone, Copy)]
enum Year {
    Full(u32),
    /// Of a century that is not said.
    Short(u32),
    Missing,
}

impl Numbers {
    fn read(&self, order: Order, now: DateTime) -> Option<Date> {
        match order {
            Order::DayFirst => self.year.date(self.second, self.first, now),
            Order::MonthFirst => self.year.date(self.first, self.second, now),
        }
    }

    /// The only reading, or that of two which the order tells.
    fn meant(&self, order: Option<Order>, now: DateTime) -> Option<Date> {
        let by_day = self.read(Order::DayFirst, now);
        let by_month = self.read(Order::MonthFirst, now);
        match order {
            _ if by_day == by_month => by_day,
            _ if self.dotted => by_day.or(by_month),
            Some(Order::DayFirst) => by_day.or(by_month),
            Some(Order::MonthFirst) => by_month.or(by_day),
            None => by_day.xor(by_month),
        }
    }
}

impl Year {
    fn date(self, month: u32, day: u32, now: DateTime) -> Option<Date> {
        let today = now.date();
        let of = |year: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        match self {
            Year::Full(year) => credible(of(i16::try_from(year).ok()?)?, today),
            Year::Short(year) => {
                let year = i16::try_from(year).ok()?;
                [2000, 1900].into_iter().find_map(|century| credible(of(century + year)?, today))
            }
            Year::Missing => {
                let mut years = (0..=LEAP).map(|back| today.year().saturating_sub(back));
                years.find_map(|year| of(year).filter(|&date| date <= today))
            }
        }
    }
}

fn credible(date: Date, today: Date) -> Option<Date> {
    let latest = today.tomorrow().unwrap_or(today);
    (date.year() >= FIRST_YEAR && date <= latest).then_some(date)
}

impl Label {
    fn new(text: &str) -> Option<Label> {
        if text.len() > LABEL {
            return None;
        }
        let mut pieces: Vec<Piece> = Vec::new();
        let mut apart = true;
        for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
            if c.is_whitespace() {
                apart = true;
                continue;
            }
            let what = match (pieces.last_mut().filter(|_| !apart).map(|p| &mut p.what), c.to_digit(10)) {
                (Some(What::Number(value, digits)), Some(digit)) => {
                    (*value, *digits) = (value.saturating_mul(10).saturating_add(digit), *digits + 1);
                    continue;
                }
                (_, Some(digit)) => What::Number(digit, 1),
                (Some(What::Word(word)), None) if c.is_alphabetic() => {
                    word.push(c);
                    continue;
                }
                (_, None) if c.is_alphabetic() => What::Word(c.into()),
                (_, None) if matches!(c, '’' | 'ʼ' | '`') => What::Sign('\''),
                (_, None) if matches!(c, '‐' | '‑' | '–' | '—') => What::Sign('-'),
                (_, None) => What::Sign(c),
            };
            pieces.push(Piece { what, apart });
            apart = false;
        }
        Some(Label(pieces))
    }

    fn what(&self, at: usize) -> Option<&What> {
        self.0.get(at).map(|piece| &piece.what)
    }

    fn number(&self, at: usize) -> Option<(u32, usize)> {
        match self.what(at)? {
            &What::Number(value, digits) => Some((value, digits)),
            _ => None,
        }
    }

    fn digits(&self, at: usize) -> usize {
        self.number(at).map_or(0, |(_, digits)| digits)
    }

    /// A number of one or two digits.
    fn small(&self, at: usize) -> Option<u32> {
        self.number(at).filter(|&(_, digits)| digits <= 2).map(|(value, _)| value)
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.what(at)? {
            What::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|word| words.contains(&word))
    }

    fn sign(&self, at: usize) -> Option<char> {
        match self.what(at)? {
            &What::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    fn is_sign(&self, at: usize, signs: &[char]) -> bool {
        self.sign(at).is_some_and(|sign| signs.contains(&sign))
    }

    /// Whether a piece follows the one before it without a space.
    fn is_joined(&self, at: usize) -> bool {
        self.0.get(at).is_some_and(|piece| !piece.apart)
    }

    fn has_word(&self, words: &[&str]) -> bool {
        (0..self.0.len()).any(|at| self.is(at, words))
    }

    fn past(&self, at: usize, signs: &[char]) -> usize {
        at + usize::from(self.is_sign(at, signs))
    }

    /// Whether a number is the later part of a longer one, of a clock, or of a date.
    fn continues(&self, at: usize) -> bool {
        let glued = at >= 2 && self.is_joined(at) && self.is_joined(at - 1) && self.number(at - 2).is_some();
        glued && (self.is_sign(at - 1, &['.', ',', ':', '/', '-']) || self.is(at - 1, &["h"]))
    }

    /// Whether a label may go on so behind a day: other words mean that it was none.
    fn may_end(&self, at: usize) -> bool {
        self.word(at).is_none() || self.is(at, BETWEEN) || self.is(at, EDITED)
    }

    /// A day that is named by its number and month.
    fn dated(&self, at: usize, now: DateTime, order: Option<Order>) -> Option<Date> {
        if let Some(numbers) = self.numbers(at) {
            return numbers.meant(order, now);
        }
        match self.iso(at).or_else(|| self.day_month(at)).or_else(|| self.month_day(at)) {
            Some((day, month, year)) => year.date(month, day, now),
            None => self.month_alone(at, now),
        }
    }

    /// Three numbers with the same sign between them, which are no part of more.
    fn three(&self, at: usize) -> Option<[(u32, usize); 3]> {
        let first = self.number(at).filter(|_| !self.continues(at))?;
        let sign = self.sign(at + 1).filter(|sign| DIVIDERS.contains(sign))?;
        let second = self.number(at + 2)?;
        let is_hour = !self.is_joined(at + 4) && self.clock(at + 4).is_some();
        let third = self.number(at + 4).filter(|_| self.sign(at + 3) == Some(sign) && !is_hour)?;
        // A version or an address of a machine goes on; so does a date with its hour.
        let goes_on = self.is_joined(at + 5) && self.is_joined(at + 6) && self.is_sign(at + 5, DIVIDERS);
        let more = goes_on && self.number(at + 6).is_some() && self.clock(at + 6).is_none();
        (!more).then_some([first, second, third])
    }

    /// 2024-03-12
    fn iso(&self, at: usize) -> Option<(u32, u32, Year)> {
        match self.three(at)? {
            [(year, 4), (month, 1 | 2), (day, 1 | 2)] => Some((day, month, Year::Full(year))),
            _ => None,
        }
    }

    /// 12/03/2024, 12.3.24, 12/03
    fn numbers(&self, at: usize) -> Option<Numbers> {
        let dotted = self.is_sign(at + 1, &['.']);
        match self.three(at) {
            Some([(first, 1 | 2), (second, 1 | 2), (year, 4)]) => {
                return Some(Numbers { first, second, year: Year::Full(year), dotted });
            }
            Some([(first, 1 | 2), (second, 1 | 2), (year, 2)]) => {
                return Some(Numbers { first, second, year: Year::Short(year), dotted });
            }
            Some(_) => return None,
            None => {}
        }
        // A fraction or a score looks like a day without its year: nothing else may be there but an hour.
        let ((first, 1 | 2), (second, 1 | 2)) = (self.number(at)?, self.number(at + 2)?) else { return None };
        let next = match self.sign(at + 1)? {
            '/' => self.past(at + 3, &[',']),
            '.' if self.is_sign(at + 3, &['.']) => at + 4,
            _ => return None,
        };
        let begins = at == 0 || self.is(at - 1, &["le", "on", "am", "el"]);
        let hour = next + usize::from(self.is(next, BETWEEN));
        let both_full = self.digits(at) == 2 && self.digits(at + 2) == 2;
        let ends = self.clock(hour).is_some() || both_full && self.what(next).is_none();
        (begins && ends && !self.continues(at)).then_some(Numbers { first, second, year: Year::Missing, dotted })
    }

    /// 12 mars 2024, 1er avril, 12-Mar-09, 3 de mayo de 2024
    fn day_month(&self, at: usize) -> Option<(u32, u32, Year)> {
        let day = self.small(at).filter(|_| !self.continues(at) && (at == 0 || !self.is_sign(at - 1, &['#'])))?;
        let mut next = self.past(self.past_ordinal(at + 1), &['.', '-', '/']);
        next += usize::from(self.is(next, &["de", "of"]));
        let month = self.month(next)?;
        self.with_year(day, month, self.past(next + 1, &['.']))
    }

    /// March 12, 2024; Mar 12th '24
    fn month_day(&self, at: usize) -> Option<(u32, u32, Year)> {
        let month = self.month(at).filter(|_| !self.is_counted(at))?;
        let next = self.past(at + 1, &['.']);
        let day = self.small(next).filter(|_| self.clock(next).is_none())?;
        let next = self.past_ordinal(next + 1);
        self.with_year(day, month, next)
    }

    /// mars 2024, Mar '24: its middle.
    fn month_alone(&self, at: usize, now: DateTime) -> Option<Date> {
        let month = self.month(at).filter(|_| !self.is_counted(at))?;
        let next = self.past(at + 1, &['.']);
        let (begin, middle) = match self.year(next + usize::from(self.is(next, &["de", "of"])))? {
            year @ (Year::Full(_) | Year::Short(_)) => (year.date(month, 1, now)?, year.date(month, 15, now)),
            Year::Missing => return None,
        };
        (begin <= now.date()).then(|| middle.unwrap_or(now.date()).min(now.date()))
    }

    /// Whether a number is before a month: a day that it does not have.
    fn is_counted(&self, at: usize) -> bool {
        at > 0 && self.number(at - 1).is_some() && !self.continues(at - 1)
    }

    fn past_ordinal(&self, at: usize) -> usize {
        at + usize::from(self.is(at, &["er", "st", "nd", "rd", "th", "o"]))
    }

    fn month(&self, at: usize) -> Option<u32> {
        let word = self.word(at).filter(|word| word.len() >= 3)?;
        let mut found = (1..).zip(MONTHS).filter(|(_, names)| names.iter().any(|name| name.starts_with(word)));
        let month = found.next()?.0;
        // Half of "juin" is half of "juillet".
        found.next().is_none().then_some(month)
    }

    /// The year at a place, which may be missing where the label ends or goes on with an hour.
    fn with_year(&self, day: u32, month: u32, at: usize) -> Option<(u32, u32, Year)> {
        // Thu Mar 12 22:10:58 CET 2009
        let at_end = || match self.number(self.0.len().checked_sub(1)?)? {
            (year @ 1900.., 4) => Some(Year::Full(year)),
            _ => None,
        };
        let ends = self.may_end(at) && (self.number(at).is_none() || self.clock(at).is_some());
        let year = self.year(at).or_else(|| ends.then(|| at_end().unwrap_or(Year::Missing)))?;
        Some((day, month, year))
    }

    fn year(&self, at: usize) -> Option<Year> {
        let mut next = at;
        while self.is_sign(next, &[',', '.', '-', '/', '\'']) || self.is(next, &["de", "del", "of"]) {
            next += 1;
        }
        match self.number(next) {
            Some((year, 4)) => Some(Year::Full(year)),
            Some((year, 2)) => {
                let marked = next > at && self.is_joined(next) && self.is_sign(next - 1, &['\'', '-', '/']);
                let is_year = self.clock(next).is_none() && (marked || self.may_end(next + 1));
                is_year.then_some(Year::Short(year))
            }
            _ => None,
        }
    }

    /// il y a 3 jours, 3 years and 2 months ago, vor 3 Tagen; with nothing around it: 3 j, 2 sem.
    fn distance(&self, at: usize, now: DateTime) -> Option<Date> {
        let prefix = match self.word(at) {
            Some("il") if self.is(at + 1, &["y"]) && self.is(at + 2, &["a"]) => 3,
            Some("vor" | "hace" | "ha" | "depuis" | "since") => 1,
            _ => 0,
        };
        let mut next = at + prefix;
        while self.is(next, ABOUT) || self.is_sign(next, &['\'', '~']) {
            next += 1;
        }
        let mut when = now;
        let mut any = false;
        while let Some((span, behind)) = self.quantity(next) {
            (when, any) = (when.checked_sub(span).ok()?, true);
            let more = self.past(behind, &[',']);
            let more = more + usize::from(self.is(more, AND));
            if self.quantity(more).is_none() {
                next = behind;
                break;
            }
            next = more;
        }
        let ago = self.is(next, AGO) || self.is(next, &["plus"]) && self.is(next + 1, &["tot"]);
        let begins = || (0..at).all(|at| self.is_sign(at, &['·', '•', '|', '-', '»', '(']));
        // "3 j'aime" are no days.
        let ends = || match self.what(next) {
            None => true,
            Some(What::Sign(sign)) => *sign != '\'',
            Some(What::Word(_)) => self.is(next, EDITED),
            Some(What::Number(..)) => false,
        };
        let said = any && (prefix > 0 || ago || begins() && ends());
        credible(said.then_some(when.date())?, now.date())
    }

    /// A number of units, and the place behind them.
    fn quantity(&self, at: usize) -> Option<(Span, usize)> {
        let few = |at| self.is(at, FEW);
        let (count, unit) = match self.what(at)? {
            &What::Number(count, _) if !self.continues(at) || self.is(at - 1, &["h"]) => (count, at + 1),
            What::Word(_) if few(at) => (3, at + 1),
            What::Word(_) if self.is(at, ARTICLES) && few(at + 1) => (3, at + 2),
            What::Word(_) if self.is(at, ARTICLES) => (1, at + 1),
            _ => return None,
        };
        let (count, none) = (i64::from(count), Span::new());
        let is_short = few(unit - 1);
        let span = match self.word(unit)? {
            "s" | "sec" | "secs" | "second" | "seconds" | "seconde" | "secondes" | "sek" | "sekunde" | "sekunden"
            | "segundo" | "segundos" => none.try_seconds(count),
            "m" | "mn" | "min" | "mins" | "minute" | "minutes" | "minuten" | "minuto" | "minutos" => {
                none.try_minutes(count)
            }
            "h" | "hr" | "hrs" | "hour" | "hours" | "heure" | "heures" | "std" | "stunde" | "stunden" | "hora"
            | "horas" => none.try_hours(count),
            // How many days are a few?
            _ if is_short => return None,
            "d" | "day" | "days" | "j" | "jr" | "jrs" | "jour" | "jours" | "tag" | "tage" | "tagen" | "dia"
            | "dias" => none.try_days(count),
            "w" | "wk" | "wks" | "week" | "weeks" | "sem" | "sems" | "semaine" | "semaines" | "woche" | "wochen"
            | "semana" | "semanas" => none.try_weeks(count),
            "mo" | "mos" | "mth" | "mths" | "month" | "months" | "mois" | "monat" | "monate" | "monaten" | "mes"
            | "meses" => none.try_months(count),
            "y" | "yr" | "yrs" | "year" | "years" | "an" | "ans" | "annee" | "annees" | "jahr" | "jahre" | "jahren"
            | "ano" | "anos" => none.try_years(count),
            _ => return None,
        };
        let next = self.past(unit + 1, &['.']);
        // 10h12 is an hour of the day.
        let is_clock = self.is_joined(unit) && self.is_joined(unit + 1) && self.number(unit + 1).is_some();
        (!is_clock || self.quantity(unit + 1).is_some()).then_some((span.ok()?, next))
    }

    /// hier à 10h12, yesterday, just now
    fn day(&self, at: usize, now: DateTime) -> Option<Date> {
        let today = now.date();
        let (days, next) = match self.word(at)? {
            "avant" if self.is(self.past(at + 1, &['-']), &["hier"]) => (2, self.past(at + 1, &['-']) + 1),
            "day" if self.is(at + 1, &["before"]) && self.is(at + 2, &["yesterday"]) => (2, at + 3),
            "vorgestern" | "anteayer" | "antier" => (2, at + 1),
            "hier" | "yesterday" | "gestern" | "ayer" => (1, at + 1),
            "aujourd" if self.is(self.past(at + 1, &['\'']), &["hui"]) => (0, self.past(at + 1, &['\'']) + 1),
            "today" | "heute" | "hoy" => (0, at + 1),
            "now" | "maintenant" | "jetzt" | "ahora" | "eben"
                if at == 0 || self.is(at - 1, &["just", "right", "gerade"]) =>
            {
                (0, at + 1)
            }
            "instant" | "instants" | "moment" | "moments" => (0, at + 1 + usize::from(self.is(at + 1, AGO))),
            _ => return None,
        };
        self.may_end(next).then(|| today.checked_sub(Span::new().days(days)).ok())?
    }

    /// lundi à 10:12, Mon 10:12 PM, last Monday: the latest that is not to come.
    fn weekday(&self, at: usize, now: DateTime) -> Option<Date> {
        let word = self.word(at)?;
        let (back, (whole, _)) = (0..).zip(WEEKDAYS).find(|(_, (w, s))| w.contains(&word) || s.contains(&word))?;
        let mut next = self.past(at + 1, &['.']);
        let last = at > 0 && self.is(at - 1, &["last"]) || self.is(next, &["dernier", "pasado"]);
        next += usize::from(self.is(next, &["dernier", "pasado"]));
        next = self.past(next, &[',', '@']);
        while self.is(next, &["at", "a", "um", "las", "les", "vers"]) {
            next += 1;
        }
        let clock = self.clock(next);
        if clock.is_none() && !(whole.contains(&word) && self.may_end(next)) {
            return None;
        }
        let today = now.date();
        let days = (i64::from(today.weekday().to_monday_zero_offset()) - back).rem_euclid(7);
        let to_come = days == 0 && (last || clock.is_some_and(|clock| clock > now.time()));
        today.checked_sub(Span::new().days(if to_come { 7 } else { days })).ok()
    }

    /// 10:12, 10h12, 10 h, 10.12, 10:12:58 pm, 10 p.m.
    fn clock(&self, at: usize) -> Option<Time> {
        let hour = self.small(at)?;
        let minute = |at| self.small(at).filter(|_| self.digits(at) == 2);
        let (minute, mut next, said) = match self.what(at + 1) {
            Some(What::Sign(':')) => (minute(at + 2)?, at + 3, true),
            Some(What::Sign('.')) if self.is_joined(at + 2) && minute(at + 2).is_some() => {
                (minute(at + 2)?, at + 3, true)
            }
            Some(What::Word(h)) if h == "h" => {
                minute(at + 2).map_or((0, at + 2, true), |minute| (minute, at + 3, true))
            }
            _ => (0, at + 1, false),
        };
        if self.is_sign(next, &[':']) {
            next += 2;
        }
        let half = match self.word(next) {
            Some("am") => Some(0),
            Some("pm") => Some(12),
            Some("a") if self.is_sign(next + 1, &['.']) && self.is(next + 2, &["m"]) => Some(0),
            Some("p") if self.is_sign(next + 1, &['.']) && self.is(next + 2, &["m"]) => Some(12),
            _ => None,
        };
        let hour = match half {
            Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
            Some(_) => return None,
            None if said => hour,
            None => return None,
        };
        Time::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, 0, 0).ok()
    }
}

#[cfg(test)]
mod tests {
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
        all(
            now(),
            None,
            &[(text, ""), ("Posté le 12-03-2015 à 22:10:58", "2015-03-12"), ("le 03/04/15", "2015-04-03")],
        );
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
}
