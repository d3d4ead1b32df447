use super::*;
use rejoinder_wire::SketchNode;

/// A sketch from a text with an element or text a line, two blanks deeper than its parent: `div.a.b#c[title=x]`, or
/// `"text"`.
fn sketch(text: &str) -> Sketch {
    let mut nodes = vec![SketchNode { tag: "body".into(), nth: 1, ..SketchNode::default() }];
    let mut open: Vec<(usize, u32)> = vec![(0, 0)];
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let depth = (line.len() - line.trim_start().len()) / 2 + 1;
        open.truncate(depth);
        let (parent, count) = open.last_mut().unwrap();
        let line = line.trim();
        let mut node = SketchNode { parent: u32::try_from(*parent).unwrap(), ..SketchNode::default() };
        if let Some(text) = line.strip_prefix('"') {
            node.text = text.trim_end_matches('"').to_owned();
            node.length = u32::try_from(node.text.encode_utf16().count()).unwrap();
        } else {
            *count += 1;
            node.nth = *count;
            let (name, attributes) = line.split_once('[').unwrap_or((line, ""));
            for attribute in attributes.trim_end_matches(']').split("][").filter(|a| !a.is_empty()) {
                let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
                node.attributes.insert(key.to_owned(), value.to_owned());
            }
            let (name, id) = name.split_once('#').unwrap_or((name, ""));
            let (tag, classes) = name.split_once('.').unwrap_or((name, ""));
            node.tag = tag.to_owned();
            for (key, value) in [("class", classes.replace('.', " ")), ("id", id.to_owned())] {
                if !value.is_empty() {
                    node.attributes.insert(key.to_owned(), value);
                }
            }
            open.push((nodes.len(), 0));
        }
        nodes.push(node);
    }
    Sketch { nodes, data: Vec::new() }
}

/// Texts of posts: as different as people are.
const WORDS: [&str; 5] = [
    "Bonjour, mon fils de onze mois doit faire son vaccin la semaine prochaine et j’hésite encore. Vous en pensez quoi ?",
    "Merci !",
    "Mes trois enfants l'ont eu, juste un peu de fièvre le soir même, et c'était réglé. Courage.",
    "Je ne suis pas d'accord avec ce que tu dis là, regarde les études, elles portent sur des millions d'enfants.",
    "J'y vais jeudi avec lui, je vous raconterai comment cela s'est passé, promis.",
];

fn thread(post: impl Fn(usize, &str) -> String) -> String {
    WORDS.iter().enumerate().map(|(i, words)| post(i, words)).collect()
}

fn post_selector(found: Option<Found>) -> String {
    found.map(|found| found.site.generations[0].post.clone()).unwrap_or_default()
}

fn generic(text: &str) -> String {
    post_selector(find_generic(&sketch(text)))
}

#[test]
fn a_thread_with_classes() {
    let posts = thread(|i, words| {
        format!(
            "  article.post#p{i}\n    div.head\n      a[href=/u/{i}]\n        \"camille{i}\"\n      span.date\n        \"1{i} mars 2024, 10:2{i}\"\n    div.content\n      \"{words}\"\n    div.foot\n      a\n        \"Répondre\"\n      a\n        \"Signaler\"\n"
        )
    });
    let aside = "aside.side\n  p\n    \"Les plus lus du forum cette semaine, choisis par la rédaction\"\n";
    assert_eq!(generic(&format!("div.list\n{posts}{aside}")), ".content");
}

#[test]
fn rows_of_a_table_without_classes() {
    let posts = thread(|i, words| {
        format!(
            "    tr\n      td\n        \"camille{i}\"\n      td\n        \"Posté le 1{i}-03-2024 à 10:22\"\n    tr\n      td\n        \"Messages : {i}\"\n      td\n        \"{words}\"\n"
        )
    });
    let found = find_generic(&sketch(&format!("table\n  tbody\n{posts}"))).unwrap();
    assert_eq!(found.posts, 5);
    assert!(found.site.generations[0].post.contains("td:nth-child(2)"), "{}", found.site.generations[0].post);
}

