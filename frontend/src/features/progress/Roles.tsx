import { useState } from "preact/hooks";
import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useReadiness } from "../../api/queries";
import { cache } from "../../api/query";
import type { Enrollment, RoleReadiness } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { Bar } from "../../ui/bar/Bar";
import { Blaze } from "../../ui/blaze/Blaze";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";
import { targetFirst, worth } from "./raise";
import "./progress.css";

/** How ready one is for each role, and what would help most for the time. */
export function Roles({ enrollment }: { enrollment: Enrollment }) {
  const { data: roles, problem } = useReadiness(enrollment.id);
  if (!roles && !problem) return null;
  return (
    <Section title={t("Ready for which role")}>
      {roles ? (
        <ul class="roles">{targetFirst(roles).map((one) => <Role key={one.role.key} one={one} enrollment={enrollment.id} />)}</ul>
      ) : (
        <p class="soft">{problem?.message}</p>
      )}
    </Section>
  );
}

function Role({ one, enrollment }: { one: RoleReadiness; enrollment: string }) {
  const format = useFormat();
  const { role, percent, is_target, raises } = one;
  return (
    <li>
      <details class="opens" open={is_target}>
        <summary>
          <span class="stack grow">
            <span class="row"><span class="grow">{is_target ? rich("<b>{role}</b><aim>, where you head</aim>", { role: role.title, b: (inside) => <b class="strong opens-name">{inside}</b>, aim: (inside) => <span class="small soft">{inside}</span> }) : <b class="strong opens-name">{role.title}</b>}</span><span class="num">{format.percent(percent)}</span></span>
            <Bar share={percent / 100} label={t("Ready for {title}", { title: role.title })} />
          </span>
        </summary>
        <div class="stack">
          <p class="small soft">{one.summary}</p>
          {raises.length > 0 && (
            <>
              <p class="small"><b class="strong">{t("What raises it most for the time")}</b></p>
              <ul>
                {raises.map(({ milestone, points }) => (
                  <li key={milestone.key}>
                    <a class="rule-leaf" href={`/milestones/${milestone.key}`}>
                      <Blaze state={milestone.status} />
                      <span class="stack tight"><span>{milestone.title}</span><span class="small soft num">{milestone.status === "locked" ? t("{worth}, locked yet", { worth: worth(points, milestone.effort_hours) }) : worth(points, milestone.effort_hours)}</span></span>
                    </a>
                  </li>
                ))}
              </ul>
            </>
          )}
          {!is_target && <Aim enrollment={enrollment} role={role} />}
        </div>
      </details>
    </li>
  );
}

function Aim({ enrollment, role }: { enrollment: string; role: RoleReadiness["role"] }) {
  const [busy, setBusy] = useState(false);
  async function aim() {
    setBusy(true);
    try {
      await changeEnrollment(enrollment, { role: role.key });
      await cache.invalidate("/enrollments");
      toast(t("You head for {title} now.", { title: role.title }), "next");
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
    setBusy(false);
  }
  return <div><Button busy={busy} aria-label={t("Head for this role: {title}", { title: role.title })} onClick={aim}>{t("Head for this role")}</Button></div>;
}
