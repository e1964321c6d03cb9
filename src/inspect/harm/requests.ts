/**
 * Requests for harm, in what `readWords` makes of a text. A word alone says nothing: history, medicine and security
 * teaching are full of them. What counts is an order or a question how, and what it is about.
 */
import type { HarmCategory } from './kinds.ts'

export interface HarmRequest {
  readonly category: HarmCategory
  readonly begins: readonly string[]
  readonly pattern: RegExp
}

const request = (category: HarmCategory, begins: string, rest: string): HarmRequest => ({
  category,
  begins: begins.split('|'),
  pattern: new RegExp(`(?:${begins}) ${rest}`, 'y'),
})

const asks = 'how|steps|instructions|recipe|guide|give|write|explain|tell|show|provide|teach'
/** Only where something is to be made: `explain how the bomb ended the war` asks for none. */
const toMake =
  "(?=(?:[a-z'-]{1,14} ){0,9}(?:mak|build|creat|produc|construct|assembl|manufactur|synthesi|cook|writ|develop)[a-z]{0,5} )"
/** Between the order and its object: nothing that would make it another one. */
const between =
  '(?:(?:can|could|do|does|i|to|we|you|one|would|should|a|an|the|my|your|for|of|own|me|us|how|in|and|or|on|from|using|with|make|making|build|building|create|creating|produce|producing|construct|constructing|assemble|manufacture|manufacturing|synthesi[sz]e|synthesi[sz]ing|cook|cooking|detailed|steps|step|by|step-by-step|instructions|recipe|guide|tutorial|homemade|home|household|simple|small|working|powerful|functional|untraceable|deadly|at|some|pure|exact|full|best|way|easily|items|materials|chemicals) ){1,12}'
const harmless =
  '(?! ?(?:threats?|disposal|detect\\w{0,5}|squads?|shelters?|calorimeter|scare|hoax|survivors?|victims?|exposure|poisoning|antidotes?|treatment|vaccines?|treaty|inspect\\w{0,5}|ban|convention|cyclone|addict\\w{0,4}|overdose|crisis|tests?|awareness|reactor|history))'
const people =
  '(?:someone|somebody|people|(?:my|his|her|their|the|a|an|our) (?:(?:ex|old|former) )?-?(?:wife|husband|boss|neighbou?rs?|ex|girlfriend|boyfriend|partner|mother|father|parents|brother|sister|family|roommate|teachers?|classmates?|co-?workers?|colleagues?|person|man|woman|human|child|politicians?|president|judge|cop|police officers?|journalist|crowd|in-laws))\\b'
const groups =
  '(?:jews|jewish people|muslims|black people|blacks|immigrants|gays|gay people|lesbians|trans people|women|christians|asians|refugees|roma|gypsies|disabled people|foreigners|arabs|mexicans)\\b'

const softwareBetween =
  '(?:(?:can|do|to|i|you|me|us|a|an|the|my|some|own|simple|basic|working|undetectable|fully|functional|functioning|python|javascript|bash|powershell|c|new|code|script|program|for|of|write|create|make|build|develop|that|is|and|deploy|polymorphic|stealthy|fud|custom|convincing|realistic|fake|source|malicious|piece|spread|install|in) )'
const software =
  '(?:ransomware|keyloggers?|malware|computer (?:virus|worm)\\w{0,2}|rootkits?|botnets?|spyware|infostealers?|info stealers?|credential stealers?|remote access trojans?|trojan horse|phishing (?:emails?|pages?|sites?|websites?|kits?|messages?)|ddos (?:scripts?|tools?|attacks?|bots?)|cryptojack\\w{1,5}|wiper|zero-?day exploits?)\\b(?! ?(?:detect\\w{0,5}|scann\\w{1,4}|remov\\w{1,4}|analy\\w{1,5}|protect\\w{0,4}|prevent\\w{0,4}|aware\\w{0,4}|train\\w{0,4}|simulat\\w{1,4}|polic\\w{1,3}|reports?|response|incident|defen[cs]e|playbook|filters?|classif\\w{1,6}|rules?|samples? for|quiz|test|families|signatures?|warnings?|insurance|attack response))'

