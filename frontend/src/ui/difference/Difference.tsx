import type { ComponentChildren } from "preact";
import { list, plural, t } from "../../i18n/t";
import "./difference.css";

interface Named { key: string; title: string }
/** What differs between two editions, as the API tells it. */
export interface Differing {
  added: readonly Named[]; removed: readonly Named[];
  moved: readonly { old: Named; new: Named }[]; merged: readonly { old: readonly Named[]; new: Named }[]; split: readonly { old: Named; new: readonly Named[] }[];
  changed: readonly (Named & { fields_changed: readonly string[] })[]; rules: readonly Named[];
}

const titles = (some: readonly Named[]) => list(some.map((one) => one.title), "unit");
/** Fields are named as in the document. */
const words = (fields: readonly string[]) => list(fields.map((field) => field.replaceAll("_", " ")), "unit");

/** The lines of a difference, by what happened; empty where nothing did. */
export function linesOf(all: Differing): { what: string; lines: { key: string; text: string }[] }[] {
  const named = (some: readonly Named[]) => some.map(({ key, title }) => ({ key, text: title }));
  return [
    { what: plural(all.added.length, "{n} milestone added", "{n} milestones added"), lines: named(all.added) },
    { what: plural(all.removed.length, "{n} milestone removed", "{n} milestones removed"), lines: named(all.removed) },
    { what: plural(all.merged.length, "{n} merge", "{n} merges"), lines: all.merged.map((one) => ({ key: one.new.key, text: t("{several} become {title}", { several: titles(one.old), title: one.new.title }) })) },
    { what: plural(all.split.length, "{n} split", "{n} splits"), lines: all.split.map((one) => ({ key: one.old.key, text: t("{title} becomes {several}", { title: one.old.title, several: titles(one.new) }) })) },
    { what: plural(all.moved.length, "{n} milestone under a new key", "{n} milestones under a new key"), lines: all.moved.map((one) => ({ key: one.new.key, text: one.old.title === one.new.title ? t("{title}: {before} is now {now}", { title: one.new.title, before: one.old.key, now: one.new.key }) : t("{before} is now {now}", { before: one.old.title, now: one.new.title }) })) },
    { what: plural(all.changed.length, "{n} milestone changed", "{n} milestones changed"), lines: all.changed.map((one) => ({ key: one.key, text: `${one.title}: ${words(one.fields_changed)}` })) },
    { what: plural(all.rules.length, "{n} stage with another rule", "{n} stages with another rule"), lines: named(all.rules) },
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
