/**
 * The SQL both engines understand in the same way. What SQLite would take silently and PostgreSQL would refuse,
 * or understand differently, is refused here, on the engine every test runs on.
 */

interface Rule {
  readonly pattern: RegExp
  /** What to write instead. */
  readonly instead: string
}

const anywhere: readonly Rule[] = [
  { pattern: /\?/, instead: 'number the parameters: $1, $2' },
  {
    pattern: /::|(?<![:\w])[:@][a-z_]/i,
    instead: 'number the parameters, and CAST(x AS TYPE) instead of x::type',
  },
  {
    pattern: /\b(now|strftime|unixepoch|julianday|datetime|clock_timestamp|extract)\s*\(/i,
    instead: 'pass the time in as a parameter, in milliseconds',
  },
  {
    pattern: /\bcurrent_(timestamp|date|time)\b/i,
    instead: 'pass the time in as a parameter, in milliseconds',
  },
  { pattern: /\b(random|gen_random_uuid|randomblob)\s*\(/i, instead: 'pass random values in as parameters' },
  {
    pattern: /\b(autoincrement|rowid|last_insert_rowid|serial|bigserial|nextval|as\s+identity)\b/i,
    instead: 'make ids in the code',
  },
  {
    pattern: /\b(insert\s+or\s+\w+|replace\s+into)\b/i,
    instead: 'write INSERT ... ON CONFLICT (...) DO ...',
  },
  { pattern: /->|@>|<@|\bjsonb?_?\w*\s*\(/i, instead: 'keep JSON as TEXT and read it in the code' },
  { pattern: /\b(array|any|unnest)\s*[([]/i, instead: 'write one parameter for each value' },
  {
    pattern: /\b(i?like|glob|regexp|similar\s+to)\b|!?~/i,
    instead: 'compare whole values: the case rules differ',
  },
  { pattern: /\bfor\s+(update|share|no\s+key)\b/i, instead: 'use a conditional UPDATE ... RETURNING' },
  { pattern: /\b(ifnull|iif|isnull)\s*\(/i, instead: 'write COALESCE or CASE' },
  { pattern: /\b(greatest|least)\s*\(|\b(max|min)\s*\([^()]*,/i, instead: 'write CASE WHEN' },
  { pattern: /\bgroup_concat\s*\(/i, instead: 'write string_agg' },
  { pattern: /\blimit\s+[\w$]+\s*,|\blimit\s+-/i, instead: 'write LIMIT n OFFSET m' },
  { pattern: /["`[\]]/, instead: 'use plain lower-case names and single-quoted strings' },
  {
    pattern: /\b[a-z]+[a-z0-9_]*[A-Z]/,
    instead: 'name columns in lower case with underscores; PostgreSQL folds case',
  },
  {
    pattern:
      /^\s*(begin|commit|rollback|savepoint|end|pragma|attach|detach|vacuum|analyze|set|copy|listen|notify)\b/i,
    instead: 'use what the Database offers; transactions are database.transaction',
  },
]

const inSchema: readonly Rule[] = [
  {
    pattern:
      /\b\w+\s+(integer|int|int2|int4|int8|tinyint|mediumint|blob|real|float|varchar|char|character|clob|boolean|bool|date|time|timestamp|timestamptz|json|jsonb|numeric|decimal|uuid)\b/i,
    instead: 'the column types are TEXT, BIGINT, SMALLINT, DOUBLE PRECISION and BYTEA',
  },
  { pattern: /\bwithout\s+rowid\b|\)\s*strict\b/i, instead: 'leave the storage options of one engine out' },
]

/**
 * Throws an Error that names the rule when `sql` is not one statement of the SQL both engines share.
 * It reads by patterns and is no parser: it is the net under the PostgreSQL run of the tests, not instead of it.
 */
export function assertCommonSql(sql: string): void {
  const bare = withoutLiterals(sql)
  const refuse = (found: string, instead: string): never => {
    throw new Error(
      `this SQL is not common to SQLite and PostgreSQL, at "${found.trim()}": ${instead}\n${sql.trim()}`,
    )
  }
  if (bare.includes(';')) refuse(';', 'give one statement at a time')
  const isSchema = /^\s*(create|alter|drop)\b/i.test(bare)
  for (const rule of isSchema ? [...anywhere, ...inSchema] : anywhere) {
    const found = rule.pattern.exec(bare)
    if (found !== null) refuse(found[0], rule.instead)
  }
  if (isSchema) assertKeysNotNull(bare, refuse)
}

/** SQLite takes NULL in a primary key, PostgreSQL does not; and they sort NULL differently. */
function assertKeysNotNull(bare: string, refuse: (found: string, instead: string) => never): void {
  for (const found of bare.matchAll(/[(,]([^(),]*)\bprimary\s+key\b(?!\s*\()([^(),]*)/gi)) {
    if (!/\bnot\s+null\b/i.test(found[0])) refuse(found[0].slice(1), 'a primary key must say NOT NULL')
  }
  for (const found of bare.matchAll(/\bprimary\s+key\s*\(([^()]*)\)/gi)) {
    for (const column of (found[1] as string).split(',').map((each) => each.trim())) {
      const says = new RegExp(`[(,]\\s*${column}\\s+[^(),]*\\bnot\\s+null\\b`, 'i')
      if (/^\w+$/.test(column) && !says.test(bare))
        refuse(column, 'a column of a primary key must say NOT NULL')
    }
  }
}

/** Number of parameters; throws when one of $1..$n is never used (PostgreSQL cannot type it). */
export function countParameters(sql: string): number {
  const used = new Set([...withoutLiterals(sql).matchAll(/\$(\d+)/g)].map((found) => Number(found[1])))
  const highest = Math.max(0, ...used)
  if (used.size !== highest)
    throw new Error(`the parameters must be $1 to $${highest}, each used: ${sql.trim()}`)
  return highest
}

/** The statements of a migration: separated by semicolons at line ends. */
export const splitStatements = (sql: string): readonly string[] =>
  sql
    .split(/;[ \t]*(?:\r?\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => withoutLiterals(statement).trim() !== '')

/** String literals become '' and comments a space, so that the patterns see only SQL. */
const withoutLiterals = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (found) => (found.startsWith("'") ? "''" : ' '))
