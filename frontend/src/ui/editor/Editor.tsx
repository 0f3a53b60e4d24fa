import type { Ref } from "preact";
import { useId, useMemo, useRef } from "preact/hooks";
import { countLines, gutterRuns } from "./lines";
import "./editor.css";

interface Props {
  label: string;
  value: string;
  onInput: (text: string) => void;
  /** Lines (from 1) that something is wrong with. */
  marked: ReadonlySet<number>;
  area: Ref<HTMLTextAreaElement>;
  invalid: boolean;
  describedBy?: string | undefined;
}

/** A text with the numbers of its lines beside it. */
export function Editor({ label, value, onInput, marked, area, invalid, describedBy }: Props) {
  const id = useId();
  const gutter = useRef<HTMLPreElement>(null);
  const count = countLines(value);
  const runs = useMemo(() => gutterRuns(count, marked), [count, marked]);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="editor">
        <pre ref={gutter} aria-hidden="true">
          {runs.map((run, index) => <>{index > 0 && "\n"}{run.marked ? <b>{run.text}</b> : run.text}</>)}
        </pre>
        <textarea id={id} ref={area} class="control" wrap="off" spellcheck={false} autocapitalize="off" autocomplete="off" value={value}
          aria-invalid={invalid || undefined} aria-describedby={describedBy}
          onInput={(event) => onInput(event.currentTarget.value)}
          onScroll={(event) => { if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop; }} />
      </div>
    </div>
  );
}

/** Bring a range of the text into the middle of the area, and select it. */
export function showRange(area: HTMLTextAreaElement, [start, end]: readonly [number, number], line: number): void {
  area.focus();
  area.setSelectionRange(start, end);
  const height = Number.parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, (line - 1) * height - area.clientHeight / 2);
  area.scrollLeft = 0;
  area.scrollIntoView({ block: "nearest" });
}
