// Numbers, money, sizes and times as each language writes them.
import type { Currency, Range } from '@shared/domain/cost';
import type { Language } from '@shared/domain/settings';
import { spaced } from './spacing';

const MEGABYTE = 1024 * 1024;
const formats = new Map<string, Intl.NumberFormat>();

/** Building an `Intl` object is slow and a grid asks for hundreds. */
function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${language}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, known);
  return known;
}

export function formatNumber(language: Language, value: number, digits = 0): string {
  return numberFormat(language, { maximumFractionDigits: digits }).format(value);
}

export function formatFixed(language: Language, value: number, digits: number): string {
  return numberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}

export function formatRange(language: Language, { min, max }: Range): string {
  if (min === max) return formatNumber(language, min);
  return `${formatNumber(language, min)}–${formatNumber(language, max)}`;
}

export function formatMoney(language: Language, amount: number, currency: Currency): string {
  return numberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(
    amount,
  );
}

/** Whole amounts without their cents: `¥400`. */
export function formatMoneyShort(language: Language, amount: number, currency: Currency): string {
  const digits = Number.isInteger(amount) ? 0 : 2;
  return numberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** The sign in front of an amount: `¥`. */
export function currencySign(language: Language, currency: Currency): string {
  const parts = numberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

export function formatMoneyRange(language: Language, { min, max }: Range, currency: Currency): string {
  const low = formatMoney(language, min, currency);
  const high = formatMoney(language, max, currency);
  return low === high ? low : `${low}–${high}`;
}

/** Sizes count 1024, as the limits of the API do. */
export function formatBytes(language: Language, bytes: number): string {
  if (bytes >= 1024 * MEGABYTE) return unit(language, bytes / (1024 * MEGABYTE), 'gigabyte', 1);
  if (bytes >= MEGABYTE / 10) return unit(language, bytes / MEGABYTE, 'megabyte', 1);
  return unit(language, Math.max(bytes === 0 ? 0 : 1, Math.round(bytes / 1024)), 'kilobyte', 0);
}

function unit(language: Language, value: number, name: string, digits: number): string {
  return numberFormat(language, { style: 'unit', unit: name, maximumFractionDigits: digits }).format(value);
}

export function formatPercent(language: Language, part: number): string {
  // A space before the sign, as the figures of the tiles have it.
  return `${formatNumber(language, Math.floor(part * 100))} %`;
}

/** `2:31`, `1:02:05`: elapsed time with its hours only where there are some. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

export function formatExact(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

export function formatTime(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short', hourCycle: 'h23' }).format(new Date(iso));
}

/** `14:02:07`: a moment to the second, for a list of steps. */
export function formatMoment(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(iso));
}

/** The month of a key such as `2026-11`: `November`, `11 月`. */
export function formatMonth(language: Language, key: string): string {
  const [year = 0, month = 1] = key.split('-').map(Number);
  const style = language === 'zh-CN' ? 'numeric' : 'long';
  const name = new Intl.DateTimeFormat(language, { month: style }).format(new Date(year, month - 1, 1));
  return language === 'zh-CN' ? spaced(name) : name;
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** `18 minutes ago`. Under a minute: `now`. */
export function formatRelative(language: Language, iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const settle = (text: string): string => (language === 'zh-CN' ? spaced(text) : text);
  for (const [name, size] of STEPS)
    if (Math.abs(seconds) >= size) return settle(format.format(Math.trunc(seconds / size), name));
  return settle(format.format(0, 'second'));
}

/** The local calendar day, as a key: `2026-11-22`. */
export function dayKey(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function formatDay(language: Language, key: string, now: number): string {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number);
  const sameYear = new Date(now).getFullYear() === year;
  return new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(new Date(year, month - 1, day));
}

/** A day in a narrow column: `22 Nov`. */
export function formatShortDay(language: Language, key: string): string {
  const [year = 0, month = 1, day = 1] = key.split('-').map(Number);
  const text = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' }).format(
    new Date(year, month - 1, day),
  );
  return language === 'zh-CN' ? spaced(text) : text;
}

/** A calendar date such as a price list carries: no clock, no time zone. */
export function formatDate(language: Language, date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date));
}
