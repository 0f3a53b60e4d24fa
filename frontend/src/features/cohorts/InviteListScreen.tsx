import { useRef, useState } from "preact/hooks";
import { cohort as readCohort, inviteList, previewList } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Cohort, CohortPart, InvitationList, ListPreview } from "../../api/types";
import { uuid7 } from "../../api/uuid";
import { plural, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { SelectField, TextArea } from "../../ui/field/Field";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { EarlierLists, TakeBackList } from "./EarlierLists";
import { ListPreviewed } from "./ListPreviewed";
import { aPart, isRun } from "./parts";
import "../../ui/csv/csv.css";
import "./cohorts.css";

/** A list as it was when it was chosen: who is invited is who was looked at. */
interface Chosen { name: string; file: Blob; id: string; part: CohortPart; preview: ListPreview }

const COMMON: readonly CohortPart[] = ["learner", "mentor", "coordinator"];
const DAYS = [7, 14, 30, 90];

export function InviteListScreen({ id }: { id: string }) {
  const { data, problem, retry } = useQuery(`/cohorts/${id}`, () => readCohort(id));
  const back = { href: `/cohorts/${id}`, label: data?.name ?? t("Cohort") };
  const title = t("Invite a list");
  if (!data) return <Screen title={title} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Screen>;
  if (!isRun(data)) return <Screen title={title} back={back}><Notice tone="plain">{data.ended_at ? t("This cohort has ended. Nobody comes in any more.") : t("Its coordinators invite people into this cohort.")}</Notice></Screen>;
  return (
    <Screen title={title} over={data.name} back={back} lead={t("Paste addresses, or choose a CSV file. You see what becomes of every row before anybody gets mail.")}>
      <Inviting cohort={data} />
    </Screen>
  );
}

function Inviting({ cohort }: { cohort: Cohort }) {
  const [chosen, setChosen] = useState<Chosen>();
  const [sent, setSent] = useState<InvitationList>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  async function attempt(act: () => Promise<void>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  }

  const look = (name: string, file: Blob, part: CohortPart) =>
    attempt(async () => {
      setSent(undefined);
      setChosen({ name, file, part, id: uuid7(), preview: await previewList(cohort.id, file, part) });
    });

  const apply = ({ file, id, part, preview }: Chosen, message: string, days: number) =>
    attempt(async () => {
      setSent(await inviteList(cohort.id, file, { id, part, message, days, skip_refused: preview.refused > 0 }));
      setChosen(undefined);
      await cache.invalidate("/invitations", `/cohorts/${cohort.id}/invitation-lists`);
    });

  return (
    <>
      {problem && <Notice alert>{problem.code === "invalid" ? t("There is nothing in it to read.") : (problem.fields[0]?.detail ?? problem.message)}</Notice>}
      {sent && <Sent cohort={cohort} sent={sent} onChange={setSent} />}
      {chosen ? (
        <Judged chosen={chosen} busy={busy} onApply={apply} onBack={() => { setChosen(undefined); setProblem(undefined); }} />
      ) : (
        <Choose again={sent !== undefined} busy={busy} onLook={look} />
      )}
      {!chosen && <EarlierLists cohort={cohort} besides={sent?.id} />}
    </>
  );
}

function Choose({ again, busy, onLook }: { again: boolean; busy: boolean; onLook: (name: string, file: Blob, part: CohortPart) => void }) {
  const [text, setText] = useState("");
  const [part, setPart] = useState<CohortPart>("learner");
  const picker = useRef<HTMLInputElement>(null);
  async function pick(picked: File | undefined) {
    if (!picked) return;
    const file = new Blob([await picked.arrayBuffer()], { type: "text/csv" });
    if (picker.current) picker.current.value = "";
    onLook(picked.name, file, part);
  }
  return (
    <form class="stack roomy invite-list" aria-label={t("Invite a list")} onSubmit={(event) => { event.preventDefault(); onLook(t("What you pasted"), new Blob([text], { type: "text/csv" }), part); }}>
      <SelectField label={t("Whoever has no part in the list comes in as")} value={part} onChange={(event) => setPart(event.currentTarget.value as CohortPart)}>
        {COMMON.map((one) => <option key={one} value={one}>{aPart(one)}</option>)}
      </SelectField>
      <TextArea label={t("Addresses, one a line")} rows={5} spellcheck={false} autoComplete="off" placeholder={"lin@example.org\nmo@example.org"} value={text} onInput={(event) => setText(event.currentTarget.value)}
        hint={t("Up to 500. With more columns, begin with a line of their names: email, part, name, message.")} />
      <div><Button tone={again ? "quiet" : "blaze"} type="submit" busy={busy} disabled={text.trim() === ""}>{t("See what becomes of it")}</Button></div>
      <label class={`import-pick${busy ? " busy" : ""}`}>
        <input ref={picker} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" disabled={busy} onChange={(event) => void pick(event.currentTarget.files?.[0])} />
        <b class="strong">{busy ? t("Reading…") : t("Or choose a CSV file")}</b>
        <span class="small soft">{t("UTF-8 or UTF-16, up to 500 rows")}</span>
      </label>
    </form>
  );
}

function Judged({ chosen, busy, onApply, onBack }: { chosen: Chosen; busy: boolean; onApply: (chosen: Chosen, message: string, days: number) => void; onBack: () => void }) {
  const { preview } = chosen;
  const [message, setMessage] = useState("");
  const [days, setDays] = useState(14);
  const fits = preview.invite <= preview.room;
  return (
    <>
      <div class="row wrap"><b class="grow strong">{chosen.name}</b><Button onClick={onBack}>{t("Choose another list")}</Button></div>
      <ListPreviewed preview={preview} />
      {preview.invite > 0 && (fits ? (
        <Section title={t("Send the invitations")}>
          <form class="stack roomy" aria-label={t("Send the invitations")} onSubmit={(event) => { event.preventDefault(); if (!busy) onApply(chosen, message.trim(), days); }}>
            <TextArea label={t("A word with it")} rows={3} maxLength={1_000} value={message} onInput={(event) => setMessage(event.currentTarget.value)} hint={t("For rows without a message of their own.")} />
            <SelectField label={t("Open for")} value={String(days)} onChange={(event) => setDays(Number(event.currentTarget.value))}>
              {DAYS.map((one) => <option key={one} value={String(one)}>{plural(one, "{n} day", "{n} days")}</option>)}
            </SelectField>
            <Button tone="blaze" wide type="submit" busy={busy}>
              {preview.refused > 0 ? plural(preview.invite, "Invite the other {n} person", "Invite the other {n} people") : plural(preview.invite, "Invite {n} person", "Invite {n} people")}
            </Button>
          </form>
        </Section>
      ) : (
        <Notice>{t("There is room for {room} more open invitations. Revoke some first, or invite fewer at once.", { room: preview.room })}</Notice>
      ))}
    </>
  );
}

function Sent({ cohort, sent, onChange }: { cohort: Cohort; sent: InvitationList; onChange: (list: InvitationList) => void }) {
  if (sent.revoked_at) return <Notice tone="plain">{t("All of it is taken back. Mail that has not left yet is not sent.")}</Notice>;
  return (
    <Notice tone="lake">
      <div class="stack">
        <p><b class="strong">{plural(sent.invited, "{n} invitation is on its way.", "{n} invitations are on their way.")}</b></p>
        <div class="row wrap">
          <ButtonLink href={`/cohorts/${cohort.id}/invitations`}>{t("See who has answered")}</ButtonLink>
          <TakeBackList list={sent} onDone={(list) => { onChange(list); toast(t("Taken back.")); }} />
        </div>
      </div>
    </Notice>
  );
}
