//! A question of NetworkManager's in a window of its own.

use std::sync::{Arc, Mutex};

use barpop::net::secrets::{Field, Prompt};
use barpop::net::view::{Ask, ask_size};
use barpop::popup::Topic as _;
use egui::Ui;

use crate::net_samples;
use crate::popup_gnss::{click, type_text};
use crate::stage::{Popup, Shot, Window};

pub struct Asking {
    prompt: Prompt,
    ask: Ask,
}

fn asking(change: impl FnOnce(&mut Prompt)) -> Asking {
    let mut prompt = net_samples::prompt();
    prompt.refused = false;
    change(&mut prompt);
    Asking {
        ask: Ask::new(prompt.clone(), Arc::new(Mutex::new(None))),
        prompt,
    }
}

fn field(key: &str, label: &str, secret: bool) -> Field {
    Field {
        key: key.to_owned(),
        label: label.to_owned(),
        secret,
    }
}

fn nothing(_: &mut Window<Asking>) {}

impl Popup for Asking {
    const NAME: &'static str = "ask";
    const TITLE: &'static str = "A network's question";
    const TYPICAL: &'static [&'static str] = &["password"];
    const SHOTS: &'static [Shot<Self>] = &[
        Shot {
            name: "password",
            says: "A network wants its password while no popup is open.",
            begin: || asking(|_| {}),
            act: nothing,
        },
        Shot {
            name: "refused",
            says: "The password that was saved was refused.",
            begin: || asking(|prompt| prompt.refused = true),
            act: nothing,
        },
        Shot {
            name: "typed",
            says: "What was typed, made visible.",
            begin: || asking(|_| {}),
            act: |window| {
                type_text(window, "correct horse battery");
                click(window, "Show password");
            },
        },
        Shot {
            name: "company",
            says: "A company's network asks for two things.",
            begin: || {
                asking(|prompt| {
                    (prompt.name, prompt.ssid) = ("eduroam".into(), Some("eduroam".into()));
                    prompt.setting = "802-1x".into();
                    prompt.fields = vec![
                        field("identity", "User name", false),
                        field("password", "Password", true),
                    ];
                })
            },
            act: nothing,
        },
        Shot {
            name: "vpn",
            says: "A VPN asks in its own words.",
            begin: || {
                asking(|prompt| {
                    (prompt.name, prompt.ssid) = ("Work".into(), None);
                    prompt.setting = "vpn".into();
                    prompt.message = Some("Enter the number that your token shows.".into());
                    prompt.fields = vec![field("otp", "One-time code", true)];
                })
            },
            act: nothing,
        },
        Shot {
            name: "long",
            says: "A network with the longest name that there is.",
            begin: || {
                asking(|prompt| prompt.ssid = Some("Konferenzraum im 3. Stock, Gäste".into()))
            },
            act: nothing,
        },
    ];

    fn size(&self) -> [f32; 2] {
        ask_size(&self.prompt)
    }

    fn frame(&mut self, ui: &mut Ui) {
        self.ask.ui(ui);
    }
}
