// The worker: what is left of the site when the network is gone. Every page works without it.
//
// It answers GET requests of this site only: files of the package from the phone, pages from the
// network first. A page that belongs to a session says `no-store` and is never kept.
// VERSION, ASSETS and CHECKS come from the build.
const FILES = `files-${VERSION}`;
// A kept page names the files of its own version, so both go together.
const PAGES = `pages-${VERSION}`;
const OFFLINE = "/offline";
/** The card that is kept on this phone, drawn from what is on it. */
const CARD = "/card/offline";
/** The scanner: kept on the phones that opened it once, with its files. */
const CHECK = "/card/check";
/** Pages that are the same for everybody and stand by themselves, and what is shown where they cannot be had. */
const STANDING = { "/card/offline": CARD, "/me/card": CARD, "/card/check": CHECK };
/** Pages kept at most; the oldest goes first. */
const PAGES_KEPT = 20;
/** How long a page may take before a kept copy is shown instead, in ms. */
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(
    Promise.all([caches.open(FILES), caches.match(CHECK)]).then(([cache, checks]) =>
      // `reload` asks the network: a copy in the HTTP cache may be from before this version.
      cache.addAll([...[OFFLINE, CARD].map((page) => new Request(page, { cache: "reload" })), ...ASSETS, ...(checks ? checker() : [])]),
    ),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== FILES && name !== PAGES).map((name) => caches.delete(name))))
      .then(() => self.registration.navigationPreload && self.registration.navigationPreload.enable())
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (ASSETS.includes(pathname) || CHECKS.includes(pathname)) event.respondWith(file(request));
});

/** The scanner with its files. */
function checker() {
  return [new Request(CHECK, { cache: "reload" }), ...CHECKS];
}

/** Whoever opened the scanner once has it without network from then on. */
async function keepChecker() {
  const cache = await caches.open(FILES);
  if (!(await cache.match(CHECK))) await cache.addAll(checker());
}

/** A file of the package: its name changes with its content, so a kept copy is the right one. */
function file(request) {
  return caches.match(request, { cacheName: FILES }).then((kept) => kept || fetch(request));
}

/** A page: the network's, after PATIENCE the kept one, and with neither the page for no network. */
async function page(event) {
  const network = Promise.resolve(event.preloadResponse).then((preloaded) => preloaded || fetch(event.request));
  event.waitUntil(network.then((response) => keep(event.request, response.clone())).catch(() => {}));
  const { pathname } = new URL(event.request.url);
  if (pathname === CHECK) event.waitUntil(network.then(keepChecker).catch(() => {}));
  const standing = STANDING[pathname];
  const kept = standing
    ? await caches.match(standing, { cacheName: FILES })
    : await caches.match(event.request, { cacheName: PAGES });
  const shown = () => (standing ? kept.clone() : dated(kept));
  // A slow network is still one: only without it the own card is the one for no network.
  const waits = pathname !== "/me/card";
  const late = kept && waits && new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(shown);
  try {
    return await (late ? Promise.race([network, late]) : network);
  } catch (gone) {
    return kept ? shown() : (await caches.match(OFFLINE, { cacheName: FILES })) || Response.error();
  }
}

/** Keeps what anybody may see: a finished page without `no-store`. */
async function keep(request, response) {
  const control = response.headers.get("cache-control") || "";
  const page = /^text\/html/.test(response.headers.get("content-type") || "");
  if (!page || response.status !== 200 || response.redirected || /no-store/.test(control)) return;
  const cache = await caches.open(PAGES);
  // Put behind the others, so that the first key is the page not asked for longest.
  await cache.delete(request);
  await cache.put(request, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - PAGES_KEPT)).map((key) => cache.delete(key)));
}

/** A kept page says so, and when: "open" may no longer be true. */
async function dated(kept) {
  const when = new Date(kept.headers.get("date")).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai" });
  const note = `<p class="note" id="kept" role="status">网络不好。这是 ${when} 存下的内容，开没开门请打电话问。</p>`;
  const html = (await kept.text()).replace(/<main[^>]*>/, (main) => main + note);
  const headers = new Headers(kept.headers);
  ["content-encoding", "content-length", "etag"].forEach((name) => headers.delete(name));
  return new Response(html, { headers });
}
