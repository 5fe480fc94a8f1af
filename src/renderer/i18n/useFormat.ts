// The formats bound to the language that is shown.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Currency, Range } from '@shared/domain/cost';
import type { Language } from '@shared/domain/settings';
import * as format from './format';

export function useFormat() {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  return useMemo(() => bind(language), [language]);
}

export type Format = ReturnType<typeof bind>;

function bind(language: Language) {
  return {
    language,
    number: (value: number, digits = 0) => format.formatNumber(language, value, digits),
    fixed: (value: number, digits: number) => format.formatFixed(language, value, digits),
    range: (range: Range) => format.formatRange(language, range),
    money: (amount: number, currency: Currency) => format.formatMoney(language, amount, currency),
    moneyShort: (amount: number, currency: Currency) => format.formatMoneyShort(language, amount, currency),
    sign: (currency: Currency) => format.currencySign(language, currency),
    moneyRange: (range: Range, currency: Currency) => format.formatMoneyRange(language, range, currency),
    bytes: (bytes: number) => format.formatBytes(language, bytes),
    percent: (part: number) => format.formatPercent(language, part),
    clock: format.formatClock,
    date: (iso: string) => format.formatDate(language, iso),
    exact: (iso: string) => format.formatExact(language, iso),
    time: (iso: string) => format.formatTime(language, iso),
    moment: (iso: string) => format.formatMoment(language, iso),
    month: (key: string) => format.formatMonth(language, key),
    shortDay: (key: string) => format.formatShortDay(language, key),
    relative: (iso: string, now: number) => format.formatRelative(language, iso, now),
    day: (key: string, now: number) => format.formatDay(language, key, now),
  };
}
