import { useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import { createPathway } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useOwnPathways } from "../../api/queries";
import { cache } from "../../api/query";
import type { Visibility } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { SelectField } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { RowLink, Rows } from "../../ui/rows/Rows";
import { Screen, Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import { Document } from "./Document";
import { EXAMPLE } from "./example";
import { VISIBILITIES, VISIBILITY } from "./visibility";
import "./author.css";

const BACK = () => ({ href: "/profile", label: t("You") });

/** One's own pathways, and a new one. */
export function Author() {
  const own = useOwnPathways().data ?? [];
  const [writing, setWriting] = useState(false);
  const isNew = writing || own.length === 0;
  return (
    <Screen title={t("Write a pathway")} back={BACK()} lead={t("A pathway is one document: tracks, roles, and stages of milestones with the rules for each. Learners walk the edition they set out on; a new edition is offered to them, never forced on them.")}>
      {own.length > 0 && (
        <Section title={t("Yours")}>
          <Rows>
            {own.map((one) => (
              <RowLink key={one.slug} href={`/author/${one.slug}`} title={one.title}
                detail={plural(one.milestone_count, "Edition {edition}, {n} milestone, {visibility}", "Edition {edition}, {n} milestones, {visibility}", { edition: one.edition, visibility: VISIBILITY()[one.visibility].said })} />
            ))}
          </Rows>
          {!writing && <div><Button onClick={() => setWriting(true)}>{t("Write another")}</Button></div>}
        </Section>
      )}
      {isNew && <NewPathway />}
    </Screen>
  );
}

function NewPathway() {
  const { route } = useLocation();
  const form = useForm({
    initial: { document: "", visibility: "private" as Visibility },
    explain: asProblem,
    async send(values) {
      const made = await createPathway(values);
      await cache.invalidate("/pathways");
      toast(t("Edition 1 of {title} is out.", { title: made.title }), "complete");
      route(`/author/${made.slug}`);
    },
  });
  const { values, trouble } = form;
  const refused = trouble?.code === "document-refused";
  return (
    <Section title={t("A new one")}>
      <form class="stack roomy" {...form.form}>
        {trouble && <Notice alert={!refused}>{trouble.code === "document-refused" ? trouble.message : form.general ?? trouble.field("document") ?? trouble.message}</Notice>}
        <Document text={values.document} onText={(text) => form.set("document", text)} errors={refused ? trouble.fields : []}
          begin={values.document === "" && <Button onClick={() => form.set("document", EXAMPLE)}>{t("Begin with a small example")}</Button>} />
        <SelectField label={t("Who finds it")} value={values.visibility} hint={VISIBILITY()[values.visibility].means} onChange={(event) => form.set("visibility", event.currentTarget.value as Visibility)}>
          {VISIBILITIES.map((one) => <option key={one} value={one}>{VISIBILITY()[one].name}</option>)}
        </SelectField>
        <div><Button tone="blaze" type="submit" busy={form.busy} disabled={values.document.trim() === ""}>{t("Publish edition 1")}</Button></div>
      </form>
    </Section>
  );
}
