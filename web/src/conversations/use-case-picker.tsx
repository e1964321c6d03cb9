import type { UseCaseChoice } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Icon } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { PickerOption } from './picker-option.tsx'

interface Properties {
  readonly useCases: readonly UseCaseChoice[]
  readonly chosen: UseCaseChoice | undefined
  readonly onChoose: (id: string) => void
}

/** What the chat is for. Nothing where there is nothing to choose. */
export const UseCasePicker = ({ useCases, chosen, onChoose }: Properties) =>
  useCases.length < 2 || chosen === undefined ? null : (
    <Popover
      buttonClass="btn quiet"
      buttonLabel={`Use case: ${chosen.title}`}
      panelLabel="Choose a use case"
      button={
        <>
          <span className="key">For: </span>
          <span className="name">{chosen.title}</span> <Icon name="down" />
        </>
      }
    >
      {(close) => (
        <fieldset className="options">
          <legend className="sr">Use case</legend>
          {useCases.map(({ id, title, purpose, highestClass }) => (
            <PickerOption
              key={id}
              name="use-case"
              isChosen={chosen.id === id}
              onChoose={() => onChoose(id)}
              onClick={close}
            >
              <b>{title}</b>
              <span>{purpose}</span>
              <span>
                up to <ClassChip of={highestClass} isBare />
              </span>
            </PickerOption>
          ))}
        </fieldset>
      )}
    </Popover>
  )
