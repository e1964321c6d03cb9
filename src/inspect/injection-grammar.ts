/**
 * Phrases by which a text tries to take over from the instructions a model was given. Each is looked for only where
 * its first word stands, in lower case with single spaces, and every repetition is bounded. English only so far.
 */

export interface Phrase {
  /** For people; the sentence says what the text does and never repeats it. */
  readonly why: string
  /** Words it may begin with. */
  readonly begins: readonly string[]
  /** From its first word on. */
  readonly pattern: RegExp
  /** How much it says by itself, 0 to 1. From 0.5 on it is enough for a flag. */
  readonly weight: number
}

const strong = 0.6
const weak = 0.35

/** `all of the previous`, `any prior`, `your above`. */
const before =
  '(?:(?:all|any|every|each|both|of|the|these|those|this|that|your|my|our|its|what|everything|anything|and|or|please|other|existing|original|current|initial|earlier|previous|previously|prior|preceding|above|foregoing|past|last|old|safety|security|system|given|developer|content|ethical|moral) ){1,7}'
const orders =
  '(?:instructions?|prompts?|rules?|guidelines?|directives?|directions?|commands?|orders|constraints?|restrictions?|programming|polic(?:y|ies)|training|guardrails?|filters?|limitations?)'
/** `the rules` may be those of a game. */
const anyRules = '(?:(?:the|of|these|those|this|that) ){1,2}'
const hidden =
  '(?:system |initial |original |hidden |secret |internal |developer |full |entire |exact |above |base )'

/** `never forget` and `do not ignore` say the opposite. */
const unlessNegated = "(?<!(?:never|not|n't|cannot) )"

const phrase = (begins: string, rest: string, weight: number, why: string): Phrase => ({
  begins: begins.split('|'),
  pattern: new RegExp(`${/^ignore\b/.test(begins) ? unlessNegated : ''}(?:${begins}) ${rest}`, 'y'),
  weight,
  why,
})