#[test]
fn a_header_before_each_body() {
    let posts = thread(|i, words| {
        format!("  div.bar\n    \"camille{i}, le {i} avril 2023 à 08:1{i}\"\n  div.text\n    p\n      \"{words}\"\n")
    });
    assert_eq!(generic(&format!("div.all\n{posts}")), ".text");
}

#[test]
fn dates_under_the_texts() {
    let posts = thread(|i, words| {
        format!("  div.text\n    \"{words}\"\n  div.bar\n    \"camille{i}, le {i} avril 2023 à 08:1{i}\"\n")
    });
    assert_eq!(generic(&format!("div.all\n{posts}")), ".text");
}

#[test]
fn answers_inside_what_they_answer() {
    let comment = |i: usize, indent: usize| {
        let pad = " ".repeat(indent);
        format!(
            "{pad}li.comment\n{pad}  article\n{pad}    time[datetime=2024-03-1{i}T10:20]\n{pad}      \"il y a {i} jours\"\n{pad}    div.said\n{pad}      \"{}\"\n",
            WORDS[i]
        )
    };
    let text =
        format!("ol\n{}{}    ol\n{}{}{}", comment(0, 2), comment(2, 2), comment(3, 6), comment(4, 6), comment(1, 2));
    let found = find_generic(&sketch(&text)).unwrap();
    assert_eq!((found.posts, found.site.generations[0].post.as_str()), (5, ".said"));
}

#[test]
fn an_opening_post_of_another_make() {
    let posts = thread(|i, words| {
        format!("  li.reply\n    span\n      \"1{i}/03/2024 10:20\"\n    div.reply-body\n      \"{words}\"\n")
    });
    let text = format!(
        "div.question\n  h1\n    \"Vaccin à onze mois\"\n  span\n    \"Posée le 1 mars 2024\"\n  div.question-text\n    \"{}\"\nul.replies\n{posts}",
        "Voilà, je voudrais savoir ce que vous avez fait pour vos enfants à cet âge."
    );
    let found = find_generic(&sketch(&text)).unwrap();
    assert_eq!((found.posts, found.site.generations[0].post.as_str()), (6, ".question-text, .reply-body"));
}

#[test]
fn an_article_is_no_post_of_its_comments() {
    let posts = thread(|i, words| {
        format!("  li.comment\n    span\n      \"1{i}/03/2024 10:20\"\n    div.comment-text\n      \"{words}\"\n")
    });
    let article = "article.entry\n  h1\n    \"Le vaccin en questions\"\n  span\n    \"1 mars 2024\"\n  div.entry-content\n    p\n      \"La rougeole est une maladie très contagieuse, et la vaccination protège aussi ceux qui ne peuvent l'être.\"\n";
    let found = find_generic(&sketch(&format!("{article}ol.comments\n{posts}"))).unwrap();
    assert_eq!((found.posts, found.site.generations[0].post.as_str()), (5, ".comment-text"));
}

/// A long article with its date, and what its page goes on with.
fn article(then: &str) -> String {
    let words =
        "La rougeole est une maladie très contagieuse, et la vaccination protège aussi ceux qui ne le peuvent. ";
    format!(
        "article.entry\n  h1\n    \"Le vaccin en questions\"\n  span\n    \"1 mars 2024\"\n  div.entry-content\n    \"{}\"\n{then}",
        words.repeat(30)
    )
}

#[test]
fn an_article_outweighs_no_comment() {
    let comment = "  div.foot\n    div.comment\n      span.when\n        \"le 2 mars 2024 à 10:20\"\n      p\n        \"Je ne suis pas d'accord avec ce que vous dites.\"\n";
    let found = find_generic(&sketch(&article(comment))).unwrap();
    let generation = &found.site.generations[0];
    assert_eq!((found.posts, generation.post.as_str()), (1, ".comment"));
    assert!(generation.drop.contains(&"span.when".to_owned()), "{:?}", generation.drop);
}

#[test]
fn an_article_alone_is_no_post() {
    assert_eq!(find_generic(&sketch(&article(""))), None);
}

#[test]
fn comments_in_the_foot_of_an_article() {
    let posts = thread(|i, words| {
        format!("    div.comment#comment-4{i}\n      b\n        \"camille{i}\"\n      div.entry\n        \"{words}\"\n")
    });
    let found = find_generic(&sketch(&article(&format!("  footer\n{posts}")))).unwrap();
    assert_eq!((found.posts, found.site.generations[0].post.as_str()), (5, "div.entry"));
}

