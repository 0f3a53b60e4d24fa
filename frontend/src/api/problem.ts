import { t } from "../i18n/t";

/** One field's complaint, as the API gives it: `field` is the name in the request, `line` counts from 1 in a document. */
export interface FieldError { field: string; code: string; detail: string; line?: number | null }

/** What went wrong with a request, in words a person can read. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldError[];
  /** The whole body, for what a certain code carries beside the words. */
  readonly body: Readonly<Record<string, unknown>>;

  /** `status` 0 means that no answer came at all. */
  constructor(status: number, code: string, detail: string, fields: readonly FieldError[] = [], body: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.body = body;
  }

  get isOffline(): boolean {
    return this.status === 0;
  }

  /** The complaint about one field, or undefined. */
  field(name: string): string | undefined {
    return this.fields.find((error) => error.field === name)?.detail;
  }

  /** What to say at the top of a form: nothing where every complaint stands at a field shown. */
  general(shown: readonly string[] = []): string | undefined {
    const elsewhere = this.fields.filter((error) => !shown.includes(error.field));
    if (this.fields.length > 0 && elsewhere.length === 0) return undefined;
    if (elsewhere.length > 0) return elsewhere.map((error) => error.detail).join(" ");
    return this.message;
  }
}

const FALLBACK = (): Record<number, string> => ({
  0: t("There is no connection right now. Try again when you are back."),
  401: t("You are signed out. Sign in again to go on."),
  403: t("This is not yours to change."),
  404: t("There is nothing here, or it isn’t yours to see."),
  409: t("Somebody was faster. Look again and decide anew."),
  429: t("That was a lot at once. Wait a minute, then try again."),
  503: t("Waymark is restarting. Try again in a few seconds."),
});

/** Any thrown value as a Problem, so that screens know one kind of failure only. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof TypeError) return new Problem(0, "offline", sentence(0));
  return new Problem(500, "client-error", thrown instanceof Error ? thrown.message : String(thrown));
}

/** Read an `application/problem+json` body, or make the best of any other. */
export function problemFrom(status: number, body: unknown): Problem {
  if (typeof body !== "object" || body === null) return new Problem(status, "error", sentence(status));
  const given = body as Record<string, unknown>;
  const fields = Array.isArray(given["errors"]) ? given["errors"].filter(isFieldError) : [];
  const detail = typeof given["detail"] === "string" && given["detail"] !== "" ? given["detail"] : sentence(status);
  return new Problem(status, typeof given["code"] === "string" ? given["code"] : "error", detail, fields, given);
}

function isFieldError(value: unknown): value is FieldError {
  return typeof value === "object" && value !== null && "field" in value && "detail" in value;
}

function sentence(status: number): string {
  return FALLBACK()[status] ?? t("Something broke on our side. It has been noted; try again in a moment.");
}
