import type { CohortReport, MentorLoad } from "../../api/types";
import { list, plural, rich, t } from "../../i18n/t";
import { useFormat } from "../../ui/format/format";
import { Avatar } from "../../ui/person/Avatar";
import { Row, Rows } from "../../ui/rows/Rows";
import { Section } from "../../ui/screen/Screen";

/** What waits, and who has how much in hand. */
export function MentorLoads({ report }: { report: CohortReport }) {
  const { reviews } = report;
  const format = useFormat();
  return (
    <Section title={t("Reviews")}>
      <p>
        {reviews.waiting === 0 ? t("Nothing waits.") : rich("<b>{waiting}</b> waiting, <b>{unclaimed}</b> in nobody’s hands.", { waiting: reviews.waiting, unclaimed: reviews.unclaimed, b: (inside) => <b class="num strong">{inside}</b> })}{" "}
        {reviews.waiting_since && t("The longest for {waited}.", { waited: format.waited(reviews.waiting_since) })}{" "}
        {reviews.median_days !== null && <span class="soft">{t("Half were answered within {days}, in the last 90 days.", { days: days(reviews.median_days) })}</span>}
      </p>
      <Rows>{reviews.mentors.map((load) => <Line key={load.person.id} load={load} />)}</Rows>
    </Section>
  );
}

function Line({ load }: { load: MentorLoad }) {
  const format = useFormat();
  return (
    <Row before={<Avatar name={load.person.name} />} title={load.person.name} detail={(
      <>
        {list([
          load.claims > 0 ? plural(load.claims, "{n} in hand", "{n} in hand") : t("Nothing in hand"),
          plural(load.decided, "{n} review given", "{n} reviews given"),
          ...(load.median_days === null ? [] : [t("half within {days}", { days: days(load.median_days) })]),
        ], "unit")}
        {load.away_until && <>, <span class="away">{t("on leave until {date}", { date: format.date(load.away_until) })}</span></>}
      </>
    )} />
  );
}

const days = (count: number) => (count < 1 ? t("a day") : plural(count, "{n} day", "{n} days"));
