import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { cache } from "../../api/query";
import type { Forecast } from "../../api/types";
import { ForecastCard, ForecastLine } from "./ForecastCard";

const finish = (early: string, middle: string, late: string) => ({ early, middle, late, beyond: false });
const FORECAST: Forecast = {
  kind: "forecast", reason: null, sentence: "", today: "2026-11-22", finish: finish("2027-03-14", "2027-04-10", "2027-05-28"),
  weeks: { early: 16, middle: 20, late: 27 }, planned_on: null, target: { on: "2027-04-01", chance: 40, weekly_minutes: 400 },
  options: [{ more_minutes: 60, weekly_minutes: 360, finish: finish("2027-02-14", "2027-03-10", "2027-04-28") }],
  milestones_left: 7, left_out: [], goal_minutes: 300,
  basis: { weeks: [300, 240, 0], worked_weeks: 2, pace_minutes: 300, ratio: 1.2, compared_milestones: 6, estimated_minutes: 6000, minutes_left: 7200 },
};
const stand = (more: Partial<Forecast> = {}) => cache.set("/enrollments/e/forecast", { ...FORECAST, ...more });
afterEach(() => cache.clear());

it("draws the range with a text for readers, and says what an hour more would bring", async () => {
  stand();
  render(<ForecastCard enrollment="e" />);
  expect(screen.getByRole("img").getAttribute("aria-label")).toContain("Between mid-March and late May 2027, most likely in April. Your target");
  const slider = screen.getByLabelText("What if there were more time?");
  fireEvent.input(slider, { target: { value: "1" } });
  await waitFor(() => expect(screen.getByRole("status").textContent).toContain("between mid-February and late April 2027, most likely in March"));
  expect(slider.getAttribute("aria-valuetext")).toBe("1\u00a0h a week more");
  expect(document.querySelectorAll(".axis-band")).toHaveLength(2);
});

it("calls a plan a plan", () => {
  stand({ kind: "plan", reason: "too_few_weeks", finish: null, weeks: null, target: null, options: [], planned_on: "2028-06-15" });
  const { container } = render(<><ForecastCard enrollment="e" whose="their" /><ForecastLine enrollment="e" /></>);
  expect(container.textContent).toContain("When they will be there");
  expect(container.textContent).toContain("a plan, not a forecast");
  expect(screen.queryByRole("img")).toBeNull();
  expect(screen.getByRole("link").textContent).toBe("The plan: 5\u00a0h a week lead there by mid-June 2028.");
});

it("shows nothing more to who is there", () => {
  stand({ kind: "finished", finish: null });
  expect(render(<><ForecastCard enrollment="e" /><ForecastLine enrollment="e" /></>).container.textContent).toBe("");
});
