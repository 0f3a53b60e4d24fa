import { useEffect, useState } from "preact/hooks";
import { discardTimer } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useTimer } from "../../api/queries";
import { cache } from "../../api/query";
import { t } from "../../i18n/t";
import { Button, ButtonLink, IconButton } from "../../ui/button/Button";
import { Icon } from "../../ui/icon/Icon";
import { toast } from "../../ui/toast/toast";
import { elapsed } from "./elapsed";
import "./timer.css";

/** What runs right now, on every screen and every device. */
export function TimerBar() {
  const running = useTimer(true).data?.running;
  const now = useSeconds(running != null);
  // What was measured is gone for good: one tap must not do that.
  const [sure, setSure] = useState(false);
  if (!running) return null;
  const { milestone, started_at } = running;
  async function discard() {
    setSure(false);
    try {
      await discardTimer();
      cache.set("/timer", { running: null });
      toast(t("Discarded. Nothing was logged."));
    } catch (thrown) {
      toast(asProblem(thrown).message);
    }
  }
  return (
    <section class="timer" aria-label={t("Timer")}>
      <span class="timer-mark"><Icon name="clock" size={20} /></span>
      <p class="timer-what">
        <b role="timer" aria-live="off">{elapsed(now - Date.parse(started_at))}</b>
        <a href={`/milestones/${milestone.key}`}>{milestone.title}</a>
      </p>
      {sure ? (
        <>
          <Button onClick={discard}>{t("Discard")}</Button>
          <IconButton icon="close" label={t("Let it run")} onClick={() => setSure(false)} />
        </>
      ) : (
        <>
          <IconButton icon="trash" label={t("Discard the timer")} onClick={() => setSure(true)} />
          <ButtonLink tone="pine" href={`/log?timer=&on=${milestone.key}`}>{t("Stop")}</ButtonLink>
        </>
      )}
    </section>
  );
}

/** The time now (ms), anew each second while something runs. */
function useSeconds(on: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!on) return undefined;
    setNow(Date.now());
    const ticking = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(ticking);
  }, [on]);
  return now;
}
