import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Database, Queries } from './api.ts'
import { migrate } from './migrate.ts'

/** A place for one test's database: opened, closed and opened again, then removed. */
export interface ContractPlace {
  readonly open: () => Promise<Database>
  readonly remove: () => Promise<void>
}

const budget = {
  id: 'contract-001-budget',
  sql: `
    CREATE TABLE budget (
      id TEXT NOT NULL PRIMARY KEY,
      spent BIGINT NOT NULL,
      share DOUBLE PRECISION,
      is_open SMALLINT NOT NULL,
      seal BYTEA,
      note TEXT
    );
    CREATE TABLE spending (
      budget TEXT NOT NULL REFERENCES budget (id),
      at BIGINT NOT NULL,
      usd BIGINT NOT NULL,
      PRIMARY KEY (budget, at)
    );
    CREATE INDEX IF NOT EXISTS spending_by_time ON spending (at) WHERE usd > 0;
  `,
}

const insert = 'INSERT INTO budget (id, spent, share, is_open, seal, note) VALUES ($1, $2, $3, $4, $5, $6)'

const addOne = async (queries: Queries, id = 'a', spent = 0): Promise<void> => {
  assert.equal(await queries.run(insert, [id, spent, null, 1, null, null]), 1)
}

/** What every engine behind `Database` promises. Call it from the engine's own test file. */
export function runDatabaseContract(
  engine: string,
  place: () => Promise<ContractPlace>,
  skip: string | false = false,
): void {
  const promise = (
    sentence: string,
    work: (database: Database, place: ContractPlace) => Promise<void>,
  ): void => {
    test(sentence, async () => {
      const mine = await place()
      const database = await mine.open()
      try {
        await migrate(database, [budget])
        await work(database, mine)
      } finally {
        await database.close().catch(() => undefined)
        await mine.remove()
      }
    })
  }

  describe(`${engine} keeps the database contract`, { skip }, () => {
    promiseValues(promise)
    promiseSql(promise)
    promiseTransactions(promise)
    promiseMigrations(promise)
    promiseRefusals(promise)
  })
}

type Promising = (sentence: string, work: (database: Database, place: ContractPlace) => Promise<void>) => void

function promiseValues(promise: Promising): void {
  promise('every kind of value comes back as it was stored', async (database) => {
    const seal = new Uint8Array([0, 255, 7])
    await database.run(insert, ['b', 1_790_000_000_000, 0.25, 1, seal, "it's ünïcode 🔑 -- ; ?"])
    const row = await database.first('SELECT id, spent, share, is_open, seal, note FROM budget')
    assert.ok(row)
    assert.deepEqual(
      { ...row, seal: [...(row.seal as Uint8Array)] },
      {
        id: 'b',
        spent: 1_790_000_000_000,
        share: 0.25,
        is_open: 1,
        seal: [0, 255, 7],
        note: "it's ünïcode 🔑 -- ; ?",
      },
    )
    assert.ok(row.seal instanceof Uint8Array)
  })

  promise('null stays null and an absent row is undefined', async (database) => {
    await addOne(database)
    assert.deepEqual(await database.first('SELECT share, note FROM budget WHERE id = $1', ['a']), {
      share: null,
      note: null,
    })
    assert.equal(await database.first('SELECT id FROM budget WHERE id = $1', ['none']), undefined)
    assert.deepEqual(await database.all('SELECT id FROM budget WHERE id = $1', ['none']), [])
  })

  promise(
    'the largest safe whole number survives, a larger one is refused in both directions',
    async (database) => {
      await addOne(database, 'a', Number.MAX_SAFE_INTEGER)
      const row = await database.first('SELECT spent FROM budget')
      assert.deepEqual(row, { spent: Number.MAX_SAFE_INTEGER })
      await assert.rejects(addOne(database, 'b', 2 ** 53), /cannot be stored exactly/)
      await database.run('UPDATE budget SET spent = spent + 10')
      await assert.rejects(database.first('SELECT spent FROM budget'), /too large/)
    },
  )

  promise('numbers that are not numbers are refused', async (database) => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      await assert.rejects(database.run(insert, ['n', 0, wrong, 1, null, null]), /cannot be stored exactly/)
    }
  })

  promise('a text with a NUL character and a value of no column type are refused', async (database) => {
    await assert.rejects(database.run(insert, ['a\0b', 0, null, 1, null, null]))
    await assert.rejects(database.run(insert, ['a', 0, null, true as never, null, null]), /not a value/)
    await assert.rejects(database.run(insert, ['a', 0, undefined as never, 1, null, null]), /not a value/)
    assert.deepEqual(await database.all('SELECT id FROM budget'), [])
  })

  promise('sums and counts come back as numbers', async (database) => {
    await addOne(database, 'a', 2)
    await addOne(database, 'b', 3)
    assert.deepEqual(await database.first('SELECT COUNT(*) AS rows, SUM(spent) AS spent FROM budget'), {
      rows: 2,
      spent: 5,
    })
  })
}

