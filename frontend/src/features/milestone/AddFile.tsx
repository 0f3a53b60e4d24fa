import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { MilestonePage } from "../../api/types";
import { upload, type Upload } from "../../api/upload";
import { uuid7 } from "../../api/uuid";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Picture } from "../../ui/evidence/Picture";
import { sizeWord } from "../../ui/evidence/words";
import { TextField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { Icon } from "../../ui/icon/Icon";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { AlsoServes } from "./Serves";

/** A chosen file: looked at, named, and sent with its progress in sight. */
export function AddFile({ page, file, online, onDone }: { page: MilestonePage; file: File; online: boolean; onDone: () => void }) {
  const format = useFormat();
  const [id] = useState(() => uuid7());
  const [title, setTitle] = useState(file.name.replace(/(\.tar)?\.[a-z0-9]+$/i, "").slice(0, 200));
  const [also, setAlso] = useState<string[]>([]);
  const [share, setShare] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<Upload>();
  const load = useCallback(() => Promise.resolve(file), [file]);
  // Leaving the screen ends the sending; nothing of half a file is kept.
  useEffect(() => () => running.current?.cancel(), []);

  async function send(event: Event) {
    event.preventDefault();
    setProblem(undefined);
    setShare(0);
    running.current = upload({ id, enrollment_id: page.enrollment_id, milestone_keys: [page.milestone.key, ...also], title: title.trim(), file }, setShare);
    try {
      await running.current.answer;
      toast(t("{title} is beside the milestone.", { title: title.trim() || file.name }));
      await wayChanged(page.enrollment_id);
      onDone();
    } catch (thrown) {
      const failure = asProblem(thrown);
      setShare(undefined);
      if (failure.code !== "cancelled") setProblem(failure);
    }
  }
  const sending = share !== undefined;
  return (
    <form class="stack roomy add-form" onSubmit={send} aria-label={t("Add a file")}>
      {problem && <Notice alert>{problem.message}</Notice>}
      <div class="chosen-file">
        {file.type.startsWith("image/") && <div class="chosen-picture"><Picture load={load} label={t("Preview of {name}", { name: file.name })} longest={420} instead={<Icon name="image" size={32} />} /></div>}
        <p class="row"><Icon name={file.type.startsWith("image/") ? "image" : "file"} /><span class="stack tight"><b class="strong chosen-name">{file.name}</b><span class="small soft num">{sizeWord(file.size)}</span></span></p>
      </div>
      <TextField label={t("What it shows")} name="title" value={title} maxLength={200} disabled={sending} error={problem?.field("title")} onInput={(event) => setTitle(event.currentTarget.value)} />
      {!sending && <AlsoServes page={page} also={also} setAlso={setAlso} />}
      {sending ? (
        <div class="stack">
          <progress class="sending" max={1} value={share} aria-label={t("Sent so far")} />
          <div class="row"><span class="small soft num" role="status">{share < 1 ? t("{percent} of {size} sent", { percent: format.percent(Math.floor(share * 100)), size: sizeWord(file.size) }) : t("Sent. Looking at what is in it.")}</span><span class="push"><Button onClick={() => running.current?.cancel()}>{t("Stop")}</Button></span></div>
        </div>
      ) : (
        <div class="row wrap">
          <Button tone="blaze" type="submit" disabled={!online}>{problem ? t("Try again") : t("Add it")}</Button>
          <Button onClick={onDone}>{t("Cancel")}</Button>
        </div>
      )}
      {!online && !sending && <p class="small soft" role="status">{t("No connection. The file stays here until you are back.")}</p>}
    </form>
  );
}
