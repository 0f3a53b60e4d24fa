import { useState } from "preact/hooks";
import { reviewQueue, type QueueAsked } from "../../api/calls";
import { usePages } from "../../api/pages";
import { useCohorts, useMentorships, useQueueCounts } from "../../api/queries";
import type { QueueCounts, QueueRow } from "../../api/types";
import { plural, t } from "../../i18n/t";
import { Button, ButtonLink } from "../../ui/button/Button";
import { useFormat } from "../../ui/format/format";
import { kindWord } from "../../ui/kind/words";
import { More } from "../../ui/more/More";
import { Avatar } from "../../ui/person/Avatar";
import { Screen } from "../../ui/screen/Screen";
import { Empty, OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Filters } from "./Filters";
import { SHELVES, heldWords, narrowedBy } from "./words";
import "./queue.css";

/** The dock of who learns and mentors has no room for it; a wide screen has it at the side. */
const ToLearners = () => <a class="link narrow-only" href="/learners">{t("Learners")}</a>;

/** What waits for one's review: whose, which, and who is on it. */
export function Queue() {
  const [asked, setAsked] = useState<QueueAsked>({});
  const { data: counts } = useQueueCounts(true, asked);
  const lead = counts && (counts.total > 0 ? <>{plural(counts.total, "{n} round, the longest wait first.", "{n} rounds, the longest wait first.")} <span class="queue-held">{heldWords(counts)}</span></> : undefined);
  return (
    <Screen title={t("To review")} beside={<ToLearners />} lead={lead}>
      <Filters asked={asked} counts={counts} onAsk={setAsked} />
      <Opinions asked={asked} counts={counts} onAsk={setAsked} />
      <Rounds key={JSON.stringify(asked)} asked={asked} counts={counts} onAsk={setAsked} />
    </Screen>
  );
}

interface Asking { asked: QueueAsked; counts: QueueCounts | undefined; onAsk: (asked: QueueAsked) => void }

function Rounds({ asked, counts, onAsk }: Asking) {
  const pages = usePages<QueueRow>(`/review-queue?${JSON.stringify(asked)}`, (next) => reviewQueue(asked, next));
  const { rows, problem } = pages;
  if (!rows) return problem ? <Trouble problem={problem} retry={pages.retry} /> : <TrailSkeleton marks={4} />;
  return (
    <>
      <OldData problem={problem} />
      {rows.length > 0 ? <ol class="queue">{rows.map((one) => <Line key={one.id} one={one} />)}</ol> : <Nobody asked={asked} onAsk={onAsk} />}
      <More pages={pages} label={t("Show more")} />
      <Elsewhere asked={asked} counts={counts} onAsk={onAsk} />
    </>
  );
}

function Nobody({ asked, onAsk }: Omit<Asking, "counts">) {
  const direct = useMentorships().data?.some((one) => one.my_part === "mentor" && one.state === "active");
  const shared = useCohorts().data?.some((one) => one.my_parts.includes("mentor") && one.ended_at === null);
  if (narrowedBy(asked)) {
    return <Empty title={t("Nothing fits")} mark="locked" action={<Button onClick={() => onAsk({})}>{t("Show everything again")}</Button>}>{t("No round that waits is like this.")}</Empty>;
  }
  return (
    <Empty title={t("Nobody waits")} mark="complete" action={direct && <ButtonLink href="/learners">{t("See your learners")}</ButtonLink>}>
      {direct || shared ? t("When a learner hands something in, it stands here, the longest wait first.") : t("You mentor nobody at the moment. An invitation makes you a mentor.")}
    </Empty>
  );
}

/** Second opinions are few, and people wait for them twice: they come first. */
function Opinions({ asked, counts, onAsk }: Asking) {
  const many = asked.second_opinion ? 0 : (counts?.second_opinions ?? 0);
  if (many === 0) return null;
  return (
    <div class="queue-shelves">
      <button type="button" class="queue-opinions" onClick={() => onAsk({ ...asked, second_opinion: true })}>
        <b class="strong">{plural(many, "{n} second opinion is asked for", "{n} second opinions are asked for")}</b>
        <span class="small soft">{t("Another mentor has decided. You judge it by yourself, without knowing how.")}</span>
      </button>
    </div>
  );
}

/** What waits on the other shelves: said here, so that nothing is out of sight. */
function Elsewhere({ asked, counts, onAsk }: Asking) {
  const here = asked.shelf ?? "offered";
  const others = SHELVES().filter(({ shelf }) => shelf !== here && counts && counts.shelves[shelf] > 0);
  if (!counts || others.length === 0) return null;
  return (
    <section class="queue-shelves" aria-label={t("Elsewhere")}>
      {others.map(({ shelf, words, why }) => (
        <button key={shelf} type="button" onClick={() => onAsk({ ...asked, shelf })}>
          <b class="strong">{words(counts.shelves[shelf])}</b>
          <span class="small soft">{why}</span>
        </button>
      ))}
    </section>
  );
}

function Line({ one }: { one: QueueRow }) {
  const format = useFormat();
  const held = one.claim && (one.claim.is_mine ? t("You hold it until {clock}", { clock: format.clock(one.claim.expires_at) }) : t("{name} is on it", { name: one.claim.mentor.name }));
  return (
    <li>
      <a href={`/reviews/${one.id}`}>
        <Avatar name={one.learner.name} />
        <span class="stack tight">
          <b class="queue-title">{one.milestone.title}</b>
          <span class="small soft">{t("{name}. {kind}, round {round}", { name: one.learner.name, kind: kindWord(one.milestone.kind), round: one.round })}</span>
          {one.handed_at && !one.second_opinion ? <span class="small queue-why">{t("Handed to you {when}, because nobody answered it", { when: format.instant(one.handed_at) })}</span> : one.unusual && <span class="small queue-why">{t("Not what you usually take: it has waited too long")}</span>}
          <span class={`small ${one.claim ? (one.claim.is_mine ? "held" : "taken") : "free"}`}>{held ?? (one.second_opinion ? t("A second opinion, free to take") : t("Free to take"))}</span>
        </span>
        <span class="queue-wait"><b>{format.waited(one.waiting_since)}</b><span class="small soft">{t("waiting")}</span></span>
      </a>
    </li>
  );
}