function promiseSql(promise: Promising): void {
  promise('a parameter may be used twice, and order in the text does not matter', async (database) => {
    await addOne(database, 'a', 4)
    const found = await database.all(
      'SELECT id FROM budget WHERE spent >= $2 AND id = $1 AND id <> $2 || $1',
      ['a', '4'],
    )
    assert.deepEqual(found, [{ id: 'a' }])
  })

  promise('whole numbers divide to a whole number', async (database) => {
    await addOne(database, 'a', 7)
    assert.deepEqual(await database.first('SELECT spent / 2 AS half FROM budget WHERE spent / 2 = $1', [3]), {
      half: 3,
    })
  })

  promise('run gives the number of changed rows, and nought for what changes none', async (database) => {
    await addOne(database, 'a')
    await addOne(database, 'b')
    assert.equal(await database.run('UPDATE budget SET spent = $1', [1]), 2)
    assert.equal(await database.run('DELETE FROM budget WHERE id = $1', ['none']), 0)
    assert.equal(await database.run('CREATE TABLE other (id TEXT NOT NULL PRIMARY KEY)'), 0)
    assert.equal(await database.run('SELECT id FROM budget'), 0)
  })

  promise(
    'a conditional update is how a limit is kept: the row comes back or nothing does',
    async (database) => {
      await addOne(database, 'a', 90)
      const reserve = (usd: number) =>
        database.first(
          'UPDATE budget SET spent = spent + $2 WHERE id = $1 AND spent + $2 <= $3 RETURNING spent',
          ['a', usd, 100],
        )
      assert.deepEqual(await reserve(10), { spent: 100 })
      assert.equal(await reserve(1), undefined)
    },
  )

  promise('an upsert changes the row that is there', async (database) => {
    const upsert =
      'INSERT INTO budget (id, spent, is_open) VALUES ($1, $2, 1) ON CONFLICT (id) DO UPDATE SET spent = excluded.spent RETURNING spent'
    assert.deepEqual(await database.all(upsert, ['a', 1]), [{ spent: 1 }])
    assert.deepEqual(await database.all(upsert, ['a', 2]), [{ spent: 2 }])
    const nothing = 'INSERT INTO budget (id, spent, is_open) VALUES ($1, 9, 1) ON CONFLICT (id) DO NOTHING'
    assert.equal(await database.run(nothing, ['a']), 0)
  })

  promise('pages follow each other by the key of the last row', async (database) => {
    await addOne(database, 'a')
    for (const at of [1, 2, 3]) await database.run('INSERT INTO spending VALUES ($1, $2, 5)', ['a', at])
    const page = 'SELECT budget, at FROM spending WHERE (budget, at) > ($1, $2) ORDER BY budget, at LIMIT 2'
    assert.deepEqual(await database.all(page, ['a', 0]), [
      { budget: 'a', at: 1 },
      { budget: 'a', at: 2 },
    ])
    assert.deepEqual(await database.all(page, ['a', 2]), [{ budget: 'a', at: 3 }])
  })

  promise('keys are unique and references hold', async (database) => {
    await addOne(database, 'a')
    await assert.rejects(addOne(database, 'a'), /unique/i)
    await assert.rejects(database.run('INSERT INTO spending VALUES ($1, 1, 1)', ['none']), /foreign key/i)
    await assert.rejects(database.run('INSERT INTO budget (id, spent) VALUES ($1, 1)', ['c']), /not.null/i)
  })
}

function promiseTransactions(promise: Promising): void {
  promise('a transaction gives its result and keeps its changes', async (database, place) => {
    const spent = await database.transaction(async (queries) => {
      await addOne(queries, 'a', 1)
      return (await queries.first<{ spent: number }>('SELECT spent FROM budget'))?.spent
    })
    assert.equal(spent, 1)
    await database.close()
    const again = await place.open()
    assert.deepEqual(await again.all('SELECT id FROM budget'), [{ id: 'a' }])
    await again.close()
  })

  promise('a transaction that throws leaves nothing behind, and the next one works', async (database) => {
    const failure = new Error('no')
    const failing = database.transaction(async (queries) => {
      await addOne(queries, 'a')
      throw failure
    })
    await assert.rejects(failing, failure)
    await assert.rejects(database.transaction((queries) => queries.run('INSERT INTO nowhere VALUES (1)')))
    await database.transaction((queries) => addOne(queries, 'b'))
    assert.deepEqual(await database.all('SELECT id FROM budget'), [{ id: 'b' }])
  })

  promise('nobody else gets in between the statements of a transaction', async (database) => {
    await addOne(database, 'a', 0)
    const addSlowly = () =>
      database.transaction(async (queries) => {
        const row = await queries.first<{ spent: number }>('SELECT spent FROM budget')
        await new Promise((resolve) => setTimeout(resolve, 2))
        await queries.run('UPDATE budget SET spent = $1', [(row?.spent ?? 0) + 1])
      })
    const adding = Array.from({ length: 10 }, addSlowly)
    const seen = database.first<{ spent: number }>('SELECT spent FROM budget')
    await Promise.all(adding)
    assert.deepEqual(await database.first('SELECT spent FROM budget'), { spent: 10 })
    assert.deepEqual(await seen, { spent: 10 }, 'a reader waits its turn and never sees half a transaction')
  })

  promise(
    'a call to the database from inside a transaction throws instead of waiting for itself',
    async (database) => {
      const inside = database.transaction(async () => database.all('SELECT id FROM budget'))
      await assert.rejects(inside, /only the queries handed in/)
      assert.deepEqual(await database.all('SELECT id FROM budget'), [])
    },
  )

  promise('the queries of a transaction are of no use after it', async (database) => {
    let kept: Queries | undefined
    await database.transaction(async (queries) => {
      kept = queries
    })
    await assert.rejects((kept as Queries).run('DELETE FROM budget'), /has ended/)
  })

  promise('a closed database refuses', async (database) => {
    await database.close()
    await assert.rejects(database.all('SELECT id FROM budget'))
  })
}

