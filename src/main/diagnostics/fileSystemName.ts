// The name of a file system from its number. Pure.

/** `f_type` of Linux: linux/magic.h; ZFS as in OpenZFS, the second NTFS as in the kernel's fs/ntfs3. */
const NAMES: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x9123683e: 'Btrfs',
  0x58465342: 'XFS',
  0x2fc12fc1: 'ZFS',
  0xf2f52010: 'F2FS',
  0x794c7630: 'overlay',
  0x01021994: 'tmpfs',
  0x4d44: 'FAT',
  0x2011bab0: 'exFAT',
  0x5346544e: 'NTFS',
  0x7366746e: 'NTFS',
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x65735546: 'FUSE',
  0x01021997: '9P',
};

/** Null where the number says nothing: on macOS and Windows it is the system's own. */
export function fileSystemName(type: number, platform: NodeJS.Platform = process.platform): string | null {
  return platform === 'linux' ? (NAMES[type >>> 0] ?? null) : null;
}
