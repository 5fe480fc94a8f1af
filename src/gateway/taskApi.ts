// The four calls of the task API: create, get, list, delete.
import { createHash, randomInt } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ApiError, invalidParameter, taskNotFound } from './apiError';
import { parseJson } from './exchange';
import type { FaultRule } from './faults';
import { fetchReference } from './fetchReference';
import type { Ledger, LedgerEntry } from './ledger';
import type { Lifecycle } from './lifecycle';
import { checkMedia, type MeasuredItem } from './mediaRules';
import { probe } from './probe';
import { settleOutput } from './settle';
import { isFinished, newTaskId, type StoredReference, type Task, type TaskStore } from './tasks';
import { validateCreate, type CreateRequest } from './validate';
import { toWire, type WireTask } from './wire';

interface TaskApiParts {
  readonly store: TaskStore;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** The link to a result file of a task; it dies at a Unix second. */
  readonly linkTo: (taskId: string, file: string, expires: number) => string;
}

const LISTED_STATUSES = ['queued', 'running', 'cancelled', 'succeeded', 'failed', 'expired'];

export class TaskApi {
  constructor(private readonly parts: TaskApiParts) {}

  /**
   * Accepts a create: checks it, brings its references here, and answers `{id}` only when task and ledger line are
   * on the disk. Throws an ApiError for everything the vendor would refuse.
   */
  async create(body: Buffer, key: string | null, fault: FaultRule | null): Promise<{ id: string }> {
    const request = validateCreate(parseJson(body));
    const { store, ledger, lifecycle } = this.parts;
    const folder = await store.stage();
    try {
      const measured = await bringReferences(request, folder);
      checkMedia(request.model, request.mode, measured);
      if (fault?.kind === 'refuse_submit') {
        const message = fault.message.replaceAll('{i}', String(fault.contentIndex));
        throw new ApiError(fault.status, fault.code, message, `content[${fault.contentIndex}]`);
      }
      const references = await nameFiles(folder, measured);
      const task = this.makeTask(request, measured, references, sha256(body), key, fault);
      await store.add(task, folder);
      await ledger.append(task.ledger);
      lifecycle.begin(task);
      return { id: task.id };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The record of one task. Throws 404 for an unknown id. */
  async get(id: string): Promise<WireTask> {
    return this.wire(await this.find(id));
  }

  /** Records of the last seven days, newest first. Throws 400 for a query that is out of range. */
  async list(query: URLSearchParams): Promise<{ items: WireTask[]; total: number }> {
    const page = pageNumber(query, 'page_num', 1);
    const size = pageNumber(query, 'page_size', 20);
    const status = query.get('filter.status');
    if (status !== null && !LISTED_STATUSES.includes(status)) {
      throw invalidParameter('filter.status', `expected one of ${LISTED_STATUSES.join(', ')}`);
    }
    const ids = query.getAll('filter.task_ids').flatMap((value) => value.split(','));
    const model = query.get('filter.model');
    const tier = query.get('filter.service_tier') ?? 'default';
    const { store, lifecycle, now } = this.parts;
    const shown = store.list(now());
    for (const task of shown) await lifecycle.expireIfDue(task);
    const found = shown.filter(
      (task) =>
        (status === null || task.status === status) &&
        (ids.length === 0 || ids.includes(task.id)) &&
        (model === null || task.model === model) &&
        task.serviceTier === tier,
    );
    const items = found.slice((page - 1) * size, page * size).map((task) => this.wire(task));
    return { items, total: found.length };
  }

  /** Cancels a queued task or forgets a finished one; 409 for a running or cancelled one. */
  async delete(id: string): Promise<Record<string, never>> {
    const task = await this.find(id);
    if (await this.parts.lifecycle.cancel(task)) return {};
    if (task.status === 'running') {
      throw new ApiError(
        409,
        'InvalidAction.RunningTaskDeletion',
        'Cannot delete task because it is currently running.',
      );
    }
    if (task.status === 'cancelled') {
      throw new ApiError(
        409,
        'InvalidAction.CancelledTaskDeletion',
        'Cannot delete task because it is cancelled.',
      );
    }
    await this.parts.store.remove(task.id);
    return {};
  }

  private async find(id: string): Promise<Task> {
    const task = this.parts.store.find(id, this.parts.now());
    if (task === undefined) throw taskNotFound(id);
    if (!isFinished(task)) await this.parts.lifecycle.expireIfDue(task);
    return task;
  }

  private wire(task: Task): WireTask {
    return toWire(task, (file, expires) => this.parts.linkTo(task.id, file, expires));
  }

  private makeTask(
    request: CreateRequest,
    measured: readonly MeasuredItem[],
    references: readonly StoredReference[],
    bodySha256: string,
    key: string | null,
    fault: FaultRule | null,
  ): Task {
    const { model, mode, prompt, safetyIdentifier } = request;
    const createdAt = this.parts.now();
    const id = newTaskId(createdAt);
    const output = settleOutput(request, measured, (below) => randomInt(below));
    const count = (kind: string): number => references.filter((reference) => reference.kind === kind).length;
    const entry: LedgerEntry = {
      taskId: id,
      at: createdAt,
      bodySha256,
      model: request.modelId,
      mode,
      prompt,
      keySha256: key === null ? null : sha256(Buffer.from(key)),
      safetyIdentifier,
      references: { image: count('image'), video: count('video'), audio: count('audio') },
    };
    return {
      id,
      status: 'queued',
      createdAt,
      updatedAt: createdAt,
      model: request.modelId,
      modelLabel: model.label,
      mode,
      prompt,
      references,
      resolution: request.resolution,
      ratio: output.ratio,
      width: output.size.width,
      height: output.size.height,
      totalFrames: output.totalFrames,
      duration: output.duration,
      frames: request.frames,
      generateAudio: request.generateAudio,
      echoesAudio: model.generateAudio === 'yes' && !model.family.endsWith('-mini'),
      watermark: request.watermark,
      seed: output.seed,
      returnLastFrame: request.returnLastFrame,
      executionExpiresAfter: request.executionExpiresAfter,
      safetyIdentifier,
      priority: request.priority,
      serviceTier: request.serviceTier,
      webSearch: request.webSearch,
      tokens: output.tokens,
      doomed: fault?.kind === 'fail_output' ? { code: fault.code, message: fault.message } : null,
      error: null,
      linksExpire: null,
      ledger: entry,
    };
  }
}

/** Fetches all references at once; of several problems the first in `content` order is thrown. */
async function bringReferences(request: CreateRequest, folder: string): Promise<MeasuredItem[]> {
  const results = await Promise.allSettled(
    request.media.map(async (item): Promise<MeasuredItem> => {
      const path = join(folder, `${item.index}.part`);
      await fetchReference(item, path, request.model.referenceLimits[item.kind].maxBytes);
      return { item, facts: await probe(path) };
    }),
  );
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Gives every reference its final name, with the extension of what it is. */
async function nameFiles(folder: string, measured: readonly MeasuredItem[]): Promise<StoredReference[]> {
  const stored: StoredReference[] = [];
  for (const { item, facts } of measured) {
    if (facts === null) continue;
    const file = `reference-${item.index}.${facts.format}`;
    await rename(join(folder, `${item.index}.part`), join(folder, file));
    const { format, width, height } = facts;
    stored.push({ kind: item.kind, role: item.role, file, format, width, height });
  }
  return stored;
}

function pageNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > 500) throw invalidParameter(name, 'expected a whole number between 1 and 500');
  return value;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
