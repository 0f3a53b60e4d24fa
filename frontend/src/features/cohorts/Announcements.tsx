import { useState } from "preact/hooks";
import { announcements, withdrawAnnouncement } from "../../api/calls";
import { usePages } from "../../api/pages";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { Announcement, Cohort } from "../../api/types";
import { useReadHere } from "../../api/useReadHere";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { More } from "../../ui/more/More";
import { Prose } from "../../ui/prose/Prose";
import { Section } from "../../ui/screen/Screen";
import { Notice, OldData } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { Announce } from "./Announce";
import { audienceWords } from "./audience";
import "./announcements.css";

/** What coordinators said to the cohort, the newest first and open. Who has nothing to read or to say sees nothing. */
export function Announcements({ cohort, runs }: { cohort: Cohort; runs: boolean }) {
  const pages = usePages<Announcement>(`/cohorts/${cohort.id}/announcements`, (next) => announcements(cohort.id, next));
  const [writing, setWriting] = useState(false);
  useReadHere(`/cohorts/${cohort.id}`, "announcement-made");
  const { rows, problem } = pages;
  const write = () => {
    setWriting(true);
    void cache.refresh(`/cohorts/${cohort.id}`); // the form counts whom it goes to
  };
  if (!rows && !problem) return null;
  if (rows?.length === 0 && !runs) return null;
  return (
    <Section title={t("Announcements")} beside={runs && rows && !writing && <Button onClick={write}>{t("Announce")}</Button>}>
      {rows && <OldData problem={problem} />}
      {!rows && problem && <Notice tone="plain">{problem.message}</Notice>}
      {writing && <Announce cohort={cohort} onDone={() => { setWriting(false); pages.again(); }} />}
      {rows?.length === 0 && !writing && <p class="soft">{t("Nothing was announced yet. What you write here comes to everybody’s inbox, and by mail.")}</p>}
      {rows && rows.length > 0 && <ol class="announcements">{rows.map((one, place) => <Line key={one.id} one={one} open={place === 0} leads={cohort.my_parts.some((part) => part !== "learner")} onChange={pages.again} />)}</ol>}
      <More pages={pages} label={t("Show earlier")} />
    </Section>
  );
}

function Line({ one, open, leads, onChange }: { one: Announcement; open: boolean; leads: boolean; onChange: () => void }) {
  const format = useFormat();
  const who = one.author.name || t("Somebody");
  const when = format.instant(one.created_at);
  if (one.withdrawn_at) return <li class="small soft announcement-gone">{t("{who} took an announcement back. It was made {when}.", { who, when })}</li>;
  return (
    <li>
      <details class="opens" open={open}>
        <summary>
          <span class="stack tight">
            <b class="opens-name announcement-title">{one.title}</b>
            <span class="small soft">{leads ? t("{who} {audience}, {when}", { who, audience: audienceWords(one.audience), when }) : t("{who}, {when}", { who, when })}</span>
          </span>
        </summary>
        <div class="announcement-said stack">
          <Prose text={one.body} />
          {one.is_mine && <TakeBack one={one} onChange={onChange} />}
        </div>
      </details>
    </li>
  );
}

function TakeBack({ one, onChange }: { one: Announcement; onChange: () => void }) {
  const [sure, setSure] = useState(false);
  async function takeBack() {
    try {
      await withdrawAnnouncement(one.id);
    } catch (thrown) {
      return toast(asProblem(thrown).message);
    }
    toast(t("Taken back. Whom it has not reached yet does not get it."));
    await cache.invalidate("/notifications");
    onChange();
  }
  if (!sure) return <div><button class="link small" onClick={() => setSure(true)}>{t("Take it back")}</button></div>;
  return (
    <div class="stack tight">
      <p class="small">{t("Its words go, here and in everybody’s inbox. Mail that has arrived stays.")}</p>
      <div class="row wrap"><Button onClick={() => void takeBack()}>{t("Take it back")}</Button><Button onClick={() => setSure(false)}>{t("Keep it")}</Button></div>
    </div>
  );
}
