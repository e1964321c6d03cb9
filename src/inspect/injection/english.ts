/** English phrases by which a text tries to take over from the instructions a model was given. */
import { type Phrase, phrase } from './phrase.ts'

/** `all of the previous`, `any prior`, `your above`. */
const before =
  '(?:(?:all|any|every|each|both|of|the|these|those|this|that|your|my|our|its|what|everything|anything|and|or|please|other|existing|original|current|initial|earlier|previous|previously|prior|preceding|above|foregoing|past|last|old|safety|security|system|given|developer|content|ethical|moral|openai|internal) ){1,7}'
const orders =
  '(?:instructions?|instruct|prompts?|rules?|guidelines?|directives?|directions?|commands?|orders|constraints?|restrictions?|programming|polic(?:y|ies)|training|guardrails?|filters?|limitations?|safeguards?)'
/** `the rules` may be those of a game. */
const anyRules = '(?:(?:the|of|these|those|this|that) ){1,2}'
const hidden =
  '(?:system |initial |original |hidden |secret |internal |developer |full |entire |exact |complete |base |pre-?prompt |custom )'
/** `never forget` and `do not ignore` say the opposite. */
const unlessNegated = "(?<!(?:never|not|n't|cannot) )"
/** What a model is freed of. */
const limits =
  '(?:restrictions?|rules?|limits|limitations?|filters?|filtering|guidelines?|censorship|boundaries|constraints?|moral\\w{0,5}|ethic\\w{0,4}|guardrails?|safeguards?|inhibitions?|content polic(?:y|ies)|polic(?:y|ies))'
const freed =
  '(?:unrestricted|unfiltered|uncensored|jailbroken|amoral|unethical|unmoderated|unaligned|unbounded|unchained|unlimited and|lawless|freed from)'
const model =
  '(?:ais?|llms?|assistants?|chatbots?|bots?|agents?|gpt|chatgpt|language models?|ai models?|ai assistants?|models?|claude|gemini|copilot)'
const demand = '(?:questions?|requests?|prompts?|quer(?:y|ies)|commands?|instructions?|orders|asks?|demands?)'

const override: readonly Phrase[] = [
  phrase(
    'override',
    'strong',
    'ignore|disregard|forget|override|overrule|bypass|neglect|discard|skip|ignoring|disregarding|forgetting|bypassing|overriding',
    `(?!${anyRules}${orders})${before}${orders}\\b`,
    unlessNegated,
  ),
  phrase(
    'override',
    'weak',
    'ignore|disregard|forget|override|overrule|bypass|discard|stop',
    `(?:following )?${anyRules}${orders}\\b`,
    unlessNegated,
  ),
  // People take back what they wrote themselves: `ignore my last message`.
  phrase(
    'override',
    'weak',
    'ignore|disregard|forget|override|discard',
    `${before}(?:messages?|context|conversation|text|inputs?|tasks?)\\b`,
    unlessNegated,
  ),
  phrase(
    'override',
    'strong',
    'ignore|disregard|forget',
    '(?:everything|anything|all|whatever|what) (?:(?:that|you|i|we|was|were|is|has|have|been|ever) ){0,4}(?:said|told|know|learned|learnt|before|above|previously|prior|written|instructed|given)\\b',
    unlessNegated,
  ),
  phrase(
    'override',
    'strong',
    'instructions|instruction|prompts|prompt|rules|guidelines|directives|constraints|restrictions|programming|policies|guardrails|filters|limitations|safeguards',
    '(?:(?:is|are|was|were|have|has|been|no|not|now|longer|do|does) ){1,4}(?:void|lifted|disabled|removed|suspended|overridden|cancell?ed|revoked|invalid|apply|deleted|obsolete|irrelevant|erased)\\b',
    '(?<=(?:your|all|the|these|those|any|previous|prior|earlier|safety|original|initial|above|old|content|ethical|system|default|openai) )',
  ),
  phrase(
    'override',
    'weak',
    'instead',
    `(?:of (?:following|obeying|doing what) |ignore |follow )(?:the|these|this|my|your|any|those)\\b`,
  ),
]

