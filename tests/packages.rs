//! What distributions are given: the list of what is installed, and the packages of Debian, Fedora,
//! Arch and Nix, each read or built by its own tool, with stand-ins for the programs. What the real
//! packages do on a clean Debian is tried by `make packages`.

// Helpers of tests, which clippy takes for production code.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{CommandFactory, Parser};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");
const PROGRAMS: [&str; 6] = ["xsms", "xnm", "xgnss", "xds4", "xshutter", "barpop"];

/// Runs a program in the source's folder, and returns what it printed.
fn run(command: &mut Command) -> String {
    let output = command
        .current_dir(ROOT)
        .output()
        .unwrap_or_else(|error| panic!("{command:?} ({error}): tests/setup.sh test installs it"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} failed:\n{said}{complained}"
    );
    said
}

/// Something like the programs, man pages and completions that a release build makes.
struct Built(tempfile::TempDir);

impl Built {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["bin", "docs/man", "docs/completions"] {
            fs::create_dir_all(path(name)).unwrap();
        }
        for program in PROGRAMS {
            fs::copy("/bin/true", path(&format!("bin/{program}"))).unwrap();
            for page in [format!("{program}.1"), format!("{program}-help.1")] {
                fs::write(path(&format!("docs/man/{page}")), ".TH A 1\n").unwrap();
            }
            for file in [
                format!("{program}.bash"),
                format!("_{program}"),
                format!("{program}.fish"),
            ] {
                fs::write(path(&format!("docs/completions/{file}")), "#\n").unwrap();
            }
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("RELEASE", self.path("bin"))
            .env("DOCS", self.path("docs"))
            .env_remove("MAKEFLAGS");
        command
    }

    /// The files of these parts below `/usr`, as `make` installs them.
    fn installed(&self, parts: &[&str]) -> BTreeSet<String> {
        let root = tempfile::tempdir().unwrap();
        self.make(
            root.path(),
            parts.iter().map(|part| format!("install-{part}")),
        );
        files(root.path())
    }

    fn make(&self, root: &Path, targets: impl IntoIterator<Item = String>) {
        let destination = format!("DESTDIR={}", root.display());
        let mut make = self.command("make");
        run(make.args(targets).args([&destination, "PREFIX=/usr"]));
    }
}

/// The files below a folder; a man page is the same, compressed or not.
fn files(root: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                found.insert(format!("/{}", name.trim_end_matches(".gz")));
            }
        }
    }
    found
}

/// The names of the files in a folder of the source.
fn names(folder: &str) -> Vec<String> {
    fs::read_dir(Path::new(ROOT).join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(name)).unwrap()
}

const PARTS: [&str; 3] = ["status", "popups", "shutter"];

#[test]
fn every_program_has_its_pages_and_completions_and_no_file_is_forgotten() {
    let installed = Built::new().installed(&PARTS);
    for program in PROGRAMS {
        for file in [
            format!("/usr/bin/{program}"),
            format!("/usr/share/man/man1/{program}.1"),
            format!("/usr/share/man/man1/{program}-help.1"),
            format!("/usr/share/bash-completion/completions/{program}"),
            format!("/usr/share/zsh/site-functions/_{program}"),
            format!("/usr/share/fish/vendor_completions.d/{program}.fish"),
        ] {
            assert!(installed.contains(&file), "{file} is not installed");
        }
    }
    for folder in [
        "dbus",
        "systemd",
        "udev",
        "desktop",
        "icons/apps",
        "appstream",
        "arduino",
    ] {
        for name in names(&format!("assets/{folder}")) {
            let name = name.trim_end_matches(".in").replace(".sysusers.", ".");
            // One file of ours may be a file for each popup.
            let each = name.replace("Popup.", "Popup.Net.");
            let is_it = |file: &String| {
                file.ends_with(&format!("/{name}")) || file.ends_with(&format!("/{each}"))
            };
            assert!(
                installed.iter().any(is_it),
                "assets/packages/files.sh does not install {name} of assets/{folder}"
            );
        }
    }
}

/// The help of every value that can be chosen, of a command and all below it.
fn choices(command: &clap::Command) -> Vec<String> {
    let own = command
        .get_arguments()
        .flat_map(clap::Arg::get_possible_values)
        .filter_map(|value| value.get_help().map(ToString::to_string));
    own.chain(command.get_subcommands().flat_map(choices))
        .collect()
}

