// The person's own upload request: their method, headers and field; the address is read from the answer.
import { randomBytes } from 'node:crypto';
import { AppError } from '@shared/contract/errors';
import type { HostTest } from '@shared/contract/requests';
import type { UploaderFacts } from '@shared/domain/host';
import { mask, shapesOf } from '../log/mask';
import { nameOf, typeOf, type FileHost, type HostedFile, type Placed, type PutOptions } from './FileHost';
import { probeFile } from './probeFile';
import { requirePublic, stillAnswers } from './publicAddress';
import { sendFile, type SmallAnswer } from './sendFile';

export interface UploaderHostOptions {
  readonly facts: UploaderFacts;
  /** What `{secret}` stands for; null where no header asks for it. */
  readonly secret: string | null;
}

const SILENCE_MS = 60_000;
/** As the database and a request take it. */
const MOST_ADDRESS_LENGTH = 4000;
const SHOWN_CHARACTERS = 200;

export class UploaderHost implements FileHost {
  constructor(private readonly options: UploaderHostOptions) {}

  async put(file: HostedFile, { signal, onProgress, known, onBegin }: PutOptions): Promise<Placed> {
    if (known !== null && (await stillAnswers(known, file.bytes, signal)))
      return { place: known, url: known, until: null, reused: true };
    onBegin('');
    const url = await this.send(file, nameOf(file), signal, onProgress);
    return { place: url, url, until: null, reused: false };
  }

  async discard(): Promise<void> {
    // Its server keeps nothing of a request that broke off, or nobody here can know.
  }

  async remove(): Promise<boolean> {
    return false;
  }

  async test(): Promise<HostTest> {
    const begun = performance.now();
    await probeFile(async (path, content) => {
      const name = `dailies-test-${randomBytes(4).toString('hex')}.png`;
      const file = { path, id: 'dailies-test', bytes: content.length };
      const url = await this.send(file, name, new AbortController().signal, () => undefined);
      await requirePublic(url, content);
    });
    return { milliseconds: Math.round(performance.now() - begun), removed: null };
  }

  close(): void {
    // Every request has a line of its own.
  }

  private async send(
    { path, bytes }: HostedFile,
    name: string,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<string> {
    const { url, method, field } = this.options.facts;
    const form = field === '' ? null : formAround(field, name, typeOf(path));
    try {
      const answer = await sendFile({
        url: new URL(url),
        method,
        headers: { 'Content-Type': form?.type ?? typeOf(path), Accept: '*/*', ...this.headers() },
        file: path,
        bytes,
        ...(form === null ? {} : { before: form.before, after: form.after }),
        signal,
        silenceMs: SILENCE_MS,
        onProgress,
      });
      return this.addressIn(answer);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError) throw error;
      const rawMessage = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      throw new AppError('host_unreachable', 'the uploader did not answer', { rawMessage }, { cause: error });
    }
  }

  private headers(): Record<string, string> {
    const { facts, secret } = this.options;
    return Object.fromEntries(
      facts.headers.map(({ name, value }) => [name, value.replaceAll('{secret}', secret ?? '')]),
    );
  }

  private addressIn({ status, text }: SmallAnswer): string {
    // Hidden before it is cut: half of a secret would not be known for one any more.
    const secrets = this.options.secret === null ? [] : shapesOf(this.options.secret);
    const detail = { status, rawMessage: firstWords(mask(text, secrets)) };
    if (status >= 500 || status === 429)
      throw new AppError('host_unreachable', 'the uploader is in trouble', detail);
    if (status >= 400) throw new AppError('host_refused', 'the uploader refused the file', detail);
    // Also redirects: whatever secret was sent is not sent on to somebody else.
    if (status < 200 || status > 299)
      throw new AppError('host_answer_unreadable', 'the uploader answered with a redirect', detail);
    const found = valueAt(text, this.options.facts.answerPath);
    const url = found !== null && URL.canParse(found) ? new URL(found) : null;
    const usable =
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (!usable || url.href.length > MOST_ADDRESS_LENGTH)
      throw new AppError('host_answer_unreadable', 'no address in the answer', detail);
    return url.href;
  }
}

interface Form {
  readonly type: string;
  readonly before: string;
  readonly after: string;
}

/** `multipart/form-data` with one file (RFC 7578). The boundary is unguessable, so that no file can hold it. */
function formAround(field: string, name: string, type: string): Form {
  const boundary = `dailies-${randomBytes(18).toString('hex')}`;
  const quoted = field.replace(/["\r\n]/g, (character) => encodeURIComponent(character));
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    before:
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted}"; filename="${name}"\r\n` +
      `Content-Type: ${type}\r\n\r\n`,
    after: `\r\n--${boundary}--\r\n`,
  };
}

/** The text at a path of JSON, like `files.0.src`; an empty path means the text itself. Null: there is none. */
function valueAt(text: string, path: string): string | null {
  if (path === '') return text.trim();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return null;
    value = (value as Record<string, unknown>)[step];
  }
  return typeof value === 'string' ? value.trim() : null;
}

function firstWords(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, SHOWN_CHARACTERS);
}
