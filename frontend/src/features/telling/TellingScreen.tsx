import type { ComponentChildren } from "preact";
import { preferences } from "../../api/calls";
import { useQuery } from "../../api/query";
import { t } from "../../i18n/t";
import { Screen } from "../../ui/screen/Screen";
import { OldData, Trouble } from "../../ui/states/states";
import { TrailSkeleton } from "../../ui/trail/Trail";
import { Kinds, type Parts } from "./Kinds";
import { Quiet } from "./Quiet";
import { Rules } from "./Rules";
import "./telling.css";

const back = () => ({ href: "/profile", label: t("Your profile") });

/**
 * How a person is told of things. `notice` stands first and says what is wrong with the ways out,
 * `beside` is more ways out (devices, calendars), `ahead` leads to what is to come.
 */
export function TellingScreen({ parts, notice, ahead, beside }: { parts: Parts; notice?: ComponentChildren; ahead?: ComponentChildren; beside?: ComponentChildren }) {
  const { data, problem, retry } = useQuery("/notification-preferences", preferences);
  if (!data) return <Screen title={t("What reaches you")} back={back()}>{problem ? <Trouble problem={problem} retry={retry} /> : <TrailSkeleton marks={4} />}</Screen>;
  return (
    <Screen title={t("What reaches you")} back={back()} lead={t("The inbox has everything. Here you say what else comes, and when.")}>
      <OldData problem={problem} />
      {notice}
      <Quiet data={data} />
      {ahead}
      <Kinds data={data} parts={parts} />
      <Rules data={data} />
      {beside}
    </Screen>
  );
}
