import "./wordmark.css";

/** The painted mark and the name. */
export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span class={`wordmark${large ? " large" : ""}`}>
      <svg viewBox="0 0 18 28" aria-hidden="true"><rect x="1" y="1" width="16" height="26" rx="4" /></svg>
      Waymark
    </span>
  );
}
