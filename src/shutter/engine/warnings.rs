//! What the person should know, topic by topic, so that one thing that is well again does not
//! take away the word about another.

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A button that cannot be let go.
    Stuck,
    /// The release.
    Press,
    /// An error of ours.
    Engine,
    /// The wall clock.
    Clock,
    /// The windows.
    Windows,
    /// What is kept.
    Kept,
    /// The disk.
    Disk,
    /// Where it can be reached.
    Network,
}

const TOPICS: usize = 8;

/// What the person should know.
#[derive(Debug, Default)]
pub struct Warnings([Option<String>; TOPICS]);

impl Warnings {
    /// Says it, or with `None` that it is well; whether that is news.
    pub fn set(&mut self, about: About, sentence: Option<String>) -> bool {
        let Some(place) = self.0.get_mut(about as usize) else {
            return false;
        };
        let news = *place != sentence;
        *place = sentence;
        news
    }

    /// All in one, the gravest first.
    pub fn sentence(&self) -> Option<String> {
        let said: Vec<&str> = self.0.iter().flatten().map(String::as_str).collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}
