import { useEffect, useRef, useState } from "preact/hooks";
import type { Pause, RhythmWeek } from "../../api/types";
import { t } from "../../i18n/t";
import { addDays, duration, spokenDuration, useFormat } from "../../ui/format/format";
import { levels, stateWord, weekWords } from "./words";
import "./heatmap.css";

interface Props { weeks: readonly RhythmWeek[]; today: string; pauses: readonly Pause[] }
const ROWS = [0, 1, 2, 3, 4, 5, 6];
const STEPS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * A year as weeks by days. One cell is in the tab order, arrows move it; what a cell says stands
 * below. It scrolls by itself where it is wider than the screen, with today in sight.
 */
export function HeatMap({ weeks, today, pauses }: Props) {
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const level = levels(weeks.flatMap((week) => week.days));
  const here = Math.max(0, weeks.findLastIndex((week) => week.starts_on <= today));
  const [[column, row], setAt] = useState<[number, number]>([here, weekdayOf(today)]);
  const [picked, setPicked] = useState(false);
  useEffect(() => {
    const box = scroller.current;
    const cell = box?.querySelector<HTMLElement>(".today") ?? box?.querySelector<HTMLElement>("[tabindex='0']");
    if (box && cell) box.scrollLeft = cell.offsetLeft - box.clientWidth + 48;
  }, [weeks[0]?.starts_on]);

  const dayOf = (at: number, weekday: number) => addDays(weeks[at]?.starts_on ?? today, weekday);
  const paused = (day: string) => pauses.some((pause) => pause.starts_on <= day && (pause.ends_on === null || day <= pause.ends_on));
  const words = (at: number, weekday: number, say = duration) => {
    const day = dayOf(at, weekday);
    const minutes = weeks[at]?.days[weekday] ?? 0;
    const what = minutes > 0 ? say(minutes) : day > today ? t("still to come") : t("nothing logged");
    return paused(day) ? t("{day}: {what}, paused", { day: format.longDay(day), what }) : t("{day}: {what}", { day: format.longDay(day), what });
  };
  function move(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    const to: [number, number] | undefined = event.key === "Home" ? [0, row] : event.key === "End" ? [weeks.length - 1, row] : step && [column + step[0], row + step[1]];
    if (!to || to[0] < 0 || to[0] >= weeks.length || to[1] < 0 || to[1] > 6) return;
    event.preventDefault();
    pick(...to);
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-at="${to[0]}-${to[1]}"]`);
    cell?.focus();
  }
  const pick = (at: number, weekday: number) => {
    setAt([at, weekday]);
    setPicked(true);
  };

  const chosen = weeks[column];
  return (
    <figure class="heat">
      <div class="heat-scroll" ref={scroller}>
        <div class="heat-grid" role="grid" aria-label={t("Minutes by day, a column for each week")} aria-colcount={weeks.length} aria-rowcount={7} onKeyDown={move}>
          <div class="heat-months" aria-hidden="true">{monthsOf(weeks).map(({ at, day }) => <span key={day} class={`from-${at}`} style={{ gridColumnStart: at + 1 }}>{format.month(day)}</span>)}</div>
          {ROWS.map((weekday) => (
            <div key={weekday} role="row" class="heat-row">
              {weeks.map((week, at) => {
                const day = dayOf(at, weekday);
                const minutes = week.days[weekday] ?? 0;
                const mine = at === column && weekday === row;
                const look = `${minutes > 0 ? `level-${level(minutes)}` : day > today ? "ahead" : "level-0"}${paused(day) ? " paused" : ""}${day === today ? " today" : ""}`;
                return <span key={day} role="gridcell" data-at={`${at}-${weekday}`} class={look} tabIndex={mine ? 0 : -1} aria-label={words(at, weekday, spokenDuration)} aria-current={day === today ? "date" : undefined} onFocus={() => pick(at, weekday)} onPointerEnter={() => pick(at, weekday)} onClick={() => pick(at, weekday)} />;
              })}
            </div>
          ))}
          <div class="heat-weeks" aria-hidden="true">{weeks.map((week) => <i key={week.starts_on} class={week.starts_on > today ? "" : week.state} />)}</div>
        </div>
      </div>
      <figcaption class="heat-foot small soft">
        <span class="heat-said" aria-hidden="true">{picked ? words(column, row) : chosen && t("Week of {day}: {what}", { day: format.mediumDay(chosen.starts_on), what: weekWords(chosen) })}</span>
        <span class="heat-legend" aria-hidden="true">{t("less")} {[0, 1, 2, 3, 4].map((step) => <i key={step} class={`level-${step}`} />)} {t("more")} <span class="heat-key"><i class="level-0 paused" /> {t("paused")}</span> <span class="heat-key"><i class="kept-week" /> {t("week kept")}</span></span>
      </figcaption>
      <WeekTable weeks={weeks} today={today} />
    </figure>
  );
}

/** The same for readers, and for everybody who likes figures. */
function WeekTable({ weeks, today }: { weeks: readonly RhythmWeek[]; today: string }) {
  const format = useFormat();
  const shown = weeks.filter((week) => week.starts_on <= today && (week.minutes > 0 || week.goal_minutes > 0)).reverse();
  if (shown.length === 0) return null;
  return (
    <details class="fold minor quiet heat-table">
      <summary>{t("As a table")}</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t("Minutes by week")}>
        <table>
          <thead><tr><th scope="col">{t("Week of")}</th>{ROWS.map((n) => <th key={n} scope="col"><abbr title={format.weekdayLong(addDays("2026-11-16", n))}>{format.weekday(addDays("2026-11-16", n))}</abbr></th>)}<th scope="col">{t("Sum")}</th><th scope="col">{t("Goal")}</th><th scope="col">{t("Week")}</th></tr></thead>
          <tbody>
            {shown.map((week) => (
              <tr key={week.starts_on}>
                <th scope="row">{format.date(week.starts_on)}</th>
                {week.days.map((minutes, n) => <td key={n}>{minutes || <span class="soft">–</span>}</td>)}
                <td>{duration(week.minutes)}</td><td>{duration(week.goal_minutes)}</td><td>{stateWord(week)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const weekdayOf = (day: string) => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** Where months begin, unless there is no room for the word. */
function monthsOf(weeks: readonly RhythmWeek[]): { at: number; day: string }[] {
  const found: { at: number; day: string }[] = [];
  weeks.forEach((week, at) => {
    const sunday = addDays(week.starts_on, 6);
    const begins = at === 0 || sunday.slice(0, 7) !== addDays(sunday, -7).slice(0, 7);
    if (begins && at < weeks.length - 2 && at - (found.at(-1)?.at ?? -9) > 2) found.push({ at, day: sunday });
  });
  return found;
}
