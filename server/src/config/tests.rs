//! The rules of the configuration.

use super::{Config, ConfigError, LogFormat, Settings, keys::KEYS, settings::Source, show};
use domain::ports::Trial;
use std::{ffi::OsString, io, net::IpAddr, path::Path};

fn settings(environment: &[(&str, &str)], file: Option<&str>) -> Result<Settings, ConfigError> {
    Settings::from(
        |name| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value)),
        |path| match file {
            Some(text) if path == Path::new("var/config.toml") => Ok(text.to_owned()),
            _ => Err(io::ErrorKind::NotFound.into()),
        },
    )
}

fn config(environment: &[(&str, &str)]) -> Result<Config, Vec<ConfigError>> {
    Config::check(&settings(environment, None).expect("no file"))
}

/// The keys a configuration is refused for.
fn wrong(environment: &[(&str, &str)]) -> Vec<&'static str> {
    let errors = config(environment).err().unwrap_or_default();
    let key = |error: &ConfigError| match error {
        ConfigError::Wrong { key, .. } => *key,
        other => panic!("unexpected: {other}"),
    };
    errors.iter().map(key).collect()
}

const REAL: [(&str, &str); 11] = [
    ("TRIAL", "off"),
    ("OPERATOR", "某工会"),
    ("PRIVACY_URL", "https://example.org/privacy"),
    ("CONTACT", "12351"),
    ("PUBLIC_URL", "https://example.org"),
    ("SMS_GATEWAYS", "tencent"),
    ("TENCENT_SMS_SECRET_ID", "id"),
    ("TENCENT_SMS_SECRET_KEY", "sesame"),
    ("TENCENT_SMS_APP", "1400006666"),
    ("TENCENT_SMS_SIGN", "某工会"),
    ("TENCENT_SMS_TEMPLATE", "1234"),
];

#[test]
fn with_nothing_written_it_is_a_trial_on_this_machine() {
    let config = config(&[]).expect("defaults are allowed");
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.metrics_listen.map(|at| at.to_string()).as_deref(), Some("127.0.0.1:3001"));
    assert_eq!(config.database_url, "sqlite:var/huizhanjia.db");
    assert_eq!((config.trial, config.limits, config.log, config.demo), (Trial::Loopback, true, LogFormat::Text, true));
    assert!(config.tiles.is_none() && config.trusted_proxies.is_empty() && config.site().operator.is_none());
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let settings = settings(&[("LISTEN", "127.0.0.1:1")], Some("listen = \"127.0.0.1:2\"\nLOG = \"json\"\n"));
    let settings = settings.expect("both are right");
    let source = |name| settings.get(name).map(|setting| setting.source.clone());
    assert_eq!(source("LISTEN"), Some(Source::Environment));
    assert_eq!(source("LOG"), Some(Source::File));
    assert_eq!(source("LIMITS"), Some(Source::Default));
    let config = Config::check(&settings).expect("both are right");
    assert_eq!((config.listen.port(), config.log), (1, LogFormat::Json));
}

#[test]
fn an_empty_variable_is_not_set() {
    let settings = settings(&[("OPERATOR", "")], Some("OPERATOR = \"某工会\"")).expect("allowed");
    assert_eq!(Config::check(&settings).expect("allowed").operator.as_deref(), Some("某工会"));
}

