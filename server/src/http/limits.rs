//! How much and how often: sizes of a request, and requests of one address.

use super::{AppState, client_address::ClientAddress, request_id::RequestId};
use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::{IntoResponse as _, Response},
    routing::MethodRouter,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::NoOpMiddleware,
    state::keyed::DashMapStateStore,
};
use http::{HeaderValue, StatusCode, header::RETRY_AFTER};
use std::{
    hash::{BuildHasher, RandomState},
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

/// The longest path with query, in bytes; RFC 9110 section 4.1 asks for 8000 at least.
pub const URI_LIMIT: usize = 8 * 1024;
/// All header names and values together, in bytes.
pub const HEADERS_LIMIT: usize = 32 * 1024;

/// Refuses what is longer than anything a browser sends here.
pub async fn sizes(request: Request, next: Next) -> Response {
    let uri = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let too_long = if uri > URI_LIMIT {
        StatusCode::URI_TOO_LONG
    } else if headers > HEADERS_LIMIT {
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE
    } else {
        return next.run(request).await;
    };
    // Words are given further out, see `errors::calm`.
    too_long.into_response()
}

/// Requests a minute of one address, in the long run.
pub const PER_MINUTE: NonZeroU32 = NonZeroU32::new(60).expect("60 is not 0");
/// Requests at once of an address that was quiet.
pub const BURST: NonZeroU32 = NonZeroU32::new(120).expect("120 is not 0");
/// Addresses counted one by one; further ones share [`CROWD`] counters. About 64 bytes each.
const ADDRESSES: usize = 100_000;
/// Counters shared by the addresses beyond [`ADDRESSES`].
const CROWD: u64 = 4096;

/// Who is counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Requester {
    V4(Ipv4Addr),
    /// The upper 64 bits: one customer has all the rest.
    V6([u16; 4]),
    Crowd(u64),
}

impl Requester {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self::V6([a, b, c, d])
            }
        }
    }
}

/// How often each address asked lately. Memory is bounded, see [`RequestLimits::forget`].
pub struct RequestLimits<C: Clock = DefaultClock> {
    limiter: RateLimiter<Requester, DashMapStateStore<Requester>, C, NoOpMiddleware<C::Instant>>,
    clock: C,
    /// Seeded, so that nobody can choose whom to share a counter with.
    crowd: RandomState,
    addresses: usize,
}

impl RequestLimits {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::with_clock(DefaultClock::default(), ADDRESSES)
    }
}

impl Default for RequestLimits {
    fn default() -> Self {
        Self::new()
    }
}

impl<C: Clock + Clone> RequestLimits<C> {
    fn with_clock(clock: C, addresses: usize) -> Self {
        let limiter = RateLimiter::dashmap_with_clock(Quota::per_minute(PER_MINUTE).allow_burst(BURST), clock.clone());
        Self { limiter, clock, crowd: RandomState::new(), addresses }
    }

    /// Counts one request.
    ///
    /// # Errors
    /// Too many: how long to wait, at least a second.
    pub fn count(&self, address: IpAddr) -> Result<(), Duration> {
        self.spend(address, NonZeroU32::MIN)
    }

