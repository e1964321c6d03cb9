import { useId } from 'react'
import { ClassChip } from '../ui/class-chip.tsx'
import { type ExampleClass, exampleClasses } from './draft.ts'
import type { StepProperties } from './step.ts'

const hints: Readonly<Record<ExampleClass, string>> = {
  internal: 'names of internal tools, teams, sites',
  confidential: 'names of customers, suppliers, products to come',
  restricted: 'code names of deals, people under investigation',
}

/** How many classes the company knows, and its own words for each. */
export function ClassesStep({ draft, change }: StepProperties) {
  const { scheme, examples } = draft
  return (
    <>
      <fieldset className="choices">
        <legend>
          <h2>Which classes do you have?</h2>
        </legend>
        <label>
          <input
            type="radio"
            name="scheme"
            checked={scheme === 'four'}
            onChange={() => change({ scheme: 'four' })}
          />
          <span>
            <b>Four:</b> public, internal, confidential, restricted
          </span>
        </label>
        <label>
          <input
            type="radio"
            name="scheme"
            checked={scheme === 'three'}
            onChange={() => change({ scheme: 'three' })}
          />
          <span>
            <b>Three:</b> public, internal, sensitive
          </span>
        </label>
      </fieldset>
      <p className="dim">
        Words of your own that show a text is of a class, one a line. They are replaced before anything
        leaves, and raise the class. More can be written into the policy at any time.
      </p>
      {exampleClasses
        .filter((each) => scheme === 'four' || each !== 'restricted')
        .map((each) => (
          <Examples
            key={each}
            of={each}
            name={scheme === 'three' && each === 'confidential' ? 'Sensitive' : undefined}
            value={examples[each]}
            onChange={(value) => change({ examples: { ...examples, [each]: value } })}
          />
        ))}
    </>
  )
}

interface ExamplesProperties {
  readonly of: ExampleClass
  readonly name: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}

function Examples({ of, name, value, onChange }: ExamplesProperties) {
  const id = useId()
  return (
    <div className="field wide">
      <label htmlFor={id}>
        {name === undefined ? <ClassChip of={of} /> : <b>{name}</b>} <span className="dim">{hints[of]}</span>
      </label>
      <textarea
        id={id}
        rows={3}
        maxLength={20_000}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
