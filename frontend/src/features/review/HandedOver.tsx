import { useMe } from "../../api/queries";
import type { SubmissionDetail } from "../../api/types";
import { list, plural, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Notice } from "../../ui/states/states";

/** Whose a late round is to answer, and what is open on it: what whoever takes it has to know. */
export function HandedOver({ one }: { one: SubmissionDetail }) {
  const format = useFormat();
  const me = useMe().data?.id;
  const { hand_over: made } = one;
  if (!made) return null;
  const when = format.instant(made.handed_at);
  const mine = made.mentor.id === me;
  return (
    <Notice tone="lake">
      <div class="stack tight">
        <p>{mine ? <b class="strong">{t("This was handed to you {when}: nobody had answered it.", { when })}</b> : t("This was handed to {name} {when}. You may still take it.", { name: made.mentor.name, when })}</p>
        <ul class="small soft stack tight">{open(one).map((line) => <li key={line}>{line}</li>)}</ul>
      </div>
    </Notice>
  );
}

function open({ pending, earlier_rounds: earlier, hand_over: made }: SubmissionDetail): string[] {
  const begun = made?.begun_by ?? [];
  return [
    pending.length > 0 && plural(pending.length, "{n} thing that was asked for is not settled", "{n} things that were asked for are not settled"),
    earlier.length > 0 && plural(earlier.length, "{n} round before this one", "{n} rounds before this one"),
    made?.last_word && (made.last_word === "learner" ? t("The last word in the conversation is the learner’s") : t("The last word in the conversation is a mentor’s")),
    begun.length > 0 && t("{names} began a draft, which stays theirs", { names: list(begun.map(({ name }) => name)) }),
  ].filter((line): line is string => typeof line === "string");
}
