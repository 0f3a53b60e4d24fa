import { LANGUAGES, ownName, speak, useLanguage } from "../../i18n/language";
import { t } from "../../i18n/t";
import "./languages.css";

/** The languages, each by its own name, for somebody of whom we know nothing yet. */
export function Languages() {
  const now = useLanguage();
  return (
    <div class="languages" role="group" aria-label={t("Language")}>
      {LANGUAGES.map((one) => (
        <button key={one} type="button" class="link small" lang={one} aria-pressed={one === now} onClick={() => void speak(one)}>{ownName(one)}</button>
      ))}
    </div>
  );
}
