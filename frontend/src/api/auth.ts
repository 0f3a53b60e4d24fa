import { languageHeader } from "../i18n/language";
import { t } from "../i18n/t";
import { csrfToken } from "./http";
import { Problem, problemFrom, type FieldError } from "./problem";

/** Signing in and up: django-allauth's headless API for browsers (a session cookie, no tokens). */
const BASE = "/_allauth/browser/v1";

interface Flow { id: string; is_pending?: boolean; providers?: string[] }
interface Answer {
  status: number;
  data?: { flows?: Flow[]; user?: { display?: string; email?: string }; email?: { email: string }[]; socialaccount?: { providers: Provider[] } };
  errors?: { message: string; code: string; param?: string }[];
}

/** Where a person stands after an answer: in, or with a step still to take. */
export type Standing = "in" | "verify" | "finish" | "out";
export interface Provider { id: string; name: string }

const DETAIL = (): Record<number, string> => ({
  403: t("New accounts are closed at the moment."),
  409: t("That step is over or has timed out. Begin again."),
  429: t("Too many tries. Wait a few minutes, then try again."),
});

async function call(method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(BASE + path, {
    method,
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      "Accept-Language": languageHeader(),
      ...(method === "GET" ? {} : { "X-CSRFToken": csrfToken() }),
      ...(body ? { "Content-Type": "application/json" } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const parsed = (await answer.json().catch(() => ({}))) as Partial<Answer>;
  // 401 is not an error here: it says which steps are open.
  if (answer.ok || (answer.status === 401 && !parsed.errors)) return { ...parsed, status: answer.status };
  throw authProblem(answer.status, parsed);
}

/** A Problem from allauth's `errors: [{message, code, param}]`. */
export function authProblem(status: number, body: Partial<Answer>): Problem {
  // What is refused before allauth sees it (a bad CSRF token, broken JSON) is a problem as everywhere else.
  if ("detail" in body) return problemFrom(status, body);
  const errors = body.errors ?? [];
  const fields: FieldError[] = errors
    .filter((error) => error.param !== undefined)
    .map((error) => ({ field: error.param ?? "", code: error.code, detail: error.message }));
  const general = errors.filter((error) => error.param === undefined).map((error) => error.message);
  const detail = general.join(" ") || DETAIL()[status] || fields[0]?.detail || t("That did not work. Try again in a moment.");
  return new Problem(status, errors[0]?.code ?? "sign-in", detail, fields);
}

function standing(answer: Answer): Standing {
  if (answer.status === 200) return "in";
  const pending = (id: string) => answer.data?.flows?.some((flow) => flow.id === id && flow.is_pending);
  return pending("verify_email") ? "verify" : pending("provider_signup") ? "finish" : "out";
}

/** Also sets the CSRF cookie that every later POST needs. */
export async function currentStanding(): Promise<Standing> {
  return standing(await call("GET", "/auth/session"));
}

/** The sign-in providers whose keys are in the server's environment. */
export async function providers(): Promise<Provider[]> {
  return (await call("GET", "/config")).data?.socialaccount?.providers ?? [];
}

export async function signIn(email: string, password: string): Promise<Standing> {
  return standing(await call("POST", "/auth/login", { email, password }));
}

export async function signUp(person: { name: string; email: string; password: string; time_zone: string }): Promise<Standing> {
  return standing(await call("POST", "/auth/signup", person));
}

export async function verifyEmail(key: string): Promise<Standing> {
  return standing(await call("POST", "/auth/email/verify", { key }));
}

export async function resendCode(): Promise<void> {
  await call("POST", "/auth/email/verify/resend");
}

export async function requestReset(email: string): Promise<void> {
  await call("POST", "/auth/password/request", { email });
}

export async function resetPassword(key: string, password: string): Promise<Standing> {
  return standing(await call("POST", "/auth/password/reset", { key, password }));
}

/** Answers 401 when it worked, which is what being signed out is. */
export async function signOut(): Promise<void> {
  await call("DELETE", "/auth/session");
}

/** What a provider told of a person who is new here and still has something to say. */
export async function fromProvider(): Promise<{ name: string; email: string }> {
  const { data } = await call("GET", "/auth/provider/signup");
  return { name: data?.user?.display ?? "", email: data?.email?.[0]?.email ?? data?.user?.email ?? "" };
}

export async function finishSignUp(person: { name: string; email: string; time_zone: string }): Promise<Standing> {
  return standing(await call("POST", "/auth/provider/signup", person));
}

/** Leave for the provider; it must be a real form post, because the answer is a redirect away. */
export function goToProvider(id: string, next: string): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${BASE}/auth/provider/redirect`;
  const values = { provider: id, process: "login", callback_url: next, csrfmiddlewaretoken: csrfToken() };
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
