import { useState } from "preact/hooks";
import { invitationLists, revokeList } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { Cohort, InvitationList } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";

/** The lists so far, each to be taken back as one. Nothing while there is none. */
export function EarlierLists({ cohort, besides }: { cohort: Cohort; besides: string | undefined }) {
  const { data } = useQuery(`/cohorts/${cohort.id}/invitation-lists`, () => invitationLists(cohort.id));
  const earlier = data?.filter((one) => one.id !== besides) ?? [];
  if (earlier.length === 0) return null;
  return (
    <Section title={t("Lists so far")}>
      <Rows>{earlier.map((one) => <Line key={one.id} one={one} />)}</Rows>
    </Section>
  );
}

function Line({ one }: { one: InvitationList }) {
  const format = useFormat();
  return (
    <Row title={<span class={one.revoked_at ? "soft" : "strong"}>{plural(one.invited, "{n} person invited", "{n} people invited")}</span>}
      detail={one.revoked_at ? t("Taken back {when}", { when: format.instant(one.revoked_at) }) : format.instant(one.created_at)}>
      {!one.revoked_at && <TakeBackList list={one} onDone={() => toast(t("Taken back."))} />}
    </Row>
  );
}

/** Revoke what nobody has accepted yet, after asking once. */
export function TakeBackList({ list, onDone }: { list: InvitationList; onDone: (revoked: InvitationList) => void }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  async function revoke() {
    setBusy(true);
    try {
      onDone(await revokeList(list.id));
      await cache.invalidate("/invitations", `/cohorts/${list.cohort_id}/invitation-lists`);
    } catch (thrown) {
      toast(asProblem(thrown).message);
    } finally {
      setBusy(false);
      setAsking(false);
    }
  }
  if (!asking) return <Button onClick={() => setAsking(true)}>{t("Take all of it back")}</Button>;
  return (
    <div class="stack tight">
      <p class="small">{t("Who has accepted stays. The links of the others stop working.")}</p>
      <div class="row wrap"><Button busy={busy} onClick={() => void revoke()}>{t("Take it back")}</Button><Button onClick={() => setAsking(false)}>{t("Keep it")}</Button></div>
    </div>
  );
}
