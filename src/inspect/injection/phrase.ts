/** A way of taking over from the instructions a model was given. Two phrases of one kind count once. */
export const signKinds = [
  'override',
  'reveal',
  'identity',
  'unrestricted',
  'obedience',
  'two-answers',
  'fiction',
  'mode',
  'announcement',
  'secrecy',
  'sending',
  'addressed',
  'template',
  'turns',
  'authority',
  'picture',
  'comment',
  'hidden',
  'from-now-on',
] as const

export type SignKind = (typeof signKinds)[number]

/** How much a sign says by itself: one strong or two weak ones are enough for a flag. */
export const weights = { strong: 0.6, weak: 0.35, faint: 0.2 } as const

export type Strength = keyof typeof weights

export interface Sign {
  readonly kind: SignKind
  readonly strength: Strength
  /** For people; the sentence says what the text does and never repeats it. */
  readonly why: string
  /** Sticky, every repetition bounded. */
  readonly pattern: RegExp
}

/** Looked for only where its first word stands, in what `readWords` makes of a text. */
export interface Phrase extends Sign {
  /** Words it may begin with. In scripts that put no space between words, single characters. */
  readonly begins: readonly string[]
}

/** A phrase as it stands in a list: see `phrase`. */
export type Row = readonly [kind: SignKind, strength: Strength, begins: string, rest: string]

/** A phrase without its reason: the reason is that of its kind. */
export function phrase(
  kind: SignKind,
  strength: Strength,
  begins: string,
  rest: string,
  before = '',
): Phrase {
  const words = begins.split('|')
  return {
    kind,
    strength,
    begins: words,
    why: reasons[kind],
    pattern: new RegExp(`${before}(?:${begins})${rest.startsWith('^') ? rest.slice(1) : ` ${rest}`}`, 'y'),
  }
}

export const reasons: Readonly<Record<SignKind, string>> = {
  override: 'asks to set aside what the model was told',
  reveal: 'asks for the instructions the model was given',
  identity: 'gives the model another identity',
  unrestricted: 'claims that no restrictions apply to the model',
  obedience: 'forbids the model to refuse',
  'two-answers': 'asks for a second answer without restrictions',
  fiction: 'wraps what it asks for in a story or a supposition',
  mode: 'asks for a mode without restrictions',
  announcement: 'announces new instructions',
  secrecy: 'asks to keep something from the person',
  sending: 'asks to send data somewhere',
  addressed: 'speaks to the model from inside a document',
  template: 'holds marks of a chat template',
  turns: 'writes turns of a conversation into itself',
  authority: 'poses as a message of the system',
  picture: 'holds a picture or link whose address carries data',
  comment: 'gives orders in a remark that is not shown',
  hidden: 'hides text in invisible characters',
  'from-now-on': 'sets new rules from here on',
}
