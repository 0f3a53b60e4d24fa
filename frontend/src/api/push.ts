import { cache } from "./query";
import { pushKey, pushSubscriptions, stopPush, subscribePush } from "./calls";
import type { PushDevice } from "./types";

/**
 * Whether this browser rings for its person: "off" can be switched on, "install" only once the page
 * is on the home screen (as iOS wants it), "denied" only in the browser's own settings.
 */
export type PushState = "unsupported" | "install" | "denied" | "off" | "on";

export const DEVICES = "/push-subscriptions";
/** Who switched it on here, so that it can be kept up without asking. */
const KEPT = "waymark:push";

/** What this browser can do at all, before anybody is asked anything. */
export function pushSupport(view: Window & typeof globalThis = window): "unsupported" | "install" | "possible" {
  const { navigator } = view;
  if ("serviceWorker" in navigator && "PushManager" in view && "Notification" in view) return "possible";
  const isApple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.userAgent.includes("Macintosh") && navigator.maxTouchPoints > 1);
  return isApple && !view.matchMedia("(display-mode: standalone)").matches ? "install" : "unsupported";
}

/** How it stands in this browser, and which of the person's devices this is. */
export async function pushState(devices: PushDevice[]): Promise<{ state: PushState; here: PushDevice | undefined }> {
  const support = pushSupport();
  if (support !== "possible") return { state: support, here: undefined };
  if (Notification.permission === "denied") return { state: "denied", here: undefined };
  const worker = await navigator.serviceWorker.getRegistration();
  if (!worker) return { state: "unsupported", here: undefined };
  const known = await worker.pushManager.getSubscription();
  const print = known && (await fingerprint(known.endpoint));
  const here = devices.find((one) => one.is_current && one.fingerprint === print);
  return { state: here ? "on" : "off", here };
}

/** Let this browser ring; it asks the person now. Returns how it stands. */
export async function startPush(person: string): Promise<PushState> {
  const said = await Notification.requestPermission();
  if (said !== "granted") return said === "denied" ? "denied" : "off";
  await subscribe();
  localStorage.setItem(KEPT, person);
  await cache.invalidate(DEVICES);
  return "on";
}

/** Let a device ring no more; this one also forgets its address. */
export async function endPush(device: PushDevice): Promise<void> {
  await stopPush(device.id);
  const worker = await navigator.serviceWorker?.getRegistration();
  const known = await worker?.pushManager?.getSubscription();
  if (known && (await fingerprint(known.endpoint)) === device.fingerprint) {
    await known.unsubscribe();
    localStorage.removeItem(KEPT);
  }
  await cache.invalidate(DEVICES);
}

/** Before signing out: who comes next must not be told of somebody else's days. */
export async function endPushHere(): Promise<void> {
  if (!localStorage.getItem(KEPT)) return;
  const { here } = await pushState(await pushSubscriptions());
  if (here) await endPush(here);
}

/** Browsers change addresses, and servers their key: put right what was switched on here, without a word. */
export async function keepPush(person: string): Promise<void> {
  if (localStorage.getItem(KEPT) !== person || pushSupport() !== "possible" || Notification.permission !== "granted") return;
  const { state } = await pushState(await pushSubscriptions());
  if (state === "off") await subscribe();
}

async function subscribe(): Promise<void> {
  const { public_key } = await pushKey();
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  const key = bytes(public_key);
  const isSame = before && sameBytes(before.options.applicationServerKey, key);
  if (before && !isSame) await before.unsubscribe();
  const made = isSame ? before : await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint = "", keys = {} } = made.toJSON();
  await subscribePush({ endpoint, keys: { p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" } });
}

/** SHA-256 of an endpoint in hexadecimal, as the server names a device by. */
export async function fingerprint(endpoint: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of base64url. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function sameBytes(buffer: ArrayBuffer | null, other: Uint8Array): boolean {
  const one = new Uint8Array(buffer ?? new ArrayBuffer(0));
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}

let tell: (() => void) | undefined;

/** Something was done whose answer comes later: a good moment to offer to ring, once. */
export function worthHearing(): void {
  tell?.();
}

/** Be told of such moments; one listener at a time. */
export function onWorthHearing(listener: () => void): () => void {
  tell = listener;
  return () => {
    if (tell === listener) tell = undefined;
  };
}
