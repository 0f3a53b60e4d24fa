import { useState } from "preact/hooks";
import { addApp, apps, connectedApps, disconnect, removeApp } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { RegisteredApp, Scope } from "../../api/types";
import { list, rich, richPlural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { Check, TextArea, TextField } from "../../ui/field/Field";
import { useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

const SCOPES = (): Record<Scope, string> => ({
  "profile:read": t("Read the profile"),
  "profile:write": t("Change the profile"),
  "pathways:read": t("Read pathways"),
  "pathways:write": t("Write and publish pathways"),
  "progress:read": t("Read the map and the log"),
  "progress:write": t("Log time, add evidence, hand in"),
  "reviews:read": t("Read reviews"),
  "reviews:write": t("Review"),
  "people:read": t("See mentors and learners"),
  "people:write": t("Invite people"),
  "notifications:read": t("Read the inbox"),
  "notifications:write": t("Mark notifications read"),
});

/** Other people's apps that may act for one, and one's own. */
export function Apps() {
  const format = useFormat();
  const connected = useQuery("/connected-apps", connectedApps).data ?? [];
  const own = useQuery("/apps", apps).data ?? [];
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<RegisteredApp>();
  async function act(doIt: () => Promise<void>, key: string) {
    await doIt().catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate(key);
  }
  return (
    <Section title={t("Apps")}>
      {connected.length === 0 && own.length === 0 && <p class="soft">{rich("No app acts for you. Whatever this client does, an app of yours can do through the <a>API</a>.", { a: (inside) => <a class="inline-link" href="/api/docs">{inside}</a> })}</p>}
      <Rows>
        {connected.map((one) => (
          <Row key={one.id} title={one.app.name} detail={t("Connected {when}. It may: {scopes}", { when: format.instant(one.connected_at), scopes: list(one.scopes.map((scope) => SCOPES()[scope as Scope] ?? scope), "unit") })}>
            <button class="link small" onClick={() => act(() => disconnect(one.id), "/connected-apps")} aria-label={t("Disconnect {name}", { name: one.app.name })}>{t("Disconnect")}</button>
          </Row>
        ))}
        {own.map((one) => (
          <Row key={one.id} title={one.name} detail={richPlural(one.scopes.length, "Your app, {n} scope. Client id <code>{client_id}</code>", "Your app, {n} scopes. Client id <code>{client_id}</code>", { client_id: one.client_id, code: (inside) => <code>{inside}</code> })}>
            <button class="link small" onClick={() => act(() => removeApp(one.id), "/apps")} aria-label={t("Remove {name}", { name: one.name })}>{t("Remove")}</button>
          </Row>
        ))}
      </Rows>
      {made?.client_secret && (
        <Notice tone="lake">
          <p><b>{t("The secret of {name}, shown this once:", { name: made.name })}</b></p>
          <code class="secret">{made.client_secret}</code>
        </Notice>
      )}
      {adding ? <AddApp onDone={(app) => { setAdding(false); setMade(app); }} /> : <div><Button onClick={() => setAdding(true)}>{t("Register an app")}</Button></div>}
    </Section>
  );
}

function AddApp({ onDone }: { onDone: (made?: RegisteredApp) => void }) {
  const form = useForm({
    initial: { name: "", redirect_uris: "", scopes: ["progress:read"] as Scope[], confidential: false },
    explain: asProblem,
    async send({ name, redirect_uris, scopes, confidential }) {
      const made = await addApp({ name: name.trim(), redirect_uris: redirect_uris.split(/\s+/).filter(Boolean), scopes, kind: confidential ? "confidential" : "public" });
      await cache.invalidate("/apps");
      onDone(made);
    },
  });
  const { scopes } = form.values;
  return (
    <form class="stack roomy" {...form.form} aria-label={t("Register an app")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextField label={t("Name")} autoFocus {...form.text("name")} />
      <TextArea label={t("Redirect addresses")} hint={t("One a line; https, or http on this machine.")} rows={2} spellcheck={false} {...form.text("redirect_uris")} />
      <fieldset>
        <legend class="strong">{t("What it may ask for")}</legend>
        {(Object.keys(SCOPES()) as Scope[]).map((scope) => (
          <Check key={scope} label={SCOPES()[scope]} checked={scopes.includes(scope)}
            onChange={(event) => form.set("scopes", event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))} />
        ))}
        {form.error("scopes") && <p class="small" role="alert">{form.error("scopes")}</p>}
      </fieldset>
      <Check label={t("It keeps a secret on a server")} hint={t("Leave it off for apps on phones and in browsers.")} checked={form.values.confidential} onChange={(event) => form.set("confidential", event.currentTarget.checked)} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>{t("Register it")}</Button>
        <Button onClick={() => onDone()}>{t("Cancel")}</Button>
      </div>
    </form>
  );
}
