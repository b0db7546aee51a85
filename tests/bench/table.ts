// Prints measurements: a sentence, then aligned columns with numbers to the right.

/** A row: its name, then its values. */
export type Row = [string, ...(string | number)[]];

/** Prints a table after a sentence that explains it. */
export function table(sentence: string, head: Row, rows: Row[]): void {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row: string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('  ');
  console.log(['', sentence, ...cells.map((row) => `  ${line(row)}`)].join('\n'));
}

/** The median of the values. */
export function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}
