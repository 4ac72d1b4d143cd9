// Starts the islands of a page, and offers the worker. The build puts hashed names in.
import init, * as app from './site.js';
init({ module_or_path: '/pkg/site.wasm' }).then(() => {
  app.hydrate();
  for (const island of document.querySelectorAll('leptos-island')) {
    const start = app[island.dataset.component];
    if (start) start(island);
  }
});
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
