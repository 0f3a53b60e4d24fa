import { LocationProvider, Route, useLocation } from "preact-iso";
import { useEffect, useMemo } from "preact/hooks";
import { currentStanding } from "../api/auth";
import { onSignedOut } from "../api/http";
import { CLIENTS } from "../api/paths";
import { useMe } from "../api/queries";
import { cache } from "../api/query";
import type { Me } from "../api/types";
import { Finish } from "../features/account/Finish";
import { Reset } from "../features/account/Reset";
import { SignIn } from "../features/account/SignIn";
import { SignUp } from "../features/account/SignUp";
import { Verify } from "../features/account/Verify";
import { InvitationScreen } from "../features/invitation/InvitationScreen";
import { locale, speak, useLanguage } from "../i18n/language";
import { forgetKept } from "../offline/kept";
import { browserReader, FormatContext, formatFor } from "../ui/format/format";
import { Door } from "../ui/door/Door";
import { Trouble } from "../ui/states/states";
import { Toasts } from "../ui/toast/toast";
import { Redirect } from "./Redirect";
import { Routes } from "./Routes";
import { SignedIn } from "./SignedIn";
import { Splash } from "./Splash";

export function App() {
  return (
    <LocationProvider scope={CLIENTS}>
      <Gate />
      <Toasts />
    </LocationProvider>
  );
}

/** Who is there decides what there is: the account pages, or the app. */
function Gate() {
  const { data: me, problem, retry } = useMe();
  const out = problem?.status === 401;
  const { route } = useLocation();
  useEffect(() => onSignedOut(() => void cache.refresh("/me")), []);
  useEffect(() => {
    if (!out) return;
    forgetKept();
    // Also leaves the CSRF cookie that signing in needs. Who comes back from a provider as somebody
    // new may have to say more first.
    void currentStanding().then((standing) => standing === "finish" && route("/finish", true), () => undefined);
  }, [out]);
  const language = useLanguage();
  useEffect(() => {
    if (me && !out) void speak(me.locale);
  }, [me?.locale, out]);
  const format = useMemo(
    () => formatFor(me && !out ? { locale: locale(), timeZone: me.time_zone } : browserReader()),
    [language, me?.time_zone, out],
  );
  return (
    <FormatContext.Provider value={format}>
      {out ? <SignedOut /> : me ? <Within me={me} /> : problem ? <Door title="Waymark"><Trouble problem={problem} retry={retry} /></Door> : <Splash />}
    </FormatContext.Provider>
  );
}

function SignedOut() {
  return (
    <Routes>
      <Route path="/sign-in" component={SignIn} />
      <Route path="/sign-up" component={SignUp} />
      <Route path="/verify" component={Verify} />
      <Route path="/finish" component={Finish} />
      <Route path="/reset" component={Reset} />
      <Route path="/invitations/:token" component={Invitation} />
      <Route default component={ToSignIn} />
    </Routes>
  );
}

function ToSignIn() {
  const { url } = useLocation();
  return <Redirect to={url === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(url)}`} />;
}

const Invitation = ({ token }: { token?: string }) => <InvitationScreen token={token ?? ""} />;

function Within({ me }: { me: Me }) {
  const { path } = useLocation();
  if (path.startsWith("/invitations/")) return <InvitationScreen token={decodeURIComponent(path.slice("/invitations/".length))} />;
  return <SignedIn key={me.id} me={me} />;
}
