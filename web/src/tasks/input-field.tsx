import { useId } from 'react'
import type { TaskView } from '#/gateway/tasks/api.ts'

interface Properties {
  readonly input: TaskView['inputs'][number]
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A box for a text, a list for a choice. */
export function InputField({ input, value, onChange }: Properties) {
  const id = useId()
  const label = <label htmlFor={id}>{input.title ?? input.name}</label>
  if (input.kind === 'choice')
    return (
      <div className="field">
        {label}
        <select id={id} value={value} onChange={({ target }) => onChange(target.value)}>
          {input.of.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </div>
    )
  return (
    <div className="field wide">
      {label}
      <textarea
        id={id}
        rows={5}
        required
        maxLength={input.maxCharacters}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}
