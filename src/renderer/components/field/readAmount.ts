// An amount as people type it: `46`, `46.5`, `46,50`. Empty is null; undefined where it is no amount.
const MOST = 1_000_000;

export function readAmount(text: string): number | null | undefined {
  const plain = text.replace(/[\s¥￥$]/g, '').replace(',', '.');
  if (plain === '') return null;
  const amount = Number(plain);
  return Number.isFinite(amount) && amount >= 0 && amount <= MOST ? amount : undefined;
}
