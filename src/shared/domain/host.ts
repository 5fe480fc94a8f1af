// Hosts: where a local file is put so that an endpoint can fetch it. The person chooses one; there is no default.
import type { KeyState } from './connection';

export const HOST_KINDS = ['s3', 'uploader', 'tunnel'] as const;
export type HostKind = (typeof HOST_KINDS)[number];

/** An S3-compatible bucket. The secret key is in the keychain, bound to endpoint, bucket and access key. */
export interface S3Facts {
  readonly kind: 's3';
  /** `https://s3.eu-central-1.amazonaws.com`, `https://<account>.r2.cloudflarestorage.com`, … */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Folder inside the bucket, without a slash at either end. Empty: the top. */
  readonly prefix: string;
  /** `<endpoint>/<bucket>/…` instead of `<bucket>.<endpoint>/…`. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
}

/** A request of the person's own: their server, their rules. The secret is in the keychain, bound to the address. */
export interface UploaderFacts {
  readonly kind: 'uploader';
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  /** `{secret}` in a value stands for the secret. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The form field that holds the file; empty: the body is the file itself. */
  readonly field: string;
  /** Where the address stands in the JSON of the answer: `data.url`, `files.0.src`; empty: the whole text. */
  readonly answerPath: string;
}

/** Served from this computer through `cloudflared`, only while needed. No account, no secret. */
export interface TunnelFacts {
  readonly kind: 'tunnel';
}

export type HostFacts = S3Facts | UploaderFacts | TunnelFacts;

/** What the window knows of a host. The secret is never in it. */
export interface Host {
  readonly id: string;
  readonly label: string;
  readonly facts: HostFacts;
  /** How long an address works, in seconds; only a bucket can be told. */
  readonly lifeSeconds: number;
  /** Taken away again after the generation has ended. A tunnel always does. */
  readonly removeAfter: boolean;
  /** `not_needed` for a tunnel and for an uploader without `{secret}`. */
  readonly secret: KeyState;
}

/** One hour to seven days: the most that signature version 4 allows. */
export const LIFE_RANGE = [3600, 604_800] as const;
export const DEFAULT_LIFE = 86_400;

/** What a draft needs to know of the chosen host. */
export interface HostSummary {
  readonly id: string;
  readonly kind: HostKind;
  readonly label: string;
  readonly lifeSeconds: number;
}

/** A reference's bytes that lie at a host now. Its address stays in main. Times are ISO 8601 UTC. */
export interface Upload {
  readonly referenceId: string;
  readonly hostId: string;
  readonly hostLabel: string;
  readonly uploadedAt: string;
  /** When the address stops working; null: the person's own server decides. */
  readonly until: string | null;
}

export interface Hosts {
  readonly hosts: readonly Host[];
  /** The one in use; null: none. */
  readonly activeId: string | null;
  /** Version of the `cloudflared` that was found on this computer; null: none. */
  readonly cloudflared: string | null;
}

/** What stands in the form for a known store; `{region}` and `{account}` are replaced by what is typed. */
export interface S3Preset {
  readonly name: 'aws' | 'r2' | 'tos' | 'oss' | 'minio' | 'other';
  readonly label: string;
  readonly endpoint: string;
  readonly region: string;
  readonly pathStyle: boolean;
}

// Endpoint forms: each vendor's page on S3 compatibility, read in autumn 2026.
export const S3_PRESETS: readonly S3Preset[] = [
  {
    name: 'aws',
    label: 'Amazon S3',
    endpoint: 'https://s3.{region}.amazonaws.com',
    region: 'eu-central-1',
    pathStyle: false,
  },
  {
    name: 'r2',
    label: 'Cloudflare R2',
    endpoint: 'https://{account}.r2.cloudflarestorage.com',
    region: 'auto',
    pathStyle: true,
  },
  {
    name: 'tos',
    label: 'Volcengine TOS',
    endpoint: 'https://tos-s3-{region}.volces.com',
    region: 'cn-beijing',
    pathStyle: false,
  },
  {
    name: 'oss',
    label: 'Alibaba Cloud OSS',
    endpoint: 'https://oss-{region}.aliyuncs.com',
    region: 'cn-hangzhou',
    pathStyle: false,
  },
  { name: 'minio', label: 'MinIO', endpoint: '', region: 'us-east-1', pathStyle: true },
  { name: 'other', label: 'S3', endpoint: '', region: 'us-east-1', pathStyle: true },
];
