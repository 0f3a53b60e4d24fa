import { useState } from "preact/hooks";
import { cohort as readCohort, invitationsInto, revokeInvitation } from "../../api/calls";
import { usePages } from "../../api/pages";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Cohort, Invitation } from "../../api/types";
import { list, t } from "../../i18n/t";
import { ButtonLink } from "../../ui/button/Button";
import { Chips } from "../../ui/chips/Chips";
import { useFormat, type Format } from "../../ui/format/format";
import { More } from "../../ui/more/More";
import { Row, Rows as List } from "../../ui/rows/Rows";
import { Screen } from "../../ui/screen/Screen";
import { Empty, Notice, OldData, Trouble } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { asPart, isRun } from "./parts";
import { usesOf } from "./words";
import "./cohorts.css";

type State = Invitation["state"];
const STATES: readonly State[] = ["open", "accepted", "expired", "revoked", "used_up"];

/** As a choice, and as what became of one. */
function stateName(state: State): string {
  if (state === "open") return t("Open");
  if (state === "accepted") return t("Accepted");
  if (state === "expired") return t("Expired");
  return state === "revoked" ? t("Revoked") : t("Used up");
}

/** Every invitation into a cohort, and what became of it. */
export function InvitationsScreen({ id }: { id: string }) {
  const { data, problem, retry } = useQuery(`/cohorts/${id}`, () => readCohort(id));
  const back = { href: `/cohorts/${id}`, label: data?.name ?? t("Cohort") };
  const title = t("Invitations");
  if (!data) return <Screen title={title} back={back}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  if (!data.my_parts.includes("coordinator")) return <Screen title={title} back={back}><Notice tone="plain">{t("Its coordinators invite people into this cohort.")}</Notice></Screen>;
  return <OfCohort cohort={data} title={title} back={back} />;
}

function OfCohort({ cohort, title, back }: { cohort: Cohort; title: string; back: { href: string; label: string } }) {
  const [state, setState] = useState<State>();
  return (
    <Screen title={title} over={cohort.name} back={back} beside={isRun(cohort) && <span class="wide-only"><ButtonLink href={`/cohorts/${cohort.id}/invite-list`} icon="people">{t("Invite a list")}</ButtonLink></span>}>
      <Chips label={t("What to show")}>
        <button type="button" aria-pressed={state === undefined} onClick={() => setState(undefined)}>{t("All")}</button>
        {STATES.map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => setState(one)}>{stateName(one)}</button>)}
      </Chips>
      <Rows key={state} cohort={cohort} state={state} />
    </Screen>
  );
}

function Rows({ cohort, state }: { cohort: Cohort; state: State | undefined }) {
  const pages = usePages<Invitation>(`/invitations?cohort=${cohort.id}&state=${state ?? ""}`, (next) => invitationsInto(cohort.id, state, next));
  const { rows, problem } = pages;
  if (!rows) return problem ? <Trouble problem={problem} retry={pages.retry} /> : <TrailSkeleton marks={4} />;
  if (rows.length === 0) {
    return state
      ? <Empty title={t("None of these")} mark="locked">{t("No invitation into this cohort is like that.")}</Empty>
      : <Empty title={t("Nobody was invited yet")} action={isRun(cohort) && <ButtonLink tone="blaze" href={`/cohorts/${cohort.id}/invite-list`}>{t("Invite a list")}</ButtonLink>}>{t("Paste the addresses of a group, or make a link on the page of the cohort.")}</Empty>;
  }
  return (
    <>
      <OldData problem={problem} />
      <List label={t("Invitations")}>{rows.map((one) => <Line key={one.id} one={one} onChange={pages.again} />)}</List>
      <More pages={pages} label={t("Show more")} />
    </>
  );
}

function Line({ one, onChange }: { one: Invitation; onChange: () => void }) {
  const format = useFormat();
  const name = one.email || t("A link");
  async function revoke() {
    await revokeInvitation(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate("/invitations");
    onChange();
  }
  return (
    <Row title={name} detail={list([asPart(one.part), ...(one.max_uses > 1 ? [usesOf(one)] : []), whenWords(one, format)], "unit")}>
      <span class={`small invite-state ${one.state}`}>{stateName(one.state)}</span>
      {one.state === "open" && <button class="link small" onClick={() => void revoke()} aria-label={t("Revoke: {name}", { name })}>{t("Revoke")}</button>}
    </Row>
  );
}

function whenWords(one: Invitation, format: Format): string {
  if (one.state === "open") return t("until {when}", { when: format.instant(one.expires_at) });
  if (one.state === "expired") return t("it ran out {when}", { when: format.instant(one.expires_at) });
  return t("made {when}", { when: format.instant(one.created_at) });
}
