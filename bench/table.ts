// A table for the terminal: what was measured, the figure, the bar it is held to.

export function printTable(title: string, rows: readonly (readonly [string, string, string])[]): void {
  const wide = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  console.log(`\n${title}`);
  for (const [what, figure, bar] of rows)
    console.log(`  ${what.padEnd(wide(0))}   ${figure.padStart(wide(1))}   ${bar}`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
