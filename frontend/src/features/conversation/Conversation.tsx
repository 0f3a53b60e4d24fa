import { useState } from "preact/hooks";
import { comments, takeCommentBack, writeComment } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { useConversation } from "../../api/queries";
import { cache } from "../../api/query";
import type { Comment } from "../../api/types";
import { useReadHere } from "../../api/useReadHere";
import { uuid7 } from "../../api/uuid";
import { plural, t } from "../../i18n/t";
import { Button } from "../../ui/button/Button";
import { TextArea } from "../../ui/field/Field";
import { useForm } from "../../ui/form/useForm";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Prose } from "../../ui/prose/Prose";
import { Section } from "../../ui/screen/Screen";
import { Notice, OldData } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import "./conversation.css";

const isMine = (turn: "learner" | "mentors" | "nobody", mine: "learner" | "mentor") => turn === (mine === "learner" ? "learner" : "mentors");

/** Words about whose turn it is, as the learner or a mentor reads them. */
export function turnWords(turn: "learner" | "mentors" | "nobody", mine: "learner" | "mentor"): string {
  if (turn === "nobody") return "";
  if (isMine(turn, mine)) return t("Your turn");
  return turn === "learner" ? t("The learner’s turn") : t("Your mentor’s turn");
}

/** What learner and mentors say to each other about a milestone. */
export function Conversation({ enrollment, milestoneKey, part }: { enrollment: string; milestoneKey: string; part: "learner" | "mentor" }) {
  const key = `/enrollments/${enrollment}/milestones/${milestoneKey}/comments`;
  const { data, problem } = useConversation(enrollment, milestoneKey);
  const [older, setOlder] = useState<{ rows: Comment[]; next: string | null | undefined }>();
  useReadHere(`/conversations/${enrollment}/${milestoneKey}`);
  if (!data) return problem ? <Section title={t("Conversation")}><p class="soft">{problem.message}</p></Section> : null;
  const next = older ? older.next : data.next;
  const seen = new Set(data.results.map((one) => one.id));
  const rows = [...data.results, ...(older?.rows.filter((one) => !seen.has(one.id)) ?? [])].reverse();
  async function more() {
    const cursor = next ? new URL(next, location.origin).searchParams.get("cursor") : null;
    if (!cursor) return;
    const page = await comments(enrollment, milestoneKey, cursor).catch((thrown: unknown) => void toast(asProblem(thrown).message));
    if (page) setOlder({ rows: [...(older?.rows ?? []), ...page.results], next: page.next });
  }
  const turn = turnWords(data.turn, part);
  return (
    <Section title={t("Conversation")} beside={turn && rows.length > 0 && <span class={`turn${isMine(data.turn, part) ? " mine" : ""}`}>{turn}</span>}>
      <OldData problem={problem} />
      {next && <div><Button onClick={() => void more()}>{t("Show what was said before")}</Button></div>}
      {data.withheld > 0 && <p class="small soft">{plural(data.withheld, "{n} message since the first decision shows once you have given your opinion.", "{n} messages since the first decision show once you have given your opinion.")}</p>}
      {rows.length === 0 && data.withheld === 0 && <p class="soft">{part === "learner" ? t("Ask before you are stuck: your mentors read it here.") : t("Nothing said yet. What you write here reaches the learner, and is no decision.")}</p>}
      <ol class="said-list">{rows.map((one) => <Said key={one.id} one={one} listKey={key} />)}</ol>
      <Write enrollment={enrollment} milestoneKey={milestoneKey} listKey={key} part={part} />
    </Section>
  );
}

const HOUR = 3_600_000;

function Said({ one, listKey }: { one: Comment; listKey: string }) {
  const format = useFormat();
  const fresh = one.is_mine && !one.withdrawn_at && Date.now() - Date.parse(one.created_at) < HOUR;
  async function takeBack() {
    await takeCommentBack(one.id).catch((thrown: unknown) => toast(asProblem(thrown).message));
    await cache.invalidate(listKey);
  }
  return (
    <li class={one.is_mine ? "mine" : ""}>
      <Avatar name={one.author.name} />
      <div class="stack tight">
        <p class="small soft"><b class="strong">{one.is_mine ? t("You") : one.author.name}</b>, {format.instant(one.created_at)}, {format.clock(one.created_at)}</p>
        {one.withdrawn_at ? <p class="soft">{t("Taken back.")}</p> : <Prose text={one.body} />}
        {fresh && <div><button type="button" class="link quiet small" onClick={() => void takeBack()}>{t("Take it back")}</button></div>}
      </div>
    </li>
  );
}

function Write({ enrollment, milestoneKey, listKey, part }: { enrollment: string; milestoneKey: string; listKey: string; part: "learner" | "mentor" }) {
  const draft = `waymark:comment:${enrollment}:${milestoneKey}`;
  // One id for as long as these words stand, so that sending twice says it once.
  const [id, setId] = useState(() => uuid7());
  const form = useForm({
    initial: { body: localStorage.getItem(draft) ?? "" },
    explain: asProblem,
    async send({ body }) {
      await writeComment(enrollment, milestoneKey, { id, body: body.trim() });
      localStorage.removeItem(draft);
      setId(uuid7());
      form.set("body", "");
      await cache.invalidate(listKey);
    },
  });
  const body = form.text("body");
  return (
    <form class="stack" {...form.form} aria-label={t("Write a comment")}>
      {form.general && <Notice alert>{form.general}</Notice>}
      <TextArea label={t("Write a comment")} hideLabel rows={2} placeholder={part === "learner" ? t("Ask or tell your mentors") : t("Write to the learner")} {...body}
        onInput={(event) => { body.onInput(event); localStorage.setItem(draft, event.currentTarget.value); }} />
      {String(form.values.body).trim() && <div><Button type="submit" busy={form.busy}>{t("Send")}</Button></div>}
    </form>
  );
}
