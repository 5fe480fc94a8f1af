// A file host in words: where it is, and for how long a file is there.
import type { TFunction } from 'i18next';
import type { Host, HostKind } from '@shared/domain/host';

const HOUR = 3600;
const DAY = 86_400;

export function kindWords(kind: HostKind, t: TFunction): { name: string; note: string } {
  switch (kind) {
    case 's3':
      return { name: t('hosting.s3'), note: t('hosting.s3Note') };
    case 'uploader':
      return { name: t('hosting.uploader'), note: t('hosting.uploaderNote') };
    case 'tunnel':
      return { name: t('hosting.tunnel'), note: t('hosting.tunnelNote') };
  }
}

/** Where files go, as an address without its scheme. */
export function placeWords({ facts }: Host, cloudflared: string | null, t: TFunction): string {
  switch (facts.kind) {
    case 's3': {
      const server = facts.endpoint.replace(/^https:\/\//, '');
      return [server, facts.bucket, facts.prefix].filter((part) => part !== '').join('/');
    }
    case 'uploader':
      return `${facts.method} ${facts.url}`;
    case 'tunnel':
      return cloudflared === null ? t('hosting.tunnelMissing') : `cloudflared ${cloudflared}`;
  }
}

/** How long a file and its address last there. */
export function stayWords({ facts, lifeSeconds, removeAfter }: Host, t: TFunction): string {
  if (facts.kind === 'tunnel') return t('hosting.whileNeeded');
  if (facts.kind === 'uploader') return t('hosting.hostDecides');
  const lives = t('hosting.lives', { time: lifeWords(lifeSeconds, t) });
  return [lives, removeAfter ? t('hosting.takenAway') : t('hosting.stays')].join(' · ');
}

/** `6 h`, `3 days`. */
export function lifeWords(seconds: number, t: TFunction): string {
  if (seconds % DAY === 0) return t('hosting.lifeDays', { count: seconds / DAY });
  return t('hosting.lifeHours', { count: Math.round(seconds / HOUR) });
}
