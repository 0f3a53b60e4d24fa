import { usePromise } from "../../api/queries";
import { Notice } from "../../ui/states/states";
import { promised } from "./promised";

/** When an answer may come. Without an answer of ours about it, the screen does without. */
export function Expected({ enrollment, milestoneKey }: { enrollment: string; milestoneKey: string }) {
  const { data } = usePromise(enrollment, milestoneKey);
  const said = data && promised(data);
  if (!said) return null;
  return <Notice tone="lake"><b class="strong">{said.first}</b> {said.then}</Notice>;
}
