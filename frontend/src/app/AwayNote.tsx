import { useMentorTerms } from "../api/queries";
import { useFormat } from "../ui/format/format";
import { Notice } from "../ui/states/states";

/** Over a mentor's work while they are on leave: why nothing new comes, and how to be back. */
export function AwayNote({ mentor }: { mentor: boolean }) {
  const away = useMentorTerms(mentor).data?.away_until;
  const format = useFormat();
  if (!away) return null;
  return <div class="away-note"><Notice tone="lake">You are on leave until {format.date(away)}: nobody reminds you, and others are asked first. <a class="link" href="/profile">Back already?</a></Notice></div>;
}
