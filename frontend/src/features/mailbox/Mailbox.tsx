import { useState } from "preact/hooks";
import { liftSuppression } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useSuppressions } from "../../api/queries";
import { cache } from "../../api/query";
import type { Suppression } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import "./mailbox.css";

/** Why no mail reaches a person, and the way back; nothing while mail arrives. */
export function MailboxNotice() {
  const { data } = useSuppressions();
  return <>{data?.map((one) => <Refused key={one.id} one={one} />)}</>;
}

/** The same in a line, where mail is not the matter. */
export function MailboxHint() {
  const { data } = useSuppressions();
  const first = data?.[0];
  if (!first) return null;
  return (
    <Notice tone="plain">
      {first.reason === "bounced" ? t("Mail to you came back, so you read all of this only here.") : t("No mail is sent to you, so you read all of this only here.")}{" "}
      <a class="link" href="/profile/telling">{t("See why")}</a>
    </Notice>
  );
}

function Refused({ one }: { one: Suppression }) {
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const values = { address: one.address, day: format.longDay(format.dayOf(one.since)) };
  async function lift() {
    setBusy(true);
    try {
      await liftSuppression(one.id);
      toast(t("Mail goes there again."));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
    await cache.invalidate("/mail-suppressions");
    setBusy(false);
  }
  return (
    <Notice tone={one.reason === "bounced" ? "blaze" : "lake"}>
      <div class="mailbox">
        <p>{what(one.reason, values)}</p>
        {one.detail && <p class="small soft mailbox-detail">{t("Its mail server said: {words}", { words: one.detail })}</p>}
        <p class="small soft">{t("Nothing is sent there, but for codes to sign in.")}</p>
        <div><Button busy={busy} onClick={() => void lift()}>{one.reason === "bounced" ? t("Try again") : t("Send me mail again")}</Button></div>
      </div>
    </Notice>
  );
}

function what(reason: Suppression["reason"], values: { address: string; day: string }): string {
  switch (reason) {
    case "bounced":
      return t("Mail to {address} came back on {day}.", values);
    case "complained":
      return t("On {day} a mail of ours to {address} was marked as spam.", values);
    default:
      return t("On {day} mail to {address} was stopped from within a mail.", values);
  }
}
