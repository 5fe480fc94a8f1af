// Whether a folder lies on another computer, where no system tells of changes.
import { realpath, statfs } from 'node:fs/promises';

/** `f_type` of Linux: NFS, SMB, CIFS, SMB2, FUSE (sshfs, rclone), 9P, AFS, Ceph, VirtualBox (statfs(2) and linux/magic.h). */
const NETWORK_TYPES: readonly number[] = [
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x01021997, 0x5346414f, 0x00c36400, 0x786f4256,
];

/** False also where nothing can be told. */
export async function isNetworkPath(path: string, platform = process.platform): Promise<boolean> {
  // On macOS shares are mounted beside drives; asking a drive every few seconds does no harm.
  if (platform === 'darwin') return path.startsWith('/Volumes/');
  // A letter may stand for a share: the real path tells.
  if (platform === 'win32') return isShare(path) || isShare(await realpath(path).catch(() => path));
  const facts = await statfs(path).catch(() => null);
  return facts !== null && NETWORK_TYPES.includes(facts.type >>> 0);
}

function isShare(path: string): boolean {
  return /^\\\\(?![?.]\\(?!UNC\\))/i.test(path) || path.startsWith('//');
}
