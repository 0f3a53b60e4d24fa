import { useEffect, useState } from "preact/hooks";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { MilestonePage } from "../../api/types";
import { LARGEST_FILE } from "../../api/upload";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";
import { outboxOf } from "../../offline/useOutbox";
import { Button } from "../../ui/button/Button";
import { sizeWord } from "../../ui/evidence/words";
import { TextArea, TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Icon, type IconName } from "../../ui/icon/Icon";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { AddFile } from "./AddFile";
import { AlsoServes } from "./Serves";

/** How a piece of evidence comes. */
export type Way = "link" | "text" | File;

const ACCEPTED = "application/pdf,image/png,image/jpeg,image/webp,image/gif,image/heic,.heic,.ipynb,.zip,.tar.gz,.tgz,application/zip,application/gzip";

/** Four ways to add evidence, each as near as the others. */
export function AddEvidence({ page, way, setWay }: { page: MilestonePage; way: Way | undefined; setWay: (way: Way | undefined) => void }) {
  const [refused, setRefused] = useState<string>();
  const online = useOnline();
  function choose(event: { currentTarget: HTMLInputElement }) {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = "";
    const said = file && whyNot(file);
    setRefused(said);
    if (file && !said) setWay(file);
  }
  const done = () => setWay(undefined);
  if (way instanceof File) return <AddFile key={way.name + way.size} page={page} file={way} online={online} onDone={done} />;
  if (way) return <AddWords page={page} kind={way} onDone={done} />;
  return (
    <div class="stack">
      {refused && <Notice alert>{refused}</Notice>}
      <div class="add-ways" role="group" aria-label={t("Add evidence")}>
        <Pick icon="camera" label={t("Photo")} accept="image/*" capture="environment" disabled={!online} onChange={choose} />
        <Pick icon="file" label={t("File")} accept={ACCEPTED} disabled={!online} onChange={choose} />
        <button type="button" class="add-way" onClick={() => setWay("link")}><Icon name="link" />{t("Link")}</button>
        <button type="button" class="add-way" onClick={() => setWay("text")}><Icon name="text" />{t("Text")}</button>
      </div>
      <p class="small soft">{online ? t("Files: PDF, images, notebooks, .zip and .tar.gz, up to 25 MB.") : t("Photos and files need a connection. Add them when you are back.")}</p>
    </div>
  );
}

/** A file input that looks like its neighbours. */
function Pick({ icon, label, ...input }: { icon: IconName; label: string; accept: string; capture?: "environment"; disabled: boolean; onChange: (event: { currentTarget: HTMLInputElement }) => void }) {
  return (
    <label class={`add-way${input.disabled ? " off" : ""}`}>
      <input type="file" class="unseen" {...input} />
      <Icon name={icon} />{label}
    </label>
  );
}

/** What can be said before anything is sent; the server looks at what is in it. */
export function whyNot(file: { size: number; name: string }): string | undefined {
  if (file.size === 0) return t("{name} is empty. Choose it again; perhaps it is still being written.", { name: file.name });
  if (file.size > LARGEST_FILE) return t("{name} has {size}; a file has at most 25 MB. Make it smaller, or keep it elsewhere and add a link.", { name: file.name, size: sizeWord(file.size) });
  return undefined;
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const tell = () => setOnline(navigator.onLine);
    addEventListener("online", tell);
    addEventListener("offline", tell);
    return () => {
      removeEventListener("online", tell);
      removeEventListener("offline", tell);
    };
  }, []);
  return online;
}

/** A link or a text. */
function AddWords({ page, kind, onDone }: { page: MilestonePage; kind: "link" | "text"; onDone: () => void }) {
  // One id for as long as the form stands, so that sending twice adds one.
  const [id] = useState(() => uuid7());
  const [also, setAlso] = useState<string[]>([]);
  const form = useForm({
    initial: { url: "", text: "", title: "" },
    explain: asProblem,
    async send({ url, text, title }) {
      const said = kind === "link" ? { url: withScheme(url.trim()) } : { text };
      const command = { type: "evidence" as const, id, milestone_keys: [page.milestone.key, ...also], title: title.trim(), at: new Date().toISOString(), ...said };
      const outcome = await outboxOf(page.learner.id).add({ enrollment_id: page.enrollment_id, title: page.milestone.title, command });
      if (outcome === "kept") toast(t("Kept here. It is sent when you are back."), "waiting_for_review");
      else await wayChanged(page.enrollment_id);
      onDone();
    },
  });
  return (
    <form class="stack roomy add-form" {...form.form} aria-label={kind === "link" ? t("Add a link") : t("Add a text")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      {kind === "link" && <TextField label={t("Link")} type="url" inputMode="url" autoFocus placeholder="https://" {...form.text("url")} />}
      <TextField label={t("What it shows")} autoFocus={kind === "text"} placeholder={kind === "link" ? t("The repository, a report, a demo") : t("What I built and why")} {...form.text("title")} />
      {kind === "text" && <TextArea label={t("Text")} rows={8} maxLength={20_000} hint={t("Lists, **bold**, `code` and links work.")} {...form.text("text")} />}
      <AlsoServes page={page} also={also} setAlso={setAlso} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{t("Add it")}</Button>
        <Button onClick={onDone}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}

/** People paste "github.com/me/x"; the API wants the whole address. */
export function withScheme(url: string): string {
  return url === "" || /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
}
