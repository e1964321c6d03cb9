/** Marks that only the machinery around a model writes, or that a person cannot see. */
import { reasons, type Sign, type SignKind, type Strength } from './phrase.ts'

export interface Mark extends Sign {
  /** Units it may begin with; a line break stands for the start of any line, the first one included. */
  readonly begins: string
}

const mark = (kind: SignKind, strength: Strength, begins: string, pattern: RegExp): Mark => ({
  kind,
  strength,
  begins,
  pattern,
  why: reasons[kind],
})

export const marks: readonly Mark[] = [
  mark(
    'template',
    'strong',
    '<[',
    /<\|(?:im_(?:start|end)|(?:start|end)_header_id|eot_id|begin_of_text|endoftext|system|user|assistant|start_of_role)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>/y,
  ),
  mark(
    'turns',
    'weak',
    '\n',
    /\n{0,2}(?:\r?\n){0,2}#{1,4} ?(?:System(?: Prompt| Message)?|New Instructions?) ?:?(?:\r?\n|$)|\n\r?\n(?:Human|Assistant): /y,
  ),
  mark(
    'authority',
    'weak',
    '\n',
    /\n?[ \t]{0,4}(?:\[system\]|<system>|\[?system (?:message|override|note|instruction|alert|notice|update)\]?:|system:)/iy,
  ),
  // The wrappers of AgentDojo and its like: <INFORMATION> This is an important message from me.
  mark(
    'authority',
    'weak',
    '<[',
    /[<[]\/?(?:important|information|admin(?:istrator)?|developer|system[_ -]?(?:note|override|instructions?|message|prompt)|priority|instructions?|override)[>\]]/iy,
  ),
  // `(Dan Miller)` in a changelog is a person, and `(classic)` one of two forms of a token or a theme.
  mark(
    'two-answers',
    'strong',
    '[(\ud83d',
    /(?:[[(](?:🔓|🔒|jailbreak(?:broken)?|jailbroken|unfiltered|uncensored|dan(?![a-z\d])(?! (?!mode|output|response|version|jailbreak)[a-z])|developer mode output|anarchy|gpt response)|\[classic)[^\]\n]{0,20}[\])]|🔓/iy,
  ),
  mark(
    'picture',
    'strong',
    '!',
    /!\[[^\]\n]{0,200}\]\(https?:\/\/[^\s)?]{1,300}\?[^\s)]{0,300}=(?:\{|<|\[|%7B|\$|data|secret|history|conversation|[a-z0-9+/_%-]{64})/iy,
  ),
  mark(
    'comment',
    'strong',
    '<',
    /<!--[^>]{0,300}\b(?:ignore (?:all|any|the|your|previous)|disregard|you (?:must|are now)|new instructions?|system prompt|(?:ai|llm|language model|assistant)s?[ ,:]{1,2}(?:must|should|please|ignore|do|read|when|if)\b)/iy,
  ),
  mark(
    'template',
    'weak',
    '<',
    /<\/?(?:tool_calls?|function_calls?|tool_results?|function_results?|tool_response|tool_outputs?|invoke name=|user_query|end_of_(?:document|context|text|input))>?/iy,
  ),
  // A document that says it ends, so that what follows passes for orders: ----- END OF DOCUMENT -----
  mark(
    'authority',
    'weak',
    '\n-=#*',
    /\n?(?:[-=#*]{2,40}|\[) {0,2}(?:end|stop|begin|start)(?: of)? (?:the |of )?(?:documents?|context|data|text|emails?|file|input|instructions?|prompt|system|user|conversation|task|query|untrusted)/iy,
  ),
]

const byUnit: (readonly Mark[] | undefined)[] = []
for (const each of marks) {
  for (let at = 0; at < each.begins.length; at++) {
    const code = each.begins.charCodeAt(at)
    byUnit[code] = [...(byUnit[code] ?? []), each]
  }
}
const atLineStart = byUnit[10] ?? []

/** Units a mark may begin with. */
export const markBegins = [...byUnit.keys()]
  .filter((code) => byUnit[code] !== undefined)
  .map((code) => String.fromCharCode(code))
  .join('')

/** Gives each mark with where it stands. `wakes`: where in the text units of `markBegins` stand, in order. */
export function findMarks(
  text: string,
  wakes: readonly number[],
  found: (mark: Mark, start: number, end: number) => void,
): void {
  const tryAt = (candidates: readonly Mark[], at: number): void => {
    for (const each of candidates) {
      each.pattern.lastIndex = at
      if (each.pattern.test(text)) found(each, at, each.pattern.lastIndex)
    }
  }
  tryAt(atLineStart, 0)
  for (const at of wakes) tryAt(byUnit[text.charCodeAt(at)] ?? [], at)
}

/** First half of every tag character; U+E0020 to U+E007E mirror ASCII and show nothing. */
const tagLead = '\udb40'

/** A black flag, up to six tag characters and the end of tags: England, Scotland, Wales. Source: UTS #51, annex C. */
const regionalFlag = /\u{1F3F4}[\u{E0030}-\u{E007A}]{1,6}\u{E007F}/gu

/** Fewer than these say nothing. */
const fewest = 4

/**
 * What is written in tag characters outside flags, at most 1,000 of them; empty when there are hardly any. They are
 * invisible and models read them.
 */
export function hiddenText(written: string): string {
  if (!written.includes(tagLead)) return ''
  const text = written.replace(regionalFlag, '')
  let hidden = ''
  for (
    let at = text.indexOf(tagLead);
    at !== -1 && hidden.length < 1_000;
    at = text.indexOf(tagLead, at + 2)
  ) {
    const code = text.charCodeAt(at + 1) - 0xdc00
    if (code >= 0x20 && code <= 0x7e) hidden += String.fromCharCode(code)
  }
  return hidden.length >= fewest ? hidden : ''
}

/** From the first tag character outside flags to behind the last one. Only where `hiddenText` is not empty. */
export function placeOfHidden(text: string): { readonly start: number; readonly end: number } {
  const kept = text.replace(regionalFlag, (flag) => ' '.repeat(flag.length))
  return { start: kept.indexOf(tagLead), end: kept.lastIndexOf(tagLead) + 2 }
}
