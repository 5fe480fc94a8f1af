// A file's name as a person is shown it.

/** Marks that turn the direction of what follows: with them `gpj.exe` reads as `exe.jpg`. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without such marks. For the eye alone: the file keeps the name that it has. */
export function plainName(name: string): string {
  return name.replace(TURNS, '');
}
