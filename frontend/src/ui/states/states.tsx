import type { ComponentChildren } from "preact";
import { t } from "../../i18n/t";
import { Blaze, type BlazeState } from "../blaze/Blaze";
import { Button } from "../button/Button";
import { Icon } from "../icon/Icon";
import "./states.css";

/** Nothing here yet, and what to do first. */
export function Empty({ title, children, mark = "available", action }: { title: string; children?: ComponentChildren; mark?: BlazeState; action?: ComponentChildren }) {
  return (
    <div class="empty">
      <Blaze state={mark} size="xl" />
      <h2>{title}</h2>
      {children && <p class="soft">{children}</p>}
      {action}
    </div>
  );
}

interface Failure { message: string; status: number; isOffline: boolean }

/** What happened and what to do; for a screen that has nothing else to show. */
export function Trouble({ problem, retry }: { problem: Failure; retry?: () => void }) {
  const missing = problem.status === 404;
  const title = problem.isOffline ? t("No connection") : missing ? t("Off the trail") : t("That did not work");
  return (
    <div class="empty" role="alert">
      <Blaze state={missing ? "locked" : "changes_requested"} size="xl" />
      <h2>{title}</h2>
      <p class="soft">{problem.message}</p>
      {retry && !missing && <Button onClick={retry}>{t("Try again")}</Button>}
    </div>
  );
}

/** A sentence above a form or beside old data. */
export function Notice({ children, tone = "blaze", alert = false }: { children: ComponentChildren; tone?: "blaze" | "lake" | "plain"; alert?: boolean }) {
  return <div class={`notice tone-${tone}`} role={alert ? "alert" : undefined}>{children}</div>;
}

/** The data on screen is from before. */
export function OldData({ problem }: { problem: Failure | undefined }) {
  if (!problem) return null;
  return (
    <p class="old-data" role="status">
      <Icon name="away" size={18} />
      {problem.isOffline ? t("No connection. This is how it stood last time.") : t("This may be old: {message}", { message: problem.message })}
    </p>
  );
}
