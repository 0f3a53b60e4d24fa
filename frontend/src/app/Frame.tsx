import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useInbox, useQueueCounts } from "../api/queries";
import type { Me } from "../api/types";
import { inContext, plural, t } from "../i18n/t";
import { Icon, type IconName } from "../ui/icon/Icon";
import { Avatar } from "../ui/person/Avatar";
import { Wordmark } from "../ui/wordmark/Wordmark";
import { AwayNote } from "./AwayNote";
import "./app.css";
import "./wide.css";

const AWAY_AT = ["/queue", "/learners", "/cohorts"];

/** `short` is the name where it stands under an icon, in a fifth of a phone’s width. */
interface Place { href: string; name: string; short?: string; icon: IconName; count?: number; counted?: string; within?: string[] }

/** Where a person can go. The dock holds five at most; a wide screen has room for all. */
function placesOf({ learner, mentor, member }: Roles, unread: number, toReview: number) {
  const today: Place = { href: "/", name: t("Today"), icon: "today" };
  const map: Place = { href: "/map", name: t("Map"), icon: "map", within: ["/milestones/", "/track", "/edition"] };
  const progress: Place = { href: "/progress", name: t("Progress"), short: inContext("dock", "Progress"), icon: "progress", within: ["/timeline", "/import"] };
  const inbox: Place = { href: "/inbox", name: t("Inbox"), short: inContext("dock", "Inbox"), icon: "inbox", count: unread, counted: plural(unread, "{n} unread", "{n} unread") };
  const queue: Place = { href: "/queue", name: mentor && learner ? inContext("dock", "Review") : inContext("dock", "To review"), icon: "queue", count: toReview, counted: plural(toReview, "{n} waiting", "{n} waiting"), within: ["/reviews/"] };
  const learners: Place = { href: "/learners", name: t("Learners"), icon: "people", within: ["/learners/"] };
  const cohorts: Place = { href: "/cohorts", name: t("Cohorts"), icon: "cohorts", within: ["/cohorts/"] };
  const group = member ? [cohorts] : [];
  const you: Place = { href: "/profile", name: t("You"), icon: "person" };
  if (learner && mentor) return { dock: [today, map, queue, inbox], side: [today, map, progress, queue, learners, ...group, inbox] };
  if (learner) return { dock: [today, map, progress, inbox], side: [today, map, progress, ...group, inbox] };
  if (mentor) return { dock: member ? [queue, cohorts, learners, inbox, you] : [queue, learners, inbox, you], side: [queue, learners, ...group, inbox] };
  if (member) return { dock: [cohorts, inbox, you], side: [cohorts, inbox] };
  return { dock: [], side: [] };
}

/** What somebody is here; a member is in a cohort that goes on, whatever their part. */
interface Roles { learner: boolean; mentor: boolean; member: boolean }

export function Frame({ me, learner, mentor, member, bar, children }: Roles & { me: Me; bar?: ComponentChildren; children: ComponentChildren }) {
  const { path } = useLocation();
  const unread = useInbox().data?.unread ?? 0;
  const counts = useQueueCounts(mentor).data;
  const toReview = (counts?.total ?? 0) + (counts?.second_opinions ?? 0);
  const { dock, side } = placesOf({ learner, mentor, member }, unread, toReview);
  const isHere = ({ href, within = [] }: Place) => path === href || within.some((prefix) => path.startsWith(prefix));
  const half = Math.ceil(dock.length / 2);
  return (
    <div class={`frame${dock.length === 0 ? " bare" : ""}`}>
      <a class="skip" href="#main">{t("To the content")}</a>
      <header class="bar-top">
        <a href="/" class="top-mark" aria-label={t("Waymark, to the start")}><Wordmark /></a>
        <nav class="side-nav" aria-label={t("Main")}>
          {side.map((place) => <Link key={place.href} place={place} here={isHere(place)} size={20} />)}
          {learner && <a class="side-log" href="/log"><Icon name="plus" size={20} />{t("Log time")}</a>}
        </nav>
        <a class="top-me" href="/profile" aria-current={path === "/profile" ? "page" : undefined}>
          <span class="unseen">{t("Your profile: {name}", { name: me.name || me.email })}</span>
          <Avatar name={me.name || me.email} /><span class="top-name" aria-hidden="true">{me.name || me.email}</span>
        </a>
      </header>
      <main id="main" class="main" tabIndex={-1}>{bar}{AWAY_AT.some((prefix) => path.startsWith(prefix)) && <AwayNote mentor={mentor} />}{children}</main>
      {dock.length > 0 && (
        <nav class="dock" aria-label={t("Main")}>
          {dock.slice(0, half).map((place) => <Link key={place.href} place={{ ...place, name: place.short ?? place.name }} here={isHere(place)} />)}
          {learner && <a class="dock-log" href="/log"><Icon name="plus" />{inContext("dock", "Log")}</a>}
          {dock.slice(half).map((place) => <Link key={place.href} place={{ ...place, name: place.short ?? place.name }} here={isHere(place)} />)}
        </nav>
      )}
    </div>
  );
}

function Link({ place, here, size = 22 }: { place: Place; here: boolean; size?: number }) {
  const { href, name, icon, count = 0, counted } = place;
  return (
    <a href={href} aria-current={here ? "page" : undefined}>
      <span class="nav-icon"><Icon name={icon} size={size} />{count > 0 && <span class="dot" aria-hidden="true" />}</span>
      {name}
      {count > 0 && <><span class="count" aria-hidden="true">{count > 99 ? "99+" : count}</span><span class="unseen"> {counted}</span></>}
    </a>
  );
}
