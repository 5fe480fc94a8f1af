// Takes out of a text what is nobody else's business: secrets, the home folder, and names where they are not wanted. Pure.

const MEDIA =
  'mp4|mov|webm|mkv|avi|m4v|png|jpe?g|webp|bmp|tiff?|gif|heic|heif|wav|mp3|m4a|aac|ogg|flac|json|part';
/** A name with spaces, behind a folder. */
const NAME_IN_FOLDER = new RegExp(`([/\\\\])[^/\\\\"'\\r\\n]*?\\.(${MEDIA})\\b`, 'gi');
const BARE_NAME = new RegExp(`[^\\s/\\\\"'<>()[\\]{},;:=]+\\.(${MEDIA})\\b`, 'gi');
const ANY_HOME = /(?:\/home\/|\/Users\/|[A-Za-z]:[\\/]+Users[\\/]+)[^\\/\s"'<>|:]+/g;
/** Shorter words would blank out ordinary ones; in Chinese two characters are a word already. */
const leastOf = (name: string): number => (/\p{Script=Han}/u.test(name) ? 2 : 4);
/** Could be any word of a log: taken for a name only where it is quoted, as in a message of a server. */
const ORDINARY = /^[A-Za-z]+$/;
const QUOTED = ['(?<=[\'‘“«`]|\\\\")', '(?=[\'’”»`]|\\\\")'] as const;
const HIDDEN = '***';

export interface Private {
  /** Takes keys, signatures and file contents out. */
  readonly mask: (text: string) => string;
  readonly home: string;
  /** Only where file names and prompts are to be hidden: those that are known. Null: they may stay. */
  readonly names: readonly string[] | null;
  readonly libraryFolder: string;
}

/** The function that makes a text fit to be given away. Used twice it changes nothing more. */
export function cleaner({ mask, home, names, libraryFolder }: Private): (text: string) => string {
  const known = (names ?? [])
    .flatMap((name) => shapesOf(name))
    .filter((name) => name.length >= leastOf(name))
    .sort((a, b) => b.length - a.length)
    .map((name) => (ORDINARY.test(name) ? new RegExp(QUOTED.join(name), 'g') : name));
  const homes = folderShapes(home);
  const libraries = folderShapes(libraryFolder);
  return (text) => {
    let clean = mask(text);
    for (const folder of libraries)
      if (names !== null) clean = clean.replaceAll(namesUnder(folder), `<library>/${HIDDEN}.$1`);
    for (const name of known) clean = clean.replaceAll(name, HIDDEN);
    for (const folder of homes) clean = clean.replaceAll(folder, '~');
    clean = clean.replace(ANY_HOME, '~');
    if (names === null) return clean;
    return clean.replace(NAME_IN_FOLDER, `$1${HIDDEN}.$2`).replace(BARE_NAME, `${HIDDEN}.$1`);
  };
}

function namesUnder(folder: string): RegExp {
  // Quotes may stand in a name: only a double one ends it.
  return new RegExp(
    `${folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[/\\\\][^"\\r\\n]*?\\.(\\w{2,4})\\b`,
    'g',
  );
}

/** A path as it is, as JSON writes it, and as an address does. */
function folderShapes(path: string): string[] {
  const shapes = [path, JSON.stringify(path).slice(1, -1), encodeURI(path), path.replaceAll('\\', '/')];
  return [...new Set(shapes)].filter((shape) => shape.length >= leastOf(shape));
}

function shapesOf(name: string): string[] {
  const plain = name.trim();
  return [...new Set([plain, JSON.stringify(plain).slice(1, -1), encodeURIComponent(plain)])];
}
