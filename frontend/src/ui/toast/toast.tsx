import { useEffect, useState } from "preact/hooks";
import { Blaze, type BlazeState } from "../blaze/Blaze";
import "./toast.css";

interface Toast { id: number; text: string; mark: BlazeState | undefined }

let current: Toast | undefined;
let count = 0;
let tell: (() => void) | undefined;

/** Say briefly that something was done; read out politely, gone after a few seconds. */
export function toast(text: string, mark?: BlazeState): void {
  count += 1;
  current = { id: count, text, mark };
  tell?.();
}

const SHOWN_FOR = 5_000;

export function Toasts() {
  const [shown, setShown] = useState(current);
  useEffect(() => {
    tell = () => setShown(current);
    return () => {
      tell = undefined;
    };
  }, []);
  useEffect(() => {
    if (!shown) return undefined;
    const timer = setTimeout(() => {
      current = undefined;
      setShown(undefined);
    }, SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [shown?.id]);
  return (
    <div class="toasts" aria-live="polite">
      {shown && (
        <p key={shown.id} class="toast">
          {shown.mark && <Blaze state={shown.mark} fresh={shown.mark === "complete"} />}
          {shown.text}
        </p>
      )}
    </div>
  );
}
