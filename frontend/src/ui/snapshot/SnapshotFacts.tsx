import { list, rich, t } from "../../i18n/t";
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
  if (state === "pending") return <p class="small soft">{reason ? t("Not reachable so far: {reason}. We try again.", { reason }) : t("What it shows is about to be written down.")}</p>;
  const at = format.instant(snapshot.fetched_at ?? "");
  if (state === "failed") return <p class="small snapshot-bad">{t("Not reachable {at}: {reason}", { at, reason })}</p>;
  const gone = (status ?? 0) >= 400;
  const code = String(status ?? "");
  const facts = list([gone ? t("answered with an error ({code})", { code }) : title ? t("“{title}”", { title }) : t("answered ({code})", { code }), ...(commit ? [t("commit {short}", { short: commit.slice(0, 7) })] : [])], "unit");
  return (
    <details class="snapshot small">
      <summary class={gone ? "snapshot-bad" : "soft"}>{t("Seen {at}: {facts}", { at, facts })}</summary>
      <dl>
        {snapshot.final_url && snapshot.final_url !== url && <div><dt>{t("Led to")}</dt><dd>{snapshot.final_url}</dd></div>}
        {commit && <div><dt>{t("Commit")}</dt><dd><code>{commit}</code></dd></div>}
        <div><dt>SHA-256</dt><dd>{snapshot.is_truncated ? rich("<code>{hash}</code> of the first 5 MiB", { hash: snapshot.sha256, code: (inside) => <code>{inside}</code> }) : <code>{snapshot.sha256}</code>}</dd></div>
      </dl>
    </details>
  );
}
