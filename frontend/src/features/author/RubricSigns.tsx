import { rubricSigns } from "../../api/calls";
import { useQuery } from "../../api/query";
import type { RubricSign } from "../../api/types";
import { number, plural, t } from "../../i18n/t";
import { Section } from "../../ui/screen/Screen";
import { OldData } from "../../ui/states/states";

/** Where two mentors who judged the same round came apart: a rubric that may be unclear. Without second opinions there is nothing to say. */
export function RubricSigns({ slug }: { slug: string }) {
  const { data, problem } = useQuery(`/pathways/${slug}/second-opinions`, () => rubricSigns(slug));
  if (!data || data.milestones.length === 0) return null;
  return (
    <Section title={t("Where mentors differ")}>
      <OldData problem={problem} />
      <p class="soft">{t("Second opinions are given blind. Where two mentors came to different ends, the rubric may not say enough.")}</p>
      <ul class="lines signs">{data.milestones.map((one) => <Sign key={`${one.edition} ${one.milestone.key}`} one={one} />)}</ul>
    </Section>
  );
}

function Sign({ one }: { one: RubricSign }) {
  const apart = one.criteria.filter((row) => row.differed > 0);
  return (
    <li class="stack tight">
      <p class="row"><b class="strong grow">{one.milestone.title}</b><span class="small soft nowrap">{t("Edition {edition}", { edition: String(one.edition) })}</span></p>
      <p class={one.differed > 0 ? "sign-differs" : "soft"}>
        {one.differed > 0 ? plural(one.given, "{differed} of {n} second opinion decided otherwise", "{differed} of {n} second opinions decided otherwise", { differed: one.differed })
          : plural(one.given, "{n} second opinion, in agreement", "{n} second opinions, all in agreement")}
      </p>
      {apart.length > 0 && (
        <ul class="sign-criteria small soft">
          {apart.map(({ criterion, both, differed, gap }) => (
            <li key={criterion.key}>{t("“{title}” was scored differently in {differed} of {both}, {gap} steps apart on average.", { title: criterion.title, differed, both, gap: number(gap, { maximumFractionDigits: 1 }) })}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
