// Why a database is refused. Apart from opening it: who only asks for the reason needs no SQLite.

/** Thrown for a file that a newer Dailies wrote: opening it could lose what this version does not know. */
export class DatabaseTooNew extends Error {
  override readonly name = 'DatabaseTooNew';
}
