//! Who may ask `xshutter serve`, and what it keeps from whom.
#![cfg(feature = "shutter-server")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/shutter.rs"]
mod shutter;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use barpop::secret::Secret;
use barpop::shutter::engine;
use barpop::shutter::server::{Options, ServeError, Server};
use barpop::shutter::snapshot::State;
use shutter::{PASSWORD, PATIENCE, Reply, Served};

fn bearer(password: &str) -> String {
    format!("Bearer {password}")
}

/// The `NAME=TOKEN` of an answer that sets a cookie.
fn cookie(reply: &Reply) -> String {
    reply
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn log_in(served: &Served) -> String {
    let reply = served.form("/login", "password=correct+horse");
    assert_eq!(
        (reply.status, reply.header("location")),
        (303, "/"),
        "{reply:?}"
    );
    cookie(&reply)
}

#[test]
fn without_a_password_only_this_machine_is_listened_to() {
    struct Nothing;
    impl barpop::shutter::release::Release for Nothing {
        fn describe(&self) -> barpop::shutter::snapshot::Release {
            Default::default()
        }
        fn focus(&mut self, _: bool) -> Result<(), barpop::shutter::release::ReleaseError> {
            Ok(())
        }
        fn open(
            &mut self,
            _: std::time::Duration,
        ) -> Result<(), barpop::shutter::release::ReleaseError> {
            Ok(())
        }
        fn close(&mut self) -> Result<(), barpop::shutter::release::ReleaseError> {
            Ok(())
        }
        fn recover(&mut self) -> Result<(), barpop::shutter::release::ReleaseError> {
            Ok(())
        }
    }
    let handle = engine::start(
        Box::new(Nothing),
        engine::Options {
            realtime: false,
            ..Default::default()
        },
    )
    .unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", "[::ffff:192.0.2.1]:0"] {
        let listen = vec![
            "127.0.0.1:0".parse().unwrap(),
            address.parse::<SocketAddr>().unwrap(),
        ];
        match Server::bind(
            handle.clone(),
            Options {
                listen,
                ..Options::default()
            },
            Box::new(|_: &str| {}),
        ) {
            Err(error @ ServeError::Open(_)) => {
                assert!(error.to_string().contains("xshutter passwd"), "{error}");
            }
            Err(error) => panic!("{address}: {error}"),
            Ok(_) => panic!("{address} is listened to"),
        }
    }
    let options = Options {
        password_hash: Some(Secret::new("swordfish")),
        ..Options::default()
    };
    let wrong = Server::bind(
        handle.clone(),
        Options {
            listen: vec!["127.0.0.1:0".parse().unwrap()],
            ..options
        },
        Box::new(|_: &str| {}),
    );
    let error = wrong.err().expect("no hash, no service").to_string();
    assert!(
        error.contains("xshutter passwd") && !error.contains("swordfish"),
        "{error}"
    );
    handle.end();
}

#[test]
fn a_page_of_another_site_changes_nothing() {
    let served = Served::open();
    let own = served.url();
    let other_port = format!("http://127.0.0.1:{}", served.address.port() ^ 1);
    for path in [
        "/api/v1/start",
        "/api/v1/snap",
        "/api/v1/stop",
        "/api/v1/pause",
        "/start",
        "/snap",
        "/login",
        "/logout",
    ] {
        for (name, value) in [
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Origin", other_port.as_str()),
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
        ] {
            let kind = if path.starts_with("/api") {
                "application/json"
            } else {
                "application/x-www-form-urlencoded"
            };
            let reply = served.ask("POST", path, &[("Content-Type", kind), (name, value)], "{}");
            assert_eq!(reply.status, 403, "{path} {name}: {value}: {reply:?}");
        }
    }
    assert_eq!(served.handle.snapshot().total, 0);
    assert_eq!(served.handle.snapshot().state, State::Idle);
    let fine = served.ask(
        "POST",
        "/api/v1/snap",
        &[("Origin", &own), ("Sec-Fetch-Site", "same-origin")],
        "",
    );
    assert_eq!(fine.status, 200, "{fine:?}");
}

