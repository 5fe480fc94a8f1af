// One drawing at the four sizes of the design, each with its own stroke.
import type { LucideIcon } from 'lucide-react';

const SIZES = { l: [20, 1.5], m: [16, 1.75], s: [14, 2], xs: [12, 2.25] } as const;

interface IconProps {
  readonly of: LucideIcon;
  readonly size?: keyof typeof SIZES;
  readonly className?: string;
}

export function Icon({ of: Drawing, size = 'm', className }: IconProps) {
  const [pixels, stroke] = SIZES[size];
  return (
    <Drawing
      size={pixels}
      strokeWidth={stroke}
      className={className}
      aria-hidden
      focusable={false}
      style={{ flex: 'none' }}
    />
  );
}
