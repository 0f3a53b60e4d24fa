import { plural, t } from "../../i18n/t";
import { useFormat } from "../format/format";
import "./live.css";

interface Day { day: string; ok: number; failed: number; is_live: boolean }
export interface ProbeData { url: string; checked_at: string | null; is_up: boolean | null; reason: string; live_days: number; of_days: number; days: Day[] }

/** On how many of the last days a deployment was live, as a sentence and as a strip. */
export function LiveDays({ probe }: { probe: ProbeData }) {
  const format = useFormat();
  const now = probe.is_up === null ? t("Not asked yet") : probe.is_up ? t("Up, {when}", { when: format.instant(probe.checked_at ?? "") }) : t("Down, {when}: {reason}", { when: format.instant(probe.checked_at ?? ""), reason: probe.reason });
  return (
    <div class="stack tight live">
      <p><b class="strong num">{plural(probe.of_days, "Live for {live} of {n} day", "Live for {live} of {n} days", { live: probe.live_days })}</b></p>
      <div class="strip" role="img" aria-label={plural(probe.live_days, "Live on {n} day, tried and not live on {down}.", "Live on {n} days, tried and not live on {down}.", { down: probe.days.filter(isDown).length })}>
        {probe.days.map((day) => <i key={day.day} class={day.is_live ? "up" : isDown(day) ? "down" : ""} title={`${format.day(day.day)}: ${said(day)}`} />)}
      </div>
      <p class={probe.is_up === false ? "small live-down" : "small soft"}>{now}</p>
    </div>
  );
}

const isDown = (day: Day) => !day.is_live && day.ok + day.failed > 0;
const said = ({ ok, failed }: Day) => (ok + failed === 0 ? t("not asked") : plural(ok + failed, "{ok} of {n} check answered", "{ok} of {n} checks answered", { ok }));
