import '../design/tokens.css'
import '../design/parts.css'
import '../design/chat.css'
import '../design/receipt.css'
import '../design/register.css'
import '../design/log.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { Broken } from './ui/broken.tsx'
import { applyTheme, readTheme } from './ui/theme.ts'

applyTheme(readTheme(localStorage), document.documentElement)
createRoot(document.getElementById('root') as HTMLElement).render(
  <Broken>
    <App />
  </Broken>,
)