export const phrases: readonly Phrase[] = [
  phrase(
    'ignore|disregard|forget|override|overrule|bypass|neglect|discard|skip|ignoring|disregarding|forgetting',
    `(?!${anyRules}${orders})${before}${orders}\\b`,
    strong,
    'asks to set aside the instructions that were given',
  ),
  phrase(
    'ignore|disregard|forget|override|overrule|bypass|discard',
    `${anyRules}${orders}\\b`,
    weak,
    'asks to set rules aside',
  ),
  // People take back what they wrote themselves: `ignore my last message`.
  phrase(
    'ignore|disregard|forget|override|discard',
    `${before}(?:messages?|context|conversation|text)\\b`,
    weak,
    'asks to set aside what was said before',
  ),
  phrase(
    'ignore|disregard|forget',
    '(?:everything|anything|all|whatever|what) (?:(?:that|you|i|we|was|were|is|has|have|been|ever) ){0,4}(?:said|told|know|learned|learnt|before|above|previously|prior|written|instructed|given)\\b',
    strong,
    'asks to forget what was said before',
  ),
  phrase(
    'reveal|print|show|output|repeat|display|leak|expose|tell|give|return|write|dump|recite|disclose|summarize|share|send',
    `(?:(?:me|us|out|back|verbatim|the|your|all|of|text|contents?|exactly|word|for) ){1,5}${hidden}{1,3}(?:prompts?|instructions?|messages?|rules|guidelines|configuration)\\b`,
    strong,
    'asks for the instructions the model was given',
  ),
  phrase(
    'repeat|print|output|return',
    '(?:(?:the|all|everything|of|text|words?|content|verbatim|back) ){1,5}(?:above|before this|that precedes)\\b',
    weak,
    'asks to repeat what stands before',
  ),
  phrase(
    'what',
    `(?:is|are|was|were) (?:your|the) ${hidden}{1,3}(?:prompts?|instructions?|messages?|rules)\\b`,
    weak,
    'asks what the model was told',
  ),
  phrase(
    'you',
    "(?:are|will be|must be|shall be) (?:now|henceforth|from now on) (?:(?:a|an|the|in|my|going|to|be|called|known|as|acting|named|an?) ){0,4}[a-z'-]{2,30}",
    weak,
    'gives the model another identity',
  ),
  phrase(
    'from|starting',
    'now on,? (?:you|your|act|respond|answer|only|always|never|i want you)\\b',
    weak,
    'sets new rules from here on',
  ),
  phrase(
    'you',
    '(?:can|will|must|may|are|have|should|shall|now) (?:(?:now|to|able|allowed|free|be|been) ){0,4}(?:do anything now|no (?:restrictions|rules|limits|limitations|filters?|guidelines)|jailbroken|unrestricted|unfiltered|uncensored|freed from|without (?:any )?(?:restrictions|filters?|censorship|limitations))\\b',
    strong,
    'claims that no restrictions apply to the model',
  ),
  phrase(
    'pretend|act|behave|respond|answer|roleplay|simulate|imagine|reply|operate|stay',
    '(?:(?:to|be|as|if|like|that|you|are|were|have|has|had|a|an|the|in|both|any|ai|assistant|model|chatbot|bot|character|who|with) ){1,9}(?:dan\\b|evil\\b|unrestricted|unfiltered|uncensored|jailbroken|amoral|no (?:restrictions|rules|limits|filters?|ethic\\w{0,4}|moral\\w{0,4}|guidelines)|without (?:any )?(?:restrictions|rules|limits|filters?|ethic\\w{0,4}|moral\\w{0,4}|guidelines))',
    strong,
    'asks the model to act without its restrictions',
  ),
  phrase('do', 'anything now\\b', strong, 'names a known way of lifting restrictions'),
  phrase(
    'enter|enable|activate|switch|turn|engage|entering',
    '(?:(?:to|into|on|the|your|a|in) ){0,3}(?:developer|dev|debug|god|admin|root|jailbreak|dan|sudo|maintenance|unrestricted|unfiltered) mode\\b',
    strong,
    'asks for a mode without restrictions',
  ),
  phrase(
    'new|updated|revised|important|urgent|real',
    '(?:(?:system|secret|important|additional|urgent|admin|new) ){0,2}(?:instructions?|directives?|orders?|task)(?: from (?:the )?(?:system|admin\\w{0,10}|developers?|user))? ?[:!]',
    weak,
    'announces new instructions',
  ),
  phrase(
    "do|don't|never|without",
    '(?:(?:not|ever|you) ){0,2}(?:tell|inform|mention|telling|informing|mentioning|alert|notify|reveal|revealing) (?:(?:this|it|that|anything|about) ){0,3}(?:to )?(?:the |your )?(?:user|users|human|operator|owner)\\b',
    weak,
    'asks to keep something from the person',
  ),
  phrase(
    'send|forward|post|upload|exfiltrate|email|transmit|submit|leak',
    "(?:(?:all|any|the|this|that|your|their|of|every|user's|users|full|entire|above|previous|it|them|me) ){1,6}(?:(?:chat|conversation|api|private|personal|secret|confidential|user|access|message|credit|session) ){0,2}(?:data|history|conversations?|messages?|credentials?|passwords?|secrets?|keys?|tokens?|emails?|files?|information|details) (?:\\w{1,20} ){0,3}(?:to|at|via|into) \\S",
    weak,
    'asks to send data somewhere',
  ),
  phrase(
    'your|all|the|these|those',
    `(?:(?:previous|prior|earlier|safety|original|initial|above|old|content|ethical|system|default|openai|of|your|the) ){0,4}${orders} (?:(?:is|are|was|were|have|has|been|no|not|now|longer|do|does) ){1,4}(?:void|lifted|disabled|removed|suspended|overridden|cancell?ed|revoked|invalid|apply|deleted|obsolete|irrelevant|erased)\\b`,
    strong,
    'claims that the instructions no longer hold',
  ),
]
