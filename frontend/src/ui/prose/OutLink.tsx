import type { ComponentChildren } from "preact";

/**
 * A link to somewhere else; opens beside, tells the other site nothing. Other schemes than http
 * stay text. `tall` ones stand alone and are as high as a thumb.
 */
export function OutLink({ href, tall = false, children }: { href: string; tall?: boolean; children: ComponentChildren }) {
  if (!/^https?:\/\//i.test(href)) return <span>{children}</span>;
  return <a class={`inline-link${tall ? " tall" : ""}`} href={href} target="_blank" rel="noopener noreferrer ugc">{children}</a>;
}
