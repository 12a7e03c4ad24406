//! The names of our topics.

/// What can be asked, and how it is called in a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Begin a plan.
    Start,
    /// Change the running one.
    Change,
    /// No further picture.
    Pause,
    /// Go on.
    Resume,
    /// End the plan.
    Stop,
    /// One picture.
    Snap,
}

impl Verb {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Start,
        Self::Change,
        Self::Pause,
        Self::Resume,
        Self::Stop,
        Self::Snap,
    ];

    /// The last word of its topic.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Change => "change",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
            Self::Snap => "snap",
        }
    }

    /// Whether doing it twice is more than doing it once.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Start | Self::Snap)
    }
}

/// The topics of one camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topics {
    prefix: String,
}

impl Topics {
    /// Topics that begin with this; it has passed [`is_fit`].
    #[must_use]
    pub fn new(prefix: String) -> Self {
        Self { prefix }
    }

    /// The usual ones of a camera of this name.
    #[must_use]
    pub fn of(camera: &str) -> Self {
        Self::new(format!("barpop/shutter/{}", level(camera)))
    }

    /// The whole state, retained.
    #[must_use]
    pub fn state(&self) -> String {
        format!("{}/state", self.prefix)
    }

    /// `online` or `offline`, retained; the broker says the latter when we are gone.
    #[must_use]
    pub fn availability(&self) -> String {
        format!("{}/availability", self.prefix)
    }

    /// Why a command was not carried out.
    #[must_use]
    pub fn error(&self) -> String {
        format!("{}/error", self.prefix)
    }

    /// Where a command is awaited.
    #[must_use]
    pub fn command(&self, verb: Verb) -> String {
        format!("{}/command/{}", self.prefix, verb.word())
    }

    /// Which command a topic is.
    #[must_use]
    pub fn verb(&self, topic: &str) -> Option<Verb> {
        let word = topic
            .strip_prefix(self.prefix.as_str())?
            .strip_prefix("/command/")?;
        Verb::ALL.into_iter().find(|verb| verb.word() == word)
    }
}

/// Whether a topic can begin with this: no wildcards, no controls, no empty levels, short.
#[must_use]
pub fn is_fit(prefix: &str) -> bool {
    prefix.len() <= 200
        && prefix.split('/').all(|level| !level.is_empty())
        && !prefix.starts_with('$')
        && !prefix.contains(['+', '#'])
        && !prefix.contains(char::is_control)
}

/// A camera's name as one level of a topic.
fn level(camera: &str) -> String {
    let level: String = camera
        .trim()
        .chars()
        .map(|c| {
            if "+#/".contains(c) || c.is_control() {
                '_'
            } else {
                c
            }
        })
        .take(60)
        .collect();
    if level.is_empty() {
        "camera".to_owned()
    } else {
        level
    }
}

/// A camera's name in the few letters that every program takes: `a` to `z`, digits, `_`, `-`.
#[must_use]
pub fn slug(camera: &str) -> String {
    level(camera)
        .chars()
        .map(|c| match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() || c == '-' => c,
            _ => '_',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_s_name_never_becomes_a_wildcard_or_a_level_of_its_own() {
        assert_eq!(Topics::of("garden").state(), "barpop/shutter/garden/state");
        assert_eq!(Topics::of("a/b+#").error(), "barpop/shutter/a_b__/error");
        assert_eq!(Topics::of(" \n").state(), "barpop/shutter/camera/state");
        assert!(is_fit("barpop/shutter/Küche 2"));
        for wrong in ["", "/a", "a//b", "a/", "a/+", "a/#", "$SYS/x", "a\0b"] {
            assert!(!is_fit(wrong), "{wrong:?}");
        }
        assert_eq!(slug("Küche 2"), "k_che_2");
    }

    #[test]
    fn only_a_command_s_own_topic_is_a_command() {
        let topics = Topics::of("garden");
        for verb in Verb::ALL {
            assert_eq!(topics.verb(&topics.command(verb)), Some(verb));
        }
        for other in [
            "",
            "barpop/shutter/garden",
            "barpop/shutter/garden/state",
            "barpop/shutter/garden/command/snap/x",
            "barpop/shutter/garden2/command/snap",
            "barpop/shutter/garden/command/Snap",
        ] {
            assert_eq!(topics.verb(other), None, "{other:?}");
        }
    }
}
