import { logEntries } from "../../api/calls";
import { useQuery } from "../../api/query";
import { t } from "../../i18n/t";
import { takeBack } from "../../offline/takeBack";
import { Entries } from "../../ui/entries/Entries";
import { Section } from "../../ui/screen/Screen";
import { toast } from "../../ui/toast/toast";

const SHOWN = 3;

/** The latest entries, to look at and to put right. */
export function Recent({ person, enrollment }: { person: string; enrollment: string }) {
  const entries = useQuery(`/log-entries?enrollment=${enrollment}`, () => logEntries(enrollment)).data ?? [];
  if (entries.length === 0) return null;
  const latest = [...entries].sort((a, b) => (a.created_at < b.created_at ? 1 : -1)).slice(0, SHOWN);
  return (
    <Section title={t("Logged last")}>
      <Entries titled entries={latest} onVoid={(entry) => void takeBack(person, { ...entry, enrollment_id: enrollment }).then((said) => toast(said))} />
    </Section>
  );
}
