import type { ComponentChildren } from "preact";
import { t } from "../../i18n/t";
import { Blaze, type BlazeState } from "../blaze/Blaze";
import "./trail.css";

/** Milestones hang on a trail; the walked part of it is painted. */
export function Trail({ children, label }: { children: ComponentChildren; label?: string }) {
  return <ol class="trail" aria-label={label}>{children}</ol>;
}

/** One mark on the trail, a link where there is something to open. */
export function TrailItem({ state, href, fresh, children }: { state: BlazeState; href?: string; fresh?: boolean; children: ComponentChildren }) {
  const inside = (
    <>
      <span class="post"><Blaze state={state} fresh={fresh ?? false} /></span>
      <span class="stack tight">{children}</span>
    </>
  );
  return <li class={state}>{href ? <a href={href}>{inside}</a> : <div>{inside}</div>}</li>;
}

/** The trail while it loads: the marks are there, the words are not yet. */
export function TrailSkeleton({ marks = 5 }: { marks?: number }) {
  return (
    <div role="status">
      <span class="unseen">{t("Loading")}</span>
      <ol class="trail skeleton" aria-hidden="true">
        {Array.from({ length: marks }, (_, index) => (
          <li key={index} class="locked">
            <div>
              <span class="post"><Blaze state="locked" /></span>
              <span class="stack"><i style={{ width: `${72 - ((index * 17) % 34)}%` }} /><i class="short" style={{ width: `${24 + ((index * 11) % 18)}%` }} /></span>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
