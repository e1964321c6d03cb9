/**
 * Services that give out keys without a form of their own, and are named beside them. Far too many for a kind each:
 * what is found is a key under its name. They come with the classifier, so that the page does not carry them.
 */
import type { Detector, Match } from '../detector.ts'
import { nothing } from '../detector.ts'
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { isName } from '../detectors/secret/named-vendor-keys.ts'
import { isPlaceholder } from '../placeholder.ts'

/** Lower case. Names that are ordinary words of a sentence are left out. */
export const serviceNames: readonly string[] = `
  abstractapi abuseipdb adafruit agora_ aircall airship airvisual alienvault amadeus anypoint apiflash apify
  apilayer apimatic apitemplate appcues appfollow appoptics apptivo arcgis axonaut aylien ayrshare
  baremetrics beamer beebole besttime betterstack billomat bitfinex bitly bitmex blazemeter blitapp bombbomb
  browserling browserstack browshot bscscan buddyns bugherd bulksms bybit caflou calendarific campayn
  cannyio capsulecrm captaindata centralstationcrm chartmogul chatfuel checkvist cicero_ clearbit clickhelp
  clicksend clinchpad clockify clockwork_ closecrm cloudconvert cloudelements cloudimage cloudmersive
  cloudplan cloudsmith cloudways cloverly coda_ codemagic codequiry coinapi coinlayer coinlib commercejs
  commodities_api companyhub contentstack convertapi convertkit copper_ copyleaks countrylayer courier_
  cryptocompare currencycloud currencyfreaks currencylayer currents_ customer_io customerguru customerio
  d7network dailyco dandelion dareboost databox datafire debounce deepl_ delighted demio deputy_ detectify
  detectlanguage dfuse ditto_ diffbot diggernaut disqus dnscheck docparser documo docusign dotdigital dovico drift_
  dronahq dwolla dynadot dyspatch eagleeyenetworks easyinsight edamam edenai eightxeight emailoctopus
  enablex endorlabs enigma eventbrite everhour exchangerate exportsdk fastforex feedier fetchrss fibery
  fibery_ fileio finage findl finnhub fixerio flatio flickr floatapp flowflu flutterwave formbucket
  formcraft formio formsite foursquare freshworks frontapp fulcrum fullstory fusebill fxmarket geckoboard
  gengo geoapify geocode_ geocodify geocodio geoipifi getemail getgist getresponse giphy gitter_ glassnode
  glitterlyapi gocanvas graphcms graphhopper groovehq gtmetrix guardianapi gumroad happyscribe harvest_
  helpcrunch hereapi hiveage holidayapi holistic host_io html2pdf hubspot hunter_ hybiscus hypertrack ibkr
  iconfinder iexcloud imagekit imagga impala_ insightly instabot interseller intrinio ipapi ipgeolocation
  ipify ipinfo ipquality ipstack jotform jumpcloud juro_ kairos kanban_ kanbanize karmacrm keenio kickbox
  klaviyo klipfolio kontent kraken_ kucoin kylas languagelayer lastfm leadfeeder lemlist lendflow
  lessannoyingcrm lexigram linemessaging linenotify liveagent livestorm loadmill loggly loginradius lokalise
  loyverse luno_ mailboxlayer mailchimp mailerlite mailjet mailmodo mailsac mandrill manifest_ mapbox mapquest
  marketstack mattermost mavenlink maxmind mediastack meistertask mesibo metaapi metrilo mindmeister miro_
  mixmax mockaroo monday_ mongodb moonclerk moosend mrticktock mux_ myexperiment myfreshworks myintervals
  nasdaq_ navitia netcore neutrino newsapi newscatcher nftport nicereply nightfall nimble_ nitro_ noticeable
  notifly nozbe numverify nutritionix nylas oanda omnisend onelogin onfleet oopspam openai opencage openuv
  opsgenie optimizely ordnance_survey overloop owlbot paperform parsehub parseur partnerstack pastebin
  paydirtapp paymo paymongo paystack pdflayer pdfshift peopledatalabs pepipost photoroom pipedream pipedrive
  pivotaltracker pixabay plaid planviewleankit planyo poloniex polygon_ positionstack postageapp posthog
  privacy_ prodpad prospectcrm protocolsio proxycrawl pubnub purestake pushbullet pusher_ qase qualaroo qubole
  quickmetrics rapidapi raven rawg_ razorpay reachmail rebrandly refiner remove_bg repairshopr restpack
  rev_ring rocketreach ronin_ route4me route_4_me rownd runrunit runscope salesblink salescookie salesflare
  salesmate satismeter sauce_ saucelabs scraperapi scraperbox scrapestack scrapingant scrapingbee
  screenshotapi screenshotlayer securitytrails sellfy sendbird sendgrid sentiment_ serpapi serpstack sheety
  sherpadesk shipday shiphero shodan shortcut_ shotstack shutterstock signable signaturit signupgenius
  sigopt simfin simplesat simplynoted simvoly sinch_ sirv skrapp skrappio skybiometry smartsheet smooch
  snipcart snowflake sonar.login sourcegraph spoonacular sportradar sportsmonk stackoverflow statuscake statuspage
  statuspal stitchdata stockdata stormboard stormglass storyblok storychief strava streak_ stripo stytch
  sugester surge_ surveyanyplace surveybot surveysparrow survicate swell_ swiftype tallyfy tatumio taxjar
  teamgate teletype testingbot text2data textmagic the-odds-api theoddsapi thinkific thousandeyes
  ticketmaster tickettailor tiingo timecamp timezoneapi tineswebhook tmetric tradier transferwise
  travelpayouts trelloapi twelvedata tyntec typetalk ubidots uclassify unifyid unplugg unsplash upcdatabase
  uplead uploadcare uptimerobot urlscan userflow userstack vatlayer vbout vercel verifalia verimail
  versioneye viewneo vimeo virustotal visualcrossing voicegain voodoosms vouchery vpnapi vultr vyte wakatime
  walkscore wandb weatherapi webex_ webflow webscraper webscraping wepay whoxy wistia workstack
  worldcoinindex worldweather wrike yandex youneedabudget yousign zenkit zenrows zenscrape zenserp zeplin
  zerobounce zerotier zipapi zipbooks zipcodeapi zohocrm zonkafeedback
`
  .trim()
  .split(/\s+/)