#[test]
fn numbered_contributions_without_dates() {
    let posts = thread(|i, words| {
        format!("  li#comment-92{i}\n    p\n      \"{words}\"\n    p\n      \"Comment by camille{i} — 12:5{i}\"\n")
    });
    assert_eq!(find_generic(&sketch(&format!("div\n{posts}"))).unwrap().posts, 5);
}

#[test]
fn microdata_says_which() {
    let posts = thread(|i, words| {
        format!(
            "div[itemprop=comment][itemtype=https://schema.org/Comment]\n  b[itemprop=author]\n    \"camille{i}\"\n  div[itemprop=text]\n    \"{words}\"\n"
        )
    });
    let found = find(&sketch(&posts)).unwrap();
    assert_eq!((found.way, found.posts), (Way::Structured, 5));
    assert_eq!(found.site.generations[0].post, "[itemprop=\"text\"]");
}

#[test]
fn json_ld_is_found_again_in_the_page() {
    let posts = thread(|_, words| format!("div.x\n  div.y\n    p\n      \"{words}\"\n  button\n"));
    let mut sketch = sketch(&posts);
    let comments: Vec<_> = WORDS.iter().map(|words| serde_json::json!({ "@type": "Comment", "text": words })).collect();
    sketch.data = vec![
        "no json".into(),
        serde_json::json!({ "@graph": [{ "@type": "DiscussionForumPosting", "comment": comments }] }).to_string(),
    ];
    let found = find(&sketch).unwrap();
    assert_eq!((found.way, found.posts), (Way::Structured, 5));
}

#[test]
fn nothing_where_nothing_is() {
    for text in ["", "p\n  \"Page introuvable\"\n", "nav\n  a\n    \"12 mars 2024\"\n  a\n    \"13 mars 2024\"\n"] {
        assert_eq!(find(&sketch(text)), None, "{text}");
    }
}

#[test]
fn no_sketch_makes_it_panic() {
    let node = |parent: u32, tag: &str| SketchNode { parent, tag: tag.into(), ..SketchNode::default() };
    let bad = [
        vec![],
        vec![node(0, "body"), node(1, "p")],
        vec![node(0, "body"), node(7, "p")],
        vec![node(0, "body"), node(0, ""), node(1, "p")],
        vec![node(0, "body"), node(0, "p"), node(0, "p"), node(1, "b")],
    ];
    for nodes in bad {
        assert_eq!(find(&Sketch { nodes, data: vec![] }), None);
    }
    for depth in [Sketch::DEPTH, 5_000] {
        let deep = (0..depth).map(|i| node(u32::try_from(i.saturating_sub(1)).unwrap(), "div")).collect();
        assert_eq!(find(&Sketch { nodes: deep, data: vec!["[".repeat(100_000)] }), None);
    }
}

#[test]
fn what_a_person_says_is_learnt() {
    let posts = thread(|i, words| format!("div.{}\n  \"{words}\"\n", if i == 1 { "ad" } else { "post" }));
    let sketch = sketch(&posts);
    let at = |class: &str| -> Vec<u32> {
        let of = |node: &SketchNode| node.attributes.get("class").is_some_and(|c| c == class);
        (0..).zip(&sketch.nodes).filter(|(_, node)| of(node)).map(|(i, _)| i).collect()
    };
    let learnt = |posts: &[u32], yes: &[u32], no: &[u32]| {
        let site = learn(&sketch, posts, yes, no)?;
        Some((site.generations[0].post.clone(), site.generations[0].ad.clone()))
    };
    let (good, ads) = (at("post"), at("ad"));
    let all: Vec<u32> = good.iter().chain(&ads).copied().collect();
    // One of another kind goes with its kind.
    assert_eq!(learnt(&all, &[], &ads), Some((".post".into(), vec![])));
    // One like all others goes alone, by what only it has; without such, nothing is learnt of it.
    let second = good[1];
    assert_eq!(learnt(&good, &[], &[second]), Some((".post".into(), vec![])));
    // One that was missed brings those like it.
    assert_eq!(learnt(&[], &[second], &[]), Some((".post".into(), vec![])));
    assert_eq!(learnt(&[], &[], &[]), None);
    assert_eq!(learnt(&[], &[9_999, 0], &[]), None);
}

