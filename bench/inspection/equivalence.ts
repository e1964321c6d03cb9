/** Whether the one pass over a text wakes whom a plain search for each detector wakes, on the texts of the corpora. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Detector } from '#/inspect/detector.ts'
import { detectors as ofTheList } from '#/inspect/detectors/index.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createBeginsName, plainTriggers } from '#/inspect/test-plain-triggers.ts'
import { createTriggerScan } from '#/inspect/trigger-scan.ts'
import { atMost, type Figure, told } from '../figure.ts'

/** The plain search is slow: so many texts of each file, spread over it, and so much of each. */
const textsOfFile = 1_000
const unitsOfText = 8_192

/** Folders of the corpora whose files hold one JSON object with a `text` in each line. */
const folders = ['injection', 'pii', 'secrets']

const detectors = [...ofTheList, ...furtherDetectors]

/** No figure without the folder. */
export async function equivalenceFigures(corporaFolder: string): Promise<Figure[]> {
  const scan = createTriggerScan(detectors)
  const beginsName = createBeginsName(detectors)
  let texts = 0
  let woken = 0
  let different = 0
  for await (const text of textsOf(corporaFolder)) {
    const found = new Map(detectors.map((detector): [Detector, string[]] => [detector, []]))
    const isDisguised = scan(
      text,
      (detector, start, end) => void found.get(detector)?.push(`${start}-${end}`),
    )
    if (isDisguised) continue
    texts++
    for (const detector of detectors) {
      const places = found.get(detector)?.toSorted() ?? []
      woken += places.length
      if (places.join() !== plainTriggers(detector, text, beginsName).join()) different++
    }
  }
  if (texts === 0) return []
  return [
    told('texts compared with a plain search for each detector', texts, 'texts'),
    told('times a detector was woken in them', woken, 'times'),
    atMost('detectors woken otherwise than by a plain search', different, 'times', 0),
  ]
}

async function* textsOf(corporaFolder: string): AsyncGenerator<string> {
  for (const folder of folders) {
    const names = await readdir(join(corporaFolder, folder)).catch(() => [])
    for (const name of names.filter((each) => each.endsWith('.jsonl.gz'))) {
      const lines = gunzipSync(await readFile(join(corporaFolder, folder, name)))
        .toString()
        .split('\n')
      const step = Math.max(1, Math.floor(lines.length / textsOfFile))
      for (let index = 0; index < lines.length; index += step) {
        const text = textOf(lines[index] as string)
        if (text !== '') yield text.slice(0, unitsOfText)
      }
    }
  }
}

function textOf(line: string): string {
  if (line === '') return ''
  const row: unknown = JSON.parse(line)
  const text = typeof row === 'object' && row !== null && 'text' in row ? row.text : line
  return typeof text === 'string' ? text : line
}
