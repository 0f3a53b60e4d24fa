import { LocationProvider, Route, useLocation } from "preact-iso";
import { createContext, type VNode } from "preact";
import { useContext, useEffect, useRef } from "preact/hooks";
import { keepPush } from "../api/push";
import { useCohorts, useEnrollment, useIsMentor, wayChanged } from "../api/queries";
import type { Enrollment, Me } from "../api/types";
import { safeNext } from "../features/account/next";
import { Author } from "../features/author/Author";
import { NextEdition } from "../features/author/NextEdition";
import { CohortScreen } from "../features/cohorts/CohortScreen";
import { Cohorts } from "../features/cohorts/Cohorts";
import { InvitationsScreen } from "../features/cohorts/InvitationsScreen";
import { InviteListScreen } from "../features/cohorts/InviteListScreen";
import { NewCohort } from "../features/cohorts/NewCohort";
import { CalendarFeeds } from "../features/calendar/CalendarFeeds";
import { PlannedSessions } from "../features/calendar/PlannedSessions";
import { Conversation } from "../features/conversation/Conversation";
import { ConversationScreen } from "../features/conversation/ConversationScreen";
import { ForecastCard, ForecastLine } from "../features/forecast/ForecastCard";
import { ImportScreen } from "../features/importing/ImportScreen";
import { Inbox } from "../features/inbox/Inbox";
import { Learners, LearnerScreen } from "../features/learners/Learners";
import { LogSheet, useRecentEntries, type Purpose } from "../features/log/LogSheet";
import { MailboxHint, MailboxNotice } from "../features/mailbox/Mailbox";
import { MapScreen } from "../features/map/MapScreen";
import { LearnerMilestone } from "../features/milestone/LearnerMilestone";
import { MilestoneScreen } from "../features/milestone/MilestoneScreen";
import { Deliveries } from "../features/operators/Deliveries";
import { Profile } from "../features/profile/Profile";
import { Progress } from "../features/progress/Progress";
import { PushOffer } from "../features/push/PushOffer";
import { PushSettings } from "../features/push/PushSettings";
import { Queue } from "../features/queue/Queue";
import { ReviewScreen } from "../features/review/ReviewScreen";
import { RiskNote } from "../features/risk/RiskNote";
import { PausedNote } from "../features/rhythm/PausedNote";
import { RhythmParts } from "../features/rhythm/RhythmParts";
import { Ahead, PreviewScreen } from "../features/preview/Preview";
import { SavedCommentsScreen } from "../features/saved/SavedCommentsScreen";
import { Start } from "../features/start/Start";
import { TellingScreen } from "../features/telling/TellingScreen";
import { LearnerTimeline, TimelineScreen } from "../features/timeline/TimelineScreen";
import { Today } from "../features/today/Today";
import { Tracks } from "../features/track/Tracks";
import { EditionScreen } from "../features/upgrade/EditionScreen";
import { Earlier, UpgradeCard } from "../features/upgrade/UpgradeCard";
import { Opinion } from "../features/opinion/Opinion";
import { Outbox as OutboxScreen } from "../features/outbox/Outbox";
import { TimerBar } from "../features/timer/TimerBar";
import { plural, t } from "../i18n/t";
import { outboxOf } from "../offline/useOutbox";
import { ButtonLink } from "../ui/button/Button";
import { Screen } from "../ui/screen/Screen";
import { Empty, Trouble } from "../ui/states/states";
import { toast } from "../ui/toast/toast";
import { Frame } from "./Frame";
import { Redirect } from "./Redirect";
import { Routes } from "./Routes";
import { Splash } from "./Splash";

interface Person { me: Me; enrollment: Enrollment | undefined; mentor: boolean; home: string }
interface Params { milestone?: string; id?: string; slug?: string }
const PersonContext = createContext<Person | undefined>(undefined);

