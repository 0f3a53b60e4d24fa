import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import "./field.css";

interface Frame { label: string; hint?: ComponentChildren; error?: string | undefined; hideLabel?: boolean }
type Wired = { id: string; "aria-invalid": true | undefined; "aria-describedby": string | undefined };

/** Label above, hint and error below, wired to the control for readers. */
function Framed({ label, hint, error, hideLabel, children }: Frame & { children: (wired: Wired) => ComponentChildren }) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id} class={hideLabel ? "unseen" : undefined}>{label}</label>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": described || undefined })}
      {hint && <p id={`${id}-hint`} class="hint">{hint}</p>}
      {error && <p id={`${id}-error`} class="error">{error}</p>}
    </div>
  );
}

export function TextField({ label, hint, error, hideLabel, ...input }: Frame & Omit<JSX.InputHTMLAttributes, "label">) {
  return <Framed {...{ label, hint, error, hideLabel }}>{(wired) => <input class="control" {...input} {...wired} />}</Framed>;
}

export function TextArea({ label, hint, error, hideLabel, ...input }: Frame & Omit<JSX.TextareaHTMLAttributes, "label">) {
  return <Framed {...{ label, hint, error, hideLabel }}>{(wired) => <textarea class="control" rows={4} {...input} {...wired} />}</Framed>;
}

export function SelectField({ label, hint, error, hideLabel, children, ...input }: Frame & { children: ComponentChildren } & Omit<JSX.SelectHTMLAttributes, "label">) {
  return (
    <Framed {...{ label, hint, error, hideLabel }}>
      {(wired) => <select class="control" {...input} {...wired}>{children}</select>}
    </Framed>
  );
}

/** A box to tick, with its label as the target. */
export function Check({ label, hint, ...input }: { label: ComponentChildren; hint?: ComponentChildren } & Omit<JSX.InputHTMLAttributes, "label" | "type">) {
  return (
    <label class="check">
      <input type="checkbox" {...input} />
      <span class="stack tight">
        <span>{label}</span>
        {hint && <span class="small soft">{hint}</span>}
      </span>
    </label>
  );
}