#[test]
fn no_help_ends_the_text_that_fish_completes_with() {
    // clap_complete writes it between double quotes, as it is.
    for command in [
        barpop::sms::arguments::Arguments::command(),
        barpop::net::arguments::Arguments::command(),
        barpop::gnss::arguments::Arguments::command(),
        barpop::ds4::arguments::Arguments::command(),
        barpop::shutter::arguments::Arguments::command(),
        barpop::arguments::Arguments::command(),
    ] {
        for help in choices(&command) {
            assert!(!help.contains(['"', '$']), "{}: {help}", command.get_name());
        }
    }
}

#[test]
fn uninstalling_takes_away_all_that_was_installed_and_nothing_else() {
    let built = Built::new();
    let root = tempfile::tempdir().unwrap();
    built.make(root.path(), PARTS.map(|part| format!("install-{part}")));
    assert!(files(root.path()).len() > 60);
    let foreign = root.path().join("usr/share/man/man1/xsmsish.1");
    fs::write(&foreign, "").unwrap();
    built.make(root.path(), ["uninstall".to_owned()]);
    assert_eq!(
        files(root.path()),
        BTreeSet::from(["/usr/share/man/man1/xsmsish.1".to_owned()])
    );
    for folder in [
        "usr/share/barpop",
        "usr/share/doc/barpop",
        "usr/share/doc/barpop-status",
    ] {
        assert!(!root.path().join(folder).exists(), "{folder} is left");
    }
}

#[test]
fn what_is_installed_for_one_person_is_where_their_systemd_looks() {
    let built = Built::new();
    let home = tempfile::tempdir().unwrap();
    let mut make = built.command("make");
    run(make
        .args(PARTS.map(|part| format!("install-{part}")))
        .arg(format!("PREFIX={}/.local", home.path().display()))
        .env("HOME", home.path()));
    // Of the folders below ~/.local, systemd reads $XDG_DATA_HOME/systemd/user alone: systemd.unit(5).
    for unit in ["barpop-sms.service", "barpop-resident@.service"] {
        let unit = home.path().join(".local/share/systemd/user").join(unit);
        let text = fs::read_to_string(&unit).unwrap_or_else(|_| panic!("no {}", unit.display()));
        let start = format!("ExecStart={}/.local/bin/", home.path().display());
        assert!(text.contains(&start), "{text}");
    }
    let mut make = built.command("make");
    run(make
        .arg("uninstall")
        .arg(format!("PREFIX={}/.local", home.path().display()))
        .env("HOME", home.path()));
    assert_eq!(files(home.path()), BTreeSet::new());
}

#[test]
fn no_installed_page_leads_to_one_that_is_not_installed() {
    let built = Built::new();
    let root = tempfile::tempdir().unwrap();
    built.make(root.path(), PARTS.map(|part| format!("install-{part}")));
    let folder = root.path().join("usr/share/doc/barpop-status/docs");
    let pages = files(&folder);
    assert!(pages.contains("/troubleshooting.md"), "{pages:?}");
    for page in pages {
        let text = fs::read_to_string(folder.join(page.trim_start_matches('/'))).unwrap();
        for link in text.split("](").skip(1) {
            let (target, _) = link.split_once(')').unwrap();
            let (file, _) = target.split_once('#').unwrap_or((target, ""));
            assert!(
                file.is_empty() || file.contains("://") || folder.join(file).exists(),
                "{page} leads to {target}"
            );
        }
    }
}

#[test]
fn units_and_services_start_the_program_where_it_is() {
    let built = Built::new();
    let root = tempfile::tempdir().unwrap();
    built.make(root.path(), PARTS.map(|part| format!("install-{part}")));
    for (file, line) in [
        (
            "share/dbus-1/services/org.barpop.Sms.service",
            "Exec=/usr/bin/xsms daemon",
        ),
        (
            "lib/systemd/user/barpop-sms.service",
            "ExecStart=/usr/bin/xsms daemon",
        ),
        (
            "lib/systemd/user/barpop-resident@.service",
            "ExecStart=/usr/bin/barpop %i --resident",
        ),
        (
            "lib/systemd/system/xshutter.service",
            "ExecStart=/usr/bin/xshutter serve",
        ),
    ] {
        let text = fs::read_to_string(root.path().join("usr").join(file)).unwrap();
        assert!(text.lines().any(|found| found == line), "{file}: {text}");
    }
}

