import type { Forecast } from "../../api/types";
import { t } from "../../i18n/t";
import { addDays } from "../../ui/format/format";
import { placeOf, ticks } from "./words";

type Finish = NonNullable<Forecast["finish"]>;
interface Props { today: string; finish: Finish; instead?: Finish | undefined; target?: string | undefined; label: string }

/**
 * The range as a band on a time axis, with today and the target. `instead` is the range of another
 * week: it takes the paint, and the first one stays as an outline.
 */
export function Band({ today, finish, instead, target, label }: Props) {
  const last = target && target > finish.late ? target : finish.late;
  const days = (Date.parse(last) - Date.parse(today)) / 86_400_000;
  const end = addDays(last, Math.ceil(days * 0.05) + 1);
  const at = (day: string) => `${placeOf(day, today, end)}%`;
  const wide = ({ early, late }: Finish) => ({ left: at(early), width: `${placeOf(late, today, end) - placeOf(early, today, end)}%` });
  const shown = instead ?? finish;
  return (
    <div class="axis" role="img" aria-label={label}>
      <i class="axis-line" />
      {instead && <i class="axis-band was" style={wide(finish)} />}
      <i class="axis-band" style={wide(shown)} />
      <i class="axis-middle" style={{ left: at(shown.middle) }} />
      {target && target >= today && (
        <span class={`axis-target${placeOf(target, today, end) > 50 ? " before" : ""}`} style={{ left: at(target) }}><b>{t("Target")}</b></span>
      )}
      <i class="axis-today" />
      <span class="axis-tick first">{t("Today")}</span>
      {ticks(today, end).filter((tick) => placeOf(tick.day, today, end) > 18 && placeOf(tick.day, today, end) < 96).map((tick) => <span key={tick.day} class="axis-tick" style={{ left: at(tick.day) }}>{tick.label}</span>)}
    </div>
  );
}
