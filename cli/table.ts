const gap = '  ';

/** A table for the terminal, one string a line: columns as wide as their widest cell, without lines between. */
export function tableLines(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join(gap)
      .trimEnd(),
  );
}

/** Lines under a heading, a little to the right of it. */
export const section = (heading: string, lines: readonly string[]): string[] => [
  '',
  heading,
  ...lines.map((line) => `${gap}${line}`),
];