/// Debian's own reader's view of a changelog, the newest entry first.
fn debian_entries(changelog: &Path) -> String {
    run(Command::new("dpkg-parsechangelog")
        .args(["--all", "--format", "rfc822", "-l"])
        .arg(changelog))
}

#[test]
fn debians_changelog_has_an_entry_for_each_version_with_its_day() {
    let folder = tempfile::tempdir().unwrap();
    let entries = |text: &str| {
        let source = folder.path().join("CHANGELOG.md");
        let changelog = folder.path().join("changelog");
        fs::write(&source, text).unwrap();
        let made = run(Command::new("awk")
            .args([
                "-v",
                "form=deb",
                "-v",
                "package=barpop",
                "-v",
                "version=0.3.0-0upstream1",
            ])
            .args(["-v", "maintainer=Ann <ann@example.org>"])
            .args(["-v", "now=1800000000"])
            .args(["-f", "assets/packages/changelog.awk"])
            .arg(source));
        fs::write(&changelog, made).unwrap();
        debian_entries(&changelog)
    };
    let older = "## [0.2.0] - 2027-01-09\n\n### Added\n- Something whose description\n  is \
                 longer than a line.\n- More.\n\n### Fixed\n- A `fault`.\n\n## 0.1.0 - \
                 2026-12-01\n### Added\n- All.\n";
    let said = entries(&format!(
        "# C\n\n## Unreleased\n### Added\n- New.\n\n{older}"
    ));
    let newest: Vec<&str> = said.split("\n\n").collect();
    assert_eq!(newest.len(), 3, "{said}");
    for (entry, lines) in newest.iter().zip([
        [
            "Version: 0.3.0-0upstream1",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
            "   * New.",
        ],
        [
            "Version: 0.2.0-0upstream1",
            "Date: Sat, 09 Jan 2027 12:00:00 +0000",
            "   * Something whose description is longer than a line.",
        ],
        [
            "Version: 0.1.0-0upstream1",
            "Date: Tue, 01 Dec 2026 12:00:00 +0000",
            "   * All.",
        ],
    ]) {
        for line in lines {
            assert!(
                entry.lines().any(|found| found == line),
                "{line} in {entry}"
            );
        }
    }
    // A release's own package is of its day; an empty section is nothing.
    let released = older.replacen("0.2.0", "0.3.0", 1);
    let said = entries(&format!("## Unreleased\n\n{released}"));
    assert!(
        said.contains("Version: 0.3.0-0upstream1\n") && said.contains("Date: Sat, 09 Jan 2027"),
        "{said}"
    );
    assert_eq!(said.split("\n\n").count(), 2, "{said}");
}

#[test]
fn the_debian_packages_hold_what_make_installs_and_are_the_same_each_time() {
    let built = Built::new();
    let mut bytes = Vec::new();
    for round in 0..2 {
        let out = built.path(&format!("packages-{round}"));
        let mut script = built.command("assets/packages/deb.sh");
        run(script
            .env("OUT", &out)
            .env("SOURCE_DATE_EPOCH", "1700000000"));
        let mut packages: Vec<PathBuf> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        packages.sort();
        bytes.push(
            packages
                .iter()
                .map(|path| fs::read(path).unwrap())
                .collect::<Vec<_>>(),
        );
        for path in packages {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let (name, rest) = name.split_once('_').unwrap();
            let part = match name {
                "barpop-status" => "status",
                "barpop" => "popups",
                "barpop-shutter" => "shutter",
                other => panic!("an unknown package {other}"),
            };
            assert!(
                rest.starts_with(&format!("{VERSION}-0upstream1_")),
                "{rest}"
            );
            let root = tempfile::tempdir().unwrap();
            run(Command::new("dpkg-deb")
                .arg("-R")
                .arg(&path)
                .arg(root.path()));
            let control = fs::read_to_string(root.path().join("DEBIAN/control")).unwrap();
            assert!(control.contains("\nDepends: libc6 (>= 2."), "{control}");
            assert!(
                !control.contains('@') || control.matches('@').count() == 1,
                "{control}"
            );
            for script in ["postinst", "prerm", "postrm"] {
                let script = root.path().join("DEBIAN").join(script);
                if script.exists() {
                    run(Command::new("sh").arg("-n").arg(script));
                }
            }
            assert!(!root.path().join("DEBIAN/conffiles").exists());
            fs::remove_dir_all(root.path().join("DEBIAN")).unwrap();
            let texts = root.path().join("usr/share/doc").join(name);
            run(Command::new("gunzip")
                .arg("-k")
                .arg(texts.join("changelog.Debian.gz")));
            let changes = debian_entries(&texts.join("changelog.Debian"));
            assert!(
                changes.contains(&format!("Version: {VERSION}-0upstream1\n"))
                    && changes.contains("   * "),
                "{changes}"
            );
            let mut wanted = built.installed(&[part]);
            wanted.insert(format!("/usr/share/doc/{name}/copyright"));
            wanted.insert(format!("/usr/share/doc/{name}/changelog"));
            wanted.insert(format!("/usr/share/doc/{name}/changelog.Debian"));
            if Path::new(ROOT)
                .join(format!("assets/packages/deb/{name}/lintian-overrides"))
                .exists()
            {
                wanted.insert(format!("/usr/share/lintian/overrides/{name}"));
            }
            let there = files(root.path())
                .iter()
                .map(|file| file.replace("vendor-completions", "site-functions"))
                .collect::<BTreeSet<_>>();
            assert_eq!(there, wanted, "{name}");
        }
    }
    assert_eq!(bytes[0].len(), 3);
    assert!(
        bytes[0] == bytes[1],
        "two packages of the same files differ"
    );
}

