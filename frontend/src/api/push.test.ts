import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bytes, endPushHere, fingerprint, keepPush, pushState, pushSupport, startPush } from "./push";

const device = (print: string, is_current = true) => ({ id: "d", browser: "Firefox · Linux", fingerprint: print, is_current, created_at: "", last_used_at: null });
const ENDPOINT = "https://push.example.org/a";

/** A browser that can push; what it was asked is written down. */
function browser({ permission = "granted", endpoint = undefined as string | undefined, answers = {} as Record<string, unknown> } = {}) {
  const asked: string[] = [];
  let subscription = endpoint === undefined ? null : made(endpoint);
  function made(at: string) {
    return {
      endpoint: at,
      options: { applicationServerKey: bytes("AQID").buffer },
      toJSON: () => ({ endpoint: at, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: async () => {
        asked.push("unsubscribe");
        subscription = null;
        return true;
      },
    };
  }
  const pushManager = {
    getSubscription: async () => subscription,
    subscribe: async () => {
      asked.push("subscribe");
      return (subscription = made(ENDPOINT));
    },
  };
  const worker = { pushManager };
  vi.stubGlobal("navigator", { ...navigator, userAgent: "Firefox", languages: ["en"], serviceWorker: { getRegistration: async () => worker, ready: Promise.resolve(worker) } });
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", { permission, requestPermission: async () => (asked.push("permission"), permission) });
  vi.stubGlobal("fetch", async (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push(`${request.method} ${pathname.replace("/api/v1", "")}`);
    const said = answers[pathname.replace("/api/v1", "")] ?? (pathname.endsWith("/key") ? { public_key: "AQID" } : []);
    return request.method === "DELETE" ? new Response(null, { status: 204 }) : Response.json(said);
  });
  return asked;
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("what a browser can do", () => {
  it("needs a home screen on iOS", () => {
    const view = (userAgent: string, standalone: boolean) => ({ navigator: { userAgent, maxTouchPoints: 0 }, matchMedia: () => ({ matches: standalone }) }) as unknown as Window & typeof globalThis;
    expect(pushSupport(view("iPhone", false))).toBe("install");
    expect(pushSupport(view("iPhone", true))).toBe("unsupported");
    expect(pushSupport(view("Lynx", false))).toBe("unsupported");
  });

  it("is denied, off, or on by what the server knows of it", async () => {
    browser({ permission: "denied" });
    expect((await pushState([])).state).toBe("denied");
    browser({ endpoint: ENDPOINT });
    expect((await pushState([])).state).toBe("off");
    const print = await fingerprint(ENDPOINT);
    expect((await pushState([device(print)])).here?.id).toBe("d");
    expect((await pushState([device(print, false)])).state).toBe("off");
  });
});

describe("switching it on", () => {
  it("asks the person, subscribes with the server's key, and tells the server", async () => {
    const asked = browser();
    expect(await startPush("me")).toBe("on");
    expect(asked).toEqual(["permission", "GET /push-subscriptions/key", "subscribe", "POST /push-subscriptions"]);
  });

  it("does nothing after a no", async () => {
    const asked = browser({ permission: "denied" });
    expect(await startPush("me")).toBe("denied");
    expect(asked).toEqual(["permission"]);
  });
});

describe("keeping it up", () => {
  it("asks nobody who did not switch it on here", async () => {
    const asked = browser();
    await keepPush("me");
    localStorage.setItem("waymark:push", "somebody else");
    await keepPush("me");
    expect(asked).toEqual([]);
  });

  it("subscribes anew, without a prompt, when the address or the key changed", async () => {
    const asked = browser({ endpoint: "https://push.example.org/older" });
    localStorage.setItem("waymark:push", "me");
    await keepPush("me");
    expect(asked).not.toContain("permission");
    expect(asked).toContain("POST /push-subscriptions");
  });

  it("stops on signing out", async () => {
    const print = await fingerprint(ENDPOINT);
    const asked = browser({ endpoint: ENDPOINT, answers: { "/push-subscriptions": [device(print)] } });
    localStorage.setItem("waymark:push", "me");
    await endPushHere();
    expect(asked).toContain("DELETE /push-subscriptions/d");
    expect(asked).toContain("unsubscribe");
    expect(localStorage.getItem("waymark:push")).toBeNull();
  });
});
