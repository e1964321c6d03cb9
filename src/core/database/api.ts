/**
 * The database adapter. One SQL text serves `node:sqlite` and PostgreSQL; the rules that make that true are
 * in this room's README: `$1` parameters, times as BIGINT milliseconds passed in, booleans as SMALLINT, JSON
 * as TEXT never queried inside, NOT NULL on sort keys, no now(), no arrays, no FOR UPDATE.
 */
export type SqlValue = string | number | null | Uint8Array

export type Row = Readonly<Record<string, SqlValue>>

export interface Queries {
  /** All rows. int8 comes back as a number. */
  readonly all: <T extends Row = Row>(sql: string, parameters?: readonly SqlValue[]) => Promise<readonly T[]>
  /** The first row, or undefined. */
  readonly first: <T extends Row = Row>(
    sql: string,
    parameters?: readonly SqlValue[],
  ) => Promise<T | undefined>
  /** Runs a statement and gives the number of rows changed. Durable when it resolves (outside a transaction). */
  readonly run: (sql: string, parameters?: readonly SqlValue[]) => Promise<number>
}

export interface Database extends Queries {
  /** One transaction at a time; rolled back when `work` throws. Inside, use only the queries handed in. */
  readonly transaction: <T>(work: (queries: Queries) => Promise<T>) => Promise<T>
  readonly close: () => Promise<void>
}

/** One step of a room's schema. Steps are applied once, in order, and never edited after release. */
export interface Migration {
  /** Unique over all rooms: `identity-001-people`. */
  readonly id: string
  /** Statements both engines take unchanged, separated by semicolons at line ends. */
  readonly sql: string
}
