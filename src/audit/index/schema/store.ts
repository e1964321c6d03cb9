/** What stands in the database of the index, and whether a file is one of ours. */
import type { DatabaseSync } from 'node:sqlite'
import type { LogCursor } from '../follow.ts'
import { intentCode } from '../row.ts'

/** Another number makes every index being built anew: raise it with any change of what is kept. */
export const version = 2

export const schema = `
  CREATE TABLE word (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (place, text)
  ) STRICT;
  CREATE TABLE entry (
    entry INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    alias INTEGER,
    use_case INTEGER,
    offering INTEGER,
    class INTEGER,
    decision INTEGER,
    code INTEGER,
    key INTEGER,
    request INTEGER,
    status INTEGER,
    tokens INTEGER,
    cost INTEGER,
    outcome INTEGER,
    end_ms INTEGER,
    end_segment INTEGER,
    end_place INTEGER,
    end_decision INTEGER,
    end_code INTEGER
  ) STRICT;
  CREATE INDEX entry_by_alias ON entry (alias);
  CREATE TABLE finding (
    type INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    is_of_answer INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (type, entry, is_of_answer)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cursor (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    origin TEXT NOT NULL,
    next INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    end INTEGER NOT NULL,
    last_offset INTEGER,
    last_leaf BLOB,
    checks INTEGER NOT NULL
  ) STRICT;
`

export const insertEntrySql = `INSERT INTO entry (entry, at_ms, segment, place, kind, alias, use_case, offering, class, decision,
  code, key, request, status, tokens, cost, outcome, end_ms, end_segment, end_place, end_decision, end_code)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
export const insertEndSql = `UPDATE entry SET outcome = ?, end_ms = ?, end_segment = ?, end_place = ?, end_decision = ?,
  end_code = ?, status = ?, tokens = ?, cost = ? WHERE entry = ? AND kind = ${intentCode} AND outcome IS NULL`
export const insertFindingSql = 'INSERT INTO finding (type, entry, is_of_answer, count) VALUES (?, ?, ?, ?)'
export const writeCursorSql = `INSERT INTO cursor (id, version, origin, next, segment, end, last_offset, last_leaf, checks)
  VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET next = excluded.next, segment = excluded.segment,
  end = excluded.end, last_offset = excluded.last_offset, last_leaf = excluded.last_leaf, checks = excluded.checks`

/** Where it has come to. Undefined when nothing was written yet; throws for an index of another version or log. */
export function readCursor(
  database: DatabaseSync,
  origin: string,
): { readonly cursor: LogCursor; readonly checks: number } | undefined {
  const row = database.prepare('SELECT * FROM cursor').get()
  if (row === undefined) return undefined
  if (row['version'] !== version || row['origin'] !== origin) throw new OtherIndex()
  const last =
    row['last_leaf'] === null
      ? undefined
      : { offset: row['last_offset'] as number, leaf: Buffer.from(row['last_leaf'] as Uint8Array) }
  const cursor = {
    next: row['next'] as number,
    segment: row['segment'] as number,
    end: row['end'] as number,
    last,
  }
  return { cursor, checks: row['checks'] as number }
}

class OtherIndex extends Error {
  override readonly name = 'OtherIndex'
}

/** Errors that say that what lies in the file is not ours or not whole: SQLITE_ERROR, CORRUPT, NOTADB, MISMATCH. */
export function isDamage(error: unknown): boolean {
  if (error instanceof OtherIndex) return true
  const { code, errcode } = error as { readonly code?: string; readonly errcode?: number }
  return code === 'ERR_SQLITE_ERROR' && errcode !== undefined && [1, 11, 20, 26].includes(errcode & 0xff)
}
