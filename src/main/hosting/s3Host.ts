// An S3-compatible bucket: put once per content, in parts that a killed app goes on with, given out by signed address.
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AppError } from '@shared/contract/errors';
import type { HostTest } from '@shared/contract/requests';
import type { S3Facts } from '@shared/domain/host';
import { nameOf, typeOf, type FileHost, type HostedFile, type Placed, type PutOptions } from './FileHost';
import { filePieces } from './filePieces';
import { requirePublic } from './publicAddress';
import { s3Error, statusOf } from './s3Errors';

/** An upload in parts that is not finished yet. */
export interface Multipart {
  readonly uploadId: string;
  readonly partBytes: number;
  readonly parts: readonly { readonly number: number; readonly etag: string }[];
  /** Milliseconds since 1970. */
  readonly begunAt: number;
}

/** Remembers unfinished uploads over a restart. */
export interface MultipartMemory {
  find(key: string): Multipart | null;
  save(key: string, multipart: Multipart): void;
  remove(key: string): void;
}

export interface S3HostOptions {
  readonly facts: S3Facts;
  readonly secret: string;
  readonly lifeSeconds: number;
  readonly multiparts: MultipartMemory;
  readonly now: () => number;
  readonly partBytes?: number;
}

/** Above this a cut line costs more than the extra requests of an upload in parts. */
const SINGLE_MOST_BYTES = 16 * 1024 * 1024;
/** Every part but the last has at least 5 MiB (Amazon S3, "Multipart upload limits"). */
const PART_BYTES = 8 * 1024 * 1024;
/** Stores often sweep unfinished uploads after a day or a week: an older one is begun anew. */
const STALE_MS = 24 * 60 * 60 * 1000;
const SWEPT = /^(?:NoSuchUpload|InvalidPart|InvalidPartOrder)$/;
const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
const nothing = (): void => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export class S3Host implements FileHost {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor(private readonly options: S3HostOptions) {
    const { endpoint, region, bucket, pathStyle, accessKeyId } = options.facts;
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint,
      region: region === '' ? 'us-east-1' : region,
      forcePathStyle: pathStyle,
      credentials: { accessKeyId, secretAccessKey: options.secret },
      // Checksum trailers came late to S3: many compatible stores refuse them or keep them as content.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 2,
      // It would print to the console.
      logger: SILENT,
      requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
    });
  }

  async put(file: HostedFile, { signal, onProgress, onBegin }: PutOptions): Promise<Placed> {
    const key = this.keyOf(nameOf(file));
    const reused = (await this.sizeOf(key, signal)) === file.bytes;
    if (!reused) {
      onBegin(key);
      if (file.bytes > SINGLE_MOST_BYTES) await this.putInParts(file, key, signal, onProgress);
      else await this.putWhole(file, key, signal, onProgress);
    }
    this.options.multiparts.remove(key);
    return { place: key, reused, ...(await this.addressOf(key)) };
  }

  async discard(key: string): Promise<void> {
    const begun = this.options.multiparts.find(key);
    if (begun !== null) await this.abort(key, begun);
  }

  async remove(key: string): Promise<boolean> {
    await this.discard(key);
    await this.ask((abortSignal) =>
      this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }), { abortSignal }),
    );
    return true;
  }

  async test(): Promise<HostTest> {
    const begun = performance.now();
    const key = this.keyOf(`dailies-test-${randomBytes(8).toString('hex')}.txt`);
    const content = Buffer.from('Dailies puts, fetches and removes this file to try the bucket.\n');
    await this.ask((abortSignal) =>
      this.client.send(
        new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: content, ContentType: 'text/plain' }),
        { abortSignal },
      ),
    );
    let removed = false;
    try {
      await requirePublic((await this.addressOf(key)).url, content);
    } finally {
      removed = await this.remove(key).catch(() => false);
    }
    return { milliseconds: Math.round(performance.now() - begun), removed };
  }

  close(): void {
    this.client.destroy();
  }

  private keyOf(name: string): string {
    const { prefix } = this.options.facts;
    return prefix === '' ? name : `${prefix}/${name}`;
  }

  /** Null where there is none, or where the key may not look: then the upload will tell what is wrong. */
  private async sizeOf(key: string, signal: AbortSignal): Promise<number | null> {
    try {
      const command = new HeadObjectCommand({ Bucket: this.bucket, Key: key });
      return (await this.client.send(command, { abortSignal: signal })).ContentLength ?? null;
    } catch (error) {
      signal.throwIfAborted();
      if (statusOf(error) === undefined) throw s3Error(error);
      return null;
    }
  }

  private async putWhole(
    file: HostedFile,
    key: string,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<void> {
    await this.stream(file, 0, file.bytes, signal, onProgress, (Body, abortSignal) =>
      this.client.send(
        new PutObjectCommand({
          Bucket: this.bucket,
          Key: key,
          Body,
          ContentLength: file.bytes,
          ContentType: typeOf(file.path),
        }),
        { abortSignal },
      ),
    );
  }

  private async putInParts(
    file: HostedFile,
    key: string,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<void> {
    const { multiparts } = this.options;
    const goingOn = multiparts.find(key) !== null;
    try {
      await this.sendParts(file, key, await this.begin(file, key, signal), signal, onProgress);
    } catch (error) {
      // The store has swept the upload or its parts away meanwhile: once more, from the beginning.
      if (!goingOn || !SWEPT.test(s3Error(error).detail.rawCode ?? '')) throw error;
      multiparts.remove(key);
      await this.sendParts(file, key, await this.begin(file, key, signal), signal, onProgress);
    }
  }

  private async begin(file: HostedFile, key: string, signal: AbortSignal): Promise<Multipart> {
    const { multiparts, now, partBytes = PART_BYTES } = this.options;
    const begun = multiparts.find(key);
    if (begun !== null && now() - begun.begunAt < STALE_MS) return begun;
    if (begun !== null) await this.abort(key, begun);
    const { UploadId } = await this.ask(
      (abortSignal) =>
        this.client.send(
          new CreateMultipartUploadCommand({ Bucket: this.bucket, Key: key, ContentType: typeOf(file.path) }),
          { abortSignal },
        ),
      signal,
    );
    if (UploadId === undefined) throw new AppError('host_unreachable', 'the store gave no upload id');
    const multipart: Multipart = { uploadId: UploadId, partBytes, parts: [], begunAt: now() };
    multiparts.save(key, multipart);
    return multipart;
  }

  private async sendParts(
    file: HostedFile,
    key: string,
    begun: Multipart,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<void> {
    const { uploadId, partBytes } = begun;
    const at = { Bucket: this.bucket, Key: key, UploadId: uploadId };
    let multipart = begun;
    for (let number = 1; (number - 1) * partBytes < file.bytes; number += 1) {
      const start = (number - 1) * partBytes;
      const bytes = Math.min(partBytes, file.bytes - start);
      if (!multipart.parts.some((part) => part.number === number)) {
        const { ETag } = await this.stream(
          file,
          start,
          bytes,
          signal,
          (done) => onProgress(start + done),
          (Body, abortSignal) =>
            this.client.send(
              new UploadPartCommand({ ...at, PartNumber: number, Body, ContentLength: bytes }),
              { abortSignal },
            ),
        );
        multipart = { ...multipart, parts: [...multipart.parts, { number, etag: ETag ?? '' }] };
        this.options.multiparts.save(key, multipart);
      }
      onProgress(start + bytes);
    }
    const Parts = multipart.parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
    await this.ask(
      (abortSignal) =>
        this.client.send(new CompleteMultipartUploadCommand({ ...at, MultipartUpload: { Parts } }), {
          abortSignal,
        }),
      signal,
    );
  }

  /** What was put stays a while at the store and costs there: it is told to let go, if it still knows it. */
  private async abort(key: string, { uploadId }: Multipart): Promise<void> {
    try {
      const command = new AbortMultipartUploadCommand({ Bucket: this.bucket, Key: key, UploadId: uploadId });
      await this.client.send(command);
    } catch (error) {
      // Whatever it answers: it knows nothing of it, or takes no such request.
      if (statusOf(error) === undefined) throw s3Error(error);
    }
    this.options.multiparts.remove(key);
  }

  /** Sends a part of the file; a file that cannot be read ends the request too. */
  private async stream<T>(
    { path }: HostedFile,
    start: number,
    bytes: number,
    signal: AbortSignal,
    onProgress: (done: number) => void,
    send: (body: Readable, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    let done = 0;
    const body = filePieces(path, start, bytes, (read) => onProgress((done += read)));
    const failed = new AbortController();
    body.on('error', (error) => failed.abort(error));
    try {
      return await this.ask((both) => send(body, both), AbortSignal.any([signal, failed.signal]));
    } finally {
      body.destroy();
    }
  }

  private async ask<T>(
    send: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<T> {
    try {
      return await send(signal);
    } catch (error) {
      signal.throwIfAborted();
      throw s3Error(error);
    }
  }

  /** Signed anew each time, with the store's clock where ours is wrong: an address is a secret and is not kept. */
  private async addressOf(key: string): Promise<{ url: string; until: string }> {
    const { lifeSeconds, now } = this.options;
    const url = await getSignedUrl(this.client, new GetObjectCommand({ Bucket: this.bucket, Key: key }), {
      expiresIn: lifeSeconds,
      signingDate: new Date(Date.now() + this.client.config.systemClockOffset),
    });
    return { url, until: new Date(now() + lifeSeconds * 1000).toISOString() };
  }
}
