import { useState } from 'react'
import { applyTheme, keepTheme, readTheme, type Theme, themes } from './theme.ts'

const names: Readonly<Record<Theme, string>> = { system: 'System', light: 'Light', dark: 'Dark' }

export function ThemeChoice() {
  const [theme, setTheme] = useState(() => readTheme(localStorage))
  const choose = (chosen: Theme): void => {
    setTheme(chosen)
    applyTheme(chosen, document.documentElement)
    keepTheme(chosen, localStorage)
  }
  return (
    <fieldset className="seg">
      <legend className="sr">Appearance</legend>
      {themes.map((each) => (
        <label key={each}>
          <input type="radio" name="theme" checked={theme === each} onChange={() => choose(each)} />
          {names[each]}
        </label>
      ))}
    </fieldset>
  )
}