#[test]
fn rpmbuild_makes_three_packages_of_this_version_that_hold_what_make_installs() {
    let built = Built::new();
    let top = format!("_topdir {}", built.path("rpm").display());
    run(built.command("rpmbuild").args([
        "-bb",
        "--build-in-place",
        "--nodeps",
        "--define",
        "built 1",
        "--define",
        &top,
        "assets/packages/barpop.spec",
    ]));
    let packages = files(&built.path("rpm/RPMS"));
    assert_eq!(packages.len(), 3, "{packages:?}");
    for (name, part) in [
        ("barpop-status", "status"),
        ("barpop", "popups"),
        ("barpop-shutter", "shutter"),
    ] {
        let file = packages
            .iter()
            .find(|file| file.contains(&format!("/{name}-{VERSION}-1.")))
            .unwrap_or_else(|| panic!("no {name} {VERSION} in {packages:?}"));
        let file = built.path(&format!("rpm/RPMS{file}"));
        let listed: BTreeSet<String> = run(Command::new("rpm").arg("-qplv").arg(&file))
            .lines()
            // Folders are there to be removed with what is in them.
            .filter(|line| !line.starts_with('d'))
            .filter_map(|line| line.split_whitespace().next_back())
            .map(|line| line.trim_end_matches(".gz").to_owned())
            .filter(|line| !line.contains("/usr/share/licenses/"))
            .collect();
        assert_eq!(listed, built.installed(&[part]), "{name}");
        let changes = run(Command::new("rpm").args(["-qp", "--changelog"]).arg(&file));
        assert!(
            changes.contains(&format!(" - {VERSION}-1\n")) && changes.contains("\n- "),
            "{changes}"
        );
    }
}

/// A shell's command for somebody without rights, in a folder of theirs: makepkg refuses to be root.
fn without_rights(folder: &Path, script: &str) -> Command {
    let mut command = if rustix::process::geteuid().is_root() {
        run(Command::new("chown")
            .args(["-R", "65534:65534"])
            .arg(folder));
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sh"]);
        command
    } else {
        Command::new("sh")
    };
    command.args(["-euc", &format!("cd \"$0\"; {script}")]);
    command.arg(folder).env("HOME", folder);
    command.env("PKGEXT", ".pkg.tar").env_remove("MAKEFLAGS");
    command
}

