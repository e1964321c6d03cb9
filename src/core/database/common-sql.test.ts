import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertCommonSql, countParameters, splitStatements } from './common-sql.ts'

const common = [
  'SELECT id FROM person WHERE email = $1 ORDER BY id LIMIT 50 OFFSET $2',
  "SELECT id FROM person WHERE email = 'a?b@example.com' AND note = 'now() -> \"x\" [y]'",
  'INSERT INTO person (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen = excluded.seen RETURNING id',
  'WITH old AS (SELECT id FROM session WHERE ends <= $1) DELETE FROM session WHERE id IN (SELECT id FROM old)',
  'SELECT MAX(at) AS last, COUNT(*) FILTER (WHERE usd > 0) AS paid FROM spending WHERE a IS DISTINCT FROM $1',
  'SELECT id, row_number() OVER (PARTITION BY room ORDER BY at) AS place FROM thing',
  'CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, seal BYTEA, date BIGINT NOT NULL)',
  'CREATE TABLE thing (a TEXT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b))',
  'CREATE UNIQUE INDEX IF NOT EXISTS thing_by_a ON thing (a) WHERE b IS NOT NULL',
  'SELECT id FROM thing -- is this it? now()',
  'SELECT CAST($1 AS BIGINT) AS number, COALESCE(a, b) AS either, CASE WHEN a > b THEN a ELSE b END AS larger FROM thing',
]

for (const sql of common) {
  test(`both engines take: ${sql}`, () => {
    assert.doesNotThrow(() => assertCommonSql(sql))
  })
}

const foreign: readonly (readonly [sql: string, says: RegExp])[] = [
  ['SELECT id FROM person WHERE email = ?', /number the parameters/],
  ['SELECT id FROM person WHERE email = :email', /number the parameters/],
  ['SELECT $1::bigint AS number', /CAST/],
  ['SELECT now() AS at', /pass the time/],
  ['SELECT CURRENT_TIMESTAMP AS at', /pass the time/],
  ["SELECT strftime('%s') AS at", /pass the time/],
  ['SELECT random() AS number', /random values/],
  ['SELECT rowid FROM person', /make ids/],
  ['CREATE TABLE thing (id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY)', /make ids/],
  ['CREATE TABLE thing (id SERIAL)', /make ids/],
  ['INSERT OR IGNORE INTO person (id) VALUES ($1)', /ON CONFLICT/],
  ["SELECT body ->> 'name' AS name FROM record", /JSON as TEXT/],
  ["SELECT json_extract(body, '$.name') AS name FROM record", /JSON as TEXT/],
  ['SELECT id FROM person WHERE id = ANY($1)', /one parameter for each/],
  ['SELECT id FROM person WHERE email LIKE $1', /case rules/],
  ['SELECT id FROM person WHERE email ~ $1', /case rules/],
  ['SELECT id FROM person WHERE id = $1 FOR UPDATE', /conditional UPDATE/],
  ['SELECT ifnull(a, b) AS either FROM thing', /COALESCE/],
  ['SELECT max(a, b) AS larger FROM thing', /CASE WHEN/],
  ['SELECT group_concat(a) AS all_of_them FROM thing', /string_agg/],
  ['SELECT a FROM thing LIMIT 5, 10', /OFFSET/],
  ['SELECT "a" FROM thing', /plain lower-case/],
  ['SELECT endsAt FROM session', /underscores/],
  ['PRAGMA foreign_keys', /what the Database offers/],
  ['BEGIN', /database.transaction/],
  ['DELETE FROM a; DELETE FROM b', /one statement/],
  ['CREATE TABLE thing (id INTEGER NOT NULL PRIMARY KEY)', /column types/],
  ['CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, body JSONB)', /column types/],
  ['CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, is_open BOOLEAN)', /column types/],
  ['CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID', /make ids|storage options/],
  ['CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY) STRICT', /storage options/],
  ['CREATE TABLE thing (id TEXT PRIMARY KEY)', /NOT NULL/],
  ['CREATE TABLE thing (a TEXT NOT NULL, b BIGINT, PRIMARY KEY (a, b))', /at "b".*NOT NULL/],
]

for (const [sql, says] of foreign) {
  test(`refused, with what to write instead: ${sql}`, () => {
    assert.throws(() => assertCommonSql(sql), says)
  })
}

test('parameters are counted by the highest number, and none may be left out', () => {
  assert.equal(countParameters('SELECT 1'), 0)
  assert.equal(countParameters("SELECT $2, $1, $2, '$9' -- $8"), 2)
  assert.throws(() => countParameters('SELECT $1, $3'), /\$1 to \$3/)
})

test('a migration is split at semicolons at line ends, not at those inside a text', () => {
  assert.deepEqual(splitStatements("A 'x;y' ;\n  B\n;\r\n-- the end;\n;\n"), ["A 'x;y'", 'B'])
  assert.deepEqual(splitStatements(''), [])
})
