import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { resendCode, verifyEmail } from "../../api/auth";
import { asProblem } from "../../api/problem";
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
      title="Check your mail"
      lead={<>A code is on its way{query["email"] ? <> to <b class="strong">{query["email"]}</b></> : ""}. It holds for a few minutes.</>}
    >
      <form class="stack roomy code-field" {...form.form}>
        {form.general && <Notice alert>{form.general}</Notice>}
        <TextField label="Code" autoComplete="one-time-code" autoCapitalize="characters" spellcheck={false} autoFocus {...form.text("key")} />
        <Button tone="blaze" type="submit" wide busy={form.busy}>Confirm</Button>
      </form>
      <div class="stack">
        {over ? (
          <a class="link" href={keeping("/sign-in", query["next"])}>Sign in to get a new code</a>
        ) : (
          <p class="row wrap">
            <span class="soft">Nothing there? Look in spam, too.</span>
            <button class="link push" onClick={resend}>Send it again</button>
          </p>
        )}
        <p class="small" role="status">{again === "sent" ? "A new code is on its way." : again === "idle" ? "" : again}</p>
      </div>
    </Door>
  );
}
