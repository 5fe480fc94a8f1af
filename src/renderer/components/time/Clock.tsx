// Time that passes since a moment, as `2:31`; and a moment in words with the exact one on hover.
import { useFormat } from '../../i18n/useFormat';
import { useMinute, useNow } from './useNow';

export function Clock({ since }: { readonly since: string }) {
  const now = useNow();
  const format = useFormat();
  return <span className="num">{format.clock((now - Date.parse(since)) / 1000)}</span>;
}

export function RelativeTime({ iso }: { readonly iso: string }) {
  const now = useMinute();
  const format = useFormat();
  // The minute is cut: a moment inside it would lie in the future.
  const shown = format.relative(iso, Math.max(now, Date.parse(iso)));
  return (
    <time dateTime={iso} title={format.exact(iso)}>
      {shown}
    </time>
  );
}
