import { useState } from "preact/hooks";
import { checkLinkAgain } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { wayChanged } from "../../api/queries";
import type { Evidence } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { toast } from "../../ui/toast/toast";

/** A link that did not answer: since when, why, and what can be done. A healthy one says nothing. */
export function LinkHealth({ one, open, onReplace }: { one: Evidence; open: boolean; onReplace: () => void }) {
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const { link } = one;
  if (!link || (link.state !== "dead" && link.state !== "failing")) return null;
  async function again() {
    setBusy(true);
    await checkLinkAgain(one.id).then(() => toast(t("We look again within minutes.")), (thrown: unknown) => toast(asProblem(thrown).message));
    await wayChanged(one.enrollment_id);
    setBusy(false);
  }
  const dead = link.state === "dead";
  return (
    <div class="stack link-health">
      <p class={dead ? "small dead" : "small soft"}>
        {dead && link.dead_since ? t("Leads nowhere since {when}: {reason}", { when: format.instant(link.dead_since), reason: link.reason }) : t("Did not answer {when}: {reason}. We look again tomorrow.", { when: format.instant(link.checked_at ?? ""), reason: link.reason })}
      </p>
      {open && <div class="row wrap"><Button busy={busy} onClick={again}>{t("Check again")}</Button>{dead && <Button icon="link" onClick={onReplace}>{t("Add another link")}</Button>}</div>}
    </div>
  );
}