#[test]
fn the_file_may_use_the_types_of_toml() {
    let text = "LIMITS = false\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n";
    let config = Config::check(&settings(&[], Some(text)).expect("allowed")).expect("allowed");
    assert!(!config.limits);
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn an_unknown_key_of_the_file_stops_the_start_and_lists_the_keys() {
    let error = settings(&[], Some("LISTNE = \"127.0.0.1:1\"")).expect_err("no such key").to_string();
    assert!(error.contains("LISTNE") && error.contains("LISTEN") && error.contains("TRUSTED_PROXIES"), "{error}");
}

#[test]
fn a_file_that_is_not_toml_is_refused_with_its_line() {
    let error = settings(&[], Some("LOG = \"json\"\nLISTEN = \n")).expect_err("no value").to_string();
    assert!(error.contains('2'), "{error}");
}

#[test]
fn a_key_written_in_both_cases_is_refused() {
    assert_eq!(settings(&[], Some("log = \"json\"\nLOG = \"text\"")).err(), Some(ConfigError::Twice { key: "LOG" }));
}

#[test]
fn a_named_file_must_exist() {
    let named = settings(&[("CONFIG", "/nowhere.toml")], None);
    assert!(matches!(named, Err(ConfigError::File { .. })));
}

#[test]
fn every_wrong_value_is_reported_with_its_key_and_what_is_allowed() {
    let values = [
        ("LISTEN", "3000"),
        ("DATABASE_URL", "mysql://x"),
        ("METRICS_LISTEN", "0.0.0.0:3001"),
        ("TRIAL", "yes"),
        ("OPERATOR", "a\nb"),
        ("PRIVACY_URL", "javascript:alert(1)"),
        ("TILES", "https://tiles.example/{z}/{x}.png"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,elsewhere"),
        ("LIMITS", "maybe"),
        ("LOG", "xml"),
        ("LOG_LEVEL", "loud"),
        ("DEMO", "on"),
    ];
    assert_eq!(wrong(&values), values.map(|(key, _)| key));
    for error in config(&values).expect_err("all are wrong") {
        let ConfigError::Wrong { key, .. } = &error else { panic!("unexpected: {error}") };
        let allowed = KEYS.iter().find(|known| known.name == *key).expect("in the table").allowed;
        assert!(error.to_string().contains(allowed), "{error}");
    }
}

#[test]
fn a_loopback_trial_listens_only_on_this_machine() {
    for address in ["127.0.0.1:0", "127.9.9.9:80", "[::1]:3000", "localhost:3000"] {
        assert!(wrong(&[("LISTEN", address)]).is_empty(), "{address}");
    }
    for address in ["0.0.0.0:3000", "192.168.1.2:3000", "[::]:3000", "8.8.8.8:80"] {
        assert_eq!(wrong(&[("LISTEN", address)]), ["LISTEN"], "{address}");
    }
}

#[test]
fn a_lan_trial_listens_on_private_addresses_too() {
    for address in ["127.0.0.1:0", "0.0.0.0:3000", "192.168.1.2:3000", "10.0.0.1:3000", "[fd00::1]:3000"] {
        assert!(wrong(&[("TRIAL", "lan"), ("LISTEN", address)]).is_empty(), "{address}");
    }
    assert_eq!(wrong(&[("TRIAL", "lan"), ("LISTEN", "8.8.8.8:80")]), ["LISTEN"]);
}

#[test]
fn a_trial_answers_nobody_beyond_its_reach() {
    let answered = |trial, peer: &str| Config::answers(trial, peer.parse::<IpAddr>().expect("an address"));
    assert!(answered(Trial::Loopback, "::ffff:127.0.0.1"));
    assert!(!answered(Trial::Loopback, "192.168.1.7"));
    assert!(answered(Trial::Lan, "192.168.1.7") && answered(Trial::Lan, "fe80::1"));
    assert!(!answered(Trial::Lan, "8.8.8.8") && !answered(Trial::Lan, "2001:db8::1"));
    assert!(answered(Trial::Off, "8.8.8.8"));
}

#[test]
fn a_real_service_needs_operator_privacy_contact_and_a_gateway() {
    assert!(wrong(&REAL).is_empty());
    for (name, _) in &REAL[1..] {
        let rest: Vec<(&str, &str)> = REAL.into_iter().filter(|(key, _)| key != name).collect();
        let errors = config(&rest).expect_err("one is missing");
        assert!(errors.len() == 1 && errors[0].to_string().contains(name), "{errors:?}");
    }
}

#[test]
fn a_secret_of_a_gateway_is_never_shown() {
    let shown = show::current(&settings(&REAL, None).expect("no file"));
    assert!(shown.contains("TENCENT_SMS_SECRET_KEY = ***") && !shown.contains("sesame"), "{shown}");
    let printed = format!("{:?}", config(&REAL).expect("right"));
    assert!(!printed.contains("sesame"), "{printed}");
    let wrong = config(&[("SMS_GATEWAYS", "aliyun"), ("ALIYUN_SMS_KEY_SECRET", "sesame\n")]).expect_err("a line");
    assert!(wrong.iter().all(|error| !error.to_string().contains("sesame")), "{wrong:?}");
}

#[test]
fn gateways_are_asked_by_https_or_on_this_machine() {
    let with = |url| REAL.into_iter().chain([("TENCENT_SMS_URL", url)]).collect::<Vec<_>>();
    assert!(wrong(&with("https://sms.example")).is_empty() && wrong(&with("http://127.0.0.1:9")).is_empty());
    assert_eq!(wrong(&with("http://sms.example")), ["TENCENT_SMS_URL"]);
    assert_eq!(wrong(&[("SMS_GATEWAYS", "log,pigeon")]), ["SMS_GATEWAYS"]);
}

#[test]
fn metrics_have_a_listener_of_their_own() {
    assert_eq!(wrong(&[("METRICS_LISTEN", "127.0.0.1:3000")]), ["METRICS_LISTEN"]);
    assert!(config(&[("METRICS_LISTEN", "off")]).expect("allowed").metrics_listen.is_none());
}

#[test]
fn nobody_can_trust_the_whole_world_as_a_proxy() {
    for network in ["0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.0/8;::1"] {
        assert_eq!(wrong(&[("TRUSTED_PROXIES", network)]), ["TRUSTED_PROXIES"], "{network}");
    }
}

#[test]
fn tiles_are_https_with_a_plain_host() {
    let source =
        |template: &str| config(&[("TILES", template)]).ok().and_then(|c| c.tiles).map(|tiles| tiles.csp_source);
    assert_eq!(source("https://t.example/{z}/{x}/{y}.png").as_deref(), Some("https://t.example"));
    assert_eq!(source("https://{s}.t.example:8443/?z={z}&x={x}&y={y}").as_deref(), Some("https://*.t.example:8443"));
    for template in [
        "http://t.example/{z}/{x}/{y}",
        "https://t.example; script-src */{z}/{x}/{y}",
        "https://*/{z}/{x}/{y}",
        "https:///{z}/{x}/{y}",
        "https://user@t.example/{z}/{x}/{y}",
        "https://t.example/{s}/{z}/{x}/{y}",
        "https://{z}.example/{x}/{y}",
    ] {
        assert_eq!(source(template), None, "{template}");
    }
}

#[test]
fn a_tile_host_without_a_name_is_called_by_its_host() {
    let site = config(&[("TILES", "https://{s}.t.example/{z}/{x}/{y}")]).expect("allowed").site();
    assert_eq!(site.tiles_name.as_deref(), Some("t.example"));
}

#[test]
fn a_password_is_never_shown() {
    let addresses = [
        "postgres://me:sesame@db/h",
        "postgres://me:ses@ame@db/h",
        "postgres://me@db/h?password=sesame",
        "postgres://me:sesame@db/h?sslmode=require",
    ];
    for address in addresses {
        let shown = show::current(&settings(&[("DATABASE_URL", address)], None).expect("no file"));
        assert!(shown.contains("db/h") && !shown.contains("same"), "{shown}");
    }
    let error = config(&[("DATABASE_URL", "mysql://me:sesame@db/h")]).expect_err("not ours");
    assert!(!error[0].to_string().contains("sesame"), "{error:?}");
}

#[test]
fn help_and_the_listing_name_every_key() {
    let (help, listing) = (show::help(), show::current(&settings(&[], None).expect("no file")));
    for key in KEYS {
        assert!(help.contains(key.name) && help.contains(key.about) && help.contains(key.allowed), "{}", key.name);
        assert!(listing.contains(&format!("{} = ", key.name)), "{}", key.name);
    }
}

#[test]
fn defaults_are_allowed_values() {
    // Each default written out by hand is as good as left out.
    let written: Vec<(&str, &str)> = KEYS.iter().filter_map(|key| Some((key.name, key.default?))).collect();
    assert!(wrong(&written).is_empty());
}
