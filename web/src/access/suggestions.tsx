import type { AccountPage } from '#/identity/accounts/api.ts'
import type { RecordPage } from '#/register/api.ts'
import { useAsked } from '../register/use-asked.ts'
import { usePaused } from '../ui/use-paused.ts'
import { type Question, suggestedIn, suggestionsPath } from './words.ts'

const pauseMs = 200

interface Properties {
  /** What the field names as its list. */
  readonly id: string
  readonly question: Question
  readonly text: string
}

/** What fits what was typed so far: nobody knows ids by heart. */
export function Suggestions({ id, question, text }: Properties) {
  const { value, problem } = useAsked<AccountPage | RecordPage>(
    usePaused(suggestionsPath(question, text), pauseMs),
  )
  return (
    <>
      <datalist id={id}>
        {(value === undefined ? [] : suggestedIn(value)).map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </datalist>
      {problem === undefined ? null : (
        <p className="small dim" role="status">
          What there is cannot be suggested now: {problem.message}
        </p>
      )}
    </>
  )
}
