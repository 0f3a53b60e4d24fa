import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useEdition, useTrackOptions } from "../../api/queries";
import { cache } from "../../api/query";
import type { Enrollment, TrackOption, WayMilestone } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Screen } from "../../ui/screen/Screen";
import { Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { meaning, todayFirst } from "./option";
import "./track.css";

/** Every track with what it would keep and add, before one decides. */
export function Tracks({ enrollment }: { enrollment: Enrollment }) {
  const { data: options, problem, retry } = useTrackOptions(enrollment.id);
  const guidance = useEdition(enrollment.pathway.slug, enrollment.edition).data?.track_guidance;
  const [sure, setSure] = useState<string>();
  const back = { href: "/map", label: t("The way") };
  if (!options) return <Screen title={t("Compare the tracks")} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const current = options.find((one) => one.is_current);
  return (
    <Screen title={t("Compare the tracks")} back={back} over={enrollment.pathway.title} lead={guidance}>
      <OldData problem={problem} />
      <ul class="tracks">
        {todayFirst(options).map((option) => (
          <Option key={option.track.key} option={option} today={current} enrollment={enrollment} sure={sure === option.track.key}
            setSure={(is) => setSure(is ? option.track.key : undefined)} />
        ))}
      </ul>
    </Screen>
  );
}

interface OptionProps { option: TrackOption; today: TrackOption | undefined; enrollment: Enrollment; sure: boolean; setSure: (is: boolean) => void }

function Option({ option, today, enrollment, sure, setSure }: OptionProps) {
  const format = useFormat();
  const { track, is_current, gains, leaves } = option;
  return (
    <li class={`track${is_current ? " current" : ""}`}>
      <h2>{track.title}</h2>
      {is_current ? (
        <p class="row"><Blaze state="complete" /><b class="strong">{t("You are on this one")}</b></p>
      ) : (
        <p><b class="strong">{meaning(option, format.percent)}</b></p>
      )}
      <p class="num">{t("{percent} of the way, about {hours} h left.", { percent: format.percent(option.percent), hours: option.hours_remaining })}</p>
      <p class="soft">{option.summary}</p>
      <p><b class="strong">{t("Who heads there.")}</b> <span class="soft">{option.suits}</span></p>
      {!is_current && gains.length + leaves.length === 0 && <p class="small soft">{t("The same milestones as on yours, with another emphasis.")}</p>}
      <Differs title={plural(gains.length, "{n} milestone that only this track has", "{n} milestones that only this track has")} of={gains} />
      <Differs title={plural(leaves.length, "{n} milestone that you would leave", "{n} milestones that you would leave")} of={leaves} />
      {!is_current && (sure ? <Confirm option={option} today={today} enrollment={enrollment} onStay={() => setSure(false)} /> : (
        <div><Button aria-label={t("Change to this track: {title}", { title: track.title })} onClick={() => setSure(true)}>{t("Change to this track")}</Button></div>
      ))}
    </li>
  );
}

function Differs({ title, of }: { title: string; of: readonly WayMilestone[] }) {
  if (of.length === 0) return null;
  return (
    <details class="fold track-differs">
      <summary>{title}</summary>
      <ul>
        {of.map((one) => (
          <li key={one.key} class="row"><Blaze state={one.status} /><span class="grow">{one.title}</span><span class="num small soft nowrap">{t("{hours} h", { hours: one.effort_hours })}</span></li>
        ))}
      </ul>
    </details>
  );
}

function Confirm({ option, today, enrollment, onStay }: { option: TrackOption; today: TrackOption | undefined; enrollment: Enrollment; onStay: () => void }) {
  const { route } = useLocation();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const { track, leaves } = option;
  const earned = leaves.filter((one) => one.status === "complete").length;
  async function change() {
    setBusy(true);
    try {
      await changeEnrollment(enrollment.id, { track: track.key });
      await cache.invalidate("/enrollments");
      toast(t("You are on {title} now.", { title: track.title }), "next");
      route("/map");
    } catch (thrown) {
      setTrouble(asProblem(thrown).message);
      setBusy(false);
    }
  }
  return (
    <div class="track-sure" role="group" aria-label={t("Change to {title}", { title: track.title })}>
      <p>
        <b class="strong">{t("From {before} to {after} of the way.", { before: format.percent(today?.percent ?? 0), after: format.percent(option.percent) })}</b>{" "}
        {earned > 0 && `${plural(earned, "{n} milestone you reached has no place there.", "{n} milestones you reached have no place there.")} `}
        {t("Nothing you earned is lost: it counts again should you change back.")}
      </p>
      {trouble && <Notice alert>{trouble}</Notice>}
      <div class="row wrap">
        <Button tone="blaze" busy={busy} onClick={change}>{t("Change to {title}", { title: track.title })}</Button>
        <Button onClick={onStay}>{today ? t("Stay on {title}", { title: today.track.title }) : t("Stay on mine")}</Button>
      </div>
    </div>
  );
}