#[test]
fn a_name_that_was_pointed_at_this_machine_opens_nothing() {
    let names = vec!["cam.example".to_owned()];
    let served = Served::with(
        Options {
            names,
            ..Options::default()
        },
        None,
    );
    let port = served.address.port();
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1.evil.example",
        "192.0.2.7",
        &format!("localhost.evil.example:{port}"),
    ] {
        for path in [
            "/",
            "/api/v1/status",
            "/api/v1/events",
            "/api/openapi.json",
            "/nothing",
        ] {
            let reply = served.ask("GET", path, &[("Host", host)], "");
            assert_eq!(reply.status, 403, "{host} {path}");
            assert!(!reply.body.contains("Garden"), "{reply:?}");
        }
        let origin = format!("http://{host}");
        let reply = served.ask(
            "POST",
            "/api/v1/snap",
            &[("Host", host), ("Origin", &origin)],
            "",
        );
        assert_eq!(reply.status, 403, "{host}");
    }
    for host in [
        "cam.example",
        "localhost",
        &format!("LOCALHOST:{port}"),
        "127.0.0.1",
        "127.0.0.2",
    ] {
        assert_eq!(
            served
                .ask("GET", "/api/v1/status", &[("Host", host)], "")
                .status,
            200,
            "{host}"
        );
    }
    for wrong in ["", "a b", "user@localhost"] {
        assert_eq!(
            served
                .ask("GET", "/api/v1/status", &[("Host", wrong)], "")
                .status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(
        served.raw(b"GET /api/v1/status HTTP/1.0\r\n\r\n").status,
        400,
        "no host at all"
    );
}

#[test]
fn programs_come_in_with_the_password_and_nobody_without() {
    let served = Served::locked();
    let routes = [
        ("GET", "/api/v1/status"),
        ("GET", "/api/v1/events"),
        ("GET", "/api/v1/history"),
        ("POST", "/api/v1/start"),
        ("POST", "/api/v1/snap"),
        ("POST", "/api/v1/stop"),
    ];
    for (method, path) in routes {
        for header in [
            None,
            Some("Basic Og=="),
            Some("Bearer"),
            Some(""),
            Some("correct horse"),
        ] {
            let headers: Vec<_> = header
                .iter()
                .map(|value| ("Authorization", *value))
                .collect();
            let reply = served.ask(method, path, &headers, "");
            assert_eq!(reply.status, 401, "{method} {path} {header:?}: {reply:?}");
            assert_eq!(
                reply.header("www-authenticate"),
                "Bearer realm=\"xshutter\""
            );
            assert!(!reply.body.contains("Garden"));
        }
    }
    let wrong = served.ask(
        "GET",
        "/api/v1/status",
        &[("Authorization", &bearer("wrong horse"))],
        "",
    );
    assert_eq!(
        (wrong.status, wrong.error().as_str()),
        (401, "the password is wrong")
    );
    assert_eq!(served.handle.snapshot().total, 0);
    let right = bearer(PASSWORD);
    for _ in 0..50 {
        // Only the first takes the time of a password.
        assert_eq!(
            served
                .ask("GET", "/api/v1/status", &[("Authorization", &right)], "")
                .status,
            200
        );
    }
    assert_eq!(
        served
            .ask("POST", "/api/v1/snap", &[("authorization", &right)], "")
            .status,
        200
    );
    assert_eq!(
        served.get("/api/openapi.json").status,
        200,
        "what can be asked is no secret"
    );
}

#[test]
fn a_browser_logs_in_and_out_with_a_cookie_that_scripts_and_other_sites_never_see() {
    let served = Served::locked();
    for path in ["/", "/start"] {
        let method = if path == "/" { "GET" } else { "POST" };
        let reply = served.ask(method, path, &[], "");
        assert_eq!(
            (reply.status, reply.header("location")),
            (303, "/login"),
            "{reply:?}"
        );
    }
    let form = served.get("/login");
    assert!(
        form.status == 200 && form.body.contains("type=\"password\""),
        "{form:?}"
    );

    let wrong = served.form("/login", "password=wrong");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, ""));
    assert!(wrong.body.contains("not the password"), "{}", wrong.body);
    assert!(
        !wrong.body.contains("wrong\""),
        "what was typed does not come back"
    );

    let reply = served.form("/login", "password=correct+horse");
    let set = reply.header("set-cookie").to_owned();
    for part in ["Path=/", "HttpOnly", "SameSite=Strict", "Max-Age=2592000"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(!set.contains("Secure"), "{set}");
    let cookie = cookie(&reply);
    let (name, token) = cookie.split_once('=').unwrap();
    assert_eq!(name, format!("xshutter_{}", served.address.port()));
    assert!(
        token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "{token}"
    );

    let with = |method: &str, path: &str, cookie: &str| {
        served.ask(method, path, &[("Cookie", cookie)], "")
    };
    assert!(with("GET", "/", &cookie).body.contains("Garden"));
    assert_eq!(with("GET", "/api/v1/status", &cookie).status, 200);
    assert_eq!(
        with("GET", "/api/v1/status", &format!("a=b; {cookie}; c=d")).status,
        200
    );
    for wrong in [
        format!("{name}="),
        format!("{name}={}", "0".repeat(64)),
        format!("x{cookie}"),
        "a".repeat(5000),
    ] {
        assert_eq!(with("GET", "/api/v1/status", &wrong).status, 401, "{wrong}");
    }
    let other = log_in(&served);
    assert_ne!(other, cookie, "a session of its own");
    let out = with("POST", "/logout", &cookie);
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{out:?}");
    assert_eq!(with("GET", "/api/v1/status", &cookie).status, 401);
    assert_eq!(with("GET", "/api/v1/status", &other).status, 200);
}

