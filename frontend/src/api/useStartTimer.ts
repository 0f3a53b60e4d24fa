import { useState } from "preact/hooks";
import { startTimer } from "./calls";
import { asProblem, type Problem } from "./problem";
import { useTimer } from "./queries";
import { cache } from "./query";

/** Start the learner's one timer. `running` is what runs already; `start` shows it in every place at once. */
export function useStartTimer(enrollment: string) {
  const running = useTimer(true).data?.running ?? null;
  const [problem, setProblem] = useState<Problem>();
  async function start(milestone_key: string) {
    setProblem(undefined);
    try {
      cache.set("/timer", await startTimer({ enrollment_id: enrollment, milestone_key, started_at: new Date().toISOString() }));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      // Another device was first: show what runs.
      void cache.refresh("/timer");
    }
  }
  return { running, start, problem };
}
