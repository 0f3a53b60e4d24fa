import { fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";
import { expect, it } from "vitest";
import { Screen } from "./Screen";

function Form() {
  const [text, setText] = useState("");
  return <input aria-label="Text" value={text} onInput={(event) => setText(event.currentTarget.value)} />;
}

it("keeps what is being typed when what can be done beside it changes", () => {
  const first = <Screen title="Cohort" acts={<p>Invite</p>}>{false}<Form /></Screen>;
  const later = <Screen title="Cohort" aside={<p>People</p>}>{false}<Form /></Screen>;
  const { rerender } = render(first);
  fireEvent.input(screen.getByLabelText("Text"), { target: { value: "On Friday" } });
  rerender(later);
  expect(screen.getByLabelText("Text")).toHaveProperty("value", "On Friday");
  rerender(first);
  expect(screen.getByLabelText("Text")).toHaveProperty("value", "On Friday");
});
