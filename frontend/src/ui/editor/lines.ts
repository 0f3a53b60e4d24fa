/** Where a line (from 1) of a text begins and ends, as offsets; the last line for one beyond the end. */
export function rangeOfLine(text: string, line: number): [number, number] {
  let start = 0;
  for (let at = 1; at < line; at += 1) {
    const end = text.indexOf("\n", start);
    if (end === -1) break;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return [start, end === -1 ? text.length : end];
}

export function countLines(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** The gutter's text in runs, so that a line with a complaint is a run of its own. */
export function gutterRuns(count: number, marked: ReadonlySet<number>): { text: string; marked: boolean }[] {
  const runs: { text: string; marked: boolean }[] = [];
  for (let line = 1; line <= count; line += 1) {
    const is = marked.has(line);
    const last = runs.at(-1);
    if (last && last.marked === is && !is) last.text += `\n${line}`;
    else runs.push({ text: String(line), marked: is });
  }
  return runs;
}
