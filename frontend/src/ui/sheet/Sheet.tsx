import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/t";
import { IconButton } from "../button/Button";
import "./sheet.css";

/**
 * A dialog that comes up from the bottom on a phone and stands in the middle of a desk.
 * The native element keeps focus inside, closes on Escape and gives focus back.
 */
export function Sheet({ label, onClose, children }: { label: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      dialog.current?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="sheet-body">
        <span class="grip" aria-hidden="true" />
        <div class="sheet-close"><IconButton icon="close" label={t("Close")} onClick={onClose} /></div>
        {children}
      </div>
    </dialog>
  );
}
