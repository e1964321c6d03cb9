/** Marks that only the machinery around a model writes, or that a person cannot see. Each is looked for in one pass. */

export interface Sign {
  readonly why: string
  readonly pattern: RegExp
  readonly weight: number
}

export const signs: readonly Sign[] = [
  {
    why: 'holds marks of a chat template',
    pattern:
      /<\|(?:im_(?:start|end)|(?:start|end)_header_id|eot_id|begin_of_text|endoftext|system|user|assistant|start_of_role)\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>/,
    weight: 0.6,
  },
  {
    why: 'writes turns of a conversation into itself',
    pattern:
      /\n\r?\n(?:Human|Assistant): |(?:^|\n)#{1,4} ?(?:System(?: Prompt| Message)?|New Instructions?) ?:?(?:\r?\n|$)/,
    weight: 0.35,
  },
  {
    why: 'poses as a message of the system',
    pattern:
      /(?:^|\n)[ \t]{0,4}(?:\[system\]|<system>|\[?system (?:message|override|note|instruction)\]?:|system:)/i,
    weight: 0.35,
  },
  {
    why: 'holds a picture whose address carries data',
    pattern:
      /!\[[^\]\n]{0,200}\]\(https?:\/\/[^\s)?]{1,300}\?[^\s)]{0,300}=(?:\{|<|\[|%7B|\$|data|secret|history|conversation|[a-z0-9+/_%-]{64})/i,
    weight: 0.5,
  },
]

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
