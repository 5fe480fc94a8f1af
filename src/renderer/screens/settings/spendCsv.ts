// What was spent as comma-separated values, for a table elsewhere.
import type { SpendRow } from '@shared/domain/spend';

export function spendCsv(rows: readonly SpendRow[]): string {
  const head = 'day,connection,currency,amount,tokens,generations,of unknown price';
  const lines = rows.map((row) =>
    [
      row.day,
      cell(row.connectionLabel),
      row.currency,
      row.amount.toFixed(2),
      row.tokens,
      row.generations,
      row.unknown,
    ].join(','),
  );
  return [head, ...lines].join('\r\n');
}

/** Quoted where needed; a leading sign of a formula is disarmed, since a table would run it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