/**
 * A word for what it is, then a sign or a space and the value; or only a sign right after the name; or nothing but a
 * space before a run of letters and digits as long as keys are. Every repetition is bounded.
 */
const between =
  /(?:[\w. \t\n-]{0,30}?(?:key|token|secret|auth|access|private|password)[\w. \t\n-]{0,24}?|(?:[._-]?\w{1,12})?(?=[ \t]{0,4}[=:])|(?=[ -](?:[A-Za-z0-9]{28,80}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])))[\\"'`\])]{0,4}(?:[ \t\n]{0,4}(?:=>|:=|[=:,(])[ \t\n]{0,4}|[ \t\n.-]{1,4})[\\"'`]{0,4}((?<![A-Za-z0-9])[A-Za-z0-9][A-Za-z0-9._+/=-]{10,1400})(?![A-Za-z0-9])/iy

function findKey(text: string, nameStart: number, nameEnd: number): readonly Match[] {
  if (!isName(text, nameStart, nameEnd)) return nothing
  between.lastIndex = nameEnd
  const value = between.exec(text)?.[1]
  if (value === undefined || !isTokenLike(value)) return nothing
  const end = between.lastIndex
  return [
    { start: end - value.length, end, score: 0.8, why: 'a generated value, named as the key of a service' },
  ]
}

/**
 * Digits among letters and no words tied together, paths or hosts; or digits alone, as many as no number has; or more
 * letters than a word has.
 */
function isTokenLike(value: string): boolean {
  const digits = value.replace(/\D/g, '').length
  if (new Set(value).size < 6 || isPlaceholder(value)) return false
  if (!/[A-Za-z]/.test(value)) return digits >= 24 && digits === value.length
  if (digits === 0) return /^(?:[a-z]_)?[A-Za-z]{24,}$/.test(value)
  if (hexadecimal.test(value)) return true
  return (
    digits >= 3 && (digits >= 8 || !tiedWords.test(value)) && !/^\d{4}-\d\d-\d\d|^0x|\.\w{1,4}$/.test(value)
  )
}

const hexadecimal = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/
const tiedWords = /(?:^|[-_./])[a-z]{3,}[-_./][a-z]{3,}(?:$|[-_./])/i

export const serviceKeys: Detector = {
  ...namedSecret,
  trigger: { literals: serviceNames, isAnyCase: true },
  examine: findKey,
}
