import type { ComponentChildren } from "preact";
import "./card.css";

/** One of few boxes: `lake` is what people said, `blaze` what comes next, `plain` the rest. */
export function Card({ tone = "plain", href, children }: { tone?: "plain" | "lake" | "blaze" | "sunk"; href?: string; children: ComponentChildren }) {
  return href ? <a class={`card tone-${tone}`} href={href}>{children}</a> : <div class={`card tone-${tone}`}>{children}</div>;
}
