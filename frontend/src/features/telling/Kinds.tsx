import { useState } from "preact/hooks";
import { changePreferences } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { cache } from "../../api/query";
import type { KindOffer, Preferences } from "../../api/types";
import { list, t } from "../../i18n/t";
import { Check } from "../../ui/field/Field";
import { Section } from "../../ui/screen/Screen";
import { Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";

type Offer = KindOffer["channels"][number];
/** As what a person is told of things: kinds for others are left out. */
export interface Parts { learner: boolean; mentor: boolean; coordinator: boolean }

const CHANNELS = () => ({ email: t("Email"), push: t("Devices") });
const CHOICES = () => ({ at_once: t("At once"), digest: t("In the weekly digest"), off: t("Not at all") });

export function concerns(kind: KindOffer, parts: Parts): boolean {
  return kind.audience === "anybody" || parts[kind.audience];
}

/** What comes by which way, kind by kind; each choice holds at once. */
export function Kinds({ data, parts }: { data: Preferences; parts: Parts }) {
  const mine = data.kinds.filter((kind) => concerns(kind, parts));
  const groups = [
    { title: t("When something happens"), kinds: mine.filter((kind) => !kind.is_nudge) },
    { title: t("Reminders"), kinds: mine.filter((kind) => kind.is_nudge) },
  ];
  return (
    <>
      <Mail data={data} />
      {groups.map(({ title, kinds }) => kinds.length > 0 && (
        <Section key={title} title={title}>
          <ul class="telling-kinds">{kinds.map((kind) => <Kind key={kind.kind} kind={kind} data={data} />)}</ul>
        </Section>
      ))}
    </>
  );
}

/** The switches over all the rest. */
function Mail({ data }: { data: Preferences }) {
  const set = (body: Parameters<typeof changePreferences>[0]) => change(body).catch((thrown: unknown) => toast(asProblem(thrown).message));
  return (
    <Section title={t("Email")}>
      <Check label={t("Mail from Waymark")} hint={t("Without it only what you ask for comes, such as a code to sign in.")} checked={data.by_email} onChange={(event) => void set({ by_email: event.currentTarget.checked })} />
      {data.by_email && <Check label={t("Reminders by email")} hint={t("They always say why, and stop when you say so.")} checked={data.nudges_by_email} onChange={(event) => void set({ nudges_by_email: event.currentTarget.checked })} />}
      {!data.by_email && <Notice tone="plain">{t("No mail comes, not even when a mentor answers: look into the inbox now and then.")}</Notice>}
    </Section>
  );
}

async function change(body: Parameters<typeof changePreferences>[0]): Promise<void> {
  cache.set("/notification-preferences", await changePreferences(body));
}

/** Folded, it says in words how it comes; opened, it can be changed. */
function Kind({ kind, data }: { kind: KindOffer; data: Preferences }) {
  const muted = (offer: Offer) => offer.channel === "email" && (!data.by_email || (kind.is_nudge && !data.nudges_by_email));
  const ways = kind.channels.filter((offer) => offer.choice !== "off" && !muted(offer));
  return (
    <li>
      <details class="opens">
        <summary>
          <span class="stack tight">
            <span class="opens-name">{kind.occasion}</span>
            <span class="small soft">{ways.length > 0 ? list(ways.map(summed), "unit") : t("Only in the inbox")}</span>
          </span>
        </summary>
        <div class="telling-ways">{kind.channels.map((offer) => <Way key={offer.channel} kind={kind} offer={offer} muted={muted(offer)} />)}</div>
      </details>
    </li>
  );
}

function summed({ channel, choice }: Offer): string {
  if (choice === "digest") return t("Weekly digest");
  return CHANNELS()[channel];
}

function Way({ kind, offer, muted }: { kind: KindOffer; offer: Offer; muted: boolean }) {
  const [busy, setBusy] = useState(false);
  async function choose(choice: Offer["choice"]) {
    setBusy(true);
    await change({ choices: [{ kind: kind.kind, channel: offer.channel, choice }] }).catch((thrown: unknown) => toast(asProblem(thrown).message));
    setBusy(false);
  }
  const name = CHANNELS()[offer.channel];
  return (
    <label class="telling-way">
      <span class="small soft">{name}</span>
      <select class="control small" value={muted ? "off" : offer.choice} disabled={muted || busy} aria-label={`${name}: ${kind.occasion}`} onChange={(event) => void choose(event.currentTarget.value as Offer["choice"])}>
        {offer.choices.map((choice) => <option key={choice} value={choice}>{CHOICES()[choice]}</option>)}
      </select>
    </label>
  );
}
