/*
 * Keeps the app's shell (the page, its code, style and font) so that it opens without a network.
 * What a person has on the server is never kept here: /api, /_allauth, /o and everything that is
 * not a file of the shell go straight to the network.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __SHELL_FILES__: string[];
declare const __SHELL_VERSION__: string;

const SHELL = `waymark-shell-${__SHELL_VERSION__}`;
const FILES = new Set(__SHELL_FILES__);
/** Pages of the client are all the same file; these paths belong to the server. */
const SERVERS = /^\/(api|_allauth|o|accounts|admin|health|static)(\/|$)/;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      // "reload" passes by the browser's own cache, which may hold an older page.
      .then((cache) => cache.addAll(__SHELL_FILES__.map((file) => new Request(file, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("waymark-shell-") && name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || SERVERS.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.has(url.pathname)) event.respondWith(file(request));
});

/** The newest page where there is a network, the kept one where there is none. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match("/", { cacheName: SHELL })) ?? Response.error();
  }
}

/** Files carry a hash in their name, so a kept one is never wrong. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: SHELL })) ?? fetch(request);
}

export {};
