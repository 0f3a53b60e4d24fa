import type { ComponentChildren, VNode } from "preact";
import { OutLink } from "./OutLink";

/**
 * The part of Markdown that people write in messages: paragraphs, lists, quotes, code, bold, italics
 * and links. It makes elements, never HTML from text, so what is not on this list stays text.
 */
export function markdown(source: string): VNode[] {
  return blocksOf(source.replace(/\r\n?/g, "\n").split("\n"));
}

const BULLET = /^\s{0,3}[-*+]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,4})[.)]\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const FENCE = /^\s{0,3}(```|~~~)/;
const HEADING = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/;

/** Quotes in quotes and bold in bold end somewhere; deeper ones stay text. */
const DEEPEST = 6;

function blocksOf(lines: string[], depth = 0): VNode[] {
  const blocks: VNode[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    if (line.trim() === "") {
      at += 1;
      continue;
    }
    const [block, next] = blockAt(lines, at, blocks.length, depth);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

/** The block that begins at a line, and the line after it. */
function blockAt(lines: string[], at: number, key: number, depth: number): [VNode, number] {
  const line = lines[at] ?? "";
  if (FENCE.test(line)) {
    const end = lines.findIndex((one, index) => index > at && FENCE.test(one));
    const stop = end === -1 ? lines.length : end;
    return [<pre key={key}><code>{lines.slice(at + 1, stop).join("\n")}</code></pre>, stop + 1];
  }
  const heading = HEADING.exec(line);
  if (heading) return [<p key={key}><strong>{inline(heading[1] ?? "")}</strong></p>, at + 1];
  if (QUOTE.test(line) && depth < DEEPEST) {
    const stop = endOf(lines, at, (one) => QUOTE.test(one));
    return [<blockquote key={key}>{blocksOf(lines.slice(at, stop).map((one) => QUOTE.exec(one)?.[1] ?? one), depth + 1)}</blockquote>, stop];
  }
  for (const [pattern, List] of [[BULLET, "ul"], [NUMBER, "ol"]] as const) {
    if (!pattern.test(line)) continue;
    const stop = endOf(lines, at, (one) => pattern.test(one) || /^\s{2,}\S/.test(one));
    const first = List === "ol" ? Number(NUMBER.exec(line)?.[1]) : 1;
    return [<List key={key} {...(List === "ol" && first !== 1 ? { start: first } : {})}>{itemsOf(lines.slice(at, stop), pattern)}</List>, stop];
  }
  const stop = endOf(lines, at, (one) => one.trim() !== "" && ![BULLET, NUMBER, QUOTE, FENCE, HEADING].some((pattern) => pattern.test(one)));
  return [<p key={key}>{inline(lines.slice(at, stop).join("\n"))}</p>, stop];
}

function endOf(lines: string[], at: number, belongs: (line: string) => boolean): number {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end] ?? "")) end += 1;
  return end;
}

function itemsOf(lines: string[], pattern: RegExp): VNode[] {
  const items: string[] = [];
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match) items.push(match.at(-1) ?? "");
    else items.push(`${items.pop() ?? ""}\n${line.trim()}`);
  }
  return items.map((item, index) => <li key={index}>{inline(item)}</li>);
}

/** In order: code, a named link, a bare address, bold, italics. What stands inside code is left alone. */
const INLINE =
  /`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"'*`]+[^\s<>"'*`.,;:!?)\]])|\*\*(\S(?:.*?\S)?)\*\*|__(\S(?:.*?\S)?)__|(?<![\w*])\*(?![\s*])([^*\n]*?[^\s*])\*(?![\w*])|(?<!\w)_(?![\s_])([^_\n]*?[^\s_])_(?!\w)/;

function inline(text: string, depth = 0): ComponentChildren[] {
  const pieces: ComponentChildren[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index > 0) pieces.push(rest.slice(0, match.index));
    pieces.push(depth < DEEPEST ? piece(match, depth) : match[0]);
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}

function piece(match: RegExpExecArray, depth: number): VNode {
  const [, code, name, href, bare, bold, boldToo, slanted, slantedToo] = match;
  if (code !== undefined) return <code>{code}</code>;
  if (href !== undefined) return <OutLink href={href}>{name}</OutLink>;
  if (bare !== undefined) return <OutLink href={bare}>{bare}</OutLink>;
  const strong = bold ?? boldToo;
  if (strong !== undefined) return <strong>{inline(strong, depth + 1)}</strong>;
  return <em>{inline(slanted ?? slantedToo ?? "", depth + 1)}</em>;
}
