//! `barpop-docs FOLDER`: man pages and shell completions, from the command lines' definitions, and the
//! reference of the configuration, from its keys.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::{Shell, generate_to};

fn main() -> Result<()> {
    let folder = std::env::args_os()
        .nth(1)
        .context("usage: barpop-docs FOLDER")?;
    let (man, completions) = (
        Path::new(&folder).join("man"),
        Path::new(&folder).join("completions"),
    );
    for folder in [&man, &completions] {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make '{}'", folder.display()))?;
    }
    for command in [
        barpop::sms::arguments::Arguments::command(),
        barpop::net::arguments::Arguments::command(),
        barpop::gnss::arguments::Arguments::command(),
        barpop::ds4::arguments::Arguments::command(),
        barpop::shutter::arguments::Arguments::command(),
        barpop::arguments::Arguments::command(),
    ] {
        let name = command.get_name().to_owned();
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            generate_to(shell, &mut command.clone(), &name, &completions)?;
        }
        clap_mangen::generate_to(command, &man)?;
    }
    let reference = Path::new(&folder).join("configuration.md");
    fs::write(&reference, barpop::config::reference::markdown())
        .with_context(|| format!("cannot write '{}'", reference.display()))?;
    Ok(())
}
