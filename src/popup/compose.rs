//! Dead keys and Compose sequences, which are a quarter of a popup's start without this.
//!
//! libX11 makes a tree of half a megabyte of text (the locale's Compose file, or the person's
//! own) in every program that takes text: 10 ms. It can keep the tree in a folder that is named
//! in `XCOMPOSECACHE` (Compose(5)), and makes it anew when the file is newer; not for root.

use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;

/// Has libX11 keep what it made of the Compose file, in `$XDG_CACHE_HOME/barpop/compose`. Called
/// first of all, before there is a second thread.
pub fn keep() {
    let own = std::env::home_dir().map(|home| home.join(".compose-cache"));
    // The person's own choice, as libX11 documents it.
    if std::env::var_os("XCOMPOSECACHE").is_some() || own.is_some_and(|own| own.is_dir()) {
        return;
    }
    let Some(folder) = folder() else { return };
    // SAFETY: the only thread is this one, so nobody reads the environment meanwhile.
    #[allow(unsafe_code)]
    unsafe {
        std::env::set_var("XCOMPOSECACHE", folder);
    }
}

/// The folder, which libX11 uses only where nobody else may write.
fn folder() -> Option<PathBuf> {
    let folder = xdg::BaseDirectories::with_prefix("barpop").get_cache_file("compose")?;
    if !folder.is_dir() {
        let mut make = std::fs::DirBuilder::new();
        // Without it, the next start is slower; that is all.
        make.recursive(true).mode(0o700).create(&folder).ok()?;
    }
    Some(folder)
}
