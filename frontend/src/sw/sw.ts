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
const SERVERS = /^\/(api|_allauth|o|accounts|admin|calendar|health|static)(\/|$)/;

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

/*
 * Push: what rings while no page is open. A message is sealed for this browser alone; what it says
 * decides the server, by what its person wants to have read on a locked screen.
 */
interface Message { title: string; url: string; tag: string }

self.addEventListener("push", (event) => {
  const { title, url, tag } = messageOf(event.data);
  // A browser that is woken must show something, else it shows a sentence of its own.
  const options = { icon: "/icons/192.png", data: { url }, ...(tag ? { tag } : {}) };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(pathOf((event.notification.data as Partial<Message> | null)?.url)));
});

function messageOf(data: PushMessageData | null): Message {
  let said: Partial<Message> = {};
  try {
    said = (data?.json() ?? {}) as Partial<Message>;
  } catch {
    // Not ours: ring all the same.
  }
  return { title: said.title || "Waymark", url: pathOf(said.url), tag: said.tag ?? "" };
}

/** A page of the client, whatever was sent: nobody is led elsewhere by a message. */
function pathOf(url: unknown): string {
  if (typeof url !== "string") return "/";
  try {
    const { origin, pathname, search } = new URL(url, self.location.origin);
    return origin === self.location.origin && !SERVERS.test(pathname) ? pathname + search : "/";
  } catch {
    return "/";
  }
}

/** Lead a window that is open there, without losing what it holds; else open one. */
async function open(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => one.focused) ?? windows[0];
  if (!there) {
    await self.clients.openWindow(path);
    return;
  }
  there.postMessage({ type: "go", path });
  await there.focus();
}

export {};
