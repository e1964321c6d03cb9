import { IndexKeeper } from '#/audit/index/keeper.ts'
import { origin } from '#/audit/log-for-tests.ts'

/** Keeps an index until it holds all of a log, and says after each batch how far it is: `node keep-index.ts FOLDER PATH SIZE`. */
const [folder = '', path = '', size = ''] = process.argv.slice(2)
const keeper = new IndexKeeper({ folder, path, origin })
for (let hasMore = true; hasMore; ) {
  hasMore = keeper.step(Number(size))
  process.stdout.write(`${keeper.indexed}\n`)
}
keeper.close()
