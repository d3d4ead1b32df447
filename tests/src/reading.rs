//! What the page shows of a reading: painted words, and where they are.

use crate::browser::Browser;
use crate::manager::Shown;
use crate::thread::Thread;
use crate::wait::{self, Seen};
use anyhow::{Result, ensure};
use serde_json::Value;

/// Painted words: number of the post (from 0), and the text under the mark.
pub type Painted = (usize, String);

impl Browser {
    /// What is painted in the page, sorted. Our names are random, so everything in the registry counts.
    ///
    /// # Errors
    /// The page does not answer.
    pub async fn painted(&self, post: &str) -> Result<Vec<Painted>> {
        let body = format!(
            "const posts = [...document.querySelectorAll({})]; \
             return [...CSS.highlights.values()].flatMap(h => [...h]).map(r => {{ \
               const range = document.createRange(); \
               range.setStart(r.startContainer, r.startOffset); range.setEnd(r.endContainer, r.endOffset); \
               const at = posts.findIndex(p => p.contains(range.startContainer) && p.contains(range.endContainer)); \
               return [at, range.toString()]; }})",
            Value::from(post)
        );
        let seen: Vec<(i64, String)> = serde_json::from_value(self.page(&body).await?)?;
        let mut painted = Vec::new();
        for (at, text) in seen {
            ensure!(at >= 0, "`{text}` is painted outside every post");
            painted.push((usize::try_from(at)?, text));
        }
        painted.sort();
        painted.dedup();
        Ok(painted)
    }

    /// Whether some part of a post is in view.
    ///
    /// # Errors
    /// The page does not answer.
    pub async fn in_view(&self, post: &str, number: usize) -> Result<bool> {
        let body = format!(
            "const r = document.querySelectorAll({})[{number}].getBoundingClientRect(); \
             return r.bottom > 0 && r.top < innerHeight",
            Value::from(post)
        );
        Ok(self.page(&body).await? == true)
    }

    /// Waits until panel and page show exactly what a thread must give.
    ///
    /// # Errors
    /// They show something else; the message tells what.
    pub async fn shows(&self, thread: &Thread, post: &str) -> Result<()> {
        let (findings, painted) = (thread.findings(), thread.painted());
        wait::until(&format!("exactly the findings {findings:#?}"), async || {
            let now = self.findings().await?;
            Ok(Seen::when(now == findings, now))
        })
        .await?;
        wait::until(&format!("exactly the painted words {painted:?}"), async || {
            let now = self.painted(post).await?;
            Ok(Seen::when(now == painted, now))
        })
        .await
    }
}

impl Thread {
    /// The findings that its posts must give, sorted.
    pub fn findings(&self) -> Vec<Shown> {
        let name = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        let mut all: Vec<_> = self
            .posts
            .iter()
            .flat_map(|post| post.expected)
            .map(|e| Shown { claim: e.claim.to_owned(), stance: name(&e.stance), risk: name(&e.risk) })
            .collect();
        all.sort();
        all
    }

    /// The words that must be painted, sorted.
    pub fn painted(&self) -> Vec<Painted> {
        let words = |(number, post): (usize, &crate::thread::ThreadPost)| {
            post.expected.iter().flat_map(|e| e.words).map(|word| (number, (*word).to_owned())).collect::<Vec<_>>()
        };
        let mut all: Vec<_> = self.posts.iter().enumerate().flat_map(words).collect();
        all.sort();
        all.dedup();
        all
    }
}