function usePerson(): Person {
  const person = useContext(PersonContext);
  if (!person) throw new Error("A screen for people stands outside of SignedIn.");
  return person;
}

/**
 * A screen of a learner's own way; who has none is led to where they belong. Made once, here: a
 * component made while rendering would be a new one each time, and lose what was typed.
 */
function onWay(screen: (enrollment: Enrollment, params: Params) => VNode) {
  return function OnWay(params: Params) {
    const { enrollment, home } = usePerson();
    return enrollment ? screen(enrollment, params) : <Redirect to={home} />;
  };
}

const TodayRoute = onWay((way) => <Today enrollment={way} first={<PausedNote enrollment={way} />} news={<UpgradeCard enrollment={way.id} />} ahead={<><ForecastLine enrollment={way.id} /><RiskNote enrollment={way.id} /></>} />);
const MapRoute = onWay((way) => <MapScreen enrollment={way} news={<UpgradeCard enrollment={way.id} />} earlier={<Earlier enrollment={way.id} />} />);
const ProgressRoute = onWay((way) => <Progress enrollment={way} ahead={<ForecastCard enrollment={way.id} />} rhythm={<><RhythmParts enrollment={way.id} startedAt={way.started_at} own /><PlannedSessions enrollment={way.id} /></>} />);
const EditionOfWayRoute = onWay((way) => <EditionScreen enrollment={way} />);
const TracksRoute = onWay((way) => <Tracks enrollment={way} />);
/** Who is on a way may begin another only where something led them to it, such as a cohort. */
const StartRoute = () => {
  const led = useLocation().query["pathway"];
  const { enrollment } = usePerson();
  return enrollment && (!led || enrollment.pathway.slug === led) ? <Redirect to="/" /> : <Start />;
};
const CohortRoute = ({ id = "" }: Params) => <CohortScreen key={id} id={id} />;
const InviteListRoute = ({ id = "" }: Params) => <InviteListScreen key={id} id={id} />;
const InvitationsRoute = ({ id = "" }: Params) => <InvitationsScreen key={id} id={id} />;
const MilestoneRoute = onWay((way, { milestone = "" }) => <MilestoneScreen key={milestone} enrollment={way} milestoneKey={milestone} conversation={<Conversation enrollment={way.id} milestoneKey={milestone} part="learner" />} opinion={(round, canAsk) => <Opinion round={round} me={way.learner.id} canAsk={canAsk} />} />);
const ProfileRoute = () => <Profile me={usePerson().me} notice={<MailboxNotice />} />;
const InboxRoute = () => <Inbox notice={<MailboxHint />} />;
const TellingRoute = () => {
  const { me, enrollment, mentor } = usePerson();
  const coordinator = useCohorts().data?.some((one) => one.my_parts.includes("coordinator")) ?? false;
  return <TellingScreen parts={{ learner: enrollment !== undefined, mentor, coordinator }} notice={<MailboxNotice />} ahead={<Ahead />} beside={<><PushSettings person={me.id} /><CalendarFeeds /></>} />;
};
/** To everybody else there is no such page; the API would refuse them, too. */
const OperatorsRoute = () => (usePerson().me.is_operator ? <Deliveries /> : <Nowhere />);
const OutboxRoute = () => <OutboxScreen person={usePerson().me.id} />;
const EditionRoute = ({ slug = "" }: Params) => <NextEdition key={slug} slug={slug} />;
const LearnerRoute = ({ id = "" }: Params) => (
  <LearnerScreen key={id} learner={id} ahead={(way) => <ForecastCard enrollment={way.id} whose="their" />} rhythm={(way) => <RhythmParts enrollment={way.id} startedAt={way.started_at} own={false} />} />
);
const LearnerMilestoneRoute = ({ id = "", milestone = "" }: Params) => {
  const me = usePerson().me.id;
  return <LearnerMilestone key={`${id}/${milestone}`} learner={id} milestoneKey={milestone} conversation={(way) => <Conversation enrollment={way} milestoneKey={milestone} part="mentor" />} opinion={(round, canAsk) => <Opinion round={round} me={me} canAsk={canAsk} />} />;
};
const LearnerTimelineRoute = ({ id = "" }: Params) => <LearnerTimeline key={id} learner={id} />;
const TimelineRoute = onWay((way) => <TimelineScreen enrollment={way} />);
const ImportRoute = onWay((way) => <ImportScreen enrollment={way} />);
const ReviewRoute = ({ id = "" }: Params) => {
  const me = usePerson().me.id;
  return <ReviewScreen key={id} id={id} conversation={(enrollment, key) => <Conversation enrollment={enrollment} milestoneKey={key} part="mentor" />} opinion={(round, canAsk) => <Opinion round={round} me={me} canAsk={canAsk} />} />;
};
const ConversationRoute = ({ id = "", milestone = "" }: Params) => <ConversationScreen key={`${id}/${milestone}`} enrollment={id} milestoneKey={milestone} me={usePerson().me.id} />;
/** The account pages, for somebody who is in. */
const HomeRoute = () => <Redirect to={safeNext(useLocation().query["next"])} />;

