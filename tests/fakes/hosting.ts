// A computer on which no host was chosen.
import { AppError } from '../../src/shared/contract/errors';
import type { HostingPort } from '../../src/main/generations/ports';

export const noHosting: HostingPort = {
  place: () => Promise.reject(new AppError('video_needs_host')),
  release: () => Promise.resolve([]),
  users: () => [],
};
