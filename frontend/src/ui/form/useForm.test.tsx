import { fireEvent, render, waitFor } from "@testing-library/preact";
import { expect, it, vi } from "vitest";
import { TextField } from "../field/Field";
import { useForm } from "./useForm";

class Failure {
  constructor(private readonly fields: Record<string, string>, private readonly message = "") {}
  field = (name: string) => this.fields[name];
  general = () => this.message || undefined;
}

function Form({ send }: { send: (values: { email: string }) => Promise<void> }) {
  const form = useForm({ initial: { email: "" }, send, explain: (thrown) => thrown as Failure });
  return (
    <form {...form.form}>
      {form.general && <p role="alert">{form.general}</p>}
      <TextField label="Email" {...form.text("email")} />
      <button type="submit" aria-busy={form.busy}>Send</button>
    </form>
  );
}

it("sends what was typed, once", async () => {
  const send = vi.fn(() => new Promise<void>(() => undefined));
  const { getByLabelText, getByText } = render(<Form send={send} />);
  fireEvent.input(getByLabelText("Email"), { target: { value: "lin@example.org" } });
  fireEvent.click(getByText("Send"));
  await waitFor(() => expect(getByText("Send").getAttribute("aria-busy")).toBe("true"));
  fireEvent.click(getByText("Send"));
  expect(send).toHaveBeenCalledTimes(1);
  expect(send).toHaveBeenCalledWith({ email: "lin@example.org" });
});

it("shows a complaint at its field, wired for readers, and puts the focus there", async () => {
  const { getByLabelText, getByText } = render(<Form send={() => Promise.reject(new Failure({ email: "No such address." }))} />);
  fireEvent.click(getByText("Send"));
  const complaint = await waitFor(() => getByText("No such address."));
  const input = getByLabelText("Email");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(input.getAttribute("aria-describedby")).toContain(complaint.id);
  await waitFor(() => expect(document.activeElement).toBe(input));
});

it("says above what belongs to no field, and keeps what was typed", async () => {
  const { getByLabelText, getByText, getByRole } = render(<Form send={() => Promise.reject(new Failure({}, "Somebody was faster."))} />);
  fireEvent.input(getByLabelText("Email"), { target: { value: "kept" } });
  fireEvent.click(getByText("Send"));
  await waitFor(() => expect(getByRole("alert").textContent).toBe("Somebody was faster."));
  expect((getByLabelText("Email") as HTMLInputElement).value).toBe("kept");
});
