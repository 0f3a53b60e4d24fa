import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { resendCode, verifyEmail } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { rich, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Door } from "../../ui/door/Door";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { entered } from "./entered";
import { keeping } from "./next";
import "./account.css";

export function Verify() {
  const { query, route } = useLocation();
  const [again, setAgain] = useState<"idle" | "sent" | string>("idle");
  const form = useForm({
    initial: { key: "" },
    explain: asProblem,
    async send({ key }) {
      if ((await verifyEmail(key.trim())) !== "in") return route(keeping("/sign-in", query["next"]));
      await entered(query["next"], route);
    },
  });
  const over = form.trouble?.status === 409;
  async function resend() {
    try {
      await resendCode();
      setAgain("sent");
    } catch (thrown) {
      setAgain(asProblem(thrown).message);
    }
  }
  return (
    <Door
      title={t("Check your mail")}
      lead={query["email"] ? rich("A code is on its way to <b>{email}</b>. It holds for a few minutes.", { email: query["email"], b: (inside) => <b class="strong">{inside}</b> }) : t("Type the code from our mail. It holds for a few minutes.")}
    >
      <form class="stack roomy code-field" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Code")} autoComplete="one-time-code" autoCapitalize="characters" spellcheck={false} autoFocus {...form.text("key")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Confirm")}</Button>
      </form>
      <div class="stack">
        {over ? (
          <a class="link" href={keeping("/sign-in", query["next"])}>{t("Sign in to get a new code")}</a>
        ) : (
          <p class="row wrap">
            <span class="soft">{t("Nothing there? Look in spam, too.")}</span>
            <button type="button" class="link" onClick={resend}>{t("Send it again")}</button>
          </p>
        )}
        <p class="small" role="status">{again === "sent" ? t("A new code is on its way.") : again === "idle" ? "" : again}</p>
      </div>
    </Door>
  );
}
