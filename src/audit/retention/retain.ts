/**
 * Ends what has lasted long enough: destroys the data keys of whole months, then deletes the payload files nothing
 * held lies in, and much later the aliases that tell whose a header is, and the headers. Worked out from what is there, so that a run
 * that was cut off is gone on with by the next, and a run that finds nothing to do writes nothing.
 */
import { hash } from 'node:crypto'
import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { syncFolder } from '#/core/durable-file.ts'
import type { Destroyed, SealingKeys } from '#/sealing/api.ts'
import type { AuditLog } from '../api.ts'
import { type EndedHeaders, readEndedFact } from '../ended.ts'
import { lateCheckpoint } from '../ending.ts'
import { listSegments, payloadPath } from '../layout.ts'
import { withSealedFacts } from '../sealed-facts.ts'
import { walkEntries } from '../walk.ts'
import { isOver, overBefore, type RetentionSettings } from './due.ts'
import type { Holds } from './holds.ts'
import { leapWaitMs } from './leap.ts'

export interface RetentionServices {
  readonly log: AuditLog
  /** Of the log. */
  readonly folder: string
  readonly keys: Pick<SealingKeys, 'inventory' | 'destroy' | 'aliasesOf'>
  readonly holds: Holds
  readonly settings: RetentionSettings
  readonly now: () => number
}

/** What is over, or was ended. */
export interface Retained {
  /** True when it was only looked at. */
  readonly isDryRun: boolean
  /** Why nothing at all may end now: ids of holds that cover everybody. */
  readonly heldBy: readonly string[]
  /** The clock leapt ahead: nothing ends before this, in milliseconds since 1970. */
  readonly waitsUntilMs?: number
  readonly contentMonths: readonly string[]
  readonly headerMonths: readonly string[]
  /** How many people are covered by name: theirs stays. */
  readonly heldPeople: number
  readonly files: number
  /** Entries whose headers end. */
  readonly headers: number
  readonly keysDestroyed: number
  readonly aliasesDestroyed: number
}

export async function runRetention(
  services: RetentionServices,
  { isDryRun }: { readonly isDryRun: boolean },
): Promise<Retained> {
  const nowMs = services.now()
  const everybody = services.holds.covering({ atMs: nowMs })
  const due = await findDue(services, nowMs)
  const waitsUntilMs = await leapWaitMs(services.log, nowMs)
  const told = {
    isDryRun,
    heldBy: everybody.map(({ id }) => id),
    ...(waitsUntilMs === undefined ? {} : { waitsUntilMs }),
    contentMonths: due.content.map(({ month }) => month),
    headerMonths: due.headers.map(({ month }) => month),
    heldPeople: due.held.size,
    files: due.files.length,
    headers: due.headersBelow - services.log.first(),
    keysDestroyed: 0,
    aliasesDestroyed: 0,
  }
  if (isDryRun || everybody.length > 0 || waitsUntilMs !== undefined) return told
  if (due.content.length === 0 && due.headers.length === 0 && told.headers === 0) return told
  // What is left because somebody is held is due every day again; it is not run, nor logged, every day.
  if ((await lastLeft(services.log)) === digestOf(due)) return told
  return { ...told, ...(await end(services, due, nowMs)) }
}

interface Due {
  readonly content: readonly { readonly month: string; readonly keys: number }[]
  readonly headers: readonly { readonly month: string; readonly people: number }[]
  /** Payload files nothing held lies in. */
  readonly files: readonly string[]
  readonly held: ReadonlySet<string>
  /** Headers before this index end. */
  readonly headersBelow: number
}

async function findDue(services: RetentionServices, nowMs: number): Promise<Due> {
  const { keys, folder, holds, settings } = services
  const { months } = keys.inventory()
  const files = await listPayloadFiles(folder)
  const all = new Set([...months.map(({ month }) => month), ...files.keys()])
  const living = new Map(months.map(({ month, ...counts }) => [month, counts]))
  const content = [...all]
    .sort()
    .map((month) => ({ month, keys: living.get(month)?.keys ?? 0 }))
    .filter((each) => each.keys > 0 || files.has(each.month))
    .filter(({ month }) => isOver(month, settings.contentDays, settings, nowMs))
  const headers = months
    .filter(({ people, keys: count }) => people > 0 || count > 0)
    .filter(({ month }) => isOver(month, settings.headerDays, settings, nowMs))
  const held = holds.heldPeople(nowMs)
  const overMonths = new Set(content.map(({ month }) => month))
  const heldFiles = held.size === 0 ? new Set<string>() : await findHeldFiles(folder, overMonths, held, keys)
  return {
    content,
    headers,
    files: [...overMonths].flatMap((month) => files.get(month) ?? []).filter((file) => !heldFiles.has(file)),
    held,
    headersBelow: findHeadersBelow(services, held, nowMs),
  }
}

/** Headers end from the first on: one of somebody who is held keeps all behind it. */
function findHeadersBelow(
  { log, keys, settings }: RetentionServices,
  held: ReadonlySet<string>,
  nowMs: number,
): number {
  if (settings.headers === 'keep') return log.first()
  const aliases = new Set([...held].flatMap((person) => keys.aliasesOf(person)))
  return log.endable({ beforeMs: overBefore(settings.headerDays, settings, nowMs), aliases })
}

/** By month; each as headers name it. */
async function listPayloadFiles(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  for (const month of await namesIn(join(folder, 'pay'))) {
    if (!/^[0-9]{4,6}-[0-9]{2}$/.test(month)) continue
    const names = (await namesIn(join(folder, 'pay', month))).filter((name) => /^[0-9]{10}\.pay$/.test(name))
    if (names.length > 0)
      found.set(
        month,
        names.sort().map((name) => `${month}/${name.slice(0, 10)}`),
      )
  }
  return found
}

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

