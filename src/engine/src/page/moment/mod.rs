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
mod tests;
