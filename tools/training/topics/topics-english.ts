import type { TopicName } from '#/inspect/topics/kinds.ts'

/** Sentences as companies write them, one a line: `[a|b]` is a choice, `{x}` a part of `parts.ts`. */
export const englishTopics: Readonly<Record<TopicName, string>> = {
  legal: `
Outside counsel thinks our [position|case|defence] on the {project} claim is [weak|stronger than we feared|hard to hold] and that we should settle below {money}.
[Privileged and confidential|Attorney-client privileged]: please do not forward this [note|memo|summary] outside the legal team.
If the court admits the [e-mails|chat logs|audit report], our exposure is [somewhere around|at least|up to] {money}.
Our litigation strategy is to [delay discovery|move to dismiss|ask for arbitration] and to offer a settlement only after the hearing in {month}.
We have set aside a reserve of {money} for the dispute with {company}; the other side does not know that number.
{person} from {company} legal asked for a tolling agreement, and our lawyers advise not to sign it before {month}.
The regulator has opened an inquiry into our [billing|data retention|marketing] practice and we are preparing our response with counsel.
Legal hold: do not delete any [messages|drafts|files] about {project}, we expect to be sued by {company}.
Our lawyers see a [serious|moderate] risk that the indemnity in the contract with {company} covers this claim.
We would accept a settlement of {money} without admission of liability, but the opening offer should be half of that.
Draft response to the cease and desist letter from {company}: we deny infringement and reserve all rights.
The witness statement of {person} contradicts what we told the [court|authority], counsel wants to talk to them before the deposition.
Discovery will show that the [team|board] knew about the defect in {month}; we need a line of argument for that.
Counsel's opinion: the termination of the {company} contract was a breach and damages are likely.
Our patent lawyers believe that claim four of the {company} patent reads on {project}, so we may need a licence or a workaround.
We should not put our assessment of the liability in writing before outside counsel has seen it.
The draft complaint against {company} is ready; we file in {month} unless they pay what they owe.
In the mediation our walk-away number is {money} and our insurer covers the first {money}.
The subpoena covers everything since {month}; [legal|counsel] will decide what is privileged before we produce documents.
Plaintiff's expert puts damages at {money}; our own expert comes to less than half of it.
The compliance investigation found [payments|discounts] that look like bribes, and counsel recommends self-reporting before the authority asks.
Our fallback argument is that the limitation period ran out in {month}, which the judge may not accept.
We are negotiating a consent order with the authority and want it closed without a public finding.
The arbitration clause is our best defence; if the tribunal rejects it we should settle fast.
Please review the attached settlement agreement, paragraph seven on confidentiality and the release of claims are still open with opposing counsel.
Do not discuss the lawsuit with {company} people, everything goes through our attorneys.
`,
  mergers: `
We are in confidential talks to [acquire|buy|take over] {company}, and the indicative offer is {money}.
Project {project}: the data room opens in {month}, due diligence should take [four|six|eight] weeks.
The board approved a non-binding offer for {company} at [{multiple} times revenue|{multiple} times EBITDA|{money}].
Only people on the insider list may know about the planned [acquisition|merger|sale|takeover]; nothing leaves the deal team.
The letter of intent gives us exclusivity until {month}, after that {company} may talk to other bidders.
Our bankers value the target at {money} to {money} before synergies.
We plan to sell the {unit} division; the teaser went to [five|eight|twelve] potential buyers under NDA.
Due diligence found [a change-of-control clause|tax risks|two open lawsuits] that should lower the purchase price by {money}.
Signing is planned for {month} and closing after antitrust clearance, the announcement follows the same morning.
{person} leads the integration plan for {company}, we expect cost synergies of {money} in the second year.
The seller wants an earn-out of {money} tied to revenue, we prefer cash at closing.
Employees of {company} must not hear about the deal before the signing, their founders asked for that.
If the merger with {company} goes through, our shareholders would hold {percent} of the combined company.
Second round bids are due on Friday; we believe a private equity fund is willing to pay more than us.
The target's management presentation showed weaker churn than the information memorandum.
We need the fairness opinion and a board resolution before we can sign the share purchase agreement.
Our walk-away price for {company} is {money}, do not share it with their advisers.
Antitrust counsel expects a second request because together we have {percent} of the market.
Draft announcement for the acquisition of {company}, embargoed until the deal is signed.
The carve-out of {unit} needs a transition services agreement for at least [twelve|eighteen] months.
Warranties and indemnities in the SPA are capped at {percent} of the purchase price, which is too low for us.
{company} approached us with an unsolicited takeover offer; the board has not answered and nobody outside knows.
The working capital adjustment and the escrow are the last open points with the seller.
We would keep the brand of the target for two years and merge the back office after closing.
Please keep the code name {project} in every mail about the acquisition, never the name of the target.
The disclosure schedule is not complete, the buyer asks for all customer contracts in the data room.
`,
  fundraising: `
We are raising a [seed|series A|series B|series C] round of {money} at a pre-money valuation of {money}.
The term sheet from {company} Ventures has a {multiple}x liquidation preference, which we want to push back on.
Cap table after the round: founders {percent}, option pool {percent}, new investors {percent}.
Our runway is [seven|nine|eleven] months, so the round must close before {month}.
The lead investor wants a board seat and pro rata rights, the angels convert their SAFE notes at a discount.
Please do not share the [pitch deck|data room|investor update] with anyone outside the round.
We burn {money} a month and have {money} left in the bank, so we need the bridge from existing investors.
The convertible note has a cap of {money} and a discount of {percent}.
{person} from the fund wants a call about our dilution and the secondary for the early employees.
Investor update, confidential: ARR is {money}, net retention {percent}, and we have two term sheets on the table.
The option pool has to grow to {percent} before the series B, which dilutes everyone else.
Our 409A valuation will go up after the round, so grants should be made before closing.
The down round would trigger the anti-dilution clause of the series A holders.
Three funds passed because of our valuation; we could accept {money} pre-money if the lead moves fast.
Pro forma cap table attached: {person} holds {percent} fully diluted after conversion.
We have soft commitments of {money} from angels and need a lead for the rest of the round.
The investors ask for founder vesting to restart, our lawyers say that is not market.
Board deck for the financing: use of funds, dilution by scenario, milestones until the next round.
Let us tell investors about the valuation only after the second partner meeting.
Shareholder agreement draft: drag-along from {percent}, preferred shares with a weighted average ratchet.
The venture debt offer is {money} with warrants for {percent} of the company.
We are preparing the IPO quietly, the banks think of a valuation around {money}, and nobody may know before the filing.
Wire instructions for the second tranche go out once the new shareholders have signed the subscription agreement.
Our existing shareholders will do their pro rata in the extension at the same share price.
Fundraising status: twelve first meetings, four in due diligence, one verbal offer for the whole round.
If the round slips past {month} we need an insider bridge from the current investors.
`,
  personnel: `
We have decided to [let {person} go|terminate {person}'s contract|part ways with {person}] at the end of {month}; HR prepares the severance package.
{person}'s performance review is below expectations for the second time, so we start a performance improvement plan.
The planned layoffs affect [twelve|thirty|sixty] people in {unit}; managers hear it on Monday and the team on Tuesday.
Her salary is {money} and she asks for a raise of {percent}, which is above the band for her level.
There is a complaint of [harassment|bullying|discrimination] against {person}, the HR investigation is confidential.
{person} has been on sick leave since {month}, and the manager doubts that they will return to the role.
Bonus proposal for {person}: {money}, with a note that the rating was lowered after calibration.
We offer {person} a separation agreement with [three|six] months of pay in return for a waiver.
Please do not tell {person} yet, but the position will be cut in the reorganisation.
The second written warning to {person} is about [late arrivals|the missed deadlines|the tone in meetings].
Compensation review: {person} is underpaid by {percent} against peers and is a flight risk.
The hiring committee rejected {person} because of the reference from a former manager.
In the one-on-one she told me about [her burnout|the conflict with her manager|her pregnancy], keep this between us and HR.
Succession plan for {unit}: {person} is not ready, {person} could step up in a year.
The works council must be heard before we can dismiss {person} for cause.
His rating is two out of five, the manager recommends no promotion and no raise this year.
Headcount plan: we remove {percent} of the roles in {unit} and move the rest to the new site.
The disciplinary hearing of {person} is on Thursday, the employee may bring a representative.
Salary bands attached, do not share: senior engineers up to {money}, managers up to {money}.
Exit interview notes: {person} leaves because of the manager and the pay.
{person} has filed a grievance about unequal pay, and HR wants statements from two colleagues.
We want to demote {person} to an individual role, the talk about the new contract is next week.
Talent review: underperformers in {unit} are {person} and {person}, both get a last chance until {month}.
The severance for the redundant employees is {multiple} weeks of salary for each year of service.
Probation: I recommend not to keep {person}, the feedback of the team is clear.
Retention bonus of {money} for {person}, because a competitor made an offer.
`,
  pricing: `
We plan to raise list prices by {percent} in {month}; sales may not tell customers before the announcement.
{company} gets a discount of {percent}, which nobody else has, so keep it out of the shared deck.
Our floor price for the {company} deal is {money}, below that we need approval from the deal desk.
Cost per unit is {money} and we sell at {money}, so our gross margin is {percent}.
Internal price list, not for customers: [partner|reseller] price {money}, list price {money}, lowest price {money}.
Approve the special terms for {company}: {percent} off for three years and free onboarding.
The competitor quoted {money}; we can go down to {money} and still keep a margin of {percent}.
New pricing model: we move from seats to usage, and the average customer will pay {percent} more.
Discount matrix for the sales team: up to {percent} without approval, above it the regional head decides.
Margin on {unit} fell to {percent} because of the rebates we gave to {company}.
Do not show the customer our cost calculation, only the final quote.
Price test results: at {money} conversion dropped by {percent}, so the higher tier stays.
Renewal of {company}: open with a {percent} uplift, settle at half of it, never below last year's rate.
Our willingness-to-pay study says enterprise customers would accept {money} a seat.
For the tender we bid {money}, our cost is {money}, the margin is thin on purpose to keep {company} out.
The rebate agreement with {company} pays back {percent} if they buy more than {money} a year.
We undercut {company} by {percent} in that region until they leave it.
Transfer prices between the units go up by {percent}, which shifts margin to the subsidiary.
The most favoured customer clause means that any lower price for {company} must be offered to two others.
Quote approval: {company} wants net price {money}, contribution margin would be negative in the first year.
Rate card for consultants, internal: day rate {money}, minimum {money}, cost {money}.
The price increase will hit small customers hardest; we accept a churn of {percent}.
Please recalculate the margin for {company} with the new supplier cost and the volume discount.
Bundle pricing draft: the add-on is free in the first year so that the list price of the suite can rise by {percent}.
Sales asks for a bigger discount on {project}, finance will not go under a margin of {percent}.
Price floor and target price for each region are in the sheet, it must not reach partners.
`,
  product: `
{project} is not announced yet, the launch is planned for {month} and nothing may be shown to customers before.
The unreleased {feature} will ship in version {multiple}, keep it out of public release notes until launch day.
Roadmap, internal only: {feature} in {month}, {feature} after that, the old product is discontinued at the end of the year.
The prototype of {project} weighs less than expected, but battery life is under our target.
Please do not post screenshots of the new [app|dashboard|device], the design is still secret.
The embargo for {project} lifts on the day of the keynote, journalists under NDA get samples in {month}.
We have decided to kill {project} and move the team to the next generation, customers will hear in {month}.
Beta testers of {feature} sign an NDA, because the patent application is not filed yet.
Engineering samples of the new chip reach {multiple} times the throughput of the current generation, which competitors do not know.
The launch of {project} slips to {month} since the [supplier|certification|firmware] is late; do not tell the press.
Our unannounced partnership with {company} brings {feature} to the next release.
Product brief for {project}: target customer, feature list, launch date and the name we have not made public.
The specification of the next model is frozen: new sensor, new housing, {feature}.
We keep the code name {project} until the product is revealed, the final name is only known to marketing.
The go-to-market plan for the unreleased product assumes a private beta in {month} and general availability in spring.
Leak check: somebody posted a photo of the prototype, please find out who had access to the pre-production units.
Pre-launch checklist for {project}: embargoed press kit, landing page behind a login, demo units for reviewers.
Feature {feature} stays behind a flag until the announcement, only staff accounts may see it.
The research team found a way to do {feature} at half the cost; this goes into the secret next release before anyone files.
Design review of the upcoming model: the hinge fails after too many cycles, so the launch could move to {month}.
End of life for the current line is planned together with the launch of {project}; resellers must not know before.
We will surprise the market with {feature}, the competitor believes that we are a year away.
Manufacturing of the first batch of {project} starts in {month}, the factory has signed confidentiality terms.
Our internal roadmap puts {feature} ahead of everything else in the next two quarters.
The teardown of our prototype shows what the competitor could copy, so the housing changes before launch.
Only the core team has the build of the unreleased version, and it is watermarked for each tester.
`,
}
