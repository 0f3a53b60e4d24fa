import { useRef, useState } from "preact/hooks";
import { changePathway, editionDocument, previewEdition, publishEdition } from "../../api/calls";
import { asProblem, type Problem } from "../../api/problem";
import { useOwnPathways } from "../../api/queries";
import { cache } from "../../api/query";
import type { Pathway, Preview, Visibility } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Difference } from "../../ui/difference/Difference";
import { SelectField } from "../../ui/field/Field";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, Notice, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Document } from "./Document";
import { RubricSigns } from "./RubricSigns";
import { VISIBILITIES, VISIBILITY } from "./visibility";
import "./author.css";

const BACK = () => ({ href: "/author", label: t("Write a pathway") });

/** A pathway of one's own: who finds it, and its next edition. */
export function NextEdition({ slug }: { slug: string }) {
  const { data: own, problem, retry } = useOwnPathways();
  const pathway = own?.find((one) => one.slug === slug);
  if (!own) return <Screen title={t("Your pathway")} back={BACK()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  if (!pathway) return <Screen title={t("Off the trail")} hideTitle back={BACK()}><Empty title={t("Off the trail")} mark="locked" action={<ButtonLink href="/author">{t("To your pathways")}</ButtonLink>}>{t("There is no pathway here that you write.")}</Empty></Screen>;
  return (
    <Screen title={pathway.title} back={BACK()} over={<code>{pathway.slug}</code>} lead={plural(pathway.milestone_count, "Edition {edition}, {n} milestone, about {hours} h in all.", "Edition {edition}, {n} milestones, about {hours} h in all.", { edition: pathway.edition, hours: pathway.effort_hours })}>
      <WhoFindsIt pathway={pathway} />
      <RubricSigns slug={pathway.slug} />
      <Writing key={pathway.edition} pathway={pathway} />
    </Screen>
  );
}

function WhoFindsIt({ pathway }: { pathway: Pathway }) {
  const [trouble, setTrouble] = useState<string>();
  async function change(visibility: Visibility) {
    setTrouble(undefined);
    try {
      await changePathway(pathway.slug, { visibility });
      toast(VISIBILITY()[visibility].means);
    } catch (thrown) {
      setTrouble(asProblem(thrown).message);
    }
    await cache.invalidate("/pathways");
  }
  return (
    <SelectField label={t("Who finds it")} value={pathway.visibility} error={trouble} hint={VISIBILITY()[pathway.visibility].means} onChange={(event) => void change(event.currentTarget.value as Visibility)}>
      {VISIBILITIES.map((one) => <option key={one} value={one}>{VISIBILITY()[one].name}</option>)}
    </SelectField>
  );
}

/** Look at what a document would change, then publish exactly that. */
function Writing({ pathway }: { pathway: Pathway }) {
  const [text, setText] = useState("");
  const [preview, setPreview] = useState<Preview>();
  const [trouble, setTrouble] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const change = (typed: string) => {
    turn.current += 1;
    setText(typed);
    setPreview(undefined);
  };
  async function run(act: () => Promise<void>) {
    if (busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await act();
    } catch (thrown) {
      setPreview(undefined);
      setTrouble(asProblem(thrown));
    }
    setBusy(false);
  }
  const look = () => run(async () => {
    const asked = turn.current;
    const found = await previewEdition(pathway.slug, text);
    // What was typed meanwhile is not what was looked at.
    if (asked === turn.current) setPreview(found);
  });
  const begin = () => run(async () => change((await editionDocument(pathway.slug, pathway.edition)).document));
  const publish = (after: number) => run(async () => {
    const made = await publishEdition(pathway.slug, { document: text, after });
    toast(t("Edition {number} is out.", { number: made.number }), "complete");
    await cache.invalidate("/pathways");
  });
  const refused = trouble?.code === "document-refused";
  return (
    <Section title={t("The next edition")}>
      <div class="stack roomy">
        {trouble && <Notice alert={!refused}>{refused ? trouble.message : trouble.field("document") ?? trouble.message}</Notice>}
        <Document text={text} onText={change} errors={refused ? trouble.fields : []} warnings={preview?.warnings ?? []}
          begin={text === "" && <Button onClick={begin}>{t("Begin with edition {edition}", { edition: pathway.edition })}</Button>} />
        {preview && <Impact preview={preview} />}
        <div class="row wrap">
          {preview ? (
            <Button tone="blaze" busy={busy} onClick={() => publish(preview.edition - 1)}>{t("Publish edition {edition}", { edition: preview.edition })}</Button>
          ) : (
            <Button tone="blaze" busy={busy} disabled={text.trim() === ""} onClick={look}>{t("See what it changes")}</Button>
          )}
        </div>
      </div>
    </Section>
  );
}

function Impact({ preview }: { preview: Preview }) {
  const { learners, edition, difference } = preview;
  return (
    <section class="impact" role="status" aria-label={t("What it changes")}>
      <p>
        <b class="strong">{learners === 0 ? t("Nobody walks this pathway yet.") : plural(learners, "{n} learner walks this pathway.", "{n} learners walk this pathway.")}</b>{" "}
        {learners > 0 && <span class="soft">{t("They stay on their edition until they take this one, and keep what they earned.")}</span>}
      </p>
      <Difference of={difference} none={t("Edition {edition} would have the same milestones and rules.", { edition })} />
    </section>
  );
}
