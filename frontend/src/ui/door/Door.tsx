import type { ComponentChildren } from "preact";
import { t } from "../../i18n/t";
import { Languages } from "../language/Languages";
import { Screen } from "../screen/Screen";
import { Wordmark } from "../wordmark/Wordmark";
import "./door.css";

/** The pages before one is in: a narrow column, and on a desk the trail beside it. */
export function Door({ title, lead, children }: { title: string; lead?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="door">
      <div class="door-art" aria-hidden="true"><Way /></div>
      <main id="main" class="door-main">
        <a href="/" class="door-mark" aria-label={t("Waymark, to the start")}><Wordmark large /></a>
        <Screen title={title} lead={lead}>{children}<Languages /></Screen>
      </main>
    </div>
  );
}

/** A way through hills: the walked part painted, marks along it, the rest still dotted. */
function Way() {
  return (
    <svg viewBox="0 0 600 900" preserveAspectRatio="xMidYMax slice">
      <path class="hill far" d="M0 340C90 300 150 250 240 262s140 76 220 60 110-60 140-72v650H0z" />
      <path class="hill mid" d="M0 520c80-30 170-110 290-84s190 60 310 6v458H0z" />
      <path class="hill near" d="M0 700c110-70 230-84 330-50s180 54 270 16v234H0z" />
      <path class="trail-ahead" d="M330 628c-70-46 60-92 30-150s-130-62-96-128 96-56 84-108" />
      <path class="trail-walked" d="M214 900c-40-70 20-108 84-138s110-82 32-134" />
      <g class="mark done" transform="translate(196 812)"><rect width="34" height="54" rx="8" /><path d="m9.500 27.500 5.500 5.700 9.500-12" /></g>
      <g class="mark done" transform="translate(322 690)"><rect width="28" height="44" rx="7" /><path d="m8 22.500 4.500 4.700 7.500-10" /></g>
      <g class="mark now" transform="translate(314 590)"><rect width="24" height="38" rx="6" /><path d="m9.500 13 6 6-6 6" /></g>
      <g class="mark ahead" transform="translate(350 462)"><rect width="19" height="30" rx="5" /></g>
      <g class="mark ahead" transform="translate(252 344)"><rect width="15" height="24" rx="4" /></g>
      <g class="mark ahead" transform="translate(340 226)"><rect width="12" height="19" rx="3.500" /></g>
    </svg>
  );
}
