import { useLocation } from "preact-iso";
import { finishSignUp, fromProvider } from "../../api/auth";
import { asProblem, type Problem } from "../../api/problem";
import { useQuery } from "../../api/query";
import { t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Door } from "../../ui/door/Door";
import { TextField } from "../../ui/field/Field";
import { browserReader } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Empty, Notice, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { entered } from "./entered";

/** Back from Google or GitHub as somebody new, with a name or an address still missing. */
export function Finish() {
  const { data, problem, retry } = useQuery("auth:from-provider", fromProvider);
  if (data) return <Form known={data} />;
  return <Door title={t("Almost there")}>{problem ? <Away problem={problem} retry={retry} /> : <TrailSkeleton marks={2} />}</Door>;
}

/** A step that is over stays over, however often it is tried: what helps is to sign in anew. */
function Away({ problem, retry }: { problem: Problem; retry: () => void }) {
  if (problem.status !== 409) return <Trouble problem={problem} retry={retry} />;
  return <Empty title={t("That did not work")} mark="changes_requested" action={<ButtonLink href="/sign-in">{t("Back to sign in")}</ButtonLink>}>{problem.message}</Empty>;
}

function Form({ known }: { known: { name: string; email: string } }) {
  const { route } = useLocation();
  const form = useForm({
    initial: known,
    explain: asProblem,
    async send({ name, email }) {
      const standing = await finishSignUp({ name: name.trim(), email, time_zone: browserReader().timeZone });
      if (standing === "verify") return route(`/verify?email=${encodeURIComponent(email)}`, true);
      await entered("/", route);
    },
  });
  return (
    <Door title={t("Almost there")} lead={t("Two things we need to know before you set out.")}>
      <form class="stack roomy" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label={t("Your name")} autoComplete="name" hint={t("How your mentor sees you.")} {...form.text("name")} />
        <TextField label={t("Email")} type="email" autoComplete="email" {...form.text("email")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>{t("Make my account")}</Button>
      </form>
      <a class="link" href="/sign-in">{t("I have an account already")}</a>
    </Door>
  );
}
