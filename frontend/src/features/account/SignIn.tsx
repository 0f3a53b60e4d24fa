import { useLocation } from "preact-iso";
import { signIn } from "../../api/auth";
import { asProblem } from "../../api/problem";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Door } from "../../ui/door/Door";
import { TextField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { Notice } from "../../ui/states/states";
import { entered } from "./entered";
import { keeping, safeNext } from "./next";
import { Providers } from "./Providers";

export function SignIn() {
  const { query, route } = useLocation();
  const form = useForm({
    initial: { email: query["email"] ?? "", password: "" },
    explain: asProblem,
    async send({ email, password }) {
      const standing = await signIn(email, password);
      if (standing === "verify") return route(keeping("/verify", query["next"], { email }));
      await entered(query["next"], route);
    },
  });
  return (
    <Door title={t("Welcome back")}>
      <form class="stack roomy" {...form.form}>
        {form.general ? (
          <Notice alert>{form.general}</Notice>
        ) : (
          query["error"] && <Notice alert>{t("Signing in that way did not work. Try it again, or use your email here.")}</Notice>
        )}
        <TextField label={t("Email")} type="email" autoComplete="email" required {...form.text("email")} />
        <div>
          <TextField label={t("Password")} type="password" autoComplete="current-password" required {...form.text("password")} />
          <a class="link small" href={keeping("/reset", query["next"])}>{t("Forgot your password?")}</a>
        </div>
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Sign in")}</Button>
      </form>
      <Providers next={safeNext(query["next"])} />
      <p class="row">
        <span class="soft">{t("New here?")}</span>
        <a class="link" href={keeping("/sign-up", query["next"])}>{t("Make an account")}</a>
      </p>
    </Door>
  );
}
