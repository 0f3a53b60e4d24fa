import { wayChanged } from "../../api/queries";
import { useUnsent } from "../../offline/useUnsent";
import { Button } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { duration, plural, useFormat } from "../../ui/format/format";
import { Icon } from "../../ui/icon/Icon";

/** Log entries that are still on this device, and those the server would not take. */
export function UnsentNote({ person, enrollment }: { person: string; enrollment: string }) {
  const { entries, flush, drop } = useUnsent(person);
  const format = useFormat();
  const waiting = entries.filter((entry) => entry.refused === undefined);
  const refused = entries.filter((entry) => entry.refused !== undefined);
  return (
    <>
      {waiting.length > 0 && (
        <Card tone="sunk">
          <div class="unsent">
            <Icon name="away" />
            <p>{plural(waiting.length, "entry", "entries")} ({duration(waiting.reduce((sum, entry) => sum + entry.minutes, 0))}) kept on this device, sent when you are back.</p>
            <Button onClick={() => void flush().then((sent) => (sent > 0 ? wayChanged(enrollment) : undefined))}>Send now</Button>
          </div>
        </Card>
      )}
      {refused.map((entry) => (
        <Card key={entry.id} tone="blaze">
          <p><b class="strong">{duration(entry.minutes)} on {entry.milestone_title}, {format.day(entry.day)}, could not be logged.</b> {entry.refused}</p>
          {entry.note && <p class="soft">“{entry.note}”</p>}
          <div><Button onClick={() => drop(entry.id)}>Put it away</Button></div>
        </Card>
      ))}
    </>
  );
}
