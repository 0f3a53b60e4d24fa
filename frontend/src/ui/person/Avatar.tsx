import "./avatar.css";

/** The first letters of the first and last word of a name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? "")][0] ?? "").join("").toLocaleUpperCase() || "·";
}

export function Avatar({ name, size = "m" }: { name: string; size?: "m" | "l" }) {
  return <span class={`avatar ${size}`} aria-hidden="true">{initials(name)}</span>;
}
