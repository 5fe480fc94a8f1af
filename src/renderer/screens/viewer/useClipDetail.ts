// A clip with everything that is known of it, asked for when it is looked at.
import { useEffect } from 'react';
import type { ClipDetail } from '@shared/domain/clip';
import { useClips } from '../../stores/clipsStore';
import { attempt } from '../../stores/noticesStore';

export function useClipDetail(id: string): ClipDetail | undefined {
  const detail = useClips((state) => state.details.get(id));
  useEffect(() => {
    void attempt(() => useClips.getState().loadDetail(id));
  }, [id]);
  return detail;
}