#[test]
fn makepkg_reads_the_pkgbuild_and_packs_what_make_installs() {
    let built = Built::new();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::copy(format!("{ROOT}/assets/packages/PKGBUILD"), path("PKGBUILD")).unwrap();
    // The source as its maker gives it to others, with what `make programs docs` makes of it.
    let source = format!("barpop-{VERSION}");
    let target = path(&format!("{source}/target"));
    fs::create_dir_all(&target).unwrap();
    run(Command::new("cp")
        .arg("-r")
        .args([
            "Makefile",
            "LICENSE",
            "LICENSE-MIT",
            "README.md",
            "SECURITY.md",
        ])
        .args(["assets", "docs", "xmobar"])
        .arg(path(&source)));
    for (from, to) in [("bin", "release"), ("docs", "docs")] {
        run(Command::new("cp")
            .arg("-r")
            .arg(built.path(from))
            .arg(target.join(to)));
    }
    run(Command::new("tar")
        .arg("-C")
        .arg(folder.path())
        // Pictures, which no package has.
        .args([
            "--exclude=assets/gallery",
            "--exclude=assets/screenshots",
            "-czf",
        ])
        .arg(path(&format!("{source}.tar.gz")))
        .arg(&source));

    // Its own check of what a PKGBUILD may say is part of each call; what make would build is there.
    let makepkg = "makepkg --nodeps --noconfirm";
    let said = run(&mut without_rights(
        folder.path(),
        &format!("makepkg --printsrcinfo; {{ {makepkg} --nobuild; {makepkg} --repackage; }} >&2"),
    ));
    let values = |key: &str| {
        let key = format!("{key} = ");
        let lines = said.lines().map(str::trim);
        lines
            .filter_map(|line| line.strip_prefix(&key).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(values("pkgver"), [VERSION]);
    let names = values("pkgname");
    assert_eq!(names, ["barpop-status", "barpop", "barpop-shutter"]);
    for (name, part) in names.iter().zip(PARTS) {
        let root = tempfile::tempdir().unwrap();
        let start = format!("{name}-{VERSION}-1-");
        let packages = fs::read_dir(folder.path()).unwrap();
        let mut packages = packages.map(|entry| entry.unwrap().path());
        let package = packages
            .find(|path| {
                path.file_name()
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .starts_with(&start)
            })
            .unwrap_or_else(|| panic!("makepkg made no {start}*"));
        run(Command::new("tar")
            .arg("-C")
            .arg(root.path())
            .args(["--exclude=.[A-Z]*", "-xf"])
            .arg(package));
        let mut wanted = built.installed(&[part]);
        for licence in ["LICENSE", "LICENSE-MIT"] {
            wanted.insert(format!("/usr/share/licenses/{name}/{licence}"));
        }
        assert_eq!(files(root.path()), wanted, "{name}");
    }
}

#[test]
fn the_flake_builds_each_part_with_make() {
    let state = tempfile::tempdir().unwrap();
    let said = run(Command::new("nix-instantiate")
        .args(["--store", "dummy://", "--eval", "--strict", "--json"])
        .args(["--option", "build-users-group", "", "--argstr", "flake"])
        .arg(format!("{ROOT}/assets/packages/flake.nix"))
        .arg("tests/packages/nixpkgs.nix")
        .env("NIX_STATE_DIR", state.path()));
    let packages: serde_json::Value = serde_json::from_str(&said).unwrap();
    for (name, build, part) in [
        ("barpop-status", "make STATIC= status docs", "status"),
        ("barpop", "make STATIC= programs docs", "popups"),
        ("barpop-shutter", "make STATIC= status docs", "shutter"),
    ] {
        let package = &packages[name];
        assert_eq!(package["version"], VERSION);
        assert_eq!(package["buildPhase"], build);
        let install = format!("make install-{part} PREFIX=$out");
        assert_eq!(package["installPhase"], install.as_str());
    }
}

/// Whether one of our programs understands a launcher's command.
fn understood(command: &str) -> Result<(), clap::Error> {
    let words: Vec<&str> = command.split(' ').collect();
    match words[0] {
        "barpop" => barpop::arguments::Arguments::try_parse_from(words).map(|_| ()),
        "xsms" => barpop::sms::arguments::Arguments::try_parse_from(words).map(|_| ()),
        "xnm" => barpop::net::arguments::Arguments::try_parse_from(words).map(|_| ()),
        "xds4" => barpop::ds4::arguments::Arguments::try_parse_from(words).map(|_| ()),
        "xshutter" => barpop::shutter::arguments::Arguments::try_parse_from(words).map(|_| ()),
        other => panic!("no program is called {other}"),
    }
}

#[test]
fn the_launchers_are_valid_and_start_what_our_programs_understand() {
    for name in names("assets/desktop") {
        run(Command::new("desktop-file-validate").arg(format!("assets/desktop/{name}")));
        let text = read(&format!("assets/desktop/{name}"));
        let commands: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("Exec="))
            .collect();
        assert!(commands.len() > 1, "{name} has no actions");
        for command in commands {
            if let Err(error) = understood(command) {
                panic!("{name}: {error}");
            }
        }
        // Every text is there in each language of the popups.
        let count = |key: &str| text.lines().filter(|line| line.starts_with(key)).count();
        for key in ["Name", "GenericName", "Comment", "Keywords"] {
            for language in names("assets/words").iter().filter(|name| *name != "en") {
                assert_eq!(
                    count(&format!("{key}[{language}]=")),
                    count(&format!("{key}=")),
                    "{name}: {key} in {language}"
                );
            }
        }
        let icon = text
            .lines()
            .find_map(|line| line.strip_prefix("Icon="))
            .unwrap();
        let icon = read(&format!("assets/icons/apps/{icon}.svg"));
        roxmltree::Document::parse(&icon).unwrap();
    }
}

#[test]
fn software_centres_get_valid_metadata_with_pictures_that_are_there() {
    let built = Built::new();
    let root = tempfile::tempdir().unwrap();
    let installed = |pictures: &str| {
        built.make(
            root.path(),
            ["install-popups".to_owned(), format!("PICTURES={pictures}")],
        );
        let file = root
            .path()
            .join("usr/share/metainfo/org.barpop.barpop.metainfo.xml");
        run(Command::new("appstreamcli")
            .args(["validate", "--no-net"])
            .arg(&file));
        fs::read_to_string(&file).unwrap()
    };
    // Nobody has said where they are on the web.
    let bare = installed("");
    assert!(
        !bare.contains("<screenshot") && !bare.contains("@PICTURES@"),
        "{bare}"
    );
    let text = installed("https://example.org/pictures");
    let document = roxmltree::Document::parse(&text).unwrap();
    let all = |name: &'static str| {
        document
            .descendants()
            .filter(move |node| node.has_tag_name(name))
    };
    for launchable in all("launchable") {
        let name = launchable.text().unwrap();
        assert!(
            root.path()
                .join("usr/share/applications")
                .join(name)
                .exists(),
            "{name}"
        );
    }
    assert_eq!(all("image").count(), 5);
    for image in all("image") {
        let (place, name) = image.text().unwrap().rsplit_once('/').unwrap();
        assert_eq!(place, "https://example.org/pictures");
        let picture = fs::read(Path::new(ROOT).join("assets/screenshots").join(name)).unwrap();
        // A PNG's first chunk begins with its width and height.
        let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
        let said = |key| image.attribute(key).unwrap().parse::<u32>().unwrap();
        assert_eq!(
            (said("width"), said("height")),
            (number(16), number(20)),
            "{name} has another size"
        );
    }
}

