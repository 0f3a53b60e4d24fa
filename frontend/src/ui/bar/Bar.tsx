import "./bar.css";

/** How much of a whole: `share` from 0 to 1; the label says it in words. */
export function Bar({ share, label, thick = false }: { share: number; label: string; thick?: boolean }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div class={`bar${thick ? " thick" : ""}`} role="progressbar" aria-label={label} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}
