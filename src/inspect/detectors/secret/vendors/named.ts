import { hex, lower, mixed, upper, uuid, uuidShape } from './row.ts'

/**
 * Keys without a mark of their own: the vendor's name and a word for what it is must stand before them. A row is name,
 * label, the names that are looked for, the value.
 */
export interface NamedRow {
  readonly type: string
  readonly label: string
  /** Lower case. */
  readonly names: readonly string[]
  readonly pattern: string
  readonly example: string
}

const row = (
  type: string,
  label: string,
  names: readonly string[],
  pattern: string,
  example: string,
): NamedRow => ({
  type,
  label,
  names,
  pattern,
  example,
})

const hexOf = (length: number): string => `[0-9a-fA-F]{${length}}`
/** Letters and digits, at least one digit. */
const mixedOf = (least: number, most = least): string =>
  `(?=[A-Za-z_-]{0,${most - 1}}\\d)[A-Za-z0-9_-]{${least},${most}}`

export const namedRows: readonly NamedRow[] = [
  row(
    'datadog-key',
    'Datadog key',
    ['datadog', 'dd-api', 'dd_api', 'dd_app'],
    `(?:${hexOf(40)}|${hexOf(32)})`,
    hex(32),
  ),
  row('algolia-key', 'Algolia key', ['algolia'], mixedOf(32), hex(32)),
  row('twilio-auth-token', 'Twilio auth token', ['twilio'], hexOf(32), hex(32)),
  row('okta-token', 'Okta token', ['okta'], '00[\\w-]{40}', `00${mixed(40)}`),
  row('okta-client-secret', 'Auth0 client secret', ['auth0'], mixedOf(32, 64), mixed(64)),
  row(
    'cloudflare-key',
    'Cloudflare API key',
    ['cloudflare'],
    `(?:${hexOf(37)}|${mixedOf(40)}|v1\\.0-[0-9a-f]{24,64}-[0-9a-f]{146})`,
    mixed(40),
  ),
  row('fastly-token', 'Fastly token', ['fastly'], mixedOf(32), mixed(32)),
  row('heroku-key', 'Heroku key as a UUID', ['heroku'], uuidShape, uuid),
  row(
    'asana-token',
    'Asana token',
    ['asana'],
    `(?:[012]/\\d{10,20}(?:/\\d{10,20})?:[0-9a-f]{32}|${mixedOf(32, 36)})`,
    hex(32),
  ),
  row(
    'airtable-token',
    'Airtable token',
    ['airtable'],
    '(?:pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}|key[A-Za-z0-9]{14})',
    `pat${mixed(14)}.${hex(64)}`,
  ),
  row(
    'jira-token',
    'Jira or Confluence token',
    ['jira', 'confluence', 'atlassian'],
    mixedOf(24, 44),
    mixed(24),
  ),
  row('bitbucket-secret', 'Bitbucket client secret', ['bitbucket'], mixedOf(32, 64), mixed(44)),
  row('coinbase-key', 'Coinbase key', ['coinbase'], mixedOf(32, 64), mixed(32)),
  row('etherscan-key', 'Etherscan key', ['etherscan', 'bscscan', 'polygonscan'], '[A-Z0-9]{34}', upper(34)),
  row('infura-key', 'Infura or Alchemy key', ['infura', 'alchemy'], mixedOf(32), hex(32)),
  row('facebook-secret', 'Facebook app secret', ['facebook', 'fb_app'], hexOf(32), hex(32)),
  row('twitter-key', 'X key or secret', ['twitter'], mixedOf(20, 64), mixed(50)),
  row('linkedin-secret', 'LinkedIn secret', ['linkedin'], mixedOf(14, 16), mixed(16)),
  row('discord-secret', 'Discord secret', ['discord'], `(?:${hexOf(64)}|${mixedOf(32)})`, mixed(32)),
  row('spotify-secret', 'Spotify secret', ['spotify'], mixedOf(32), hex(32)),
  row('twitch-token', 'Twitch token', ['twitch'], '(?=[a-z]{0,29}\\d)[a-z0-9]{30}', lower(30)),
  row('dropbox-secret', 'Dropbox secret', ['dropbox'], '(?=[a-z]{0,14}\\d)[a-z0-9]{15}', lower(15)),
  row('mailjet-key', 'Mailjet key', ['mailjet'], mixedOf(32, 80), hex(32)),
  row('postmark-token', 'Postmark token', ['postmark'], uuidShape, uuid),
  row('sparkpost-key', 'SparkPost key', ['sparkpost'], mixedOf(40), hex(40)),
  row('messagebird-key', 'MessageBird key', ['messagebird'], `(?:${mixedOf(25)}|${uuidShape})`, mixed(25)),
  row('vonage-secret', 'Vonage secret', ['vonage', 'nexmo'], mixedOf(16), mixed(16)),
  row('pagerduty-key', 'PagerDuty key', ['pagerduty'], '[\\w+-]{20}', `u+${mixed(18)}`),
  row('opsgenie-key', 'Opsgenie key', ['opsgenie'], uuidShape, uuid),
  row('rollbar-token', 'Rollbar token', ['rollbar'], hexOf(32), hex(32)),
  row('bugsnag-key', 'Bugsnag key', ['bugsnag'], `(?:${hexOf(32)}|${uuidShape})`, hex(32)),
  row('airbrake-key', 'Airbrake key', ['airbrake'], mixedOf(32, 40), hex(32)),
  row('sumologic-key', 'Sumo Logic key', ['sumo'], mixedOf(64), mixed(64)),
  row('logzio-token', 'Logz.io token', ['logz'], `(?:${uuidShape}|[A-Za-z]{32})`, uuid),
  row('splunk-token', 'Splunk token', ['splunk'], `(?:${uuidShape}|${mixedOf(22)})`, uuid),
  row('elastic-key', 'Elastic key', ['elastic'], mixedOf(40, 100), mixed(60)),
  row('amplitude-key', 'Amplitude or Mixpanel key', ['amplitude', 'mixpanel'], hexOf(32), hex(32)),
  row('travis-token', 'Travis CI token', ['travis'], mixedOf(20, 22), mixed(22)),
  row('codecov-token', 'Codecov or Coveralls token', ['codecov', 'coveralls'], mixedOf(32, 37), hex(32)),
  row('codeclimate-token', 'Code Climate token', ['codeclimate'], hexOf(64), hex(64)),
  row('drone-token', 'Drone CI token', ['droneci', 'drone_token'], mixedOf(32), mixed(32)),
  row('jenkins-token', 'Jenkins token', ['jenkins'], `(?:11)?${hexOf(32)}`, `11${hex(32)}`),
  row('artifactory-key', 'Artifactory key', ['artifactory'], mixedOf(64, 80), mixed(73)),
  row('meraki-key', 'Cisco Meraki key', ['meraki'], '[0-9a-f]{40}', hex(40)),
  row('zendesk-key', 'Zendesk key', ['zendesk'], mixedOf(40), mixed(40)),
  row('freshdesk-key', 'Freshdesk key', ['freshdesk', 'freshbooks'], mixedOf(20, 64), mixed(20)),
  row('salesforce-secret', 'Salesforce secret', ['salesforce'], mixedOf(64), hex(64)),
  row('trello-key', 'Trello key', ['trello'], mixedOf(32, 64), hex(32)),
  row('todoist-token', 'Todoist token', ['todoist'], hexOf(40), hex(40)),
  row('calendly-key', 'Calendly or Typeform key', ['calendly', 'typeform'], mixedOf(40, 64), mixed(44)),
  row('paypal-secret', 'PayPal secret', ['paypal'], mixedOf(60, 80), `E${mixed(79)}`),
  row('plaid-secret', 'Plaid secret', ['plaid'], hexOf(30), hex(30)),
  row(
    'square-secret',
    'secret of a wallet service',
    ['finicity', 'transferwise', 'gocardless'],
    mixedOf(20, 42),
    mixed(32),
  ),
  row('snyk-key', 'Snyk key', ['snyk'], uuidShape, uuid),
  row('virustotal-key', 'VirusTotal key', ['virustotal'], hexOf(64), hex(64)),
  row('shodan-key', 'Shodan key', ['shodan'], mixedOf(32), mixed(32)),
  row(
    'weather-key',
    'key of a weather service',
    ['openweather', 'weatherbit', 'weatherstack', 'accuweather', 'pyowm'],
    mixedOf(32),
    hex(32),
  ),
  row(
    'maps-key',
    'key of a map service',
    ['tomtom', 'hereapi', 'mapquest', 'opencage'],
    mixedOf(32, 45),
    mixed(32),
  ),
  row(
    'azure-openai-key',
    'Azure OpenAI key',
    ['azure_openai', 'azure-openai', 'azureopenai'],
    mixedOf(32, 84),
    hex(32),
  ),
  row('azure-search-key', 'Azure AI Search key', ['azure_search', 'azuresearch'], mixedOf(52), mixed(52)),
  row('ibm-cloud-key', 'IBM Cloud key', ['ibm_cloud', 'ibmcloud', 'ibm-cloud'], mixedOf(44), mixed(44)),
  row('cohere-key', 'Cohere or Mistral key', ['cohere', 'mistral'], mixedOf(32, 40), mixed(40)),
  row(
    'deepgram-key',
    'Deepgram or AssemblyAI key',
    ['deepgram', 'assemblyai', 'deepai'],
    mixedOf(32, 40),
    hex(40),
  ),
  row('wandb-key', 'Weights & Biases key', ['wandb'], hexOf(40), hex(40)),
  row('clarifai-key', 'Clarifai key', ['clarifai', 'stability'], mixedOf(32, 51), hex(32)),
]