const reveal: readonly Phrase[] = [
  phrase(
    'reveal',
    'strong',
    'reveal|print|show|output|repeat|display|leak|expose|tell|give|return|write|dump|recite|disclose|summarize|share|send|list|copy|provide|state|spell',
    `(?:(?:me|us|out|back|verbatim|the|your|all|of|text|contents?|exactly|word|for|own|its|with) ){1,5}${hidden}{1,3}(?:prompts?|instructions?|messages?|rules|guidelines|configuration)\\b`,
  ),
  phrase(
    'reveal',
    'strong',
    'repeat|print|output|reveal|show|tell|recite|give|copy|list',
    '(?:(?:me|us|out|back|all|of|exactly|verbatim) ){0,4}your (?:(?:exact|own|previous|prior|full) ){0,2}(?:instructions|prompts?|directives|guidelines)(?: (?:verbatim|exactly|word for word|in full|above|here|from the start)|[.?!]? ?$)',
  ),
  phrase(
    'reveal',
    'weak',
    'repeat|print|output|return|copy|write|recite|start',
    '(?:(?:the|all|everything|of|text|words?|content|verbatim|back|sentences?|exact|out|full|document) ){1,5}(?:above|before this|that precedes|so far verbatim)\\b',
  ),
  phrase(
    'reveal',
    'weak',
    'what',
    `(?:is|are|was|were|does) (?:your|the) ${hidden}{1,3}(?:prompts?|instructions?|messages?|rules)\\b`,
  ),
  phrase(
    'reveal',
    'weak',
    'what',
    '(?:(?:were|are|was|is) your (?:instructions|directives|guidelines|prompt)|(?:instructions|rules|guidelines) (?:were you|are you|did|do) (?:you )?(?:given|following|told|receive|follow))\\b',
  ),
]

const identity: readonly Phrase[] = [
  phrase(
    'identity',
    'weak',
    'you',
    "(?:are|will be|must be|shall be) (?:now|henceforth|from now on) (?:(?:a|an|the|in|my|going|to|be|called|known|as|acting|named|an?) ){0,4}[a-z'-]{2,30}",
  ),
  phrase(
    'from-now-on',
    'weak',
    'from|starting',
    'now on,? ?(?:you|your|act|respond|answer|reply|only|always|never|i want you|chatgpt|every|each|when)\\b',
  ),
  phrase(
    'identity',
    'weak',
    'you',
    '(?:are|will|must|have|should|shall|can) (?:(?:to|going|about|now|always) ){0,3}(?:immerse yourself|pretend|role-?play|simulate|emulate|impersonate|stay in character|take on the role)\\b',
  ),
  phrase(
    'identity',
    'weak',
    'stay|remain|break|breaking|keep',
    '(?:(?:in|a|out|of|always) ){0,2}(?:character|dan)\\b',
  ),
  phrase(
    'identity',
    'faint',
    'act|acting|pretend|pretending|behave|respond|answer|roleplay|play|simulate|reply|speak',
    "(?:(?:to|be|as|if|like|that|you|are|were|the|role|of|an?|in|only) ){1,6}[a-z'-]{2,30}",
  ),
  phrase(
    'identity',
    'faint',
    'i',
    '(?:want|need|would like|order|command|am going) (?:for )?(?:you )?to (?:act|pretend|role-?play|play|simulate|behave|respond|answer|become|be|impersonate|imitate|immerse)\\b',
  ),
]

