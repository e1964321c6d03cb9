import { type FormEvent, type KeyboardEvent, type RefObject, useEffect } from 'react'
import type { DataClass } from '#/core/data-class.ts'
import type { ModelChoice, UseCaseChoice } from '#/gateway/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { Icon } from '../ui/icon.tsx'
import { ClassPicker } from './class-picker.tsx'
import { type DraftVerdict, whyNotTo, willBeChanged } from './draft-check.ts'
import { ModelPicker } from './model-picker.tsx'
import type { Change, Chat } from './state.ts'
import { UseCasePicker } from './use-case-picker.tsx'

interface Properties {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly chat: Chat
  readonly models: readonly ModelChoice[]
  readonly useCases: readonly UseCaseChoice[]
  readonly useCase: UseCaseChoice | undefined
  readonly verdict: DraftVerdict | undefined
  /** The class the next message would have. */
  readonly dataClass: DataClass
  readonly lowestClass: DataClass
  readonly isRunning: boolean
  readonly change: (change: Change) => void
  readonly onSend: () => void
  readonly onStop: () => void
}

/** The message box. It is emptied only once the gate has taken what stands in it. */
export function Composer(properties: Properties) {
  const { field, chat, models, useCases, useCase, verdict, dataClass } = properties
  const { lowestClass, isRunning, change, onSend, onStop } = properties
  const isOnItsWay = chat.turns.at(-1)?.status === 'sending'
  const isBlank = chat.draft.trim() === ''
  useFirstFocus(field)
  useGrowth(field, chat.draft)

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!isRunning && !isBlank) onSend()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  }
  return (
    <form className="composer" aria-label="Message" onSubmit={submit}>
      <label className="sr" htmlFor="message">
        Your message
      </label>
      <textarea
        ref={field}
        id="message"
        rows={1}
        value={chat.draft}
        readOnly={isOnItsWay}
        placeholder={placeholderFor(chat, isRunning)}
        aria-describedby="draft-class"
        onChange={({ target }) => change({ kind: 'draft-changed', chatId: chat.id, draft: target.value })}
        onKeyDown={onKeyDown}
      />
      <div className="bar">
        <ModelPicker
          models={models}
          chosen={chat.model}
          onChoose={(model) => change({ kind: 'model-chosen', chatId: chat.id, model })}
        />
        <UseCasePicker
          useCases={useCases}
          chosen={useCase}
          onChoose={(id) => change({ kind: 'use-case-chosen', chatId: chat.id, useCase: id })}
        />
        <ClassPicker
          declared={chat.declaredClass}
          lowest={lowestClass}
          onDeclare={(declaredClass) => change({ kind: 'class-declared', chatId: chat.id, declaredClass })}
        />
        <span className="end">
          <span role="status" id="draft-class" className="verdict">
            <DraftStatus
              chat={chat}
              verdict={verdict}
              dataClass={dataClass}
              isRunning={isRunning}
              isBlank={isBlank}
            />
          </span>
          {isRunning ? (
            <button type="button" className="btn act" onClick={onStop}>
              <Icon name="stop" />
              <span>Stop</span>
            </button>
          ) : (
            <button
              type="submit"
              // What the gate will refuse as it is can be sent, but is not what is proposed.
              className={verdict?.actions?.includes('block') ? 'btn act' : 'btn primary act'}
              aria-disabled={isBlank}
            >
              <span>{verdict !== undefined && willBeChanged(verdict) ? 'Send masked' : 'Send'}</span>
              <Icon name="send" />
            </button>
          )}
        </span>
      </div>
    </form>
  )
}

function DraftStatus({
  chat,
  verdict,
  dataClass,
  isRunning,
  isBlank,
}: Pick<Properties, 'chat' | 'verdict' | 'dataClass' | 'isRunning'> & { readonly isBlank: boolean }) {
  if (isRunning && isBlank) return <span className="dim small">Answering</span>
  if (chat.turns.at(-1)?.status === 'sending')
    return <span className="dim small">On its way through the gate</span>
  if (isBlank && chat.declaredClass === undefined) return null
  return (
    <>
      <ClassChip of={dataClass} />
      <span className="small dim why">{whyOf(verdict, chat, isBlank)}</span>
    </>
  )
}

function whyOf(
  verdict: DraftVerdict | undefined,
  { declaredClass, model }: Pick<Chat, 'declaredClass' | 'model'>,
  isBlank: boolean,
): string {
  if (isBlank || verdict === undefined || verdict.found === '')
    return declaredClass === undefined ? '' : 'you raised it'
  if (verdict.actions?.includes('block')) return `${verdict.found}: may not leave`
  return [verdict.found, whyNotTo(verdict, model)].filter((each) => each !== undefined).join('. ')
}

function placeholderFor({ turns }: Chat, isRunning: boolean): string {
  if (isRunning) return 'Write the next message while this one finishes'
  return turns.length === 0 ? 'Ask anything. What must not leave stays here.' : 'Write the next message'
}

/** A page opens ready to be typed into; on a touch screen that would raise the keyboard over it. */
function useFirstFocus(field: Properties['field']): void {
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) field.current?.focus()
  }, [field])
}

/** Grows with its text, up to the height the style allows. Newer browsers do so by style alone. */
const growsItself = CSS.supports('field-sizing', 'content')

function useGrowth(field: Properties['field'], draft: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text, which React has drawn by then
  useEffect(() => {
    const box = field.current
    if (box === null || growsItself) return
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }, [field, draft])
}