/** Headers read in a row before others get their turn: some five milliseconds. */
const turnEntries = 500

async function findHeldFiles(
  folder: string,
  months: ReadonlySet<string>,
  held: ReadonlySet<string>,
  keys: Pick<SealingKeys, 'aliasesOf'>,
): Promise<ReadonlySet<string>> {
  const aliases = new Set([...held].flatMap((person) => keys.aliasesOf(person)))
  const found = new Set<string>()
  let read = 0
  for (const { header } of walkEntries(folder, await listSegments(folder))) {
    if (++read % turnEntries === 0) await breathe()
    const { payload, subject } = header
    if (payload === undefined || subject === undefined || !aliases.has(subject)) continue
    if (months.has(payload.file.slice(0, payload.file.indexOf('/')))) found.add(payload.file)
  }
  return found
}

/** Of the last run: what it left. */
async function lastLeft(log: AuditLog): Promise<string | undefined> {
  const [last] = await log.search({ kinds: ['retention'], limit: 1 })
  return last?.facts.decision === 'done' ? last.facts.digest : undefined
}

const digestOf = ({ content, headers, files, held, headersBelow }: Due): string =>
  hash('sha256', JSON.stringify([content, headers, files, [...held].sort(), headersBelow]), 'hex')

/** Names of files a header has room for. */
const filesPerEntry = 1_000

async function end(
  services: RetentionServices,
  due: Due,
  nowMs: number,
): Promise<Pick<Retained, 'files' | 'headers' | 'keysDestroyed' | 'aliasesDestroyed'>> {
  const { log, folder, keys } = services
  const first = log.first()
  const ended = await endedOf(log, due.headersBelow)
  // Durable before a file goes, so that the verifier knows why; its payload also moves the writing on to this month.
  for (let at = 0; at === 0 || at < due.files.length; at += filesPerEntry) {
    const goneFiles = due.files.slice(at, at + filesPerEntry)
    const sealed = {
      contentMonths: due.content.map(({ month }) => month),
      headerMonths: due.headers.map(({ month }) => month),
      heldPeople: [...due.held],
    }
    await log.append(withSealedFacts('retention', { decision: 'begun', goneFiles, ended }, sealed))
  }
  // Signed before the first file goes: a verifier without keys takes no other entry's word.
  if (due.files.length > 0 && !(await log.signNow())) throw new Error(lateCheckpoint)
  const destroyed = await destroyKeys(keys, due)
  await deleteFiles(folder, due.files)
  if (ended !== undefined) await log.endHeaders(ended.below)
  const counts = {
    files: due.files.length,
    keys: destroyed.flatMap(({ commitments }) => commitments).length,
    aliases: destroyed.flatMap(({ aliases }) => aliases).length,
    heldPeople: due.held.size,
    headers: log.first() - first,
  }
  const facts = { decision: 'done', counts, digest: digestOf(await findDue(services, nowMs)), ended }
  const keysDestroyed = destroyed.flatMap(({ commitments }) => commitments)
  await log.append(withSealedFacts('retention', facts, { keys: keysDestroyed }))
  return {
    files: counts.files,
    headers: counts.headers,
    keysDestroyed: counts.keys,
    aliasesDestroyed: counts.aliases,
  }
}

/** Undefined when no header ends. */
async function endedOf(log: AuditLog, below: number): Promise<EndedHeaders | undefined> {
  if (below <= log.first()) return undefined
  const root = (await log.tree.rootOf(below)).toString('hex')
  return { below, root, kept: log.lastingBefore(below) }
}

/** Goes on with an ending of headers a crash cut off. Called at start: what was begun stands in the log. */
export async function finishEnding({
  log,
  holds,
  now,
}: Pick<RetentionServices, 'log' | 'holds' | 'now'>): Promise<void> {
  // A hold came after it: the next run looks at it anew.
  if (holds.covering({ atMs: now() }).length > 0 || holds.heldPeople(now()).size > 0) return
  const heads = await log.search({ kinds: ['retention'], limit: 10 })
  const last = heads.find(({ facts }) => facts.ended !== undefined)
  // Nothing went before it was signed: the next run looks at it anew, if it is ours.
  if (last === undefined || last.index >= log.signedAtStart) return
  const ended = readEndedFact(last.facts.ended)
  if (last.facts.decision !== 'begun' || ended === undefined || ended.below < log.first()) return
  const first = log.first()
  await log.endHeaders(ended.below)
  const counts = { headers: log.first() - first }
  await log.append(withSealedFacts('retention', { decision: 'done', counts, ended }, {}))
}

async function destroyKeys(
  keys: Pick<SealingKeys, 'destroy'>,
  { content, headers, held }: Due,
): Promise<readonly Destroyed[]> {
  const anonymous = new Set(headers.map(({ month }) => month))
  const destroyed: Destroyed[] = []
  for (const { month } of content) {
    if (!anonymous.has(month))
      destroyed.push(await keys.destroy({ month }, { keepAliases: true, exceptPeople: held }))
  }
  for (const month of anonymous) destroyed.push(await keys.destroy({ month }, { exceptPeople: held }))
  return destroyed
}

async function deleteFiles(folder: string, files: readonly string[]): Promise<void> {
  const months = new Set(files.map((file) => file.slice(0, file.indexOf('/'))))
  for (const file of files) await rm(payloadPath(folder, file), { force: true })
  for (const month of months) {
    const path = join(folder, 'pay', month)
    if ((await namesIn(path)).length === 0) {
      await rmdir(path)
      await syncFolder(join(folder, 'pay'))
    } else await syncFolder(path)
  }
}
