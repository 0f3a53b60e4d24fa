import "../styles/tokens.css";
import "../styles/base.css";
import "../styles/fold.css";
import { render } from "preact";
import { cache } from "../api/query";
import { onLanguage, preferred, speak } from "../i18n/language";
import { keepOnDevice } from "../offline/kept";
import { App } from "./App";

keepOnDevice(cache);

addEventListener("online", () => cache.wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && cache.wake());

const root = document.getElementById("app");
// In the language of the last time from the first paint on; English needs nothing and is there at once.
void speak(preferred()).finally(() => {
  if (root) render(<App />, root);
  // What the server said is still in the language before.
  onLanguage(() => void cache.invalidate(""));
});

// After the first paint; in development a cached shell would only be in the way.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js"));
}
