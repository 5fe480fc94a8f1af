// The few globals that Node and the browser share and `src/shared` may use. Seen by the check of shared alone.
interface URL {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly search: string;
  readonly hash: string;
  readonly pathname: string;
  readonly origin: string;
  readonly hostname: string;
}
declare const URL: new (text: string, base?: string) => URL;
declare function structuredClone<T>(value: T): T;
/** A file a page holds; only the bridge passes it on. */
type File = object;
