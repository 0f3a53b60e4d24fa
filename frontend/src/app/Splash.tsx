import { t } from "../i18n/t";
import { Blaze } from "../ui/blaze/Blaze";
import "./app.css";

/** While it is not known who is there; shown only if that takes a moment. */
export function Splash() {
  return <div class="splash" role="status"><span class="unseen">{t("Loading")}</span><Blaze state="available" size="xl" /></div>;
}
