// Clips that were dropped on a collection or a tag: filed there, told, and to be taken back.
import { useTranslation } from 'react-i18next';
import type { ClipEdit } from '@shared/domain/clip';
import { useNotices } from '../../stores/noticesStore';
import { useCull } from '../library/useCull';

export function useFiling() {
  const { t } = useTranslation();
  const { edit, undo } = useCull();
  return {
    /** `told`: what is said once they are there. */
    file: (ids: readonly string[], change: ClipEdit, told: string): void =>
      void edit(ids, change).then((done) => {
        if (done) useNotices.getState().tell(told, { label: t('cull.undo'), run: () => void undo() });
      }),
  };
}
