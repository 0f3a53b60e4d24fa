import { useState } from "preact/hooks";
import { wayChanged } from "../../api/queries";
import type { Command } from "../../api/types";
import { list, t } from "../../i18n/t";
import type { Waiting } from "../../offline/outbox";
import { useOutbox } from "../../offline/useOutbox";
import { Button, ButtonLink } from "../../ui/button/Button";
import { Card } from "../../ui/card/Card";
import { TextArea, TextField } from "../../ui/field/Field";
import { duration, useFormat, type Format } from "../../ui/format/format";
import { Screen, Section } from "../../ui/screen/Screen";
import { Empty, Notice } from "../../ui/states/states";
import { toast } from "../../ui/toast/toast";
import "./outbox.css";

/** What waits on this device, and what the server would not take, as it was typed. */
export function Outbox({ person }: { person: string }) {
  const { waiting, box } = useOutbox(person);
  const [busy, setBusy] = useState(false);
  const refused = waiting.filter((one) => one.refused);
  const rest = waiting.filter((one) => !one.refused);
  async function send() {
    setBusy(true);
    const ways = new Set(waiting.map((one) => one.enrollment_id));
    const arrived = await box.flush();
    if (arrived > 0) await Promise.all([...ways].map(wayChanged));
    else toast(navigator.onLine ? t("Nothing arrived yet.") : t("Still no network. It is kept here."));
    setBusy(false);
  }
  return (
    <Screen title={t("On this device")} back={{ href: "/", label: t("Today") }} lead={t("What you did here that Waymark does not have yet. Nothing is lost by closing the app.")}>
      {waiting.length === 0 && <Empty title={t("All is sent")} mark="complete" action={<ButtonLink href="/">{t("Back to today")}</ButtonLink>}>{t("Nothing waits on this device.")}</Empty>}
      {refused.length > 0 && (
        <Section title={t("Not taken")}>
          <ul class="stack roomy">{refused.map((one) => <li key={one.command.id}><Item one={one} person={person} /></li>)}</ul>
        </Section>
      )}
      {rest.length > 0 && (
        <Section title={t("Waiting")} beside={<Button busy={busy} onClick={send}>{t("Send now")}</Button>}>
          <ul class="stack">{rest.map((one) => <li key={one.command.id}><Item one={one} person={person} /></li>)}</ul>
        </Section>
      )}
    </Screen>
  );
}

function Item({ one, person }: { one: Waiting; person: string }) {
  const { box } = useOutbox(person);
  const [editing, setEditing] = useState(false);
  const [sure, setSure] = useState(false);
  const { command, refused, title } = one;
  const text = textOf(command);
  async function again() {
    const { refused: _, ...plain } = one;
    box.put(plain);
    if ((await box.flush()) > 0) await wayChanged(one.enrollment_id);
  }
  return (
    <Card tone={refused ? "blaze" : "sunk"}>
      <div class="stack tight waiting">
        <b class="strong">{title}</b>
        <span class="small soft">{whatOf(command, useFormat())}</span>
        {text && <p class="waiting-text">{text}</p>}
      </div>
      {refused && <Notice tone="plain">{refused.detail}</Notice>}
      {editing ? (
        <Edit command={command} onDone={(changed) => { setEditing(false); if (changed) { const { refused: _, ...plain } = one; box.put({ ...plain, command: changed }); void again(); } }} />
      ) : sure ? (
        <div class="row wrap">
          <Button tone="blaze" onClick={() => box.drop(command.id)}>{t("Yes, discard it")}</Button>
          <Button onClick={() => setSure(false)}>{t("Keep it")}</Button>
        </div>
      ) : (
        <div class="row wrap">
          {command.type === "log" && <ButtonLink href={`/log?waiting=${command.id}`}>{t("Edit")}</ButtonLink>}
          {command.type === "evidence" && <Button onClick={() => setEditing(true)}>{t("Edit")}</Button>}
          {refused && <Button onClick={again}>{t("Send again")}</Button>}
          <button type="button" class="link quiet" onClick={() => setSure(true)}>{t("Discard")}</button>
        </div>
      )}
    </Card>
  );
}

type EvidenceCommand = Extract<Command, { type: "evidence" }>;

/** Evidence is mended here: its address or text, and its title. */
function Edit({ command, onDone }: { command: Command; onDone: (changed?: Command) => void }) {
  const [changed, setChanged] = useState(command as EvidenceCommand);
  const field = (name: "title" | "url" | "text") => ({
    value: String((changed as Record<string, unknown>)[name] ?? ""),
    onInput: (event: { currentTarget: { value: string } }) => setChanged({ ...changed, [name]: event.currentTarget.value }),
  });
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); onDone(changed); }}>
      {"text" in command && command.text ? <TextArea label={t("Text")} {...field("text")} /> : <TextField label={t("Link")} type="url" {...field("url")} />}
      <TextField label={t("What it shows")} {...field("title")} />
      <div class="row wrap"><Button tone="blaze" type="submit">{t("Send again")}</Button><Button onClick={() => onDone()}>{t("Cancel")}</Button></div>
    </form>
  );
}

const MOVES = () => ({ start: t("Start it"), done: t("Mark it done"), reopen: t("Open it again") });

function whatOf(command: Command, format: Format): string {
  switch (command.type) {
    case "log": {
      const what = list([duration(command.minutes), format.day(command.day)], "unit");
      return command.replaces ? t("A correction: {what}", { what }) : what;
    }
    case "void":
      return t("Take an entry back");
    case "work":
      return MOVES()[command.move];
    case "evidence":
      return t("Evidence: {title}", { title: command.title });
  }
}

/** What a person typed. */
function textOf(command: Command): string {
  if (command.type === "log") return command.note ?? "";
  if (command.type === "void") return command.reason ?? "";
  if (command.type === "evidence") return ("text" in command && String(command.text ?? "")) || String(command.url ?? "");
  return "";
}