export function SignedIn({ me }: { me: Me }) {
  const enrollments = useEnrollment();
  const mentor = useIsMentor();
  const going = useCohorts().data?.filter((one) => one.ended_at === null) ?? [];
  const member = going.length > 0;
  const enrollment = enrollments.data;
  useRecentEntries(enrollment?.id);
  useSending(me, enrollment);
  usePushed(me.id);
  const { behind, open, purpose, close } = useLogSheet();

  if (!enrollment && !enrollments.none) {
    const { problem } = enrollments;
    return problem ? <Frame me={me} learner={false} mentor={mentor ?? false} member={member}><Screen title="Waymark"><Trouble problem={problem} retry={enrollments.retry} /></Screen></Frame> : <Splash />;
  }
  // A person without a way is a mentor or has yet to choose; which, must be known first.
  if (!enrollment && mentor === undefined) return <Splash />;
  // A learner in a cohort has a way to choose; who only coordinates has the cohort.
  const learns = going.some((one) => one.my_parts.includes("learner"));
  const home = mentor ? "/queue" : member && !learns ? "/cohorts" : "/start";
  return (
    <LocationProvider.ctx.Provider value={behind}>
      <Frame me={me} learner={enrollment !== undefined} mentor={mentor ?? false} member={member} bar={enrollment && <TimerBar />}>
        <PersonContext.Provider value={{ me, enrollment, mentor: mentor ?? false, home }}>
          <Screens />
        </PersonContext.Provider>
      </Frame>
      <PushOffer person={me.id} />
      {open && enrollment && <LogSheet key={JSON.stringify(purpose)} enrollment={enrollment} purpose={purpose} onClose={close} />}
    </LocationProvider.ctx.Provider>
  );
}

/** Keep this browser ringing if it does, and go where a notification leads. */
function usePushed(person: string) {
  const { route } = useLocation();
  useEffect(() => {
    // Whatever is in the way is there the next time too, and the settings show it.
    void keepPush(person).catch(() => undefined);
  }, [person]);
  useEffect(() => {
    const worker = navigator.serviceWorker;
    const go = ({ data }: MessageEvent) => {
      const { type, path } = (data ?? {}) as { type?: string; path?: string };
      if (type === "go" && path?.startsWith("/")) route(path);
    };
    worker?.addEventListener("message", go);
    return () => worker?.removeEventListener("message", go);
  }, [route]);
}

