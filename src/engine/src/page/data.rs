//! Posts that a page's JSON-LD holds, found again in its document.

use super::structured::TYPES;
use super::tree::Tree;
use foldhash::HashMap;
use serde_json::Value;

/// Letters and digits by which a text is recognised.
const START: usize = 24;
/// Texts that are looked for.
const MOST: usize = 2_000;
/// How much longer than the text its element may be: quotations and signatures can be left out of the data.
const LONGER: f32 = 2.0;

/// The elements with the texts of the blocks, in document order.
pub(super) fn find(tree: &Tree<'_>, blocks: &[String]) -> Vec<usize> {
    // A block that is no JSON is the site's mistake.
    let values: Vec<Value> = blocks.iter().filter_map(|block| serde_json::from_str(block).ok()).collect();
    let mut texts = Vec::new();
    values.iter().for_each(|value| collect(value, &mut texts));
    let mut starts: HashMap<String, usize> = HashMap::default();
    for text in texts.iter().take(MOST) {
        let start = start(text);
        if start.chars().count() > 3 {
            starts.insert(start, text.encode_utf16().count());
        }
    }
    if starts.is_empty() {
        return Vec::new();
    }
    let mut bodies: Vec<usize> =
        (0..tree.len()).filter(|&at| !tree.is_element(at)).filter_map(|at| element(tree, at, &starts)).collect();
    bodies.sort_unstable();
    bodies.dedup();
    bodies
}

/// The texts of contributions, in order.
fn collect<'v>(value: &'v Value, texts: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(object) => {
            let is = |kind: &Value| kind.as_str().is_some_and(|kind| TYPES.contains(&kind));
            let kind = object.get("@type");
            if kind.is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is))) {
                let names = ["text", "articleBody", "reviewBody", "commentText", "description"];
                texts.extend(names.iter().find_map(|name| object.get(*name).and_then(Value::as_str)));
            }
            object.values().for_each(|value| collect(value, texts));
        }
        _ => {}
    }
}

/// The first letters and digits of a text, whatever stands between them: the data has no markup, or another one.
fn start(text: &str) -> String {
    let mut tag = false;
    let kept = text.chars().filter(|&c| {
        tag = (tag || c == '<') && c != '>';
        !tag && c.is_alphanumeric()
    });
    kept.take(START).flat_map(char::to_lowercase).collect()
}

/// The largest element that begins with this text node and is not much longer than the text of the data.
#[expect(clippy::cast_precision_loss)]
fn element(tree: &Tree<'_>, at: usize, starts: &HashMap<String, usize>) -> Option<usize> {
    let mut words = String::new();
    for next in at..tree.len() {
        if !tree.is_element(next) {
            words.push_str(&tree.node(next).text);
            words.push(' ');
        }
        if words.len() > 4 * START {
            break;
        }
    }
    let found = start(&words);
    let length = starts.get(&found).or_else(|| {
        // A short text is followed by others in the page.
        starts
            .iter()
            .find(|(start, _)| start.chars().count() < START && found.starts_with(*start))
            .map(|(_, length)| length)
    })?;
    let most = LONGER * (*length as f32) + 20.0;
    let fits = |&node: &usize| tree.first_text(node) == Some(at) && tree.size(node) <= most;
    tree.chain(at).skip(1).take_while(fits).last()
}
