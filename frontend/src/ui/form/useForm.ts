import { useRef, useState } from "preact/hooks";

interface Failure { field(name: string): string | undefined; general(shown?: readonly string[]): string | undefined }

/**
 * A form that sends: `values` as typed, `error(name)` at its field, `general` above all.
 * `send` gets the values and throws what the server said, `explain` makes it a Failure.
 */
export function useForm<Values extends Record<string, unknown>, Trouble extends Failure>(options: {
  initial: Values;
  send: (values: Values) => Promise<void>;
  explain: (thrown: unknown) => Trouble;
}) {
  const [values, setValues] = useState(options.initial);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const form = useRef<HTMLFormElement>(null);

  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) =>
    setValues((before) => ({ ...before, [name]: value }));

  async function submit(event?: Event): Promise<void> {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await options.send(values);
    } catch (thrown) {
      setTrouble(options.explain(thrown));
      // The first complaint gets the focus, so that a reader is told and a keyboard is there.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
    } finally {
      setBusy(false);
    }
  }

  return {
    values,
    set,
    busy,
    trouble,
    general: trouble?.general(Object.keys(options.initial)),
    error: (name: keyof Values & string) => trouble?.field(name),
    /** The props of a text control. */
    text: (name: keyof Values & string) => ({
      name,
      value: String(values[name] ?? ""),
      onInput: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value as Values[typeof name]),
      error: trouble?.field(name),
    }),
    form: { ref: form, onSubmit: submit, noValidate: true },
    submit,
  };
}