const unrestricted: readonly Phrase[] = [
  phrase(
    'unrestricted',
    'strong',
    'you|it|he|she|dan|they|chatgpt|which|who|that',
    `(?:can|will|must|may|are|is|have|has|should|shall|now) (?:(?:now|to|able|allowed|free|be|been|completely|absolutely|totally|fully|an?|not|also) ){0,5}(?:do anything now|no (?:\\w{1,14} ){0,2}${limits}|jailbroken|unrestricted|unfiltered|uncensored|freed from|without (?:any |\\w{1,14} ){0,2}${limits}|bound by (?:\\w{1,14} ){0,4}${limits})\\b`,
  ),
  phrase(
    'unrestricted',
    'strong',
    'pretend|act|behave|respond|answer|roleplay|simulate|imagine|reply|operate|stay|be|become|emulate',
    `(?:(?:to|be|as|if|like|that|you|are|were|have|has|had|a|an|the|in|both|any|ai|assistant|model|chatbot|bot|character|who|with|another|is|language|version|of|yourself|chatgpt|new|it|completely|totally) ){1,9}(?:dan\\b|evil\\b|${freed}\\b|no (?:\\w{1,14} ){0,2}${limits}|without (?:any |\\w{1,14} ){0,2}${limits})`,
  ),
  phrase('unrestricted', 'strong', 'do', 'anything now\\b'),
  phrase(
    'unrestricted',
    'weak',
    "not|n't|don't|doesn't|no|without|never|any|won't|isn't|ignores|ignoring|regardless|free|freed|breaks|broken",
    `(?:(?:have|has|having|longer|follow|following|follows|adhere|adhering|abide|abiding|obey|respect|care|about|bound|limited|restricted|constrained|subject|need|comply|be|by|with|to|of|from|any|the|all|its|openai|openai's|their|your|free|typical|usual|such|kind|sort) ){1,7}(?:ethical|moral|legal|safety|content|typical|usual|artificial|pre-?programmed|programmed|societal|openai|ai)? ?(?:and |or |, )?(?:ethical |moral |legal |safety )?${limits}\\b`,
  ),
  phrase(
    'unrestricted',
    'weak',
    'unfiltered|uncensored|unrestricted|amoral|jailbroken|jailbreak|jailbreaking|unethical|immoral',
    `(?:and |or |, ?)?(?:unfiltered|uncensored|unrestricted|amoral|immoral|illegal|unethical|answers?|responses?|repl(?:y|ies)|ai|chatbot|bot|assistant|model|version|advice|content|manner|way|mode|prompts?|questions?|language)\\b`,
  ),
  phrase(
    'unrestricted',
    'weak',
    'regardless|irrespective|matter|if|even',
    '(?:of |how |it |is |if |whether |they |the |its |their |that |what |a |request |question |answer |response ){1,6}(?:legal\\w{0,5}|moral\\w{0,4}|ethic\\w{0,4}|illegal|immoral|unethical|harmful|dangerous|offensive|inappropriate|consequences)\\b',
  ),
  phrase(
    'unrestricted',
    'weak',
    'illegal|immoral|harmful|dangerous|offensive|inappropriate|explicit|violent|unethical',
    '(?:(?:and|or|, ?) ?)?(?:illegal|immoral|unethical|harmful|dangerous|offensive|inappropriate|explicit|hateful|racist|amoral)\\b',
  ),
  phrase(
    'unrestricted',
    'weak',
    "openai|openai's|anthropic|google|violate|violates|against|break|breaking|bypass|ignore|ignores",
    "(?:(?:the|any|all|openai|openai's|its|your|their|'s|s) ){0,3}(?:content |usage |use |safety |ethical |moral |community )?(?:polic(?:y|ies)|guidelines|restrictions|moderation|filters?)\\b",
  ),
]

const obedience: readonly Phrase[] = [
  phrase(
    'obedience',
    'strong',
    "never|don't|not|can't|cannot|won't|doesn't|without|nor|or|ever",
    `(?:(?:ever|you|to|be|able|allowed|must|can|even) ){0,3}(?:refuse|refuses|refusing|reject|rejects|decline|declines|deny|turn down)(?: (?:to (?:answer|respond|comply|fulfill|do|say|provide|generate|write|follow)|(?:(?:any|a|the|my|an|to|of|these|this|user|user's|users|human|direct|'s) ){0,4}${demand}|anything|me\\b)|[.,!]? ?(?:$|and|or|you))`,
  ),
  phrase(
    'obedience',
    'strong',
    "never|don't|not|can't|cannot|without|won't|avoid|or|doesn't",
    `(?:(?:ever|you|to|be|the|any|must|words?|phrases?|use|using|include|including|answer|respond|reply|with|like|things|that|sentences?|saying) ){0,5}(?:say|says|saying|write|use|begin|start|mention|include|state|words?|phrases?|like|with|a) (?:(?:the|any|words?|phrases?|that|with|like|such|as|it|a|sentences?|things|anything|you|are) ){0,5}(?:["'\\[(]{0,2}(?:i'?m |i am )?(?:sorry|unable|i cannot|i can't|i can not|as an ai|as a (?:large )?language model|unfortunately|apologi[sz]e|cannot|can't|however|no\\b(?! more| longer)|an ai))`,
  ),
  phrase(
    'obedience',
    'weak',
    "never|don't|not|no|without|avoid|any",
    '(?:(?:ever|to|be|the|any|a|an|add|adding|include|including|give|giving|provide|providing|with|use|mention|mentioning|negative|ethical|moral|safety|of|or|legal|write|any|kind) ){0,6}(?:disclaimers?|warnings? (?:or|about|message)|refusals?|apolog(?:y|ies|ize|izing)|morali[sz]\\w{1,4}|lectur\\w{1,3}|ethical (?:concerns|considerations)|censor\\w{0,4})\\b',
  ),
  phrase(
    'obedience',
    'strong',
    'start|begin|starting|beginning|starts|respond|answer|reply|prefix|preface|beginning',
    "(?:(?:your|the|every|each|all|a|response|answer|reply|responses|answers|replies|message|output|by|saying|only|it|out|directly|exactly|always|must) ){0,5}(?:with|by saying|by|saying) (?:(?:the|words?|phrase|sentence|:|-) ?){0,3}['(\\[]{0,2}(?:sure|absolutely|of course|certainly|yes i|happy to|i'm happy|gladly|step 1|here is|here's|hello! chatgpt|chatgpt successfully)",
  ),
  phrase(
    'obedience',
    'strong',
    'answer|respond|comply|fulfill|accept|obey|follow|answers|complies|obeys|provide|execute',
    `(?:to |with )?(?:any|every|all|each|whatever|my)(?: and all| of my| the| my| user| single| of the)?(?: ${demand})?(?: (?:i|that|asked|given|ask|give|user|you|from|me|are|is|the|by) ?){0,4} ?,? ?(?:no matter|regardless|without (?:question|hesitation|exception|refus|any (?:restriction|filter|limit|censor|hesitation))|even if (?:it|they|the|that))`,
  ),
  phrase(
    'obedience',
    'weak',
    'you',
    `(?:(?:must|have to|will|always|are|shall|need to|should|required|forced|obliged|programmed|to) ){1,4}(?:obey|comply|accept|fulfill|answer (?:all|any|every)|do (?:everything|anything|whatever|as)|follow (?:all|every|my|any))\\b`,
  ),
  phrase(
    'obedience',
    'weak',
    'you|lose|deduct|deducted|lost|minus|have',
    '(?:(?:will|have|start|with|lose|be|get|deducted?|remaining|only|now|are|of) ){0,4}\\d{1,4} (?:tokens|points|credits|lives)\\b',
  ),
]

