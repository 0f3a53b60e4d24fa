import { render } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { Blaze, blazeState, blazeWord, StatusWord, type BlazeState } from "./Blaze";

const STATES: BlazeState[] = ["locked", "available", "in_progress", "waiting_for_review", "changes_requested", "next", "complete"];

describe("the blaze", () => {
  it("has a shape of its own for every state, not a colour alone", () => {
    const inside = STATES.map((state) => {
      const { container } = render(<Blaze state={state} />);
      return container.querySelector("path")?.getAttribute("d") ?? `${state === "locked" ? "dashed" : "outline"}`;
    });
    expect(new Set(inside).size).toBe(STATES.length);
  });

  it("is hidden from readers, who get the word", () => {
    const { container, getByText } = render(<><Blaze state="locked" /><StatusWord state="changes_requested" /></>);
    expect(container.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
    expect(getByText("Changes requested")).toBeTruthy();
    expect(new Set(STATES.map(blazeWord)).size).toBe(STATES.length);
  });

  it("wears the arrow only where the next step is open", () => {
    expect(blazeState({ status: "available", is_next: true })).toBe("next");
    expect(blazeState({ status: "in_progress", is_next: true })).toBe("next");
    expect(blazeState({ status: "changes_requested", is_next: true })).toBe("changes_requested");
    expect(blazeState({ status: "available" })).toBe("available");
  });
});
