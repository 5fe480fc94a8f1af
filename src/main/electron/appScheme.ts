// What `app://dailies/` answers: the packaged page with its policy, and media by opaque id. Electron-free.
import { join } from 'node:path';
import type { Language } from '@shared/domain/settings';
import { containedFile, decodeParts, fileForUrlPath } from './containedFile';
import { contentTypeOf } from './contentType';
import { emptyResponse, fileResponse } from './fileResponse';
import { startPage } from './startPage';

export const APP_SCHEME = 'app';
export const APP_HOST = 'dailies';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const START_PAGE = `${APP_ORIGIN}/index.html`;

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  `img-src 'self' ${APP_ORIGIN} data: blob:`,
  `media-src 'self' ${APP_ORIGIN}`,
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'referrer-policy': 'no-referrer',
};

export const MEDIA_KINDS = [
  'clip',
  'proxy',
  'poster',
  'sprite',
  'last',
  'thumb',
  'reference',
  'preview',
] as const;
const FILMS: readonly MediaKind[] = ['clip', 'proxy', 'reference'];
export type MediaKind = (typeof MEDIA_KINDS)[number];

export interface MediaFile {
  readonly path: string;
  /** Content type from what was stored about the file, not from its name. */
  readonly type: string;
  /** The folder that the file's real place must be in. */
  readonly root: string;
}

/** Null for an unknown id. The id comes from the page: look it up, build no path from it. */
export type FindMedia = (kind: MediaKind, id: string) => MediaFile | null | Promise<MediaFile | null>;

export interface AppSchemeOptions {
  /** Absolute path of `out/renderer`. */
  readonly pageFolder: string;
  readonly findMedia: FindMedia;
  /** What the page begins in. */
  readonly language?: () => Language;
  /** In development the page comes from here and may read media across origins. */
  readonly devOrigin?: string | null;
}

/** Answers every request of the scheme; never rejects. */
export function createAppScheme(options: AppSchemeOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const url = new URL(request.url);
      if (url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return emptyResponse(404);
      return url.pathname.startsWith('/media/')
        ? await mediaResponse(request, url.pathname, options)
        : await pageResponse(request, url.pathname, options);
    } catch {
      return emptyResponse(500);
    }
  };
}

async function pageResponse(
  request: Request,
  pathname: string,
  { pageFolder, language }: AppSchemeOptions,
): Promise<Response> {
  const first = pathname === '/' || pathname === '/index.html';
  const file = await fileForUrlPath(first ? '/index.html' : pathname, pageFolder);
  if (file === null) return emptyResponse(404);
  if (first && language !== undefined && request.method === 'GET')
    return new Response(await startPage(pageFolder, language()), {
      headers: {
        ...PAGE_HEADERS,
        'content-type': contentTypeOf(file.path),
        'cache-control': 'no-cache',
        'x-content-type-options': 'nosniff',
      },
    });
  // Built files carry a hash in their name; the page that names them does not.
  const hashed = pathname.startsWith('/assets/');
  return fileResponse(request, file, {
    type: contentTypeOf(file.path),
    cacheControl: hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    headers: PAGE_HEADERS,
  });
}

async function mediaResponse(
  request: Request,
  pathname: string,
  options: AppSchemeOptions,
): Promise<Response> {
  const [, kind, id, ...rest] = decodeParts(pathname) ?? [];
  if (id === undefined || rest.length > 0 || id.length > 100 || !isMediaKind(kind)) return emptyResponse(404);
  const found = await options.findMedia(kind, id);
  const file = found === null ? null : await containedFile(join(found.path), found.root);
  if (found === null || file === null) return emptyResponse(404);
  const headers: Record<string, string> = {
    // A picture or a film, never a document: an SVG or HTML in the library must not run.
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': options.devOrigin ? 'cross-origin' : 'same-origin',
  };
  if (options.devOrigin) headers['access-control-allow-origin'] = options.devOrigin;
  return fileResponse(request, file, {
    type: found.type,
    // Films are large and already on this disk; pictures are asked for again while scrolling.
    cacheControl: FILMS.includes(kind) ? 'no-store' : 'no-cache',
    headers,
  });
}

function isMediaKind(kind: string | undefined): kind is MediaKind {
  return MEDIA_KINDS.some((known) => known === kind);
}
