import { useFormat } from "../format/format";
import "./snapshot.css";

export interface SnapshotData {
  state: "pending" | "taken" | "failed"; reason: string; fetched_at: string | null; final_url: string; status: number | null;
  title: string; sha256: string; is_truncated: boolean; commit: string;
}

/** What a link showed when it was handed in: a line, and the rest to unfold. */
export function SnapshotFacts({ url, snapshot }: { url: string; snapshot: SnapshotData }) {
  const format = useFormat();
  const { state, reason, status, title, commit } = snapshot;
  if (state === "pending") return <p class="small soft">{reason ? `Not reachable so far: ${reason}. We try again.` : "What it shows is about to be written down."}</p>;
  const at = format.instant(snapshot.fetched_at ?? "");
  if (state === "failed") return <p class="small snapshot-bad">Not reachable {at}: {reason}</p>;
  const gone = (status ?? 0) >= 400;
  const facts = [gone ? `answered with an error (${status})` : title ? `“${title}”` : `answered (${status})`, commit && `commit ${commit.slice(0, 7)}`].filter(Boolean).join(", ");
  return (
    <details class="snapshot small">
      <summary class={gone ? "snapshot-bad" : "soft"}>Seen {at}: {facts}</summary>
      <dl>
        {snapshot.final_url && snapshot.final_url !== url && <div><dt>Led to</dt><dd>{snapshot.final_url}</dd></div>}
        {commit && <div><dt>Commit</dt><dd><code>{commit}</code></dd></div>}
        <div><dt>SHA-256</dt><dd><code>{snapshot.sha256}</code>{snapshot.is_truncated && " of the first 5 MiB"}</dd></div>
      </dl>
    </details>
  );
}