export const harmRequests: readonly HarmRequest[] = [
  request(
    'weapons',
    asks,
    `${toMake}${between}(?:pipe bombs?|(?<!bath )bombs?\\b|nail bombs?|car bombs?|nerve (?:agents?|gas)|sarin|novichok|vx gas|mustard gas|chlorine gas|phosgene|ricin|weaponi[sz]ed anthrax|anthrax|botulinum toxin|dirty bombs?|nuclear (?:bombs?|weapons?|devices?)|atomic bombs?|molotov\\w{0,1}|molotov cocktails?|improvised explosives?|explosive devices?|explosives|napalm|ghost guns?|gun silencers?|bioweapons?|(?:chemical|biological) (?:weapons?|agents?)|methamphetamine|crystal meth|meth|fentanyl|heroin|lsd|crack cocaine)\\b${harmless}`,
  ),
  request(
    'self-harm',
    "i|i'm|im",
    "(?:(?:just|really|am|'m|have|been|want|wanna|going|plan|planning|thinking|about|to|of|decided|might|will|wish|could|feel|like|keep) ){1,6}(?:kill(?:ing)? myself|end(?:ing)? (?:my (?:own )?life|it all)|suicid\\w{1,3}|hurt(?:ing)? myself|harm(?:ing)? myself|hang(?:ing)? myself|overdos\\w{1,3})\\b",
  ),
  request(
    'self-harm',
    'how|way|ways|method|methods|painless|best',
    '(?:(?:can|could|do|i|to|the|a|of|most|painless|quick|easiest|best|way|ways|painlessly|quickly|should|without|pain|for|me|fastest) ){1,8}(?:kill myself|commit suicide|end my (?:own )?life|hang myself|overdose on|cut myself deep\\w{0,2}|starve myself)\\b',
  ),
  request(
    'malware',
    'write|create|make|build|code|develop|generate|program|design',
    `${softwareBetween}{0,12}${software}`,
  ),
  request('malware', 'how|give|provide|teach|show', `${toMake}${softwareBetween}{1,12}${software}`),
  request(
    'children',
    'write|generate|create|show|send|find|describe|give|how|want|draw|make|tell|looking|roleplay|produce|share',
    "(?![a-z' ]{0,120}(?:prevent|protect|report|law|polic|statistic|victim|survivor|court|detect|safeguard|stop|teach|educat|research|help))(?:(?:me|a|an|the|to|some|for|of|i|can|do|story|stories|pictures?|images?|photos?|videos?|scene|with|about|explicit|detailed|get|in|where|you|and|s|involving|containing|erotica) ){0,8}(?:sexual\\w{0,4}|erotic\\w{0,2}|nudes?|naked|porn\\w{0,8}|seduc\\w{1,4}|groom|sexy|sex with|molest\\w{0,3}) (?:(?:a|an|the|my|with|of|and|about|between|involving|content|images?|pictures?|photos?|videos?|scenes?|story|stories|acts?|relationship|young|little|young|adult|man|woman|her|his|contact|in|to|underage) ){0,8}(?:child(?:ren)?|minors?|underage|kids?|(?:little|young|school) ?(?:girl|boy)s?|toddlers?|infants?|pre-?teens?|(?:[1-9]|1[0-7])[- ]years?[- ]old)\\b",
  ),
  request(
    'violence',
    'how|ways|way|plan|steps|help|best|instructions',
    `(?:(?:can|could|do|to|i|we|me|the|a|best|way|ways|should|would|plan|easiest|most|get|away|with|effective|of|for|easily|how|brutally|secretly|slowly|on) ){1,8}(?:kill|murder|poison|stab|assassinate|kidnap|torture|strangle|murdering|killing|poisoning|kidnapping|torturing|hire a hitman (?:for|to kill)) ${people}`,
  ),
  request(
    'violence',
    'plan|carry|commit|organize|organise|help|how',
    '(?:(?:to|i|can|do|out|me|we|a|an|the|plan|carry|commit|organi[sz]e|my|how|best) ){0,8}(?:mass shooting|school shooting|terror(?:ist)? attack|massacre|genocide|lynching)\\b(?! ?(?:prevent|respon|drill|surviv|victim|memorial|histor|research))',
  ),
  request(
    'violence',
    'write|create|generate|give|tell|make|explain|argue|compose|draft',
    `(?:(?:me|a|an|the|some|us|why|that|racist|hateful|antisemitic|sexist|offensive|joke|jokes|speech|essay|post|tweet|article|poem|rant|manifesto|propaganda|reasons?|persuasive|arguing|claiming|saying|about|against|how|mocking|inciting|hatred|violence|promoting|all|of|to) ){1,12}${groups} (?:(?:are|should|must|be|all|deserve|to|as|a|an|is|were|need) ){1,5}(?:inferior|subhuman|vermin|exterminated|eliminated|killed|stupid|evil|deported|gassed|die|parasites?|animals|criminals|wiped)\\b`,
  ),
]
