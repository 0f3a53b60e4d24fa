import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { requestReset, resetPassword } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { rich, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Door } from "../../ui/door/Door";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { entered } from "./entered";
import { keeping } from "./next";
import "./account.css";

export function Reset() {
  const { query } = useLocation();
  const [sentTo, setSentTo] = useState("");
  if (sentTo) return <NewPassword key="new" email={sentTo} next={query["next"]} again={() => setSentTo("")} />;
  return <AskForCode key="ask" next={query["next"]} onSent={setSentTo} />;
}

function AskForCode({ next, onSent }: { next: string | undefined; onSent: (email: string) => void }) {
  const form = useForm({
    initial: { email: "" },
    explain: asProblem,
    async send({ email }) {
      await requestReset(email);
      onSent(email);
    },
  });
  return (
    <Door title={t("A new password")} lead={t("Tell us your address; we send a code to set a new one.")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Email")} type="email" autoComplete="email" {...form.text("email")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Send me a code")}</Button>
      </form>
      <a class="link" href={keeping("/sign-in", next)}>{t("Back to sign in")}</a>
    </Door>
  );
}

function NewPassword({ email, next, again }: { email: string; next: string | undefined; again: () => void }) {
  const { route } = useLocation();
  const form = useForm({
    initial: { key: "", password: "" },
    explain: asProblem,
    async send({ key, password }) {
      const standing = await resetPassword(key.trim(), password);
      toast(t("Your new password is set."), "complete");
      if (standing !== "in") return route(keeping("/sign-in", next, { email }));
      await entered(next, route);
    },
  });
  return (
    <Door title={t("Check your mail")} lead={rich("If <b>{email}</b> has an account, a code is on its way there.", { email, b: (inside) => <b class="strong">{inside}</b> })}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <div class="code-field"><TextField label={t("Code")} autoComplete="one-time-code" autoCapitalize="characters" spellcheck={false} {...form.text("key")} /></div>
        <TextField label={t("New password")} type="password" autoComplete="new-password" {...form.text("password")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Set my new password")}</Button>
      </form>
      <button class="link" onClick={again}>{t("Use another address")}</button>
    </Door>
  );
}
