import '../design/tokens.css'
import '../design/parts.css'
import '../design/chat.css'
import '../design/receipt.css'
import '../design/register.css'
import '../design/log.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { signedInHash } from './identity/sign-in-again.ts'
import { SignedInWindow } from './identity/signed-in-window.tsx'
import { Broken } from './ui/broken.tsx'
import { applyTheme, readTheme } from './ui/theme.ts'

applyTheme(readTheme(localStorage), document.documentElement)
createRoot(document.getElementById('root') as HTMLElement).render(
  <Broken>{window.location.hash === `#${signedInHash}` ? <SignedInWindow /> : <App />}</Broken>,
)
