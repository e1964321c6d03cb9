import { unreadReasons } from '#/attachments/index.ts'
import { printable } from '#/audit/printable.ts'
import { type DataClass, dataClasses, higherClass } from '#/core/data-class.ts'
import type { InspectedFile } from './inspect-file.ts'
import type { SkipReason } from './walk-tree.ts'

/** Why a part of a file was not read: the reasons of reading, and that the file could not be opened. */
export type TreeUnreadReason = keyof typeof unreadReasons | 'denied'

/** One folder, or all of them together. */
export interface FolderReport {
  readonly folder: string
  readonly files: number
  /** Files of which at least something was read. */
  readonly readFiles: number
  readonly bytes: number
  /** The highest of what was read; null when nothing was. */
  readonly class: DataClass | null
  /** Files of each class, of those that were read. */
  readonly classes: Readonly<Record<DataClass, number>>
  /** Findings of each kind. */
  readonly kinds: Readonly<Record<string, number>>
  /** Files that carry each sensitivity label, by its name or its id. */
  readonly labels: Readonly<Record<string, number>>
  /** Files that seem to steer a model. */
  readonly steering: number
  /** Files with a part that was not read. */
  readonly unreadFiles: number
  /** The first of those parts. `path` leads into the file behind a `!`. */
  readonly unread: readonly { readonly path: string; readonly reason: TreeUnreadReason }[]
  readonly unreadReasons: Readonly<Record<string, number>>
}

export interface TreeReport {
  readonly root: string
  readonly folders: readonly FolderReport[]
  readonly totals: Omit<FolderReport, 'folder' | 'unread'>
  readonly skipped: Readonly<Record<SkipReason, number>>
  /** The first of what was skipped. */
  readonly skippedPaths: readonly string[]
}

/** Paths named one by one; counts go on. */
const mostNamed = 100

type Writable<T> = { -readonly [name in keyof T]: T[name] }

/** Collects what files hold, folder by folder, keeping counts and no texts. */
export class TreeReportBuilder {
  readonly #root: string
  readonly #folders = new Map<string, Tally>()
  readonly #totals = new Tally('')
  readonly #skipped: Record<SkipReason, number> = { 'passed-over': 0, link: 0, special: 0, denied: 0 }
  readonly #skippedPaths: string[] = []

  constructor(root: string) {
    this.#root = root
  }

  addFile(folder: string, path: string, bytes: number, file: InspectedFile): void {
    const unread = file.unread.map((part) => ({
      path: part.path === '' ? path : `${path}!${part.path}`,
      reason: part.reason,
    }))
    for (const tally of this.#talliesOf(folder)) tally.add(bytes, file, unread)
  }

  /** A file that cannot be opened. */
  addDenied(folder: string, path: string): void {
    for (const tally of this.#talliesOf(folder)) tally.add(0, undefined, [{ path, reason: 'denied' }])
  }

  addSkipped(path: string, why: SkipReason): void {
    this.#skipped[why]++
    if (this.#skippedPaths.length < mostNamed) this.#skippedPaths.push(path)
  }

  get report(): TreeReport {
    const { folder: _, unread: __, ...totals } = this.#totals.report
    return {
      root: this.#root,
      // Files are read several at a time and end in any order.
      folders: [...this.#folders.values()]
        .map(({ report }) => report)
        .sort((one, other) => (one.folder < other.folder ? -1 : 1)),
      totals,
      skipped: this.#skipped,
      skippedPaths: this.#skippedPaths,
    }
  }

  #talliesOf(folder: string): readonly Tally[] {
    const tally = this.#folders.get(folder) ?? new Tally(folder)
    this.#folders.set(folder, tally)
    return [tally, this.#totals]
  }
}

class Tally {
  readonly #report: Writable<FolderReport>
  readonly #kinds = new Map<string, number>()
  readonly #labels = new Map<string, number>()
  readonly #reasons = new Map<string, number>()
  readonly #unread: FolderReport['unread'][number][] = []
  readonly #classes: Record<DataClass, number> = { public: 0, internal: 0, confidential: 0, restricted: 0 }

  constructor(folder: string) {
    this.#report = {
      folder,
      files: 0,
      readFiles: 0,
      bytes: 0,
      class: null,
      classes: this.#classes,
      kinds: {},
      labels: {},
      steering: 0,
      unreadFiles: 0,
      unread: this.#unread,
      unreadReasons: {},
    }
  }

  /** `file` is undefined when nothing of it could be read. */
  add(bytes: number, file: InspectedFile | undefined, unread: FolderReport['unread']): void {
    const report = this.#report
    report.files++
    report.bytes += bytes
    if (file !== undefined && file.class !== null) this.#addFile(file, file.class)
    if (unread.length > 0) report.unreadFiles++
    for (const part of unread) {
      count(this.#reasons, part.reason)
      if (this.#unread.length < mostNamed) this.#unread.push(part)
    }
  }

  #addFile(file: InspectedFile, dataClass: DataClass): void {
    const report = this.#report
    report.readFiles++
    report.class = higherClass(report.class ?? 'public', dataClass)
    this.#classes[dataClass]++
    for (const { findings } of file.parts) for (const { type } of findings) count(this.#kinds, type)
    for (const { name, id } of file.labels) count(this.#labels, name ?? id)
    if (file.parts.some(({ injection }) => injection.verdict !== 'none')) report.steering++
  }

  get report(): FolderReport {
    return {
      ...this.#report,
      kinds: sorted(this.#kinds),
      labels: sorted(this.#labels),
      unreadReasons: sorted(this.#reasons),
    }
  }
}

const count = (counts: Map<string, number>, name: string): void =>
  void counts.set(name, (counts.get(name) ?? 0) + 1)

/** The most frequent first. */
const sorted = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
  Object.fromEntries([...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)))

/** The report as a table for a terminal. */
export function formatTree({ folders, totals, skipped }: TreeReport): string {
  const rows = [
    ['folder', 'files', 'class', 'found', 'unread'],
    ...folders.map((each) => rowOf(each.folder, each)),
    rowOf('total', totals),
  ]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const table = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [...table, '', ...notesOf(totals, skipped)].join('\n')
}

const rowOf = (name: string, report: TreeReport['totals']): readonly string[] => [
  printable(name),
  String(report.files),
  report.class ?? 'not known',
  listed(report.kinds),
  report.unreadFiles === 0 ? '-' : `${report.unreadFiles} (${listed(report.unreadReasons)})`,
]

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, number]) => `${printable(name)} ${number}`)
    .join(', ') || '-'

function notesOf(totals: TreeReport['totals'], skipped: TreeReport['skipped']): readonly string[] {
  const classes = dataClasses.map((each) => `${each} ${totals.classes[each]}`).join(', ')
  const reasons = Object.keys(totals.unreadReasons).map((reason) => `  ${reason}: ${sentenceOf(reason)}`)
  return [
    `files by class: ${classes}`,
    ...(Object.keys(totals.labels).length === 0 ? [] : [`labels: ${listed(totals.labels)}`]),
    ...(totals.steering === 0 ? [] : [`files that seem to steer a model: ${totals.steering}`]),
    ...(reasons.length === 0 ? [] : ['unread means that nobody knows what it holds:', ...reasons]),
    `skipped: ${skipped['passed-over']} folders of programs, ${skipped.link} links, ${skipped.special} special files, ${skipped.denied} not allowed`,
  ]
}

const sentenceOf = (reason: string): string =>
  reason === 'denied'
    ? 'it could not be opened'
    : (unreadReasons[reason as keyof typeof unreadReasons] ?? reason)
