// The frame of a clip whose record is on its way: its shape, nothing that moves.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { TileFrame, type CellProps } from './TileFrame';

export const FrameTile = memo(function FrameTile(cell: CellProps) {
  const { t } = useTranslation();
  return <TileFrame {...cell} name={t('grid.notYet')} kind="frame" picture={null} caption={null} />;
});
