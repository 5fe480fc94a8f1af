// Finds a font on this system for the words in the picture; Chinese, Japanese and Korean where one is there.
import { existsSync } from 'node:fs';

export interface PictureFont {
  readonly path: string;
  readonly hasChinese: boolean;
}

const WINDOWS_FONTS = `${(process.env.WINDIR ?? 'C:\\Windows').replaceAll('\\', '/')}/Fonts`;

const CANDIDATES: readonly PictureFont[] = [
  ...[
    '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc',
    '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc',
    '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
    '/System/Library/Fonts/PingFang.ttc',
    '/System/Library/Fonts/Hiragino Sans GB.ttc',
    '/System/Library/Fonts/STHeiti Light.ttc',
    `${WINDOWS_FONTS}/msyh.ttc`,
    `${WINDOWS_FONTS}/simhei.ttf`,
  ].map((path) => ({ path, hasChinese: true })),
  ...[
    '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf',
    '/usr/share/fonts/TTF/DejaVuSans.ttf',
    '/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf',
    '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf',
    '/System/Library/Fonts/Helvetica.ttc',
    `${WINDOWS_FONTS}/segoeui.ttf`,
    `${WINDOWS_FONTS}/arial.ttf`,
  ].map((path) => ({ path, hasChinese: false })),
];

/** The best font there is, or null: the picture then goes without words. */
export function findFont(exists: (path: string) => boolean = existsSync): PictureFont | null {
  return CANDIDATES.find(({ path }) => exists(path)) ?? null;
}
