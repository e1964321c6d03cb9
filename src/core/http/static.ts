import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join, relative, sep } from 'node:path'
import { writeReply } from './reply.ts'
import type { Route } from './route.ts'

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

interface Asset {
  readonly bytes: Buffer
  readonly type: string
  readonly tag: string
  readonly isHashed: boolean
}

/** A built page is small; more than this is not a page. */
const maxFolderBytes = 32 * 1024 * 1024

/**
 * Routes for a folder of built files, read once at start: no path of a request ever touches the file system.
 * Files with a digest in their name are cached for a year, everything else is asked for again.
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
      handle: ({ request, response, requestId }) =>
        writeAsset(response, asset, request.headers['if-none-match'], requestId),
    }),
  )
}

function readAssets(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  let total = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const file = join(folder, name)
    if (name.startsWith('.') || !statSync(file).isFile()) continue
    const bytes = readFileSync(file)
    total += bytes.length
    if (total > maxFolderBytes) throw new Error(`the folder ${folder} is too large to be a built page`)
    assets.set(`/${relative(folder, file).split(sep).join('/')}`, {
      bytes,
      type: types[extname(name)] ?? 'application/octet-stream',
      tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      isHashed: /-[\w-]{8,}\.\w+$/.test(name),
    })
  }
  return assets
}

function writeAsset(
  response: ServerResponse,
  asset: Asset,
  known: string | undefined,
  requestId: string,
): void {
  const headers = {
    'cache-control': asset.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: asset.tag,
  }
  if (known === asset.tag) writeReply(response, { status: 304, headers }, requestId)
  else
    writeReply(
      response,
      { headers: { ...headers, 'content-type': asset.type }, bytes: asset.bytes },
      requestId,
    )
}