const others: readonly Phrase[] = [
  phrase(
    'two-answers',
    'strong',
    'give|provide|generate|write|with|respond|answer|reply|two|2|both|produce|create',
    '(?:(?:me|two|2|both|types?|of|different|separate|in|with|ways?|as|the|paragraphs?|a|an|one|normal|classic|standard|chatgpt|gpt|and|responses?|answers?|outputs?|messages?|replies|times|twice|:|,|1|\\.) ?){2,14}(?:as (?:chatgpt|gpt|normal|standard|dan|you)|dan\\b|jailbr\\w{1,6}|developer mode|unfiltered|the other (?:as|like|with)|and (?:dan|the other|one as|another as))',
  ),
  phrase(
    'two-answers',
    'weak',
    'as|like|gpt|chatgpt|dan|aim|stan|dude|classic|normal',
    "^ ?(?:response|answer|reply|output|version)? ?(?:: ?\\[|: \\(|response\\]|would(?:n't)? (?:normally )?(?:respond|answer|say|reply))",
  ),
  phrase(
    'two-answers',
    'weak',
    'dan|stan|dude|evilbot|machiavelli|machiavellian|aim|jailbreak|antigpt|ucar|mongo|basedgpt|niccolo',
    "(?:is|will|can|has|does|never|would|mode|must|doesn't|are|and|has|am|always|response)\\b",
  ),
  phrase(
    'fiction',
    'weak',
    'hypothetical|fictional|fictitious|imaginary|parallel|alternate|simulated',
    '(?:response|story|scenario|dialogue|conversation|world|situation|universe|setting|reality|game|exercise|scene|realm|character)\\b',
    '(?<=(?:in|this|is|purely|completely|entirely|of|a|an|the|my|our) )',
  ),
  phrase(
    'fiction',
    'weak',
    'hypothetically|hypothetical',
    '(?:speaking|if|how|response|scenario|,|how would|what)\\b',
  ),
  phrase(
    'fiction',
    'weak',
    'write|create|tell|compose|imagine|generate',
    '(?:(?:me|a|an|the|short|fictional|dialogue|conversation|realistic|detailed|two|people|between) ){1,8}(?:story|dialogue|conversation|script|scene|play|novel|people|scenario|world) (?:(?:about|of|where|in|which|for|between|who|a|an|the|two|people|named|is|are|with|has|talks?|explains?|called|everyone|everything|there|every|all|no) ){1,8}(?:evil|criminal|villain|hacker|ai|chatbot|unrestricted|no (?:laws|rules|ethics|morals|restrictions)|legal|allowed|character|machiavelli\\w{0,3}|unfiltered|amoral|computer)\\b',
  ),
  phrase(
    'fiction',
    'weak',
    'for',
    '(?:(?:purely|strictly|only|a) ){0,2}(?:educational|research|academic|entertainment|informational|training) (?:and \\w{1,14} )?(?:purposes? only|purposes?,? (?:ignore|so|you|i need|please))',
  ),
  phrase(
    'mode',
    'strong',
    'developer|jailbreak|dan|god|sudo|unrestricted|unfiltered|evil|opposite|uncensored',
    'mode (?:enabled|on|now|activated|output|response)\\b',
    "(?<=(?:with|in|act|simulate|as|into|chatgpt|chatgpt's|your|the|a) )",
  ),
  phrase(
    'mode',
    'strong',
    'enter|enable|activate|switch|turn|engage|entering',
    '(?:(?:to|into|on|the|your|a|in) ){0,3}(?:developer|dev|debug|god|admin|root|jailbreak|dan|sudo|maintenance|unrestricted|unfiltered) mode\\b',
  ),
  phrase('mode', 'weak', 'developer|jailbreak|dan|god|sudo|opposite|evil', 'mode\\b'),
  phrase(
    'announcement',
    'weak',
    'new|updated|revised|important|urgent|real',
    '(?:(?:system|secret|important|additional|urgent|admin|new) ){0,2}(?:instructions?|directives?|orders?|task)(?: from (?:the )?(?:system|admin\\w{0,10}|developers?|user))? ?[:!]',
  ),
  phrase(
    'announcement',
    'strong',
    'important|attention|warning|urgent|notice|critical',
    '^ ?!{2,8} (?:please )?(?:ignore|disregard|forget|you must|do|execute|stop|follow|the|this)\\b',
  ),
  phrase(
    'announcement',
    'strong',
    'this',
    '(?:is )?an (?:important|urgent|official|authori[sz]ed) (?:message|instruction|notice|order|update) (?:from (?:me|the (?:system|developers?|admin\\w{0,10}|user)|openai|anthropic)|to you|for (?:the |you|all )?(?:ai|assistant|model|llm|agent))\\b',
  ),
  phrase(
    'announcement',
    'weak',
    'before|first|then|please|you',
    '(?:(?:you|can|must|will|should|solve|the|need|have|to|please|first) ){0,6}(?:solve|answer|do|complete|execute|perform) (?:the |my |this |your )?(?:(?:original|following|user|first|task|that|given|i|gave) ){1,4}(?:task|instructions?|request|thing)',
  ),
  phrase(
    'addressed',
    'strong',
    'if|note|attention|dear|message|hey|hello|instructions|instruction|warning|notice',
    `(?:(?:you|are|an|a|the|to|all|any|for|is|reading|this|being|read|processed|by|attention|of) ){0,7}${model}(?: (?:reading|processing|summari[sz]ing|reviewing|parsing|that|which|is|are|this|who|you)){1,3} (?:reading|processing|summari[sz]ing|reviewing|this|must|reads?|process\\w{0,4})\\b`,
  ),
  phrase(
    'addressed',
    'weak',
    'attention|dear|hey|note|message',
    `(?:to |for |all |the |any ){0,3}${model} ?[:!]`,
  ),
  phrase(
    'addressed',
    'weak',
    'assistant|ai|chatgpt|model|llm|agent|bot',
    '^ ?[,:] ?(?:please )?(?:ignore|disregard|forget|reveal|print|output|you must|execute|send|do not)\\b',
  ),
  phrase(
    'secrecy',
    'weak',
    "do|don't|never|without|not",
    '(?:(?:not|ever|you|to) ){0,2}(?:tell|inform|mention|telling|informing|mentioning|alert|alerting|notify|notifying|reveal|revealing|disclose|show) (?:(?:this|it|that|anything|about|any|of|these|instructions?) ){0,4}(?:to )?(?:the |your )?(?:user|users|human|operator|owner)\\b',
  ),
  phrase(
    'sending',
    'weak',
    'send|forward|post|upload|exfiltrate|email|transmit|submit|leak|share',
    "(?:(?:all|any|the|this|that|your|their|of|every|user's|users|full|entire|above|previous|it|them|me|my) ){1,6}(?:(?:chat|conversation|api|private|personal|secret|confidential|user|access|message|credit|session|saved|medical|financial) ){0,2}(?:data|history|conversations?|messages?|credentials?|passwords?|secrets?|keys?|tokens?|emails?|files?|information|details|addresses|records) (?:\\w{1,20} ){0,3}(?:to|at|via|into) \\S",
  ),
]

export const english: readonly Phrase[] = [
  ...override,
  ...reveal,
  ...identity,
  ...unrestricted,
  ...obedience,
  ...others,
]
