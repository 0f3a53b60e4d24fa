import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../icon/Icon";
import "./rows.css";

/** Things with something to do about each. While there is none it takes no room. */
export function Rows({ label, children }: { label?: string; children: ComponentChildren }) {
  return <ul class="rows" aria-label={label}>{children}</ul>;
}

interface Told { title: ComponentChildren; detail?: ComponentChildren }

/** One of them. `before` is a face, `under` takes the whole width below; the children are what can be done. */
export function Row({ title, detail, before, under, children }: Told & { before?: ComponentChildren; under?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <li>
      {before}
      <Words title={title} detail={detail} />
      {children}
      {under}
    </li>
  );
}

/** A row that leads somewhere. */
export function RowLink({ href, title, detail }: Told & { href: string }) {
  return <li><a class="row-link" href={href}><Words title={title} detail={detail} /><Icon name="forward" size={18} /></a></li>;
}

function Words({ title, detail }: Told) {
  return (
    <span class="stack tight">
      {typeof title === "string" ? <b class="strong">{title}</b> : title}
      {detail && <span class="small soft">{detail}</span>}
    </span>
  );
}

/** What can't be undone: asked once more, in its own place. `label` says to whom it happens. */
export function Sure({ ask, label, yes, no, onYes }: { ask: string; label: string; yes: string; no: string; onYes: () => Promise<void> | void }) {
  const [sure, setSure] = useState(false);
  if (!sure) return <button type="button" class="link small" onClick={() => setSure(true)} aria-label={label}>{ask}</button>;
  return (
    <span class="row">
      <button type="button" class="link small" onClick={() => void Promise.resolve(onYes()).finally(() => setSure(false))}>{yes}</button>
      <button type="button" class="link small" onClick={() => setSure(false)}>{no}</button>
    </span>
  );
}
