import { useEffect, useState } from "preact/hooks";
import { onWorthHearing } from "../../api/push";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Sheet } from "../../ui/sheet/Sheet";
import { Notice } from "../../ui/states/states";
import { usePush } from "./usePush";

/** That it was offered on this device; whoever said no finds it in the settings. */
const OFFERED = "waymark:push-offered";

/** Offers, once on a device and after something whose answer comes later, to let it ring. */
export function PushOffer({ person }: { person: string }) {
  const [isMoment, setMoment] = useState(false);
  useEffect(() => onWorthHearing(() => setMoment(!localStorage.getItem(OFFERED))), []);
  return isMoment ? <Offer person={person} onClose={() => setMoment(false)} /> : null;
}

function Offer({ person, onClose }: { person: string; onClose: () => void }) {
  const push = usePush(person);
  useEffect(() => {
    if (push.state === "off") localStorage.setItem(OFFERED, "yes");
    else if (push.state) onClose();
  }, [push.state]);
  if (push.state !== "off") return null;
  return (
    <Sheet label={t("Hear of the answer")} onClose={onClose}>
      <div class="stack roomy">
        <h2>{t("Hear of the answer at once?")}</h2>
        <p class="soft">{t("This device can tell you when a mentor has answered. It stays quiet in your quiet hours, and on a locked screen it says only that there is something new.")}</p>
        {push.trouble && <Notice alert>{push.trouble}</Notice>}
        <div class="row wrap">
          <Button tone="blaze" busy={push.busy} onClick={() => void push.start()}>{t("Yes, let it ring")}</Button>
          <Button onClick={onClose}>{t("No, thank you")}</Button>
        </div>
        <p class="small soft">{t("Your browser asks once more. You find this in your profile whenever you change your mind.")}</p>
      </div>
    </Sheet>
  );
}
