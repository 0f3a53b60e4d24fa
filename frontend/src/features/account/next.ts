/** Where to go once signed in: a path of ours, or the start. Anything that could lead away is dropped. */
export function safeNext(next: string | undefined): string {
  return next && /^\/(?![/\\])/.test(next) ? next : "/";
}

/** A link between the account pages that keeps where one wanted to go, and what else is known. */
export function keeping(path: string, next: string | undefined, more: Record<string, string> = {}): string {
  const target = safeNext(next);
  const query = new URLSearchParams({ ...more, ...(target === "/" ? {} : { next: target }) }).toString();
  return query ? `${path}?${query}` : path;
}
