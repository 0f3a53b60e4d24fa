import type { JSX } from "preact";
import { t } from "../../i18n/t";
import { TextField } from "../../ui/field/Field";

type Control = { name: string; value: string; onInput: (event: { currentTarget: { value: string } }) => void; error: string | undefined };

/** Name and dates, as starting and changing a cohort ask for them. */
export function Fields({ text }: { text: (name: "name" | "starts_on" | "ends_on") => Control }): JSX.Element {
  return (
    <>
      <TextField label={t("Name")} hint={t("What its people call it, such as “Autumn 2026”.")} autoComplete="off" maxLength={120} {...text("name")} />
      <div class="dates">
        <TextField label={t("First day")} type="date" {...text("starts_on")} />
        <TextField label={t("Last day")} type="date" {...text("ends_on")} />
      </div>
    </>
  );
}
