import { render } from "@testing-library/preact";
import { describe, expect, it } from "vitest";
import { markdown } from "./markdown";
import { OutLink } from "./OutLink";
import { Prose } from "./Prose";

const html = (text: string) => render(<Prose text={text} />).container.querySelector(".prose")?.innerHTML;

describe("what people wrote", () => {
  it.each([
    ["One line\nand another.\n\nA new paragraph.", "<p>One line\nand another.</p><p>A new paragraph.</p>"],
    ["**Bold**, *slanted*, `a * b`", "<p><strong>Bold</strong>, <em>slanted</em>, <code>a * b</code></p>"],
    ["2 * 3 * 4 and snake_case_name", "<p>2 * 3 * 4 and snake_case_name</p>"],
    ["Two things:\n1. **Seeds.** Set them.\n2. Say what\n   happens.", "<p>Two things:</p><ol><li><strong>Seeds.</strong> Set them.</li><li>Say what\nhappens.</li></ol>"],
    ["- one\n- two", "<ul><li>one</li><li>two</li></ul>"],
    ["3. third", '<ol start="3"><li>third</li></ol>'],
    ["> quoted\n> more", "<blockquote><p>quoted\nmore</p></blockquote>"],
    ["```\nx = `y` <b>\n```", "<pre><code>x = `y` &lt;b&gt;</code></pre>"],
    ["## Heading", "<p><strong>Heading</strong></p>"],
  ])("%j", (text, expected) => expect(html(text)).toBe(expected));

  it("stays text where it is no markup of ours", () => {
    const { container } = render(<Prose text={'<script>alert(1)</script> <img src=x onerror="y"> ![i](https://e.org/i.png)'} />);
    expect(container.querySelector("script, img")).toBeNull();
    expect(container.textContent).toContain("<script>alert(1)</script>");
  });

  it("links web addresses, named or bare, and nothing else", () => {
    const { container } = render(<Prose text={"See https://example.org/a?b=1. Or [the report](https://example.org/r), not [this](javascript:alert(1))."} />);
    const links = [...container.querySelectorAll("a")];
    expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
      ["https://example.org/a?b=1", "https://example.org/a?b=1"],
      ["the report", "https://example.org/r"],
    ]);
    expect(links.every((link) => link.rel.includes("noopener"))).toBe(true);
  });

  it("is quick with hostile text", () => {
    const started = performance.now();
    for (const text of ["*".repeat(5_000), "**a".repeat(2_000), "[".repeat(5_000), "_a ".repeat(3_000), "> ".repeat(5_000), "*a* ".repeat(5_000), "__a ".repeat(3_000)]) markdown(text);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

it("does not link to what is no web page", () => {
  const { container } = render(<OutLink href="javascript:alert(1)">click</OutLink>);
  expect(container.querySelector("a")).toBeNull();
});
