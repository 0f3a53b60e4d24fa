import type { ReviewDraft } from "../../api/types";
import { t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { Icon } from "../../ui/icon/Icon";
import { Prose } from "../../ui/prose/Prose";
import { Sheet } from "../../ui/sheet/Sheet";
import { both, contentOf, type Content } from "./draft";
import type { Draft } from "./useDraft";

/** Where what was typed is now. */
export function DraftLine({ draft }: { draft: Draft }) {
  const format = useFormat();
  const { state } = draft;
  return (
    <p class="draft-line small soft" role="status">
      {state.kind === "saved" && <><Icon name="check" size={16} />{t("Saved {clock}", { clock: format.clock(state.at) })}</>}
      {(state.kind === "typing" || state.kind === "saving") && t("Saving…")}
      {state.kind === "offline" && <><Icon name="away" size={16} />{t("Not saved: no connection. Kept on this device.")}</>}
      {state.kind === "refused" && <><Icon name="away" size={16} />{t("Not saved: {message} Kept on this device.", { message: state.message })}</>}
      {state.kind === "changed" && <><Icon name="away" size={16} />{t("Changed on another device.")}</>}
    </p>
  );
}

/** Two devices typed: both are shown, and nothing goes before the person says so. */
export function TwoVersions({ draft }: { draft: Draft }) {
  const format = useFormat();
  const { state, content, settle } = draft;
  if (state.kind !== "changed") return null;
  const { other } = state;
  const theirs = contentOf(other);
  return (
    <Sheet label={t("Two versions of your review")} onClose={() => settle(both(content, theirs), other)}>
      <div class="stack roomy two-versions">
        <h2>{t("Two versions of your review")}</h2>
        <p class="soft">{other ? t("It was saved at {clock} on another device, while you were typing here.", { clock: format.clock(other.saved_at) }) : t("It was thrown away or released on another device, while you were typing here.")}</p>
        <Version title={t("On this device")} content={content} />
        {other && <Version title={t("On the other device")} content={theirs} draft={other} />}
        <div class="stack">
          {other && <Button tone="blaze" wide onClick={() => settle(both(content, theirs), other)}>{t("Keep both")}</Button>}
          <Button wide onClick={() => settle(content, other)}>{t("Keep what is here")}</Button>
          {other && <Button wide onClick={() => settle(theirs, other)}>{t("Take the other")}</Button>}
        </div>
      </div>
    </Sheet>
  );
}

function Version({ title, content, draft }: { title: string; content: Content; draft?: ReviewDraft }) {
  const items = content.change_requests.filter((item) => item.text.trim()).map((item, index) => `${index + 1}. ${item.text}`);
  const text = draft?.in_words || [content.feedback, ...items].filter((part) => part.trim()).join("\n\n");
  return (
    <section class="stack version">
      <h3>{title}</h3>
      {text ? <Prose text={text} /> : <p class="soft">{t("No words, only scores or marks.")}</p>}
    </section>
  );
}