function promiseMigrations(promise: Promising): void {
  const more = {
    id: 'contract-002-owner',
    sql: "ALTER TABLE budget ADD COLUMN owner TEXT NOT NULL DEFAULT 'nobody';",
  }
  const other = { id: 'other-001-thing', sql: 'CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY);' }

  promise('migrations are applied once, in order, and remembered', async (database) => {
    await addOne(database, 'a')
    await migrate(database, [budget, other], { now: () => 42, monotonic: () => 0 })
    await migrate(database, [budget, more, other])
    await migrate(database, [budget, more, other])
    assert.deepEqual(await database.all('SELECT id, owner FROM budget'), [{ id: 'a', owner: 'nobody' }])
    assert.deepEqual(await database.first('SELECT at FROM migration WHERE id = $1', [other.id]), { at: 42 })
    assert.equal((await database.all('SELECT id FROM migration')).length, 3)
  })

  promise('an edited migration is refused, and a changed line end is not an edit', async (database) => {
    await migrate(database, [{ ...budget, sql: budget.sql.replaceAll('\n', '\r\n') }])
    const edited = { ...budget, sql: budget.sql.replace('note TEXT', 'remark TEXT') }
    await assert.rejects(migrate(database, [edited, more]), /contract-001-budget was edited/)
    assert.equal((await database.all('SELECT id FROM migration')).length, 1)
  })

  promise('a data folder of a newer version is refused', async (database) => {
    await migrate(database, [budget, more])
    await assert.rejects(migrate(database, [budget]), /contract-002-owner.*newer/)
  })

  promise('a migration that comes before an applied one of its room is refused', async (database) => {
    const between = { id: 'contract-000-before', sql: other.sql }
    await assert.rejects(migrate(database, [between, budget]), /contract-000-before comes too late/)
  })

  promise('a failing migration leaves nothing of itself, and those before it stay', async (database) => {
    const broken = {
      id: 'other-002-broken',
      sql: 'CREATE TABLE half (id TEXT NOT NULL PRIMARY KEY);\nDROP TABLE nowhere;',
    }
    await assert.rejects(migrate(database, [budget, other, broken]), /other-002-broken failed/)
    await assert.rejects(database.all('SELECT id FROM half'))
    assert.deepEqual(await database.all('SELECT id FROM thing'), [])
  })

  promise(
    'badly named, doubled and engine-bound migrations are refused before anything changes',
    async (database) => {
      await assert.rejects(migrate(database, [budget, { ...other, id: 'first' }]), /must be named/)
      await assert.rejects(migrate(database, [budget, other, other]), /twice or out of order/)
      const bound = { id: 'other-002-bound', sql: 'CREATE TABLE own (id INTEGER PRIMARY KEY AUTOINCREMENT);' }
      await assert.rejects(migrate(database, [budget, other, bound]), /not common/)
      await assert.rejects(database.all('SELECT id FROM thing'))
    },
  )
}

function promiseRefusals(promise: Promising): void {
  promise(
    'a statement with too few or too many parameters is refused, not filled with nulls',
    async (database) => {
      await assert.rejects(database.all('SELECT id FROM budget WHERE id = $1'), /takes 1 parameters, not 0/)
      await assert.rejects(database.all('SELECT id FROM budget', ['a']), /takes 0 parameters, not 1/)
      await assert.rejects(database.all('SELECT id FROM budget WHERE id = $2', ['a', 'b']), /\$1 to \$2/)
    },
  )

  promise('SQL of one engine only is refused on every engine', async (database) => {
    await assert.rejects(database.run('INSERT OR REPLACE INTO budget (id) VALUES ($1)', ['a']), /ON CONFLICT/)
    await assert.rejects(database.all('SELECT id FROM budget WHERE id = ?', ['a']), /number the parameters/)
    await assert.rejects(database.run('DELETE FROM spending; DELETE FROM budget'), /one statement/)
  })

  promise('text from outside stays text', async (database) => {
    await addOne(database, 'a')
    for (const attack of ["' OR 1=1 --", "a'; DROP TABLE budget; --", '$1', '\\', '"a"']) {
      assert.deepEqual(await database.all('SELECT id FROM budget WHERE id = $1', [attack]), [])
    }
    assert.equal((await database.all('SELECT id FROM budget')).length, 1)
  })
}
