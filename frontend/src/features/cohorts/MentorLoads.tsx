import type { CohortReport, MentorLoad } from "../../api/types";
import { plural, useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Section } from "../../ui/screen/Screen";

/** What waits, and who has how much in hand. */
export function MentorLoads({ report }: { report: CohortReport }) {
  const { reviews } = report;
  const format = useFormat();
  return (
    <Section title="Reviews">
      <p>
        {reviews.waiting === 0 ? "Nothing waits." : <><b class="num strong">{reviews.waiting}</b> waiting, <b class="num strong">{reviews.unclaimed}</b> in nobody’s hands{reviews.waiting_since && <>; the longest for {format.waited(reviews.waiting_since)}</>}.</>}
        {" "}{reviews.median_days !== null && <span class="soft">Half were answered within {days(reviews.median_days)}, in the last 90 days.</span>}
      </p>
      <ul class="loads">{reviews.mentors.map((load) => <Line key={load.person.id} load={load} />)}</ul>
    </Section>
  );
}

function Line({ load }: { load: MentorLoad }) {
  const format = useFormat();
  return (
    <li>
      <Avatar name={load.person.name} />
      <span class="stack tight">
        <b class="strong">{load.person.name}</b>
        <span class="small soft">
          {load.claims > 0 ? `${load.claims} in hand` : "Nothing in hand"}, {plural(load.decided, "review")} given{load.median_days !== null && `, half within ${days(load.median_days)}`}
          {load.away_until && <>, <span class="away">on leave until {format.date(load.away_until)}</span></>}
        </span>
      </span>
    </li>
  );
}

const days = (count: number) => (count < 1 ? "a day" : count === 1 ? "1 day" : `${count} days`);