#[test]
fn behind_https_the_cookie_is_for_https_alone() {
    let hash = barpop::shutter::server::password::hash(&Secret::new(PASSWORD)).unwrap();
    let options = Options {
        password_hash: Some(Secret::new(hash)),
        names: vec!["cam.example".into()],
        https: true,
        ..Options::default()
    };
    let served = Served::with(options, None);
    let kind = ("Content-Type", "application/x-www-form-urlencoded");
    let origin = ("Origin", "https://cam.example");
    let reply = served.ask("POST", "/login", &[kind, origin], "password=correct+horse");
    assert_eq!(reply.status, 303, "{reply:?}");
    let set = reply.header("set-cookie");
    assert!(
        set.starts_with("__Host-xshutter_") && set.ends_with("; Secure"),
        "{set}"
    );
}

#[test]
fn guessing_is_limited_and_shuts_out_nobody_who_is_in() {
    let served = Served::locked();
    let cookie = log_in(&served);
    let mut tried = 0;
    loop {
        let guess = bearer(&format!("guess {tried}"));
        let reply = served.ask("GET", "/api/v1/status", &[("Authorization", &guess)], "");
        tried += 1;
        assert!(tried < 20, "there is no end of tries");
        if reply.status == 429 {
            let seconds: u64 = reply.header("retry-after").parse().unwrap();
            assert!((1..=60).contains(&seconds), "{reply:?}");
            let sentence = "too many wrong passwords; try again in";
            assert!(reply.error().starts_with(sentence), "{reply:?}");
            // Long enough for what follows.
            if seconds > 3 {
                break;
            }
        } else {
            assert_eq!(reply.status, 401, "{reply:?}");
        }
    }
    assert!(tried > 5, "five may be wrong");
    // Not even the right one, so that it cannot be guessed in the meantime.
    let right = served.ask(
        "GET",
        "/api/v1/status",
        &[("Authorization", &bearer(PASSWORD))],
        "",
    );
    assert_eq!(right.status, 429);
    let page = served.form("/login", "password=correct+horse");
    assert_eq!(page.status, 429, "{page:?}");
    assert!(
        page.body.contains("Too many wrong passwords"),
        "{}",
        page.body
    );
    assert_eq!(
        served
            .ask("GET", "/api/v1/status", &[("Cookie", &cookie)], "")
            .status,
        200
    );
}

#[test]
fn many_guesses_at_once_get_no_more_tries_and_leave_the_rest_alone() {
    let served = Served::locked();
    let cookie = log_in(&served);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let guess = |number: u32| {
            let served = &served;
            move || {
                served
                    .ask(
                        "GET",
                        "/api/v1/status",
                        &[("Authorization", &bearer(&format!("guess {number}")))],
                        "",
                    )
                    .status
            }
        };
        let all: Vec<_> = (0..40).map(|number| scope.spawn(guess(number))).collect();
        for _ in 0..20 {
            assert_eq!(
                served
                    .ask("GET", "/api/v1/status", &[("Cookie", &cookie)], "")
                    .status,
                200
            );
        }
        all.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let tried = statuses.iter().filter(|status| **status == 401).count();
    assert!(tried <= 8, "{statuses:?}");
    assert!(
        statuses.iter().all(|status| matches!(status, 401 | 429)),
        "{statuses:?}"
    );
}

#[test]
fn every_answer_forbids_what_no_page_of_ours_needs() {
    let served = Served::open();
    let posted = served.form("/snap", "");
    for reply in [
        served.get("/"),
        served.get("/api/v1/status"),
        served.get("/style.css"),
        served.get("/nothing"),
        served.ask("DELETE", "/", &[], ""),
        served.ask("GET", "/", &[("Host", "evil.example")], ""),
        posted,
    ] {
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{reply:?}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("cache-control"), "no-store");
        assert_eq!(reply.header("referrer-policy"), "same-origin");
        assert!(reply.header("access-control-allow-origin").is_empty());
        assert!(reply.header("server").is_empty(), "{reply:?}");
    }
}

