//! What can be wrong with the person's own formats, colours and commands.

use thiserror::Error as ThisError;

/// A mistake in a configuration text, found before anything is printed.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
#[non_exhaustive]
pub enum Error {
    /// A template names a field that the topic does not have.
    #[error("unknown field '{{{field}}}' in the format '{format}': use one of {known}")]
    UnknownField {
        /// The name between the braces.
        field: String,
        /// The whole template.
        format: String,
        /// The fields there are, each in braces.
        known: String,
    },
    /// A brace without its partner.
    #[error("single '{brace}' in the format '{format}': write '{brace}{brace}' for the character")]
    SingleBrace {
        /// `{` or `}`.
        brace: char,
        /// The whole template.
        format: String,
    },
    /// A field where the bar would read it as a part of a tag, such as a click's command.
    #[error(
        "the field '{{{field}}}' stands inside a tag in the format '{format}': text that came \
         from outside may only be shown, so put it behind the tag's end"
    )]
    FieldInTag {
        /// The name between the braces.
        field: String,
        /// The whole template.
        format: String,
    },
    /// A count format without a place for the count.
    #[error("the format '{format}' has no place for the number: put one '%d' into it")]
    NoConversion {
        /// The whole format.
        format: String,
    },
    /// A count format with several places for the one count.
    #[error("the format '{format}' has more than one conversion: keep one '%d', write '%%' for %")]
    TwoConversions {
        /// The whole format.
        format: String,
    },
    /// A conversion that a count cannot have.
    #[error("the format '{format}' has '{conversion}', which does not print a count: use '%d'")]
    Unsupported {
        /// From the `%` on.
        conversion: String,
        /// The whole format.
        format: String,
    },
    /// The format ends within a conversion.
    #[error("the format '{format}' ends in the middle of a conversion: write '%%' for %")]
    Incomplete {
        /// The whole format.
        format: String,
    },
    /// A width or precision above 512 characters.
    #[error("the format '{format}' asks for a number wider than 512 characters: use less")]
    TooWide {
        /// The whole format.
        format: String,
    },
    /// A click command that a bar cannot carry.
    #[error("the command '{command}' cannot be run by a click: it has a backtick or a line break")]
    Click {
        /// The command, control characters escaped.
        command: String,
    },
    /// A text that is no colour.
    #[error("'{text}' is no colour: write it like '#ff8800' or '#f80'")]
    Colour {
        /// What was given.
        text: String,
    },
}
