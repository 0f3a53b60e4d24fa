import type { ComponentChildren } from "preact";
import { plural } from "../format/format";
import "./difference.css";

interface Named { key: string; title: string }
/** What differs between two editions, as the API tells it. */
export interface Differing {
  added: readonly Named[]; removed: readonly Named[];
  moved: readonly { old: Named; new: Named }[]; merged: readonly { old: readonly Named[]; new: Named }[]; split: readonly { old: Named; new: readonly Named[] }[];
  changed: readonly (Named & { fields_changed: readonly string[] })[]; rules: readonly Named[];
}

const titles = (some: readonly Named[]) => some.map((one) => one.title).join(", ");
const words = (fields: readonly string[]) => fields.map((field) => field.replaceAll("_", " ")).join(", ");

/** The lines of a difference, by what happened; empty where nothing did. */
export function linesOf(all: Differing): { what: string; lines: { key: string; text: string }[] }[] {
  const named = (some: readonly Named[]) => some.map(({ key, title }) => ({ key, text: title }));
  return [
    { what: `${plural(all.added.length, "milestone")} added`, lines: named(all.added) },
    { what: `${plural(all.removed.length, "milestone")} removed`, lines: named(all.removed) },
    { what: `${plural(all.merged.length, "merge")}`, lines: all.merged.map((one) => ({ key: one.new.key, text: `${titles(one.old)} become ${one.new.title}` })) },
    { what: `${plural(all.split.length, "split")}`, lines: all.split.map((one) => ({ key: one.old.key, text: `${one.old.title} becomes ${titles(one.new)}` })) },
    { what: `${plural(all.moved.length, "milestone")} under a new key`, lines: all.moved.map((one) => ({ key: one.new.key, text: one.old.title === one.new.title ? `${one.new.title}: ${one.old.key} is now ${one.new.key}` : `${one.old.title} is now ${one.new.title}` })) },
    { what: `${plural(all.changed.length, "milestone")} changed`, lines: all.changed.map((one) => ({ key: one.key, text: `${one.title}: ${words(one.fields_changed)}` })) },
    { what: `${plural(all.rules.length, "stage")} with another rule`, lines: named(all.rules) },
  ].filter((group) => group.lines.length > 0);
}

export function Difference({ of, none }: { of: Differing; none: ComponentChildren }) {
  const groups = linesOf(of);
  if (groups.length === 0) return <p class="soft">{none}</p>;
  return (
    <dl class="difference">
      {groups.map(({ what, lines }) => (
        <div key={what}>
          <dt>{what}</dt>
          {lines.map((line) => <dd key={line.key}>{line.text}</dd>)}
        </div>
      ))}
    </dl>
  );
}
