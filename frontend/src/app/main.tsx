import "../styles/tokens.css";
import "../styles/base.css";
import { render } from "preact";
import { cache } from "../api/query";
import { keepOnDevice } from "../offline/kept";
import { App } from "./App";

keepOnDevice(cache);

addEventListener("online", () => cache.wake());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && cache.wake());

const root = document.getElementById("app");
if (root) render(<App />, root);

// After the first paint; in development a cached shell would only be in the way.
if (import.meta.env.PROD && "serviceWorker" in navigator) {
  addEventListener("load", () => void navigator.serviceWorker.register("/sw.js"));
}