function Screens() {
  return (
    <Routes>
      <Route path="/" component={TodayRoute} />
      <Route path="/map" component={MapRoute} />
      <Route path="/progress" component={ProgressRoute} />
      <Route path="/timeline" component={TimelineRoute} />
      <Route path="/import" component={ImportRoute} />
      <Route path="/track" component={TracksRoute} />
      <Route path="/edition" component={EditionOfWayRoute} />
      <Route path="/milestones/:milestone" component={MilestoneRoute} />
      <Route path="/start" component={StartRoute} />
      <Route path="/waiting" component={OutboxRoute} />
      <Route path="/inbox" component={InboxRoute} />
      <Route path="/profile" component={ProfileRoute} />
      <Route path="/profile/telling" component={TellingRoute} />
      <Route path="/profile/ahead" component={PreviewScreen} />
      <Route path="/saved-comments" component={SavedCommentsScreen} />
      <Route path="/operators" component={OperatorsRoute} />
      <Route path="/author" component={Author} />
      <Route path="/author/:slug" component={EditionRoute} />
      <Route path="/queue" component={Queue} />
      <Route path="/reviews/:id" component={ReviewRoute} />
      <Route path="/cohorts" component={Cohorts} />
      <Route path="/cohorts/new" component={NewCohort} />
      <Route path="/cohorts/:id" component={CohortRoute} />
      <Route path="/cohorts/:id/invite-list" component={InviteListRoute} />
      <Route path="/cohorts/:id/invitations" component={InvitationsRoute} />
      <Route path="/conversations/:id/:milestone" component={ConversationRoute} />
      <Route path="/learners" component={Learners} />
      <Route path="/learners/:id" component={LearnerRoute} />
      <Route path="/learners/:id/milestones/:milestone" component={LearnerMilestoneRoute} />
      <Route path="/learners/:id/timeline" component={LearnerTimelineRoute} />
      <Route path="/sign-in" component={HomeRoute} />
      <Route path="/sign-up" component={HomeRoute} />
      <Route path="/verify" component={HomeRoute} />
      <Route path="/reset" component={HomeRoute} />
      <Route path="/finish" component={HomeRoute} />
      <Route default component={Nowhere} />
    </Routes>
  );
}

function Nowhere() {
  return <Screen title={t("Off the trail")} hideTitle><Empty title={t("Off the trail")} mark="locked" action={<ButtonLink href="/">{t("Back to today")}</ButtonLink>}>{t("There is no page at this address.")}</Empty></Screen>;
}

/** `/log` is a sheet over the screen one was on; opened by itself, it lies over Today. */
function useLogSheet() {
  const here = useLocation();
  const last = useRef(here);
  const open = here.path === "/log";
  const cameFromScreen = useRef(false);
  if (!open) {
    last.current = here;
    cameFromScreen.current = true;
  }
  const behind = open ? { ...last.current, ...(last.current.path === "/log" ? { url: "/", path: "/", query: {} } : {}), route: here.route } : here;
  const close = () => {
    if (cameFromScreen.current) history.back();
    else here.route("/", true);
  };
  const { on, edit, waiting, timer }: Purpose = here.query;
  return { behind, open, purpose: { ...(on ? { on } : {}), ...(edit ? { edit } : {}), ...(waiting ? { waiting } : {}), ...(timer !== undefined ? { timer } : {}) }, close };
}

/** Send what waits on this device: on opening, on coming back to the network or to the window. */
function useSending(me: Me, enrollment: Enrollment | undefined) {
  useEffect(() => {
    const queue = outboxOf(me.id);
    const send = () =>
      void queue.flush().then((arrived) => {
        if (arrived === 0) return;
        toast(plural(arrived, "What was kept here has arrived: {n} change.", "What was kept here has arrived: {n} changes."), "in_progress");
        if (enrollment) void wayChanged(enrollment.id);
      });
    const seen = () => document.visibilityState === "visible" && send();
    send();
    addEventListener("online", send);
    document.addEventListener("visibilitychange", seen);
    return () => {
      removeEventListener("online", send);
      document.removeEventListener("visibilitychange", seen);
    };
  }, [me.id, enrollment?.id]);
}
