import { Button } from "../button/Button";
import { Notice } from "../states/states";

interface Pages { more: (() => Promise<void>) | undefined; busy: boolean; trouble: { message: string } | undefined }

/** The way to the next page of a list, and why it did not come. Nothing after the last one. */
export function More({ pages: { more, busy, trouble }, label }: { pages: Pages; label: string }) {
  return (
    <>
      {trouble && <Notice tone="plain" alert>{trouble.message}</Notice>}
      {more && <div><Button wide busy={busy} onClick={() => void more()}>{label}</Button></div>}
    </>
  );
}
