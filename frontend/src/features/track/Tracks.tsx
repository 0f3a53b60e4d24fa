import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useEdition, useTrackOptions } from "../../api/queries";
import { cache } from "../../api/query";
import type { Enrollment, TrackOption, WayMilestone } from "../../api/types";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { plural, useFormat } from "../../ui/format/format";
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
  const back = { href: "/map", label: "The way" };
  if (!options) return <Screen title="Compare the tracks" back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  const current = options.find((one) => one.is_current);
  return (
    <Screen title="Compare the tracks" back={back} over={enrollment.pathway.title} lead={guidance}>
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
        <p class="row"><Blaze state="complete" /><b class="strong">You are on this one</b></p>
      ) : (
        <p><b class="strong">{meaning(option, format.percent)}</b></p>
      )}
      <p class="num">{format.percent(option.percent)} of the way, about {option.hours_remaining} h left.</p>
      <p class="soft">{option.summary}</p>
      <p><b class="strong">Who heads there.</b> <span class="soft">{option.suits}</span></p>
      {!is_current && gains.length + leaves.length === 0 && <p class="small soft">The same milestones as on yours, with another emphasis.</p>}
      <Differs title={`${plural(gains.length, "milestone")} that only this track has`} of={gains} />
      <Differs title={`${plural(leaves.length, "milestone")} that you would leave`} of={leaves} />
      {!is_current && (sure ? <Confirm option={option} today={today} enrollment={enrollment} onStay={() => setSure(false)} /> : (
        <div><Button aria-label={`Change to this track: ${track.title}`} onClick={() => setSure(true)}>Change to this track</Button></div>
      ))}
    </li>
  );
}

function Differs({ title, of }: { title: string; of: readonly WayMilestone[] }) {
  if (of.length === 0) return null;
  return (
    <details class="track-differs">
      <summary>{title}</summary>
      <ul>
        {of.map((one) => (
          <li key={one.key} class="row"><Blaze state={one.status} /><span class="grow">{one.title}</span><span class="num small soft nowrap">{one.effort_hours} h</span></li>
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
      toast(`You are on ${track.title} now.`, "next");
      route("/map");
    } catch (thrown) {
      setTrouble(asProblem(thrown).message);
      setBusy(false);
    }
  }
  return (
    <div class="track-sure" role="group" aria-label={`Change to ${track.title}`}>
      <p>
        <b class="strong">From {format.percent(today?.percent ?? 0)} to {format.percent(option.percent)} of the way.</b>{" "}
        {earned > 0 && `${plural(earned, "milestone")} you reached ${earned === 1 ? "has" : "have"} no place there. `}
        Nothing you earned is lost: it counts again should you change back.
      </p>
      {trouble && <Notice alert>{trouble}</Notice>}
      <div class="row wrap">
        <Button tone="blaze" busy={busy} onClick={change}>Change to {track.title}</Button>
        <Button onClick={onStay}>Stay on {today?.track.title ?? "mine"}</Button>
      </div>
    </div>
  );
}
