// The frame of a clip whose record is on its way, or that only flies by: its shape, nothing that moves.
import { memo } from 'react';
import { TileFrame, type CellProps } from './TileFrame';

interface FrameTileProps extends CellProps {
  readonly name: string;
}

export const FrameTile = memo(function FrameTile({ name, ...cell }: FrameTileProps) {
  return <TileFrame {...cell} name={name} kind="frame" picture={null} caption={null} />;
});