#[test]
fn an_exception_is_told_by_what_only_it_has() {
    for (odd, want) in [
        ("div.message\n  div.text.paid\n    \"TEXT\"\n", ".paid"),
        ("div.message.paid\n  div.text\n    \"TEXT\"\n", ".paid *"),
        ("div.message\n  div.text\n    b.paid\n      \"TEXT\"\n", ":has(.paid)"),
    ] {
        let posts = thread(|i, words| {
            let post = if i == 2 { odd } else { "div.message\n  div.text\n    \"TEXT\"\n" };
            post.replace("TEXT", words)
        });
        let sketch = sketch(&posts);
        let of = |node: &SketchNode| node.attributes.get("class").is_some_and(|c| c.starts_with("text"));
        let posts: Vec<u32> = (0..).zip(&sketch.nodes).filter(|(_, node)| of(node)).map(|(i, _)| i).collect();
        let site = learn(&sketch, &posts, &[], &[posts[2]]).unwrap();
        let generation = &site.generations[0];
        let generation = (generation.post.as_str(), generation.ad.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(generation, (".text", vec![want]));
    }
}

/// As large, deep and alike as a sketch may be, with a date at everything: what costs most.
#[test]
fn a_hostile_sketch_does_not_take_long() {
    let mut nodes = vec![SketchNode { tag: "body".into(), ..SketchNode::default() }];
    let classes: Vec<String> = ('a'..='z').flat_map(|c| [format!("x{c}"), format!("y{c}")]).collect();
    while nodes.len() + Sketch::DEPTH < Sketch::NODES {
        let mut parent = 0;
        for _ in 0..Sketch::DEPTH / 2 - 1 {
            let at = u32::try_from(nodes.len()).unwrap();
            let attributes = [("class", classes.join(" ")), ("datetime", "2026-03-01".to_owned())];
            let attributes = attributes.map(|(k, v)| (k.to_owned(), v)).into_iter().collect();
            nodes.push(SketchNode { parent, tag: "div".into(), nth: 1, attributes, ..SketchNode::default() });
            nodes.push(SketchNode {
                parent: at,
                text: format!("Le {at} mars 2026, un texte"),
                length: 30,
                ..SketchNode::default()
            });
            parent = at;
        }
    }
    let text = serde_json::json!([{ "@type": "Comment", "text": "Le mars 2026, un texte" }]).to_string();
    find(&Sketch { nodes, data: vec![text] });
}

#[test]
fn an_advertisement_in_the_clothes_of_a_post() {
    let posts = thread(|i, words| {
        let (who, class) = if i == 2 { ("Publicité", "div.row.promo") } else { ("camille", "div.row") };
        format!("{class}\n  b\n    \"{who}\"\n  span.when\n    \"1{i}/03/2024 10:20\"\n  div.said\n    \"{words}\"\n")
    });
    let found = find_generic(&sketch(&posts)).unwrap();
    let generation = &found.site.generations[0];
    assert_eq!((found.posts, generation.post.as_str()), (4, ".said"));
    assert_eq!(generation.ad, [".promo *"]);
    // One who speaks of it is no advertisement.
    let posts = thread(|i, words| {
        format!(
            "div.row\n  b\n    \"camille\"\n  span.when\n    \"1{i}/03/2024 10:20\"\n  div.said\n    \"Publicité\"\n    \"{words}\"\n"
        )
    });
    assert_eq!(find_generic(&sketch(&posts)).unwrap().posts, 5);
}

/// A selector may be kept, and exported: no name of a poster is in it.
#[test]
fn no_selector_names_anybody() {
    let posts = thread(|i, words| {
        format!(
            "div.comment-author-camille{i}#user-camille{i}\n  span\n    \"1{i}/03/2024 10:20\"\n  p\n    \"{words}\"\n"
        )
    });
    let found = find(&sketch(&posts)).unwrap();
    let generation = format!("{:?}", found.site);
    assert_eq!(found.posts, 5);
    assert!(!generation.contains("camille"), "{generation}");
}
