//! What the key process puts up with.

use super::{
    engines::{Site, on_each_engine},
    world::{MINUTE, NOW, World},
};
use domain::{policy::Role, ports::NotRead};
use server::keyd::{PER_HOUR, Reply, Request, ask};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::UnixStream,
};

#[tokio::test]
async fn a_handler_opens_thirty_matters_an_hour_also_over_a_restart() {
    on_each_engine(async |site: &Site| {
        let mut world = World::new(site).await;
        let (worker, officer, handler) =
            (world.worker().await, world.staff(Role::Officer).await, world.staff(Role::Handler).await);
        let mut matters = Vec::new();
        for _ in 0..=PER_HOUR {
            let matter = world.open(&worker, "我的事").await;
            world.assign(&officer, matter, &handler).await.expect("assigned");
            matters.push(matter);
        }
        for &matter in &matters[..PER_HOUR] {
            world.read(&handler, matter).await.expect("read");
        }
        world.set(NOW + 30 * MINUTE);
        assert_eq!(world.read(&handler, matters[PER_HOUR]).await, Err(NotRead::TooMany));
        assert!(world.read(&handler, matters[0]).await.is_ok(), "one that is open already");
        assert!(world.read(&worker, matters[PER_HOUR]).await.is_ok(), "the worker is not limited");
        world.stop_keyd().await;
        world.start_keyd(site).await;
        assert_eq!(world.read(&handler, matters[PER_HOUR]).await, Err(NotRead::TooMany), "after a restart");
        world.set(NOW + 60 * MINUTE);
        assert!(world.read(&handler, matters[PER_HOUR]).await.is_ok(), "an hour after the first");
        world.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_request_gets_no_answer_and_disturbs_nobody() {
    let site = Site::on_sqlite();
    let world = World::new(&site).await;
    let socket = site.path("keyd.sock");
    let frame = |body: &[u8]| [&u32::try_from(body.len()).expect("short").to_be_bytes()[..], body].concat();
    let long = "x".repeat(5000);
    let nonsense: Vec<Vec<u8>> = vec![
        Vec::new(),
        vec![0],
        vec![0xff; 4],
        vec![0xff; 10_000],
        frame(b""),
        frame(b"{}"),
        frame(b"\"ping\"x"),
        frame(b"{\"read\":{}}"),
        frame(b"{\"read\":{\"token\":1,\"matter\":\"\",\"wrapped\":\"\"}}"),
        frame(b"{\"make\":{\"token\":\"\",\"matter\":\"\",\"more\":1}}"),
        frame(&[0xff; 100]),
        frame(long.as_bytes()),
    ];
    for bytes in nonsense {
        let mut stream = UnixStream::connect(&socket).await.expect("connects");
        let _ = stream.write_all(&bytes).await;
        let _ = stream.shutdown().await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        assert_eq!(answer, b"", "{:?}", &bytes[..bytes.len().min(40)]);
    }
    // Many who connect and say nothing take places, but not all of them at once.
    let silent: Vec<_> = {
        let mut all = Vec::new();
        for _ in 0..40 {
            all.push(UnixStream::connect(&socket).await.expect("connects"));
        }
        all
    };
    assert!(matches!(ask(&socket, &Request::Ping).await.expect("answers"), Reply::Pong { .. }));
    drop(silent);
    world.close().await;
}
