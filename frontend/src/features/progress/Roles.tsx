import { useState } from "preact/hooks";
import { changeEnrollment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useReadiness } from "../../api/queries";
import { cache } from "../../api/query";
import type { Enrollment, RoleReadiness } from "../../api/types";
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
    <Section title="Ready for which role">
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
      <details open={is_target}>
        <summary>
          <span class="row"><span class="grow"><b class="strong">{role.title}</b>{is_target && <span class="small soft">, where you head</span>}</span><span class="num">{format.percent(percent)}</span></span>
          <Bar share={percent / 100} label={`Ready for ${role.title}`} />
        </summary>
        <div class="stack">
          <p class="small soft">{one.summary}</p>
          {raises.length > 0 && (
            <>
              <p class="small"><b class="strong">What raises it most for the time</b></p>
              <ul>
                {raises.map(({ milestone, points }) => (
                  <li key={milestone.key}>
                    <a class="rule-leaf" href={`/milestones/${milestone.key}`}>
                      <Blaze state={milestone.status} />
                      <span class="stack tight"><span>{milestone.title}</span><span class="small soft num">{worth(points, milestone.effort_hours)}{milestone.status === "locked" && ", locked yet"}</span></span>
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
      toast(`You head for ${role.title} now.`, "next");
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
    setBusy(false);
  }
  return <div><Button busy={busy} aria-label={`Head for this role: ${role.title}`} onClick={aim}>Head for this role</Button></div>;
}
