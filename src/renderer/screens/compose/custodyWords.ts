// Where the bytes of one file go, in words: short for its card, in full for the hover and the dialog.
import { CloudUpload, HardDrive, Link, Paperclip, Server, type LucideIcon } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { Custody } from '@shared/domain/custody';
import type { HostSummary, Upload } from '@shared/domain/host';
import type { Reference } from '@shared/domain/reference';
import type { Format } from '../../i18n/useFormat';

export interface CustodyWords {
  readonly icon: LucideIcon;
  readonly short: string;
  /** How long: stays in sight where the name of a host has to be cut. */
  readonly tail: string | null;
  readonly full: string;
}

export interface CustodySetting {
  /** The practice gateway reads this computer's files: nothing leaves it. */
  readonly practice: boolean;
  readonly host: HostSummary | null;
  /** What lies at a host already, by reference id. */
  readonly uploads: ReadonlyMap<string, Upload>;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Beyond this the day says more than the clock. */
const SAME_DAY_MS = 20 * HOUR * 1000;

export function custodyWords(
  custody: Custody,
  reference: Reference,
  { practice, host, uploads }: CustodySetting,
  t: TFunction,
  format: Format,
): CustodyWords {
  const words = (icon: LucideIcon, short: string, full = short): CustodyWords => ({
    icon,
    short,
    tail: null,
    full,
  });
  switch (custody) {
    case 'inside':
      return words(Paperclip, t('custody.inside'));
    case 'address':
      return words(Link, t('custody.address'));
    case 'result':
      return words(Server, t('custody.result'), t('custody.resultFull'));
    case 'nowhere':
      return words(HardDrive, t('custody.here'));
    case 'hosted': {
      if (practice) return words(HardDrive, t('custody.practice'), t('custody.practiceFull'));
      const upload = uploads.get(reference.id);
      if (upload !== undefined) return uploadedWords(upload, t, format);
      if (host === null) return words(CloudUpload, t('custody.toHost', { host: t('custody.yourHost') }));
      return toHostWords(host, t);
    }
  }
}

export function inOneLine({ short, tail }: CustodyWords): string {
  return tail === null ? short : `${short} ${tail}`;
}

function uploadedWords({ hostLabel: host, until }: Upload, t: TFunction, format: Format): CustodyWords {
  const icon = CloudUpload;
  if (until === null)
    return {
      icon,
      short: t('custody.atHost', { host }),
      tail: null,
      full: t('custody.atHostFull', { host }),
    };
  const soon = Date.parse(until) - Date.now() < SAME_DAY_MS;
  const time = soon ? format.time(until) : format.shortDay(until.slice(0, 10));
  return {
    icon,
    short: host,
    tail: t('custody.until', { time }),
    full: t('custody.untilFull', { host, time: format.exact(until) }),
  };
}

function toHostWords({ kind, label: host, lifeSeconds }: HostSummary, t: TFunction): CustodyWords {
  const short = t('custody.toHost', { host });
  switch (kind) {
    case 'tunnel':
      return {
        icon: HardDrive,
        short: t('custody.tunnel'),
        tail: null,
        full: t('custody.tunnelFull', { host }),
      };
    case 'uploader':
      return { icon: CloudUpload, short, tail: null, full: t('custody.toHostFull', { host }) };
    case 's3': {
      const life = lifeText(lifeSeconds, t);
      return {
        icon: CloudUpload,
        short,
        tail: t('custody.life', { life }),
        full: t('custody.toBucketFull', { host, life }),
      };
    }
  }
}

/** Hours below two days, days above. */
function lifeText(seconds: number, t: TFunction): string {
  return seconds < 2 * DAY
    ? t('custody.hours', { count: Math.round(seconds / HOUR) })
    : t('custody.days', { count: Math.round(seconds / DAY) });
}
