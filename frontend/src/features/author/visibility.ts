import type { Visibility } from "../../api/types";

/** Who finds a pathway, in the words of the screen. */
export const VISIBILITY: Record<Visibility, { name: string; means: string }> = {
  private: { name: "Private", means: "Only you and your co-authors find it." },
  unlisted: { name: "Unlisted", means: "Whoever has its address can open and walk it." },
  public: { name: "Public", means: "Everybody finds it when they choose a way." },
};
export const VISIBILITIES = Object.keys(VISIBILITY) as Visibility[];
