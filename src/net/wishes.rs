//! How the person wants the line, gathered from the flags and the configuration; a flag wins.

use std::path::Path;
use std::time::Duration;

use super::arguments::{LineArguments, seconds};
use super::ask::Program;
use super::options::{Options, Wants};
use super::status::{Format, Look, RATES, Templates};
use super::visible::Rules;
use crate::bar::{Click, Colour, Error, Output};
use crate::config;

/// Traffic is counted over this time, unless the person wants another.
const INTERVAL: Duration = Duration::from_secs(2);
/// The fields that show what a connection got from the network.
const ADDRESSES: &[&str] = &["address", "address6", "gateway", "dns"];

/// What is wrong with the person's wishes.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// A format, a colour, a click.
    #[error(transparent)]
    Line(#[from] Error),
    /// A value of the configuration that its flag would not take.
    #[error("configuration: {0}")]
    Value(String),
}

/// The format of the line.
///
/// # Errors
/// See [`WishError`].
pub fn format(
    arguments: &LineArguments,
    config: &config::Net,
    config_file: Option<&Path>,
) -> Result<Format, WishError> {
    fn or<'a>(flag: &'a Option<String>, key: &'a Option<String>) -> Option<&'a str> {
        flag.as_deref().or(key.as_deref())
    }
    // A format that is given takes the place of everything configured: an own one for Wi-Fi in
    // the configuration would hide it.
    let given = arguments.format.is_some();
    let own = |flag: &'_ Option<String>, key: &'_ Option<String>| {
        flag.clone().or_else(|| key.clone().filter(|_| !given))
    };
    let wifi = own(&arguments.format_wifi, &config.format_wifi);
    let ethernet = own(&arguments.format_ethernet, &config.format_ethernet);
    let mobile = own(&arguments.format_mobile, &config.format_mobile);
    let offline = own(&arguments.format_offline, &config.format_offline);
    let templates = Templates {
        all: or(&arguments.format, &config.format),
        wifi: wifi.as_deref(),
        ethernet: ethernet.as_deref(),
        mobile: mobile.as_deref(),
        offline: offline.as_deref(),
    };
    let hide = arguments.hide_when_absent || config.hide_when_absent.unwrap_or(false);
    let click = click(arguments, config, config_file)?;
    Ok(Format::new(
        &templates,
        look(arguments, config)?,
        click,
        hide,
    )?)
}

fn look(arguments: &LineArguments, config: &config::Net) -> Result<Look, WishError> {
    let usual = Look::default();
    let colour = |flag: &Option<String>, key: &Option<String>| {
        let text = flag.as_ref().or(key.as_ref());
        text.map(|text| text.parse::<Colour>()).transpose()
    };
    let percent = |flag: Option<u8>, key: Option<u8>, name: &str, usual| {
        let percent = flag.or(key).unwrap_or(usual);
        if percent > 100 {
            return Err(WishError::Value(format!(
                "{name} = {percent} is no percentage from 0 to 100"
            )));
        }
        Ok(percent)
    };
    Ok(Look {
        low: percent(arguments.low, config.low, "low", usual.low)?,
        high: percent(arguments.high, config.high, "high", usual.high)?,
        low_colour: colour(&arguments.low_colour, &config.low_colour)?,
        normal_colour: colour(&arguments.normal_colour, &config.normal_colour)?,
        high_colour: colour(&arguments.high_colour, &config.high_colour)?,
        problem_colour: colour(&arguments.problem_colour, &config.problem_colour)?,
        steps: if arguments.strength_icons.is_empty() {
            config.strength_icons.clone()
        } else {
            arguments.strength_icons.clone()
        },
        suffix: arguments.suffix || config.suffix.unwrap_or(false),
    })
}

/// The popup, with the configuration that this line has; or what the person wants; or nothing.
fn click(
    arguments: &LineArguments,
    config: &config::Net,
    config_file: Option<&Path>,
) -> Result<Option<Click>, WishError> {
    let wanted = arguments.click.as_ref().or(config.click.as_ref());
    if let Some(command) = wanted {
        return Ok((!command.is_empty())
            .then(|| Click::new(command.as_str()))
            .transpose()?);
    }
    let mut command = "xnm -g".to_owned();
    if let Some(file) = config_file {
        // The bar's shell runs it somewhere else.
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let quoted = file.display().to_string().replace('\'', r"'\''");
        command.push_str(&format!(" --config '{quoted}'"));
    }
    Ok(Some(Click::new(command)?))
}

/// What the source has to read for this line.
///
/// # Errors
/// When the configured interval is none.
pub fn options(
    arguments: &LineArguments,
    config: &config::Net,
    format: &Format,
    output: Output,
) -> Result<Options, WishError> {
    let json = output == Output::Json;
    let interval = match (arguments.interval, config.interval) {
        (Some(interval), _) => interval,
        (None, Some(key)) => seconds(&key.to_string())
            .map_err(|error| WishError::Value(format!("interval: {error}")))?,
        (None, None) => INTERVAL,
    };
    let agent = !arguments.no_agent && config.agent.unwrap_or(true);
    Ok(Options {
        bus: None,
        wants: Wants {
            // They tell a hotspot from a network; read once and then kept, they cost nothing.
            profiles: json || arguments.print.follow,
            modems: true,
            // waybar's tooltip shows them.
            addresses: json || output == Output::Waybar || format.uses(ADDRESSES),
        },
        rates: (!json && format.uses(RATES)).then_some(interval),
        to_act_on: false,
        permissions: false,
        agent,
        // A bar has no place to type in.
        window: agent.then(Program::barpop),
    })
}

/// Which interfaces are shown in lists.
#[must_use]
pub fn rules(config: &config::Net) -> Rules {
    Rules {
        hide: config.hide.clone(),
        show: config.show.clone(),
    }
}