    /// Counts one request that is worth several; no more than [`BURST`].
    ///
    /// # Errors
    /// As [`Self::count`].
    pub fn spend(&self, address: IpAddr, cost: NonZeroU32) -> Result<(), Duration> {
        let requester = Requester::of(address);
        let requester = if self.limiter.len() < self.addresses {
            requester
        } else {
            Requester::Crowd(self.crowd.hash_one(requester) % CROWD)
        };
        let Ok(spent) = self.limiter.check_key_n(&requester, cost.min(BURST)) else {
            return Err(Duration::from_secs(1));
        };
        spent.map_err(|refusal| {
            let wait = refusal.wait_time_from(self.clock.now());
            Duration::from_secs(wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(Duration::from_secs(1))
        })
    }

    /// Forgets addresses that have their whole burst again. To be called every minute.
    pub fn forget(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

/// How a refusal reads: the wait and the request's name in, a 429 out.
pub type Refusal = fn(wait: Duration, request_id: &RequestId) -> Response;

/// Limits how often one address may ask these routes. `Retry-After` is added to what `refuse` makes.
pub fn api_layer(routes: Router<AppState>, state: &AppState, refuse: Refusal) -> Router<AppState> {
    costing(routes, state, refuse, NonZeroU32::MIN)
}

/// The same for routes whose requests count as several.
pub fn costing(routes: Router<AppState>, state: &AppState, refuse: Refusal, cost: NonZeroU32) -> Router<AppState> {
    let Some(limits) = state.limits.clone() else {
        return routes;
    };
    routes.layer(from_fn(move |request: Request, next: Next| check(limits.clone(), refuse, cost, request, next)))
}

/// Limits how often one address may post what begins or proves a sign-in, before anything is written: each of them
/// is a transaction, and `SQLite` has one writer. The words are given further out, see `errors::calm`.
pub fn sign_in(route: MethodRouter<AppState>, state: &AppState) -> MethodRouter<AppState> {
    let Some(limits) = state.sign_in_limits.clone() else {
        return route;
    };
    let refuse = |_: Duration, _: &RequestId| StatusCode::TOO_MANY_REQUESTS.into_response();
    route.layer(from_fn(move |request: Request, next: Next| {
        check(limits.clone(), refuse, NonZeroU32::MIN, request, next)
    }))
}

async fn check(
    limits: Arc<RequestLimits>,
    refuse: Refusal,
    cost: NonZeroU32,
    request: Request,
    next: Next,
) -> Response {
    let address = request.extensions().get::<ClientAddress>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |a| a.0);
    match limits.spend(address, cost) {
        Ok(()) => next.run(request).await,
        Err(wait) => {
            metrics::counter!("http_requests_refused_total").increment(1);
            let mut response = refuse(wait, &RequestId::of(&request));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
            response
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn limits(addresses: usize) -> (RequestLimits<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        (RequestLimits::with_clock(clock.clone(), addresses), clock)
    }

    /// How many of 1000 requests at once pass.
    fn passed(limits: &RequestLimits<FakeRelativeClock>, from: &str) -> usize {
        (0..1000).filter(|_| limits.count(address(from)).is_ok()).count()
    }

    #[test]
    fn a_burst_of_120_then_60_a_minute() {
        let (limits, clock) = limits(10);
        assert_eq!(passed(&limits, "203.0.113.9"), 120);
        assert_eq!(limits.count(address("203.0.113.9")), Err(Duration::from_secs(1)));
        clock.advance(Duration::from_mins(1));
        assert_eq!(passed(&limits, "203.0.113.9"), 60);
        clock.advance(Duration::from_hours(1));
        assert_eq!(passed(&limits, "203.0.113.9"), 120);
    }

    #[test]
    fn waiting_as_long_as_told_is_enough() {
        let (limits, clock) = limits(10);
        passed(&limits, "203.0.113.9");
        clock.advance(Duration::from_millis(300));
        let wait = limits.count(address("203.0.113.9")).expect_err("too many");
        clock.advance(wait);
        assert!(limits.count(address("203.0.113.9")).is_ok());
    }

    #[test]
    fn one_address_does_not_pay_for_another() {
        let (limits, _) = limits(10);
        passed(&limits, "203.0.113.9");
        assert_eq!(passed(&limits, "203.0.113.10"), 120);
    }

    #[test]
    fn an_ipv6_network_of_64_bits_is_one_requester() {
        let (limits, _) = limits(10);
        passed(&limits, "2001:db8:1:2::1");
        assert_eq!(passed(&limits, "2001:db8:1:2:ffff::1"), 0);
        assert_eq!(passed(&limits, "2001:db8:1:3::1"), 120);
    }

    #[test]
    fn an_ipv4_address_written_as_ipv6_is_the_same_requester() {
        let (limits, _) = limits(10);
        passed(&limits, "203.0.113.9");
        assert_eq!(passed(&limits, "::ffff:203.0.113.9"), 0);
    }

    #[test]
    fn memory_is_bounded_however_many_ask() {
        let (limits, clock) = limits(100);
        for one in 0..20_000_u32 {
            let _ = limits.count(IpAddr::V4(Ipv4Addr::from_bits(one)));
        }
        let most = 100 + usize::try_from(CROWD).expect("small");
        assert!(limits.limiter.len() <= most, "{}", limits.limiter.len());
        clock.advance(Duration::from_hours(1));
        limits.forget();
        assert_eq!(limits.limiter.len(), 0);
    }
}
