import type { UnknownWhy } from './api.ts'
import type { Differences } from './differences.ts'

/** Why an exchange could not be decided again, for people. */
export const unknownWords: Readonly<Record<UnknownWhy, string>> = {
  older: 'Their entries were written before entries said what was asked for.',
  person: 'Nobody can say any more whose they were, so it is not known what their roles let them do.',
  key: 'The key they came with is bound to something, and is no longer kept.',
  kind: 'Something was found in them that is not looked for any more.',
  name: 'They asked for a use case or a model that no record had then, and the draft brings new ones.',
}

/** What heads of entries do not say, and what is therefore not in the figures: always, and because of this draft. */
export const blindSpotsOf = (draft: Differences): readonly string[] => [
  'No text is looked at again: what was found then is what is decided about now.',
  'Roles, groups, access and bounds of keys are those of now, and so is the time: what has ended since then does not open again.',
  'Switches, rates, budgets and tools are left out, and so is whether a provider would have answered.',
  'People would have acted otherwise: a refusal is followed by another request, or by none.',
  ...(draft.terms
    ? [
        'The draft changes the company’s own terms: what new ones would find is not known, and those that are gone still count.',
      ]
    : []),
  ...(draft.patterns
    ? [
        'The draft changes the company’s own patterns: what new ones would find is not known, and those that are gone still count.',
      ]
    : []),
  ...(draft.clearings
    ? [
        'The draft changes what is not sensitive: what it takes away is counted, whether a value is one of those it adds is not known.',
      ]
    : []),
  ...(draft.tools
    ? ['The draft changes which tools a use case may use: entries do not say which tools were offered.']
    : []),
  ...(draft.answerRules
    ? ['The draft changes rules for answers: they are not tried on the answers of then.']
    : []),
  ...(draft.triggers
    ? ['The draft changes triggers: whom and what they would have stopped is not looked at.']
    : []),
]
