import { expect, it } from "vitest";
import { another } from "./PlannedSessions";

it("proposes the same hour on the next day that is free", () => {
  const monday = { weekday: 0, starts_at: "07:00", minutes: 30 };
  const friday = { ...monday, weekday: 4 };
  expect(another([])).toEqual({ weekday: 1, starts_at: "19:00", minutes: 60 });
  expect(another([monday])).toEqual({ ...monday, weekday: 1 });
  expect(another([{ ...monday, weekday: 5 }, { ...monday, weekday: 6 }])).toEqual(monday);
  expect(another([monday, friday])).toEqual({ ...friday, weekday: 5 });
});
