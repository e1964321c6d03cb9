/** Names of things as they stand in a sentence: 'an AWS access key id, a password and an e-mail address'. */
export function withArticles(names: readonly string[]): string {
  const written = names.map(withArticle)
  const last = written.at(-1) ?? ''
  return written.length < 2 ? last : `${written.slice(0, -1).join(', ')} and ${last}`
}

/** As many names as there are kinds of findings and labels of patterns, many times over; past that it begins anew. */
const mostKnown = 4_096
const known = new Map<string, string>()

function withArticle(name: string): string {
  const written = known.get(name)
  if (written !== undefined) return written
  if (known.size >= mostKnown) known.clear()
  const added = addArticle(name)
  known.set(name, added)
  return added
}

function addArticle(name: string): string {
  if (isPlural(name) || isUncounted(name)) return name
  return `${beginsWithVowel(name) ? 'an' : 'a'} ${name}`
}

/** 'credentials', 'coordinates of a place'; not 'address'. */
const isPlural = (name: string): boolean => /^\S*[^su\s]s(?: (?:of|in|for|from) .*)?$/.test(name)

/** 'health of a person': there is no number of it. */
const isUncounted = (name: string): boolean => /^(?:health|information|data)(?: of .*)?$/.test(name)

/** By its sound: 'an SSN' is spelled, 'a SIM card' and 'a user' are spoken. */
function beginsWithVowel(name: string): boolean {
  const [word = ''] = name.split(/[^\p{L}\d]/u)
  if (isSpelled(word)) return /^[aefhilmnorsx]/i.test(word)
  return /^[aeiou]/i.test(word) && !/^(?:u[bcfhjkqrstn][aeiou]|ukr|uu|eu|one$|once$)/i.test(word)
}

/** Acronyms that are spoken as a word. */
const spoken = new Set(['SIM', 'PIN', 'SIN', 'MAC', 'VAT', 'JSON', 'SWIFT', 'SIREN', 'SIRET', 'NINO', 'NATO'])

const isSpelled = (word: string): boolean =>
  (/^\p{Lu}[\p{Lu}\d]+$/u.test(word) && !spoken.has(word)) || !/[aeiouy]/i.test(word)
