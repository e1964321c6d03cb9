import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { writeReply } from './reply.ts'
import type { Reply, Route } from './route.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

interface Form {
  readonly bytes: Buffer
  readonly tag: string
  /** As `accept-encoding` calls it; undefined for the file as it is. */
  readonly coding: string | undefined
}

interface Asset {
  readonly type: string
  readonly isHashed: boolean
  /** The smallest first, the file as it is last. */
  readonly forms: readonly Form[]
}

/** What the build has compressed stands beside the file, under its name and this. */
const codings = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const

/** A built page is small; more than this is not a page. */
const maxFolderBytes = 32 * 1024 * 1024

/**
 * Routes for a folder of built files, read once at start: no path of a request ever touches the file system.
 * Files with a digest in their name are cached for a year, everything else is asked for again. A browser gets the
 * smallest form it takes of what the build has compressed.
 * Throws when the folder has no index.html.
 */
export function staticRoutes(folder: string): readonly Route[] {
  const assets = readAssets(folder)
  const index = assets.get('/index.html')
  if (index === undefined)
    throw new Error(`the page is not built: ${folder} has no index.html; run "npm start", which builds it`)
  return [...assets.entries(), ['/', index] as const].map(
    ([path, asset]): Route => ({
      method: 'GET',
      path,
      need: 'anyone',
      reads: 'nothing',
      handle: ({ request, response, requestId }) => writeAsset(response, asset, request.headers, requestId),
    }),
  )
}

function readAssets(folder: string): Map<string, Asset> {
  const files = readFiles(folder)
  const assets = new Map<string, Asset>()
  for (const [name, bytes] of files) {
    if (codings.some(({ ending }) => name.endsWith(ending) && files.has(name.slice(0, -ending.length))))
      continue
    const compressed = codings.flatMap(({ coding, ending }) => {
      const smaller = files.get(name + ending)
      return smaller === undefined ? [] : [formOf(smaller, coding)]
    })
    assets.set(`/${name}`, {
      type: types[extname(name)] ?? 'application/octet-stream',
      isHashed: /-[\w-]{8,}\.\w+$/.test(name),
      forms: [...compressed, formOf(bytes, undefined)],
    })
  }
  return assets
}

/** By path in the folder, with slashes. */
function readFiles(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>()
  let total = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(folder, name)
    if (name.startsWith('.') || !statSync(file).isFile()) continue
    const bytes = readFileSync(file)
    total += bytes.length
    if (total > maxFolderBytes) throw new Error(`the folder ${folder} is too large to be a built page`)
    files.set(relative(folder, file).split(sep).join('/'), bytes)
  }
  return files
}

const formOf = (bytes: Buffer, coding: string | undefined): Form => ({
  bytes,
  coding,
  tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
})

function writeAsset(
  response: ServerResponse,
  { forms, type, isHashed }: Asset,
  asked: IncomingHttpHeaders,
  requestId: string,
): void {
  const { bytes, tag, coding } = forms.find((form) => takes(asked, form.coding)) as Form
  const headers = {
    'cache-control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: tag,
    ...(forms.length === 1 ? {} : { vary: 'accept-encoding' }),
  }
  const encoding = coding === undefined ? {} : { 'content-encoding': coding }
  const reply: Reply =
    asked['if-none-match'] === tag
      ? { status: 304, headers }
      : { headers: { ...headers, ...encoding, 'content-type': type }, bytes }
  writeReply(response, reply, requestId)
}

/** A coding is taken when it stands in the header by its name and is not refused there by a weight of nought. */
const takes = (asked: IncomingHttpHeaders, coding: string | undefined): boolean =>
  coding === undefined ||
  String(asked['accept-encoding'] ?? '')
    .split(',')
    .map((item) =>
      item
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    .some(([name, weight = '']) => name === coding && !/^q=0(?:\.0*)?$/.test(weight))
