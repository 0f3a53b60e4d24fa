import { changePreferences, preferences } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { endPush } from "../../api/push";
import { cache, useQuery } from "../../api/query";
import type { PushDevice } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Check } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { usePush, type Push } from "./usePush";

/** Which devices ring, and what they say. */
export function PushSettings({ person }: { person: string }) {
  const push = usePush(person);
  return (
    <Section title={t("On your devices")}>
      <p class="soft">{t("A device can tell you at once what the inbox has, also while Waymark is closed. It keeps to your quiet hours.")}</p>
      {push.trouble && <Notice alert>{push.trouble}</Notice>}
      <Here push={push} />
      <Rows label={t("Devices that ring")}>
        {push.devices.map((one) => <Device key={one.id} one={one} isHere={one.id === push.here?.id} />)}
      </Rows>
      {push.devices.length > 0 && <LockScreen />}
    </Section>
  );
}

function Here({ push }: { push: Push }) {
  switch (push.state) {
    case "off":
      return (
        <div class="stack tight">
          <div><Button icon="inbox" busy={push.busy} onClick={() => void push.start()}>{t("Let this device ring")}</Button></div>
          {Notification.permission !== "granted" && <p class="small soft">{t("Your browser asks once more before anything comes.")}</p>}
        </div>
      );
    case "denied":
      return <Notice tone="plain">{t("This browser was told not to let Waymark ring. To change that, open the settings of this site, beside the address, and allow notifications.")}</Notice>;
    case "install":
      return <Notice tone="plain">{t("On an iPhone or iPad this works once Waymark is on the home screen: share, then “Add to Home Screen”, and open it from there.")}</Notice>;
    case "unsupported":
      return <Notice tone="plain">{t("This browser can’t ring for Waymark. Email and the inbox have everything.")}</Notice>;
    default:
      return null;
  }
}

function Device({ one, isHere }: { one: PushDevice; isHere: boolean }) {
  const format = useFormat();
  const name = one.browser === "?" ? t("A browser") : one.browser;
  async function stop() {
    await endPush(one).catch((thrown: unknown) => toast(asProblem(thrown).message));
  }
  return (
    <Row title={isHere ? t("{browser}, this device", { browser: name }) : name}
      detail={one.last_used_at ? t("Rang {day}", { day: format.instant(one.last_used_at) }) : t("Since {day}", { day: format.instant(one.created_at) })}>
      <button class="link small" onClick={() => void stop()} aria-label={t("Stop ringing on {browser}", { browser: name })}>{isHere ? t("Stop here") : t("Stop")}</button>
    </Row>
  );
}

function LockScreen() {
  const { data } = useQuery("/notification-preferences", preferences);
  if (!data) return null;
  async function choose(push_shows_content: boolean) {
    try {
      cache.set("/notification-preferences", await changePreferences({ push_shows_content }));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
  }
  return (
    <Check label={t("Say what it is about")} hint={t("Also on a locked screen, where others may read it. Without it devices only say that there is something new.")}
      checked={data.push_shows_content} onChange={(event) => void choose(event.currentTarget.checked)} />
  );
}
