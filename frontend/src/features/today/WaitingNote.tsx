import { plural } from "../../i18n/t";
import { useOutbox } from "../../offline/useOutbox";
import { Card } from "../../ui/card/Card";
import { Icon } from "../../ui/icon/Icon";

/** That something is still on this device, and whether it needs a look. */
export function WaitingNote({ person }: { person: string }) {
  const { waiting } = useOutbox(person);
  if (waiting.length === 0) return null;
  const refused = waiting.filter((one) => one.refused).length;
  const rest = waiting.length - refused;
  return (
    <Card tone={refused > 0 ? "blaze" : "sunk"} href="/waiting">
      <div class="unsent">
        <Icon name="away" />
        <p>
          {refused > 0 && <b class="strong">{plural(refused, "{n} change could not be taken. Have a look.", "{n} changes could not be taken. Have a look.")}</b>}{refused > 0 && rest > 0 && " "}
          {rest > 0 && plural(rest, "{n} change kept on this device, sent when you are back.", "{n} changes kept on this device, sent when you are back.")}
        </p>
      </div>
    </Card>
  );
}
