import { useId, useState } from "preact/hooks";
import { useForecast } from "../../api/queries";
import type { Forecast } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { duration, useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { Band } from "./Band";
import { about, basisOf, notIn, reasonOf, sentence, span, targetOf, weeksOfWork, type Whose } from "./words";
import "./forecast.css";

/** When a learner will be there: a range, or the plan and why there is no more. */
export function ForecastCard({ enrollment, whose = "your" }: { enrollment: string; whose?: Whose }) {
  const { data, problem } = useForecast(enrollment);
  const title = whose === "your" ? t("When you will be there") : t("When they will be there");
  if (!data) return <Section title={title}>{problem ? <p class="soft">{problem.message}</p> : <p class="forecast-wait" aria-busy="true"><span class="unseen">{t("Loading")}</span></p>}</Section>;
  if (data.kind === "finished") return null;
  return <Section title={title}>{data.finish ? <Range data={data} finish={data.finish} whose={whose} /> : <NoRange data={data} whose={whose} />}</Section>;
}

function Range({ data, finish, whose }: { data: Forecast; finish: NonNullable<Forecast["finish"]>; whose: Whose }) {
  const [more, setMore] = useState(0);
  const option = data.options[more - 1];
  const target = targetOf(data, whose, useFormat());
  const said = sentence(finish, data.today);
  const drawn = option ? t("With {duration} a week more: {sentence}", { duration: duration(option.more_minutes), sentence: sentence(option.finish, data.today) }) : said;
  return (
    <div class="forecast stack roomy">
      <p class="forecast-said">{said}</p>
      <Band today={data.today} finish={finish} instead={option?.finish} target={data.target?.on} label={`${drawn} ${target ?? ""}`} />
      {target && <p>{target}</p>}
      {data.options.length > 0 && <WhatIf data={data} more={more} onMore={setMore} />}
      <Basis data={data} whose={whose} />
    </div>
  );
}

/** So many hours a week more: what it would bring. */
function WhatIf({ data, more, onMore }: { data: Forecast; more: number; onMore: (hours: number) => void }) {
  const id = useId();
  const option = data.options[more - 1];
  return (
    <div class="what-if">
      <label for={id} class="strong">{t("What if there were more time?")}</label>
      <input id={id} type="range" min={0} max={data.options.length} step={1} value={more} aria-valuetext={option ? t("{duration} a week more", { duration: duration(option.more_minutes) }) : t("As it is")} onInput={(event) => onMore(Number(event.currentTarget.value))} />
      <p class="soft" role="status">
        {option ? (
          rich("<b>{duration} a week more</b>, about {whole} in all: {span}.", { duration: duration(option.more_minutes), b: (inside) => <b class="strong">{inside}</b>, whole: duration(Math.round(option.weekly_minutes / 30) * 30), span: span(option.finish, data.today) })
        ) : (
          t("As it is now: about {duration} a week. Move it to see what more hours bring.", { duration: duration(Math.round(data.basis.pace_minutes / 10) * 10) })
        )}
      </p>
    </div>
  );
}

function Basis({ data, whose }: { data: Forecast; whose: Whose }) {
  return (
    <details class="fold minor quiet">
      <summary>{t("What this is computed from")}</summary>
      <ul class="stack tight small soft">{basisOf(data, whose).map((one) => <li key={one}>{one}</li>)}<li>{t("Eight times in ten the end falls into the range. The time a mentor takes is not in it.")}</li></ul>
    </details>
  );
}

function NoRange({ data, whose }: { data: Forecast; whose: Whose }) {
  if (data.kind === "waiting") return <p class="soft">{whose === "your" ? t("Your part is done: what is left only has to be handed in or reviewed.") : t("Their part is done: what is left only has to be handed in or reviewed.")}</p>;
  return (
    <div class="forecast stack">
      {data.weeks && <p class="forecast-said">{t("After the pause, {weeks}.", { weeks: weeksOfWork(data.weeks) })}</p>}
      {data.planned_on && <p class="forecast-said">{rich("<tag>Plan</tag>{duration} a week lead there by {when}.", { tag: (inside) => <span class="plan-tag">{inside}</span>, duration: duration(data.goal_minutes), when: about(data.planned_on, data.today) })}</p>}
      <p class="soft">{reasonOf(data, whose)} {data.planned_on && t("Until then this is the weekly goal and the authors’ estimates: a plan, not a forecast.")}</p>
      {data.left_out.length > 0 && <p class="small soft">{notIn(data.left_out)}</p>}
    </div>
  );
}

/** The same in one line, for Today. */
export function ForecastLine({ enrollment }: { enrollment: string }) {
  const { data } = useForecast(enrollment);
  const text = data && lineOf(data);
  return text ? <a class="forecast-line" href="/progress"><span>{text}</span></a> : null;
}

function lineOf({ finish, planned_on, goal_minutes, today }: Forecast): string | undefined {
  if (finish) return t("At your pace you are there {span}.", { span: span(finish, today) });
  return planned_on ? t("The plan: {duration} a week lead there by {when}.", { duration: duration(goal_minutes), when: about(planned_on, today) }) : undefined;
}
