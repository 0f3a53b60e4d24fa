import { useEffect, useState } from "preact/hooks";
import { pushSubscriptions } from "../../api/calls";
import { asProblem } from "../../api/problem";
import { DEVICES, pushState, startPush, type PushState } from "../../api/push";
import { useQuery } from "../../api/query";
import type { PushDevice } from "../../api/types";

export interface Push {
  /** Undefined until it is known. */
  state: PushState | undefined;
  devices: PushDevice[];
  here: PushDevice | undefined;
  busy: boolean;
  trouble: string | undefined;
  start: () => Promise<void>;
}

/** How it stands with ringing in this browser, and the way to switch it on. Asks nobody by itself. */
export function usePush(person: string): Push {
  const { data: devices, problem } = useQuery(DEVICES, pushSubscriptions);
  const [known, setKnown] = useState<{ state: PushState; here: PushDevice | undefined }>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    let isOld = false;
    if (devices) void pushState(devices).then((found) => isOld || setKnown(found), () => isOld || setKnown({ state: "unsupported", here: undefined }));
    return () => {
      isOld = true;
    };
  }, [devices]);
  async function start() {
    setBusy(true);
    setTrouble(undefined);
    try {
      const state = await startPush(person);
      if (state !== "on") setKnown({ state, here: undefined });
    } catch (thrown) {
      setTrouble(asProblem(thrown).message);
    }
    setBusy(false);
  }
  return { state: known?.state, devices: devices ?? [], here: known?.here, busy, trouble: trouble ?? problem?.message, start };
}