#[test]
fn behind_a_trusted_proxy_each_visitor_has_wrong_passwords_of_their_own() {
    let hash = barpop::shutter::server::password::hash(&Secret::new(PASSWORD)).unwrap();
    let options = |trusted_proxies| Options {
        password_hash: Some(Secret::new(hash.clone())),
        trusted_proxies,
        ..Options::default()
    };
    let ask = |served: &Served, password: &str, visitor: &str| {
        let headers = [
            ("Authorization", &*bearer(password)),
            ("X-Forwarded-For", visitor),
        ];
        served.ask("GET", "/api/v1/status", &headers, "").status
    };
    let shut_out = |served: &Served| {
        let guess = |number| ask(served, &format!("guess {number}"), "198.51.100.1") == 429;
        assert!((0..20).any(guess), "there is no end of tries");
    };
    let served = Served::with(options(vec!["127.0.0.1".parse().unwrap()]), None);
    shut_out(&served);
    assert_eq!(ask(&served, PASSWORD, "198.51.100.1"), 429);
    assert_eq!(ask(&served, PASSWORD, "198.51.100.2"), 200);
    // Who is no proxy of ours cannot take another's name.
    let served = Served::with(options(Vec::new()), None);
    shut_out(&served);
    assert_eq!(ask(&served, PASSWORD, "198.51.100.2"), 429);
}

/// Tells the test below that it is in a network of its own.
const ALONE: &str = "BARPOP_TEST_NETWORK";

#[test]
fn one_visitor_cannot_take_all_connections() {
    let name = "one_visitor_cannot_take_all_connections";
    if std::env::var_os(ALONE).is_none() {
        // Two addresses that are no loopback, as two visitors have them.
        let script = "ip link set lo up && ip addr add 192.0.2.1/32 dev lo && \
                      ip addr add 192.0.2.2/32 dev lo && exec \"$0\" --exact \"$1\" --nocapture";
        let mut unshare = std::process::Command::new("unshare");
        unshare.arg("--net");
        if !rustix::process::geteuid().is_root() {
            unshare.args(["--user", "--map-root-user"]);
        }
        let program = std::env::current_exe().unwrap();
        unshare.args(["sh", "-c", script]).arg(program).arg(name);
        let said = unshare.env(ALONE, "yes").output().unwrap();
        let text = String::from_utf8_lossy(&said.stdout);
        let error = String::from_utf8_lossy(&said.stderr);
        assert!(said.status.success(), "{text}\n{error}");
        assert!(text.contains("1 passed"), "{text}");
        return;
    }
    let hash = barpop::shutter::server::password::hash(&Secret::new(PASSWORD)).unwrap();
    let options = Options {
        password_hash: Some(Secret::new(hash)),
        listen: vec!["0.0.0.0:0".parse().unwrap()],
        ..Options::default()
    };
    let served = Served::with(options, None);
    // A connection to an address of this machine comes from the same one.
    let [one, other] = [[192, 0, 2, 1], [192, 0, 2, 2]];
    let [one, other] = [one, other].map(|ip| SocketAddr::from((ip, served.address.port())));
    let greedy: Vec<TcpStream> = (0..200).map(|_| TcpStream::connect(one).unwrap()).collect();
    let asked = Instant::now();
    let mut visitor = TcpStream::connect(other).unwrap();
    visitor.set_read_timeout(Some(PATIENCE)).unwrap();
    write!(
        visitor,
        "GET /login HTTP/1.1\r\nHost: {other}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = Vec::new();
    visitor.read_to_end(&mut answer).unwrap();
    assert_eq!(Reply::parse(&answer).status, 200);
    // Sooner than those who say nothing are sent away.
    assert!(
        asked.elapsed() < Duration::from_secs(8),
        "{:?}",
        asked.elapsed()
    );
    drop(greedy);
}

#[test]
fn an_address_that_is_taken_is_listened_on_as_soon_as_it_is_free() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    // 192.0.2.77 is nobody's, as an address is before the network is up.
    let nowhere: SocketAddr = "192.0.2.77:1".parse().unwrap();
    let hash = barpop::shutter::server::password::hash(&Secret::new(PASSWORD)).unwrap();
    let options = Options {
        password_hash: Some(Secret::new(hash)),
        listen: vec!["127.0.0.1:0".parse().unwrap(), address, nowhere],
        ..Options::default()
    };
    let served = Served::with(options, None);
    let started = served.handle.ask(barpop::shutter::command::Command::Snap);
    assert!(started.is_ok(), "pictures are taken meanwhile: {started:?}");
    let warned = served.until("it warns", |snapshot| snapshot.warning.is_some());
    let warning = warned.warning.clone().unwrap();
    for part in [
        &*format!("cannot listen on {address}"),
        "192.0.2.77:1",
        "tried again",
    ] {
        assert!(warning.contains(part), "{warning}");
    }
    drop(taken);
    served.until("it listens there", |snapshot| {
        let warning = snapshot.warning.as_deref().unwrap_or_default();
        !warning.contains(&address.to_string()) && warning.contains("192.0.2.77")
    });
    assert!(TcpStream::connect(address).is_ok());
}
