import { plural, useFormat } from "../format/format";
import "./live.css";

interface Day { day: string; ok: number; failed: number; is_live: boolean }
export interface ProbeData { url: string; checked_at: string | null; is_up: boolean | null; reason: string; live_days: number; of_days: number; days: Day[] }

/** On how many of the last days a deployment was live, as a sentence and as a strip. */
export function LiveDays({ probe }: { probe: ProbeData }) {
  const format = useFormat();
  const now = probe.is_up === null ? "Not asked yet" : probe.is_up ? `Up, ${format.instant(probe.checked_at ?? "")}` : `Down, ${format.instant(probe.checked_at ?? "")}: ${probe.reason}`;
  return (
    <div class="stack tight live">
      <p><b class="strong num">Live for {probe.live_days} of {plural(probe.of_days, "day")}</b></p>
      <div class="strip" role="img" aria-label={`Live on ${plural(probe.live_days, "day")}, tried and not live on ${probe.days.filter(isDown).length}.`}>
        {probe.days.map((day) => <i key={day.day} class={day.is_live ? "up" : isDown(day) ? "down" : ""} title={`${format.day(day.day)}: ${said(day)}`} />)}
      </div>
      <p class={probe.is_up === false ? "small live-down" : "small soft"}>{now}</p>
    </div>
  );
}

const isDown = (day: Day) => !day.is_live && day.ok + day.failed > 0;
const said = ({ ok, failed }: Day) => (ok + failed === 0 ? "not asked" : `${ok} of ${ok + failed} checks answered`);
