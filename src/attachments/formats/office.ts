import type { TextKind } from '../api.ts'
import { joinPath, type Part, type Reading } from '../reading.ts'
import type { ZipEntry } from '../zip.ts'
import { readFlow } from './flow.ts'
import { readMarkup } from './markup.ts'
import { readLabelInfo, readProperties } from './office-labels.ts'
import { readSharedStrings, readSheet, readWorkbook, type SharedStrings } from './sheet.ts'
import { unpack } from './unpack.ts'

/**
 * Word, Excel and PowerPoint since 2007: every part with words in it, also those that are not shown: comments, notes,
 * deleted text, hidden sheets, headers and footers, links, connections. Source: ISO/IEC 29500-1.
 */
export async function readOffice(part: Part, entries: readonly ZipEntry[], reading: Reading): Promise<void> {
  const ordered = [...entries].sort((one, other) => byNumber.compare(one.name, other.name))
  const parts = new Map<string, Uint8Array>()
  for (const entry of ordered) {
    if (wordless.test(entry.name)) continue
    const bytes = unpack(part, entry, reading)
    if (bytes !== undefined) parts.set(entry.name, bytes)
  }
  const sharedStrings = readShared(parts, part, reading)
  for (const [name, bytes] of parts) await readPart(name, bytes, { part, reading, sharedStrings })
  // Strings no cell points to are what somebody took out, and still there.
  const { strings, used } = sharedStrings
  const unused = strings.filter((_, index) => !used.has(index))
  reading.addText(joinPath(part.path, sharedStringsPart), unused.join('\n'), 'sheet')
}

const sharedStringsPart = 'xl/sharedStrings.xml'

/** `slide2` before `slide10`. */
const byNumber = new Intl.Collator('en', { numeric: true })

/** Looks, fonts and layout; nothing anybody wrote for the document stands in them. */
const wordless =
  /(?:^|\/)(?:theme\/|styles\.xml$|stylesWithEffects\.xml$|fontTable\.xml$|webSettings\.xml$|calcChain\.xml$|tableStyles\.xml$|presProps\.xml$|viewProps\.xml$|printerSettings\/)|^word\/fonts\/|\.(?:odttf|fntdata)$|^\[Content_Types\]\.xml$/

interface Office {
  readonly part: Part
  readonly reading: Reading
  readonly sharedStrings: SharedStrings
}

function readShared(parts: ReadonlyMap<string, Uint8Array>, part: Part, reading: Reading): SharedStrings {
  const bytes = parts.get(sharedStringsPart)
  const xml = bytes === undefined ? '' : decodeXml(bytes)
  if (xml === undefined) reading.addUnread(joinPath(part.path, sharedStringsPart), 'document-type')
  return { strings: readSharedStrings(xml ?? ''), used: new Set() }
}

async function readPart(name: string, bytes: Uint8Array, office: Office): Promise<void> {
  const { part, reading, sharedStrings } = office
  if (name === sharedStringsPart) return
  const path = joinPath(part.path, name)
  if (/\.(?:xml|rels|vml)$/.test(name)) {
    const xml = decodeXml(bytes)
    if (xml === undefined) return reading.addUnread(path, 'document-type')
    const [text, kind] = readXmlPart(name, xml, sharedStrings, reading.charactersLeft)
    reading.addText(path, text, kind)
    for (const label of [...readLabelInfo(name, part.path, xml), ...readProperties(name, part.path, xml)])
      reading.addLabel(label)
  } else if (/vbaProject\.bin$/.test(name)) reading.addUnread(path, 'macro')
  else await reading.readInside(part, name, bytes)
}

function readXmlPart(
  name: string,
  xml: string,
  sharedStrings: SharedStrings,
  mostCharacters: number,
): readonly [string, TextKind] {
  if (/^xl\/worksheets\/[^/]+\.xml$/.test(name))
    return [readSheet(xml, sharedStrings, mostCharacters), 'sheet']
  if (name === 'xl/workbook.xml') return [readWorkbook(xml), 'sheet']
  if (name.endsWith('.rels')) return [readLinks(xml), 'metadata']
  if (
    /^(?:docProps|docMetadata|customXml)\//.test(name) ||
    /connections\.xml$|settings\.xml$|\.vml$/.test(name)
  )
    return [readMarkup(xml, 'xml'), 'metadata']
  if (/^(?:word|ppt|xl)\//.test(name)) return [readFlow(xml, mostCharacters), kindOf(name)]
  return [readMarkup(xml, 'xml'), 'metadata']
}

const kindOf = (name: string): TextKind =>
  name.startsWith('word/') ? 'word' : name.startsWith('ppt/') ? 'slides' : 'sheet'

/** Targets outside the document: addresses of links, data sources, templates. */
const readLinks = (xml: string): string =>
  [...xml.matchAll(/<Relationship\b[^>]*>/g)]
    .filter(([tag]) => /TargetMode\s*=\s*["']External/.test(tag))
    .map(([tag]) => readMarkup(tag, 'xml'))
    .join('\n')

/** Undefined for XML that declares a document type: entities could hide text or grow without end. */
function decodeXml(bytes: Uint8Array): string | undefined {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const encoding = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8'
  const xml = new TextDecoder(encoding).decode(bytes)
  return /<!(?:DOCTYPE|ENTITY)/i.test(xml) ? undefined : xml
}
