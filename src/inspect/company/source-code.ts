import type { KnownCode, KnownMatch } from './api.ts'
import { sourceCode } from './kinds.ts'

/**
 * Source code by its lines: so many in a row that have the form of code, hardly any that read as prose. A snippet of
 * a few lines is how people ask about programming, and no finding; a line that imports one of the company's own
 * packages is, with the code around it. Code under a public licence is none of the company's.
 */
const leastLines = 15
const leastShare = 0.6
/** Lines of neither kind that may stand between lines of code: comments, data, blank lines. */
const longestPause = 6
/** A line of which only the beginning is looked at: generated code has lines of megabytes. */
const lookedAt = 300

interface Language {
  readonly name: string
  readonly line: RegExp
}

/** Lines that hardly stand in anything but code of that language. Each pattern is anchored and without nesting. */
const languages: readonly Language[] = [
  {
    name: 'Python',
    line: /^\s*(?:(?:async )?def \w+\(.*|class \w+(?:\(.*\))?:$|from [\w.]+ import [\w*(]|import [\w.]+(?: as \w+)?$|elif .*:$|except\b.*:$|try:$|else:$|with .* as \w+:$|for \w+(?:, ?\w+)* in .*:$|if .*:$|while .*:$|@\w[\w.]*(?:\(|$)|self\.\w+ = )/,
  },
  {
    name: 'JavaScript or TypeScript',
    line: /^\s*(?:(?:export )?(?:default )?(?:async )?function\b.*\{$|(?:export )?(?:const|let|var) [\w{[].* = |import .* from ['"]|export (?:interface|type|class|const|enum) |module\.exports\b|\}\)[;,]?$|.*=> \{$)/,
  },
  {
    name: 'Java, C# or Kotlin',
    line: /^\s*(?:(?:public|private|protected|internal|static|final|override)\s+[\w<>[\], ?]+(?:[({;=]|$)|import [\w.]+(?:\.\*)?;|package [\w.]+;?$|using [\w.]+;$|namespace [\w.]+|@(?:Override|Test|Autowired|Inject|Bean)\b)/,
  },
  {
    name: 'Go',
    line: /^\s*(?:func (?:\(\w+ \*?\w+\) )?\w+\(.*|package \w+$|\w+(?:, \w+)* := |if err != nil \{|type \w+ (?:struct|interface) \{)/,
  },
  {
    name: 'Rust',
    line: /^\s*(?:(?:pub(?:\(crate\))? )?(?:fn \w+[<(]|struct \w+|enum \w+|mod \w+|use [\w:]+)|let (?:mut )?\w+(?:: [^=]+)? = |impl\b.*\{$|match .* \{$|#\[\w+)/,
  },
  {
    name: 'C or C++',
    line: /^\s*(?:#(?:include [<"]|define \w|ifn?def \w|endif\b)|(?:static |const |unsigned )*(?:void|int|char|bool|auto|size_t|float|double|std::\w+)[\s*&]+\w+(?:\(|\[| ?=|;)|template ?<|\w+->\w+)/,
  },
  {
    name: 'SQL',
    line: /^\s*(?:SELECT\b.*|FROM \w+.*|(?:LEFT |INNER |RIGHT )?JOIN \w+.* ON .*|WHERE \w+.*(?:=|<|>|IN|LIKE).*|GROUP BY .*|ORDER BY .*|CREATE (?:TABLE|VIEW|INDEX|FUNCTION|PROCEDURE) .*|INSERT INTO .*|ALTER TABLE .*)$/,
  },
  {
    name: 'Ruby or shell',
    line: /^\s*(?:def \w+[?!]?(?:\(.*\))?$|end$|fi$|done$|esac$|if \[\[? .*|\w+=\$\(.*|require ['"])/,
  },
]

/** Lines of any language: what ends a statement, opens or closes a block, calls or assigns. */
const codeLine =
  /(?:[;{}]|\)[;{:,]|=> ?\(|\);?)\s*$|^\s*(?:[})\]]+[;,)]*|return\b.*|\w[\w.[\]]*\(.*\)|[\w.[\]]+ ?[-+*/|&]?= .*|["']?\w+["']?: .*,)\s*$/
const prose = /^(?!\s*(?:\/\/|#|\*|--|<!--))\s*(?:[\p{L}'’,"()-]+ ){6,}/u
const comment = /^\s*(?:\/\/|\/?\*|#|--|<!--|""")/
const publicLicence =
  /SPDX-License-Identifier:\s*(?:MIT|Apache-2|BSD|ISC|0BSD|MPL|L?GPL|AGPL|Unlicense|CC0)|Licensed under the (?:Apache|MIT|BSD)|Permission is hereby granted, free of charge|GNU (?:Lesser |Affero )?General Public License/i
const ownLicence =
  /\b(?:proprietary and confidential|all rights reserved|company confidential|internal use only)\b/i

/** Lines that name a package: where an internal one counts. */
const namesPackage =
  /^\s*(?:import\b|from\b|export\b.*\bfrom\b|require\b|using\b|use\b|package\b|#include\b|const\b.*\brequire\()/

export function createCodeMatcher({
  packages,
  class: dataClass,
}: KnownCode): (text: string) => readonly KnownMatch[] {
  const own = packages.map((name) => name.toLowerCase())
  return (text) => {
    if (!text.includes('\n') && own.length === 0) return []
    return blocksOf(text, own).flatMap((block) => {
      const why = reasonFor(block, text)
      if (why === undefined) return []
      const { start, end, ownPackages } = block
      return [{ start, end, kind: sourceCode, class: dataClass, score: ownPackages > 0 ? 1 : 0.8, why }]
    })
  }
}

interface Block {
  start: number
  end: number
  lines: number
  code: number
  ownPackages: number
  readonly languages: Map<string, number>
}

function reasonFor(block: Block, text: string): string | undefined {
  const language = [...block.languages].sort((one, other) => other[1] - one[1])[0]
  const name = language === undefined ? 'code' : language[0]
  if (block.ownPackages > 0)
    return `${block.code} lines of ${name} that name ${block.ownPackages} of the company's own packages`
  const distinct = [...block.languages.values()].reduce((sum, count) => sum + count, 0)
  if (block.code < leastLines || block.code < block.lines * leastShare || distinct < 4) return undefined
  const block_ = text.slice(Math.max(0, block.start - 2_000), block.end)
  if (publicLicence.test(block_)) return undefined
  return `${block.code} lines of ${name}${ownLicence.test(block_) ? ' under a licence of the company' : ''}`
}

/** Runs of lines of code; they start and end with one. */
function blocksOf(text: string, own: readonly string[]): readonly Block[] {
  const blocks: Block[] = []
  let block: Block | undefined
  let pause = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline === -1 ? text.length : newline
    const line = text.slice(start, Math.min(end, start + lookedAt)).trimEnd()
    const kind = kindOf(line)
    if (kind === 'code') {
      if (block === undefined) {
        block = { start, end, lines: 0, code: 0, ownPackages: 0, languages: new Map() }
        blocks.push(block)
        pause = 0
      }
      block.lines += pause + 1
      block.code++
      block.end = end
      count(block, line, own)
      pause = 0
    } else if (block !== undefined) {
      // Blank lines and comments cost nothing: code has many.
      if (kind === 'other') pause++
      if (kind === 'prose' || pause > longestPause) block = undefined
    }
    start = end + 1
  }
  return blocks
}

function kindOf(line: string): 'code' | 'prose' | 'comment' | 'other' {
  if (line.trim() === '' || comment.test(line)) return line.startsWith('#include') ? 'code' : 'comment'
  if (languages.some((language) => language.line.test(line))) return 'code'
  if (prose.test(line)) return 'prose'
  return codeLine.test(line) ? 'code' : 'other'
}

function count(block: Block, line: string, own: readonly string[]): void {
  const language = languages.find((each) => each.line.test(line))
  if (language !== undefined)
    block.languages.set(language.name, (block.languages.get(language.name) ?? 0) + 1)
  if (own.length === 0 || !namesPackage.test(line)) return
  const lower = line.toLowerCase()
  if (own.some((name) => lower.includes(name))) block.ownPackages++
}
