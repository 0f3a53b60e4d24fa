import createClient from "openapi-fetch";
import { languageHeader } from "../i18n/language";
import { problemFrom } from "./problem";
import type { paths } from "./schema";

/** The CSRF token Django left in a cookie, or an empty string. */
export function csrfToken(cookies = document.cookie): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(cookies)?.[1] ?? "";
}

const signedOutListeners = new Set<() => void>();

/** Be told when the server says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** The API, typed by its schema. Its answers go through `answer`. */
export const api = createClient<paths>({ credentials: "same-origin", fetch: (request) => fetch(request) });

api.use({
  onRequest({ request }) {
    request.headers.set("Accept", "application/json, application/problem+json");
    request.headers.set("Accept-Language", languageHeader());
    if (request.method !== "GET") request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
});

/** The body of a good answer. Throws a Problem for any other, a TypeError when none came. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok) return data as T;
  if (response.status === 401) signedOutListeners.forEach((tell) => tell());
  throw problemFrom(response.status, error);
}
