// Whether the window answers to a media query, followed as it changes.
import { useSyncExternalStore } from 'react';

/** Here the inspector lies over the grid. */
export const NARROW = '(max-width: 1180px)';
/** Too low for the composer's form. */
export const LOW = '(max-height: 560px)';

export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}
