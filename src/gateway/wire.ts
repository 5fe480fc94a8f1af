// How a task looks from outside: the record that GET and list answer.
import { OUTPUT_FPS } from '../shared/domain/models';
import { isFinished, RESULT_LAST_FRAME, RESULT_VIDEO, type Task } from './tasks';

export type WireTask = Record<string, unknown> & { id: string; status: string };

/** The public record of a task. `linkTo` makes the link to a result file that dies at a Unix second. */
export function toWire(task: Task, linkTo: (file: string, expires: number) => string): WireTask {
  const record: WireTask = {
    id: task.id,
    model: task.model,
    status: task.status,
    error: task.error,
    created_at: Math.floor(task.createdAt / 1000),
    updated_at: Math.floor(task.updatedAt / 1000),
    service_tier: task.serviceTier,
    execution_expires_after: task.executionExpiresAfter,
  };
  if (task.safetyIdentifier !== null) record.safety_identifier = task.safetyIdentifier;
  if (task.priority !== 0) record.priority = task.priority;
  if (task.webSearch) record.tools = [{ type: 'web_search' }];
  if (!isFinished(task)) return record;
  Object.assign(record, {
    seed: task.seed,
    resolution: task.resolution,
    ratio: task.ratio,
    ...(task.frames === null ? { duration: task.duration } : { frames: task.frames }),
    framespersecond: OUTPUT_FPS,
    draft: false,
  });
  if (task.echoesAudio) record.generate_audio = task.generateAudio;
  if (task.status !== 'succeeded' || task.linksExpire === null) return record;
  const content: Record<string, string> = { video_url: linkTo(RESULT_VIDEO, task.linksExpire) };
  if (task.returnLastFrame) content.last_frame_url = linkTo(RESULT_LAST_FRAME, task.linksExpire);
  record.content = content;
  record.usage = {
    completion_tokens: task.tokens,
    total_tokens: task.tokens,
    ...(task.webSearch ? { tool_usage: { web_search: 1 } } : {}),
  };
  return record;
}
