import type { ComponentChildren } from "preact";
import { useCallback, useState } from "preact/hooks";
import { plural, t } from "../../i18n/t";
import { Icon, type IconName } from "../icon/Icon";
import { OutLink } from "../prose/OutLink";
import { Prose } from "../prose/Prose";
import { Sheet } from "../sheet/Sheet";
import { SnapshotFacts, type SnapshotData } from "../snapshot/SnapshotFacts";
import { Picture } from "./Picture";
import { hostOf, sizeWord, typeWord } from "./words";
import "./evidence.css";

export interface EvidenceData {
  id: string; kind: "link" | "file" | "text"; title: string; url: string; text: string;
  file: { name: string; size: number; media_type: string; sha256: string } | null;
  snapshot?: SnapshotData | null;
}
/** How a file is got at: where it is, and what it holds. */
export interface FileAccess { url: (id: string) => string; load: (id: string) => Promise<Blob> }

const ICON: Record<EvidenceData["kind"], IconName> = { link: "link", file: "file", text: "text" };
const LONG_TEXT = 700;

/** Evidence side by side where there is room, each as what it is. `beside` is what can be done with one, `below` what is to be said of it. */
export function EvidenceItems<One extends EvidenceData>({ evidence, files, beside, below }: { evidence: One[]; files: FileAccess; beside?: (one: One) => ComponentChildren; below?: (one: One) => ComponentChildren }) {
  return (
    <ul class="evidence-items">
      {evidence.map((one) => (
        <li key={one.id} class={`evidence-item is-${one.kind}`}>
          {one.file?.media_type.startsWith("image/") && <Image one={one} files={files} />}
          <div class="evidence-head">
            <span class="evidence-icon"><Icon name={one.file?.media_type.startsWith("image/") ? "image" : ICON[one.kind]} size={20} /></span>
            <Head one={one} files={files} />
            {beside && <span class="evidence-acts">{beside(one)}</span>}
          </div>
          {one.kind === "text" && <Text one={one} />}
          {one.snapshot && <SnapshotFacts url={one.url} snapshot={one.snapshot} />}
          {below?.(one)}
        </li>
      ))}
    </ul>
  );
}

function Head({ one, files }: { one: EvidenceData; files: FileAccess }) {
  if (one.kind === "link") {
    return <OutLink tall href={one.url}><span class="stack tight"><span class="evidence-title">{one.title || hostOf(one.url)}</span><span class="small soft host">{hostOf(one.url)}</span></span></OutLink>;
  }
  if (!one.file) return <b class="strong evidence-title plain">{one.title}</b>;
  const { name, size, media_type: type, sha256 } = one.file;
  return (
    <a class="inline-link tall" href={files.url(one.id)} download={name}>
      <span class="stack tight">
        <span class="evidence-title">{one.title || name}</span>
        <span class="small soft host" title={`SHA-256 ${sha256}`}>{typeWord(type)}, {sizeWord(size)}<span class="evidence-hash num"> · {sha256.slice(0, 8)}</span></span>
      </span>
    </a>
  );
}

/** A preview; a press shows it as large as the screen allows. */
function Image({ one, files }: { one: EvidenceData; files: FileAccess }) {
  const [large, setLarge] = useState(false);
  const load = useCallback(() => files.load(one.id), [files, one.id]);
  const none = <p class="evidence-none small soft">{t("No preview here. Download it to see it.")}</p>;
  return (
    <>
      <button type="button" class="evidence-preview" aria-label={t("Show {title} large", { title: one.title })} onClick={() => setLarge(true)}>
        <Picture load={load} label={one.title} longest={420} instead={none} />
      </button>
      {large && (
        <Sheet label={one.title} onClose={() => setLarge(false)}>
          <h2 class="evidence-large-title">{one.title}</h2>
          <Picture load={load} label={one.title} longest={1600} instead={none} />
        </Sheet>
      )}
    </>
  );
}

function Text({ one }: { one: EvidenceData }) {
  if (one.text.length <= LONG_TEXT) return <Prose text={one.text} />;
  return (
    <details class="fold evidence-text">
      <summary>{plural(Math.ceil(one.text.split(/\s+/).length / 10) * 10, "Read it ({n} word)", "Read it ({n} words)")}</summary>
      <Prose text={one.text} />
    </details>
  );
}
