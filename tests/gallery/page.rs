//! `docs/gallery.md`, made from the tables of pictures.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use crate::stage::{self, Entry, Popup, entries};
use crate::{ask, ds4, gnss, net, shutter, sms};

const BEGINNING: &str = "# Gallery

Every popup in every state, as the software renderer draws it. Made by `make gallery`; the tests hold
the popups against these pictures (`tests/gallery`), so what is seen here is what is there.
";

pub fn compare() {
    let (page, names) = written();
    let file = stage::root().join("docs/gallery.md");
    if stage::updates() {
        for name in there().difference(&names) {
            fs::remove_file(stage::folder().join(name)).unwrap();
        }
        fs::write(&file, &page).unwrap();
        // The pictures are taken by the other tests, at this very time.
        return;
    }
    let shown = fs::read_to_string(&file).unwrap_or_default();
    let named: BTreeSet<String> = shown
        .split("../assets/gallery/")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(".png")?.0.to_owned() + ".png"))
        .collect();
    assert_eq!(
        named,
        there(),
        "docs/gallery.md is not of assets/gallery: `make gallery`"
    );
    assert!(
        shown == page,
        "docs/gallery.md is not of these tables: `make gallery`"
    );
}

/// The pictures that are kept.
fn there() -> BTreeSet<String> {
    let Ok(files) = fs::read_dir(stage::folder()) else {
        return BTreeSet::new();
    };
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    // The folder in it has pictures of other programs: docs/peers.md.
    names.filter(|name| name != "peers").collect()
}

/// The page, and the files that it shows.
fn written() -> (String, BTreeSet<String>) {
    let mut page = BEGINNING.to_owned();
    let mut names = BTreeSet::new();
    section::<sms::Sms>(&mut page, &mut names);
    section::<net::Net>(&mut page, &mut names);
    section::<ask::Asking>(&mut page, &mut names);
    section::<gnss::Gnss>(&mut page, &mut names);
    section::<ds4::Ds4>(&mut page, &mut names);
    section::<shutter::Shutter>(&mut page, &mut names);
    (page, names)
}

fn section<P: Popup>(page: &mut String, names: &mut BTreeSet<String>) {
    let _ = write!(page, "\n## {} (`barpop {}`)\n", P::TITLE, P::NAME);
    for Entry { name, says } in entries::<P>() {
        let file = format!("../assets/gallery/{name}.png");
        let picture = format!("![{name}]({file})");
        let _ = write!(page, "\n{says}\n\n{picture}\n");
        assert!(names.insert(format!("{name}.png")), "{name} is there twice");
    }
}
