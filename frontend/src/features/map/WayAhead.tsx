import { useState } from "preact/hooks";
import { useExplanation } from "../../api/queries";
import type { Enrollment, Missing, WayMilestone } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { duration } from "../../ui/format/format";
import { atPace, hoursOf, isOneWay, type Way } from "./ahead";
import "./map.css";

/** The least that is still missing: by number, or by hours. */
export function WayAhead({ enrollment }: { enrollment: Enrollment }) {
  const [open, setOpen] = useState(false);
  const [way, setWay] = useState<Way>("fewest");
  const { data, problem } = useExplanation(open ? enrollment.id : undefined);
  return (
    <details class="fold minor map-fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("The shortest way from here")}</summary>
      {!data ? (
        <p class="small soft" role="status">{problem?.message ?? t("Looking for it …")}</p>
      ) : data.complete ? (
        <p class="soft">{t("You are there. Nothing is missing.")}</p>
      ) : (
        <div class="stack roomy">
          {isOneWay(data) ? (
            <p class="small soft">{t("No other set takes fewer milestones, and none takes fewer hours.")}</p>
          ) : (
            <div class="row wrap" role="group" aria-label={t("The shortest by")}>
              <Button aria-pressed={way === "fewest"} onClick={() => setWay("fewest")}>{t("Fewest milestones")}</Button>
              <Button aria-pressed={way === "shortest"} onClick={() => setWay("shortest")}>{t("Fewest hours")}</Button>
            </div>
          )}
          <Ahead missing={data[way]} weekly={enrollment.weekly_minutes} />
        </div>
      )}
    </details>
  );
}

function Ahead({ missing, weekly }: { missing: Missing; weekly: number }) {
  const hours = hoursOf(missing);
  return (
    <>
      <p>
        <b class="strong">{plural(missing.milestones.length + missing.first.length, "{n} milestone, about {hours} h.", "{n} milestones, about {hours} h.", { hours })}</b>{" "}
        {t("At {duration} a week that takes about {span}.", { duration: duration(weekly), span: atPace(hours, weekly) })}
      </p>
      {missing.first.length > 0 && (
        <>
          <p class="small soft">{t("First, to open the others:")}</p>
          <Steps of={missing.first} />
          <p class="small soft">{t("Then:")}</p>
        </>
      )}
      <Steps of={missing.milestones} />
    </>
  );
}

function Steps({ of }: { of: readonly WayMilestone[] }) {
  return (
    <ol class="ahead">
      {of.map((one) => (
        <li key={one.key}>
          <a class="rule-leaf" href={`/milestones/${one.key}`}>
            <Blaze state={one.status} />
            <span class="row"><span class="grow">{one.title}</span><span class="num small soft nowrap">{t("{hours} h", { hours: one.effort_hours })}</span></span>
          </a>
        </li>
      ))}
    </ol>
  );
}
