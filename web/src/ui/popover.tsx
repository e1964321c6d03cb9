import { type ReactNode, type ToggleEvent, useId, useRef } from 'react'

interface Properties {
  /** What the button shows. */
  readonly button: ReactNode
  readonly buttonLabel?: string
  readonly buttonClass: string
  readonly panelLabel: string
  readonly children: (close: () => void) => ReactNode
}

const gap = 6

/**
 * A button and what it opens. The browser's own popover: it closes on Escape and on a click elsewhere, gives the
 * focus back, and lies above everything. Opens to the side with more room; on a phone it is a sheet (in the style).
 */
export function Popover({ button, buttonLabel, buttonClass, panelLabel, children }: Properties) {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const place = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState === 'open' && opener.current && panel.current) putBeside(opener.current, panel.current)
  }
  const focusInside = (event: ToggleEvent<HTMLDivElement>): void => {
    if (event.newState === 'open') {
      event.currentTarget
        .querySelector<HTMLElement>('input:checked, button:not([disabled]), a, select')
        ?.focus()
    }
  }
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={buttonClass}
        popoverTarget={id}
        aria-haspopup="dialog"
        {...(buttonLabel === undefined ? {} : { 'aria-label': buttonLabel })}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="pop"
        role="dialog"
        aria-label={panelLabel}
        onBeforeToggle={place}
        onToggle={focusInside}
      >
        {children(() => panel.current?.hidePopover())}
      </div>
    </>
  )
}

function putBeside(opener: HTMLElement, panel: HTMLElement): void {
  const box = opener.getBoundingClientRect()
  const isLow = box.top > window.innerHeight - box.bottom
  const isRight = box.left > window.innerWidth / 2
  const place = (side: string, value: string): void => panel.style.setProperty(`--pop-${side}`, value)
  place('top', isLow ? 'auto' : `${box.bottom + gap}px`)
  place('bottom', isLow ? `${window.innerHeight - box.top + gap}px` : 'auto')
  place('left', isRight ? 'auto' : `${box.left}px`)
  place('right', isRight ? `${window.innerWidth - box.right}px` : 'auto')
  place('height', `${(isLow ? box.top : window.innerHeight - box.bottom) - gap * 2}px`)
}
