import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { answerUpgrade, takeBackUpgrade, takeUpgrade } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useUpgrade } from "../../api/queries";
import { cache } from "../../api/query";
import type { Enrollment, Upgrade } from "../../api/types";
import { rich, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Difference } from "../../ui/difference/Difference";
import { SelectField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { sentence } from "./UpgradeCard";
import "./upgrade.css";

const BACK = () => ({ href: "/map", label: t("The way") });

/** What a newer edition means to the learner, and the way back from the last one. */
export function EditionScreen({ enrollment }: { enrollment: Enrollment }) {
  const { data, problem, retry } = useUpgrade(enrollment.id);
  if (!data) return <Screen title={t("A new edition")} hideTitle={!problem} back={BACK()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={3} />}</Screen>;
  const isQuiet = !data.available && !data.taken?.can_undo;
  return (
    <Screen title={data.available && data.edition !== null ? t("Edition {edition}", { edition: data.edition }) : t("You are on edition {current}", { current: data.current })} back={BACK()} over={enrollment.pathway.title}
      lead={data.available ? t("You walk edition {current}, and can stay on it to the end.", { current: data.current }) : undefined}>
      <OldData problem={problem} />
      {data.available && <Offer key={data.edition} enrollment={enrollment} offer={data} />}
      {data.taken?.can_undo && <TakeBack enrollment={enrollment} taken={data.taken} />}
      {isQuiet && <Empty title={t("Nothing to decide")} mark="complete" action={<ButtonLink href="/map">{t("To the way")}</ButtonLink>}>{t("There is no newer edition of your pathway.")}</Empty>}
    </Screen>
  );
}

/** One write at a time; what follows from it is asked again, what went wrong is said. */
function useAct(): { busy: boolean; trouble: string | undefined; act: (doIt: () => Promise<unknown>, said: string) => Promise<void> } {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  async function act(doIt: () => Promise<unknown>, said: string) {
    if (busy) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      await doIt();
      await cache.invalidate("/enrollments", "/log-entries");
      toast(said);
      route("/map");
    } catch (thrown) {
      setTrouble(asProblem(thrown).message);
      setBusy(false);
    }
  }
  return { busy, trouble, act };
}

function Offer({ enrollment, offer }: { enrollment: Enrollment; offer: Upgrade }) {
  const { busy, trouble, act } = useAct();
  const format = useFormat();
  const [track, setTrack] = useState(offer.tracks[0]?.key);
  const { summary, difference, waiting, edition } = offer;
  if (edition === null) return null;
  return (
    <>
      {summary ? (
        <div class="stack">
          <p class="upgrade-sum">{sentence(summary.sentence)}</p>
          <p class="soft">{`${t("From {before} to {after} of the way.", { before: format.percent(summary.percent_before), after: format.percent(summary.percent_after) })} ${t("Nothing you earned is lost: what has no place any more stays on your map as reached earlier.")}`}</p>
        </div>
      ) : (
        <SelectField label={t("Your track is not in this edition. Which one instead?")} value={track} onChange={(event) => setTrack(event.currentTarget.value)}>
          {offer.tracks.map((one) => <option key={one.key} value={one.key}>{one.title}</option>)}
        </SelectField>
      )}
      {waiting.length > 0 && (
        <Notice tone="lake">
          {rich("First a review has to end, or you take it back: {titles}.", { titles: waiting.map((one, index) => <>{index > 0 && ", "}<a class="inline-link" href={`/milestones/${one.key}`}>{one.title}</a></>) })}
        </Notice>
      )}
      {trouble && <Notice alert>{trouble}</Notice>}
      <div class="row wrap">
        <Button tone="blaze" busy={busy} disabled={waiting.length > 0} onClick={() => act(() => takeUpgrade(enrollment.id, { edition, ...(summary ? {} : { track }) }), t("You are on edition {edition} now.", { edition }))}>{t("Take edition {edition}", { edition })}</Button>
        {offer.answer !== "later" && <Button onClick={() => act(() => answerUpgrade(enrollment.id, "later"), t("It stays within reach, on the map."))}>{t("Not now")}</Button>}
        {offer.answer !== "never" && <Button onClick={() => act(() => answerUpgrade(enrollment.id, "never"), t("You stay on edition {current}.", { current: offer.current }))}>{t("Never this one")}</Button>}
      </div>
      <p class="small soft">{t("You can take it back within a week, as long as you have done nothing since.")}</p>
      {difference && <Section title={t("What differs")}><Difference of={difference} none={t("The same milestones and rules, in other words.")} /></Section>}
    </>
  );
}

function TakeBack({ enrollment, taken }: { enrollment: Enrollment; taken: NonNullable<Upgrade["taken"]> }) {
  const { busy, trouble, act } = useAct();
  const format = useFormat();
  return (
    <div class="stack roomy">
      <p>{t("You came from edition {edition}. Until {when} you can go back to it, as long as you have done nothing since. Everything is then as it was.", { edition: taken.from_edition, when: format.instant(taken.undo_until) })}</p>
      {trouble && <Notice alert>{trouble}</Notice>}
      <div><Button busy={busy} onClick={() => act(() => takeBackUpgrade(enrollment.id), t("You are back on edition {edition}.", { edition: taken.from_edition }))}>{t("Back to edition {edition}", { edition: taken.from_edition })}</Button></div>
    </div>
  );
}
