import { useMentorTerms } from "../api/queries";
import { rich } from "../i18n/t";
import { useFormat } from "../ui/format/format";
import { Notice } from "../ui/states/states";

/** Over a mentor's work while they are on leave: why nothing new comes, and how to be back. */
export function AwayNote({ mentor }: { mentor: boolean }) {
  const away = useMentorTerms(mentor).data?.away_until;
  const format = useFormat();
  if (!away) return null;
  return <div class="away-note"><Notice tone="lake">{rich("You are on leave until {date}: nobody reminds you, and others are asked first. <a>Back already?</a>", { date: format.date(away), a: (inside) => <a class="link" href="/profile">{inside}</a> })}</Notice></div>;
}
