import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../icon/Icon";
import "./screen.css";

/** Not on the first screen of a visit: there the browser's own focus is right. */
let visited = false;

/** Give the heading the focus when a screen comes up, so that readers start at its top. */
function useArrival(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title === "Waymark" ? title : `${title} · Waymark`;
  }, [title]);
  useEffect(() => {
    if (visited && !document.querySelector("dialog[open]")) heading.current?.focus({ preventScroll: true });
    visited = true;
  }, []);
  return heading;
}

export interface ScreenProps {
  title: string;
  /** Stands over the heading in small type. */
  over?: ComponentChildren;
  /** Under the heading. */
  lead?: ComponentChildren;
  back?: { href: string; label: string } | undefined;
  /** At the end of the heading's line. */
  beside?: ComponentChildren;
  hideTitle?: boolean;
  /** What can be done here: right under the heading on a phone, at the top of the second column on a desk. */
  acts?: ComponentChildren;
  /** A second column on wide screens. */
  aside?: ComponentChildren;
  children?: ComponentChildren;
}

export function Screen({ title, over, lead, back, beside, hideTitle, acts, aside, children }: ScreenProps) {
  const heading = useArrival(title);
  const head = (
    <header class={hideTitle ? "unseen" : "screen-head"}>
      {back && <a class="back" href={back.href}><Icon name="back" size={18} />{back.label}</a>}
      {over && <div class="over">{over}</div>}
      <div class="row top">
        <h1 ref={heading} tabIndex={-1} class="grow">{title}</h1>
        {beside}
      </div>
      {lead && <div class="soft lead">{lead}</div>}
    </header>
  );
  return (
    <div class={`screen${aside ? " two" : ""}${acts ? " acting" : ""}`}>
      {acts && head}
      {acts && <div class="acts">{acts}</div>}
      <div class="column">
        {!acts && head}
        {children}
      </div>
      {aside && <aside class="column beside">{aside}</aside>}
    </div>
  );
}

/** A part of a screen under its own heading. */
export function Section({ title, beside, children }: { title: string; beside?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="section">
      <div class="row"><h2 class="grow">{title}</h2>{beside}</div>
      {children}
    </section>
  );
}
