import { usePromise } from "../../api/queries";
import { useFormat } from "../../ui/format/format";
import { Notice } from "../../ui/states/states";
import { climbed } from "./climbed";
import { promised } from "./promised";

/** When an answer may come, and what is done until it does. Without an answer of ours about it, the screen does without. */
export function Expected({ enrollment, milestoneKey }: { enrollment: string; milestoneKey: string }) {
  const format = useFormat();
  const { data } = usePromise(enrollment, milestoneKey);
  const said = data && promised(data);
  if (!said) return null;
  const ladder = climbed(data, (instant) => format.longDay(format.dayOf(instant)));
  return (
    <Notice tone="lake">
      <div class="stack tight">
        <p><b class="strong">{said.first}</b> {said.then}</p>
        {ladder && <p>{ladder}</p>}
      </div>
    </Notice>
  );
}
