import { useLocation } from "preact-iso";
import { signUp } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Door } from "../../ui/door/Door";
import { TextField } from "../../ui/field/Field";
import { browserReader } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { entered } from "./entered";
import { keeping, safeNext } from "./next";
import { Providers } from "./Providers";

export function SignUp() {
  const { query, route } = useLocation();
  const form = useForm({
    initial: { name: "", email: query["email"] ?? "", password: "" },
    explain: asProblem,
    async send({ name, email, password }) {
      const standing = await signUp({ name: name.trim(), email, password, time_zone: browserReader().timeZone });
      if (standing === "in") return entered(query["next"], route);
      route(keeping("/verify", query["next"], { email }));
    },
  });
  return (
    <Door title={t("Set out")} lead={t("Free, open source, and your data stays yours.")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Your name")} autoComplete="name" hint={t("How your mentor sees you.")} {...form.text("name")} />
        <TextField label={t("Email")} type="email" autoComplete="email" required hint={t("You get a code there to type in next.")} {...form.text("email")} />
        <TextField label={t("Password")} type="password" autoComplete="new-password" required hint={t("Long beats complicated: a few words are fine.")} {...form.text("password")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Make my account")}</Button>
      </form>
      <Providers next={safeNext(query["next"])} />
      <p class="row">
        <span class="soft">{t("Been here before?")}</span>
        <a class="link" href={keeping("/sign-in", query["next"])}>{t("Sign in")}</a>
      </p>
    </Door>
  );
}
