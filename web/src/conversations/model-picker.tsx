import type { ModelChoice } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Icon } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { PickerOption } from './picker-option.tsx'
import { keptFor, placeOf, trainingOf } from './words.ts'

interface Properties {
  readonly models: readonly ModelChoice[]
  readonly chosen: string
  readonly onChoose: (model: string) => void
}

export function ModelPicker({ models, chosen, onChoose }: Properties) {
  const title = models.find(({ id }) => id === chosen)?.title ?? 'Auto'
  return (
    <Popover
      buttonClass="btn quiet"
      buttonLabel={`Model: ${title}`}
      panelLabel="Choose a model"
      button={
        <>
          <span className="key">Model: </span>
          <span className="name">{title}</span> <Icon name="down" />
        </>
      }
    >
      {(close) => (
        <fieldset className="options">
          <legend className="sr">Model</legend>
          <PickerOption
            name="model"
            isChosen={chosen === 'auto'}
            onChoose={() => onChoose('auto')}
            onClick={close}
          >
            <b>Auto (by data class)</b>
            <span>The gate takes the first approved offering that may carry what you send.</span>
          </PickerOption>
          {models.map((model) => (
            <PickerOption
              name="model"
              key={model.id}
              isChosen={chosen === model.id}
              onChoose={() => onChoose(model.id)}
              onClick={close}
            >
              <b>{model.title}</b>
              <span>
                {placeOf(model)}, {keptFor(model.retentionDays)}, {trainingOf(model.trains)}
              </span>
              <span>
                up to <ClassChip of={model.ceiling} isBare />
              </span>
            </PickerOption>
          ))}
        </fieldset>
      )}
    </Popover>
  )
}
