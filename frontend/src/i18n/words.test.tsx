import { render } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { language, languageHeader, LANGUAGES, onLanguage, ownName, preferred, regional, speak, speakFrom } from "./language";
import { inContext, list, number, plural, rich, richPlural, t } from "./t";

beforeEach(() => localStorage.clear());
afterEach(() => speakFrom("en", {}));

describe("in English", () => {
  it("the text in the code is what is said", () => {
    expect(t("Log {minutes} minutes", { minutes: 25 })).toBe("Log 25 minutes");
    expect(inContext("button", "Open")).toBe("Open");
    expect(plural(1, "one day", "{n} days")).toBe("one day");
    expect(plural(1_200, "one day", "{n} days")).toBe("1,200 days");
  });

  it("a value may look like a name in braces", () => expect(t("{a} and {b}", { a: "{b}", b: "$&" })).toBe("{b} and $&"));
});

describe("in another language", () => {
  it("sentences, contexts, counts and numbers are that language’s", () => {
    speakFrom("de", { "Log {minutes} minutes": "{minutes} Minuten eintragen", "Open @button": "Öffnen", "{n} days": { one: "ein Tag", other: "{n} Tage" } });
    expect(t("Log {minutes} minutes", { minutes: 1_200 })).toBe("1.200 Minuten eintragen");
    expect(inContext("button", "Open")).toBe("Öffnen");
    expect(inContext("state", "Open")).toBe("Open");
    expect([0, 1, 2].map((n) => plural(n, "{n} day", "{n} days"))).toEqual(["0 Tage", "ein Tag", "2 Tage"]);
    expect(list(["a", "b", "c"])).toBe("a, b und c");
    expect(number(0.5)).toBe("0,5");
  });

  it("may have more forms for what counts, without a change in the code", () => {
    speakFrom("pl", { "{n} days": { one: "{n} dzień", few: "{n} dni", many: "{n} dni!", other: "{n} dnia" } });
    expect([1, 3, 5, 22].map((n) => plural(n, "{n} day", "{n} days"))).toEqual(["1 dzień", "3 dni", "5 dni!", "22 dni"]);
    expect(plural(1.5, "{n} day", "{n} days")).toBe("1,5 dnia");
  });

  it("what is not translated yet is said in English", () => {
    speakFrom("de", { "Save": "", "{n} days": { one: "", other: "" } });
    expect(t("Save")).toBe("Save");
    expect(plural(2, "{n} day", "{n} days")).toBe("2 days");
  });
});

describe("sentences with elements", () => {
  const show = (node: preact.VNode) => render(<p>{node}</p>).container.innerHTML;
  const b = (inside: preact.ComponentChildren) => <b>{inside}</b>;
  const a = (inside: preact.ComponentChildren) => <a href="/x">{inside}</a>;

  it("keep what is inside of them, and may stand in another order", () => {
    const say = () => rich("If <b>{email}</b> has an account, <a>read on</a>.", { email: "mo@x.example", a, b });
    expect(show(say())).toBe('<p>If <b>mo@x.example</b> has an account, <a href="/x">read on</a>.</p>');
    speakFrom("de", { "If <b>{email}</b> has an account, <a>read on</a>.": "<a>Lies weiter</a>, falls <b>{email}</b> ein Konto hat." });
    expect(show(say())).toBe('<p><a href="/x">Lies weiter</a>, falls <b>mo@x.example</b> ein Konto hat.</p>');
  });

  it("never make markup of a value", () => expect(show(rich("By {name}", { name: "<b>x</b> {name}" }))).toBe("<p>By &lt;b&gt;x&lt;/b&gt; {name}</p>"));

  it("count", () => {
    speakFrom("de", { "<b>{n}</b> days": { one: "<b>ein</b> Tag", other: "<b>{n}</b> Tage" } });
    expect([1, 2_000].map((n) => show(richPlural(n, "<b>{n}</b> day", "<b>{n}</b> days", { b })))).toEqual(["<p><b>ein</b> Tag</p>", "<p><b>2.000</b> Tage</p>"]);
  });
});

describe("which language", () => {
  it("is the one of the last time, else the first of the browser’s that we speak", () => {
    expect(preferred(["fr-FR", "de-CH", "en"])).toBe("de");
    expect(preferred(["fr"])).toBe("en");
    localStorage.setItem("waymark:language", "en");
    expect(preferred(["de"])).toBe("en");
    localStorage.setItem("waymark:language", "tlh");
    expect(preferred(["de"])).toBe("de");
  });

  it("comes from its file, is remembered, told, and written into the page", async () => {
    const heard = vi.fn();
    const stop = onLanguage(heard);
    await speak("de");
    stop();
    expect([language(), document.documentElement.lang, preferred(["en"])]).toEqual(["de", "de", "de"]);
    expect(t("Log time")).not.toBe("Log time");
    expect(heard).toHaveBeenCalledOnce();
  });

  it("that was asked for last wins, and one we don’t speak changes nothing", async () => {
    const slow = speak("de");
    await speak("en");
    await slow;
    expect(language()).toBe("en");
    await speak("tlh");
    expect([language(), document.documentElement.lang]).toEqual(["en", "en"]);
  });

  it("is asked for as this device writes it", () => {
    expect(regional("en", ["de-DE", "en-GB"])).toBe("en-GB");
    expect(regional("en", ["de-DE"])).toBe("en");
    speakFrom("de", {});
    expect(languageHeader()).toMatch(/^de/);
  });

  it("calls itself as its speakers do", () => {
    expect(LANGUAGES[0]).toBe("en");
    expect(LANGUAGES).toContain("de");
    expect(["en", "de", "fr"].map(ownName)).toEqual(["English", "Deutsch", "Français"]);
  });
});
