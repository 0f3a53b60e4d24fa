import { useState } from "preact/hooks";
import { addApp, apps, connectedApps, disconnect, removeApp } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache, useQuery } from "../../api/query";
import type { RegisteredApp, Scope } from "../../api/types";
import { Button } from "../../ui/button/Button";
import { Check, TextArea, TextField } from "../../ui/field/Field";
import { plural, useFormat } from "../../ui/format/format";
import { useForm } from "../../ui/form/useForm";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

const SCOPES: Record<Scope, string> = {
  "profile:read": "Read the profile",
  "profile:write": "Change the profile",
  "pathways:read": "Read pathways",
  "pathways:write": "Write and publish pathways",
  "progress:read": "Read the map and the log",
  "progress:write": "Log time, add evidence, hand in",
  "reviews:read": "Read reviews",
  "reviews:write": "Review",
  "people:read": "See mentors and learners",
  "people:write": "Invite people",
  "notifications:read": "Read the inbox",
  "notifications:write": "Mark notifications read",
};

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
    <Section title="Apps">
      {connected.length === 0 && own.length === 0 && <p class="soft">No app acts for you. Whatever this client does, an app of yours can do through the <a class="inline-link" href="/api/docs">API</a>.</p>}
      <ul class="people">
        {connected.map((one) => (
          <li key={one.id}>
            <span class="stack tight"><b class="strong">{one.app.name}</b><span class="small soft">Connected {format.instant(one.connected_at)}: {one.scopes.map((scope) => (SCOPES[scope as Scope] ?? scope).toLowerCase()).join(", ")}</span></span>
            <button class="link small" onClick={() => act(() => disconnect(one.id), "/connected-apps")} aria-label={`Disconnect ${one.app.name}`}>Disconnect</button>
          </li>
        ))}
        {own.map((one) => (
          <li key={one.id}>
            <span class="stack tight"><b class="strong">{one.name}</b><span class="small soft">Your app, {plural(one.scopes.length, "scope")}. Client id <code>{one.client_id}</code></span></span>
            <button class="link small" onClick={() => act(() => removeApp(one.id), "/apps")} aria-label={`Remove ${one.name}`}>Remove</button>
          </li>
        ))}
      </ul>
      {made?.client_secret && (
        <Notice tone="lake">
          <p><b>The secret of {made.name}, shown this once:</b></p>
          <code class="secret">{made.client_secret}</code>
        </Notice>
      )}
      {adding ? <AddApp onDone={(app) => { setAdding(false); setMade(app); }} /> : <div><Button onClick={() => setAdding(true)}>Register an app</Button></div>}
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
    <form class="stack roomy" {...form.form} aria-label="Register an app">
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextField label="Name" autoFocus {...form.text("name")} />
      <TextArea label="Redirect addresses" hint="One a line; https, or http on this machine." rows={2} spellcheck={false} {...form.text("redirect_uris")} />
      <fieldset>
        <legend class="strong">What it may ask for</legend>
        {(Object.keys(SCOPES) as Scope[]).map((scope) => (
          <Check key={scope} label={SCOPES[scope]} checked={scopes.includes(scope)}
            onChange={(event) => form.set("scopes", event.currentTarget.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))} />
        ))}
        {form.error("scopes") && <p class="small" role="alert">{form.error("scopes")}</p>}
      </fieldset>
      <Check label="It keeps a secret on a server" hint="Leave it off for apps on phones and in browsers." checked={form.values.confidential} onChange={(event) => form.set("confidential", event.currentTarget.checked)} />
      <div class="row wrap">
        <Button tone="blaze" type="submit" busy={form.busy}>Register it</Button>
        <Button onClick={() => onDone()}>Cancel</Button>
      </div>
    </form>
  );
}
