import { useState } from "preact/hooks";
import { addEvidence, removeEvidence } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { Evidence, MilestonePage } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { Button, IconButton } from "../../ui/button/Button";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Icon } from "../../ui/icon/Icon";
import { OutLink } from "../../ui/prose/OutLink";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

export function EvidenceList({ page, adding, setAdding }: { page: MilestonePage; adding: boolean; setAdding: (adding: boolean) => void }) {
  const open = page.status !== "complete";
  const { hint, required } = page.milestone.evidence;
  if (!open && page.evidence.length === 0) return null;
  return (
    <Section title="Evidence">
      {hint && <p class="small soft">{required ? hint : `Not a must. ${hint}`}</p>}
      {page.evidence.length > 0 && <ul class="evidence">{page.evidence.map((one) => <Item key={one.id} one={one} open={open} />)}</ul>}
      {open && (adding ? <Add page={page} onDone={() => setAdding(false)} /> : <div><Button icon="link" onClick={() => setAdding(true)}>Add a link</Button></div>)}
    </Section>
  );
}

function Item({ one, open }: { one: Evidence; open: boolean }) {
  async function remove() {
    await removeEvidence(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await wayChanged(one.enrollment_id);
  }
  return (
    <li>
      <Icon name="link" size={20} />
      <OutLink tall href={one.url}><span class="stack tight"><span>{one.title || hostOf(one.url)}</span><span class="small soft host">{hostOf(one.url)}</span></span></OutLink>
      {open && <IconButton icon="trash" label={`Remove ${one.title || one.url}`} onClick={remove} />}
    </li>
  );
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

function Add({ page, onDone }: { page: MilestonePage; onDone: () => void }) {
  // One id for as long as the form stands, so that sending twice adds one.
  const [id] = useState(() => uuid7());
  const form = useForm({
    initial: { url: "", title: "" },
    explain: asProblem,
    async send({ url, title }) {
      await addEvidence({ id, enrollment_id: page.enrollment_id, milestone_keys: [page.milestone.key], url: withScheme(url.trim()), title: title.trim() });
      await wayChanged(page.enrollment_id);
      onDone();
    },
  });
  return (
    <form class="stack roomy" {...form.form} aria-label="Add a link">
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextField label="Link" type="url" inputMode="url" autoFocus placeholder="https://" {...form.text("url")} />
      <TextField label="What it shows" placeholder="The repository, a report, a demo" {...form.text("title")} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>Add it</Button>
        <Button onClick={onDone}>Cancel</Button>
      </div>
    </form>
  );
}

/** People paste "github.com/me/x"; the API wants the whole address. */
export function withScheme(url: string): string {
  return url === "" || /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
}
