import { hex, keyRow, lower, mixed, uuid, type VendorRow } from './row.ts'

/** Chat, mail, telephone and social networks. */
export const messagingKeys: readonly VendorRow[] = [
  keyRow(
    'slack-token',
    'Slack token',
    ['xoxa-', 'xoxb-', 'xoxe-', 'xoxe.', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xoxc-', 'xoxd-', 'xapp-'],
    '(?:xox[abcdeoprs][-.]|xapp-)(?=[A-Za-z.-]{0,250}?\\d)(?=[\\d.%-]{0,250}[A-Za-z])[A-Za-z0-9.%-]{20,250}',
    ['xoxb-', `123456789012-1234567890123-${mixed(24)}`],
  ),
  keyRow(
    'slack-webhook',
    'Slack webhook address',
    ['hooks.slack.com/'],
    'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+]{24,120}',
    ['hooks.slack.com/', `services/T00AB12CD/B00EF34GH/${mixed(24)}`],
  ),
  keyRow(
    'discord-bot-token',
    'Discord bot token',
    ['MT', 'Mj', 'Mz', 'ND', 'NT', 'Nj', 'Nz', 'OD', 'OT'],
    '[MNO][A-Za-z0-9_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
    ['MT', `${mixed(24)}.GaB3dE.${mixed(38)}`],
  ),
  keyRow(
    'discord-webhook',
    'Discord webhook address',
    ['discord.com/api/webhooks/', 'discordapp.com/api/webhooks/'],
    'discord(?:app)?\\.com/api/webhooks/\\d{17,20}/[\\w-]{60,80}',
    ['discord.com/api/webhooks/', `123456789012345678/${mixed(68)}`],
  ),
  keyRow(
    'teams-webhook',
    'Microsoft Teams webhook address',
    ['.webhook.office.com/', 'outlook.office.com/webhook'],
    '(?:\\.webhook|outlook)\\.office\\.com/webhook(?:b2)?/[\\w-]{36}@[\\w-]{36}/IncomingWebhook/\\w{32}/[\\w-]{36}',
    ['outlook.office.com/webhook/', `${uuid}@${uuid}/IncomingWebhook/${hex(32)}/${uuid}`],
  ),
  {
    ...keyRow('telegram-bot-token', 'Telegram bot token', [':A'], ':A[A-E][\\w-]{32,33}', [
      '123456789',
      `:AA${mixed(33)}`,
    ]),
    lead: '\\d{8,10}',
  },
  keyRow('twilio-key', 'Twilio API key', ['SK'], 'SK(?:[0-9a-f]{32}|[0-9A-F]{32})', ['SK', hex(32)]),
  keyRow('sendgrid-key', 'SendGrid API key', ['SG.'], 'SG\\.[\\w-]{20,24}\\.[\\w-]{39,50}', [
    'SG.',
    `${mixed(22)}.${mixed(43)}`,
  ]),
  keyRow('mailgun-key', 'Mailgun key', ['key-'], 'key-[0-9a-f]{32}', ['key-', hex(32)]),
  {
    ...keyRow('mailchimp-key', 'Mailchimp API key', ['-us'], '-us\\d{1,2}', [hex(32), '-us12']),
    lead: '[0-9a-f]{32}',
  },
  keyRow(
    'brevo-key',
    'Brevo API key',
    ['xkeysib-', 'xsmtpsib-'],
    'x(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}',
    ['xkeysib-', `${hex(64)}-${mixed(16)}`],
  ),
  keyRow('resend-key', 'Resend API key', ['re_'], 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}', [
    're_',
    `${mixed(8)}_${mixed(24)}`,
  ]),
  keyRow('mailersend-key', 'MailerSend API key', ['mlsn.'], 'mlsn\\.[0-9a-f]{64}', ['mlsn.', hex(64)]),
  keyRow('onesignal-key', 'OneSignal API key', ['os_v'], 'os_v2_(?:app|org)_[a-z2-7]{80,110}', [
    'os_v2_',
    `app_${lower(103).replace(/[^a-z2-7]/g, 'r')}`,
  ]),
  keyRow('intercom-token', 'Intercom token', ['dG9rO'], 'dG9rO[A-Za-z0-9+/]{50,80}={0,2}', [
    'dG9rO',
    mixed(55),
  ]),
  keyRow('facebook-token', 'Facebook access token', ['EAA'], 'EAA[A-Z][A-Za-z0-9]{80,400}', [
    'EAAC',
    mixed(120),
  ]),
  keyRow('instagram-token', 'Instagram access token', ['IGQV'], 'IGQV[\\w-]{100,250}', ['IGQV', mixed(130)]),
  keyRow('twitter-bearer', 'X bearer token', ['AAAAAAAAAAAAAAAAAAAAA'], 'A{21,24}[A-Za-z0-9%]{40,120}', [
    'AAAAAAAAAAAAAAAAAAAAA',
    `MLhe${mixed(80)}`,
  ]),
  keyRow('pubnub-secret', 'PubNub secret key', ['sec-c-'], 'sec-c-[A-Za-z0-9+/=-]{36,60}', [
    'sec-c-',
    mixed(48),
  ]),
  keyRow('telnyx-key', 'Telnyx API key', ['KEY0'], 'KEY0[0-9A-F]{31}_[A-Za-z0-9]{22}', [
    'KEY0',
    `${hex(31).toUpperCase()}_${mixed(22)}`,
  ]),
]