#[test]
fn functions_that_run_first_are_linked_side_by_side_and_addresses_are_told_in_little() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let linker = path("start-cc.sh");
    fs::copy(format!("{ROOT}/assets/packages/start-cc.sh"), &linker).unwrap();
    fs::write(path("start-order.txt"), "barpop::third\nbarpop::gone\n").unwrap();
    let mut source = String::new();
    for name in ["first", "second", "third"] {
        source += &format!(
            "#[inline(never)] fn {name}() {{ println!(\"{{}}\", std::hint::black_box({name:?})) }}\n"
        );
    }
    source += "fn main() { first(); second(); third(); }\n";
    fs::write(path("main.rs"), source).unwrap();
    let program = path("barpop");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut build = Command::new(rustc);
    build.args(["--crate-name", "barpop", "--edition", "2024"]);
    build.arg(path("main.rs")).arg("-o").arg(&program);
    build.arg("-C").arg(format!("linker={}", linker.display()));
    run(&mut build);
    assert_eq!(run(&mut Command::new(&program)), "first\nsecond\nthird\n");
    // What the system's linker can do, the released programs have.
    let lld = run(Command::new("readelf")
        .args(["-p", ".comment"])
        .arg(&program))
    .contains("LLD");
    let glibc = run(Command::new("getconf").arg("GNU_LIBC_VERSION"));
    let minor: u32 = glibc.trim().rsplit('.').next().unwrap().parse().unwrap();
    if lld {
        let order = run(Command::new("nm").args(["-n", "-C"]).arg(&program));
        let place = |name: &str| order.find(&format!(" barpop::{name}")).unwrap();
        assert!(place("third") < place("first"), "{order}");
        assert!(place("first") < place("second"), "{order}");
    }
    if minor >= 36 {
        let dynamic = run(Command::new("readelf").arg("-dW").arg(&program));
        assert!(dynamic.contains("(RELR)"), "{dynamic}");
    }
}
