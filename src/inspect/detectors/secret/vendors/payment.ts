import { hex, keyRow, lower, mixed, upper, uuid, uuidShape, type VendorRow } from './row.ts'

/** Payment, shops and shipping. */
export const paymentKeys: readonly VendorRow[] = [
  keyRow(
    'stripe-key',
    'Stripe key',
    ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'sk_prod_', 'rk_prod_', 'whsec_'],
    '(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{14,250}|whsec_[A-Za-z0-9+/]{32,64})',
    ['sk_live_', mixed(24)],
    ['whsec_', mixed(32)],
  ),
  keyRow(
    'square-token',
    'Square token',
    ['sq0atp-', 'sq0csp-', 'EAAA'],
    '(?:sq0(?:atp|csp)-[\\w-]{22,43}|EAAA[\\w-]{60,62})',
    ['sq0atp-', mixed(22)],
    ['EAAAE', mixed(59)],
  ),
  keyRow(
    'braintree-token',
    'Braintree access token',
    ['access_token$'],
    'access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}',
    ['access_token$', `production$${lower(16)}$${hex(32)}`],
  ),
  keyRow('razorpay-key', 'Razorpay key id', ['rzp_'], 'rzp_(?:live|test)_[A-Za-z0-9]{14}', [
    'rzp_',
    `live_${mixed(14)}`,
  ]),
  keyRow('flutterwave-key', 'Flutterwave secret key', ['FLWSECK'], 'FLWSECK(?:_TEST)?-[0-9a-z]{32}-X', [
    'FLWSECK-',
    `${hex(32)}-X`,
  ]),
  keyRow(
    'plaid-token',
    'Plaid access token',
    ['access-'],
    `access-(?:sandbox|development|production)-${uuidShape}`,
    ['access-', `sandbox-${uuid}`],
  ),
  keyRow(
    'paddle-key',
    'Paddle API key',
    ['pdl_'],
    'pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}',
    ['pdl_', `live_apikey_${lower(26)}_${mixed(22)}_a7K`],
  ),
  keyRow('pagarme-key', 'Pagar.me key', ['ak_live_', 'ak_test_'], 'ak_(?:live|test)_[A-Za-z0-9]{30}', [
    'ak_live_',
    mixed(30),
  ]),
  keyRow(
    'payment-live-key',
    'live key of a payment or mailing service',
    ['live_'],
    'live_(?=[a-z]{0,29}[0-9A-Z])[\\w-]{30,45}',
    ['live_', mixed(30)],
  ),
  keyRow(
    'shopify-token',
    'Shopify token',
    ['shpat_', 'shpss_', 'shpca_', 'shppa_', 'shpua_', 'shptka_'],
    'shp(?:at|ss|ca|pa|ua|tka)_[0-9a-fA-F]{32}',
    ['shpat_', hex(32)],
  ),
  keyRow('easypost-key', 'EasyPost API key', ['EZAK', 'EZTK'], 'EZ[AT]K[A-Za-z0-9]{54}', ['EZAK', mixed(54)]),
  keyRow('shippo-key', 'Shippo token', ['shippo_'], 'shippo_(?:live|test)_[0-9a-fA-F]{40}', [
    'shippo_',
    `live_${hex(40)}`,
  ]),
  keyRow('duffel-token', 'Duffel token', ['duffel_'], 'duffel_(?:live|test)_[\\w=-]{43}', [
    'duffel_',
    `live_${mixed(43)}`,
  ]),
  keyRow('flexport-token', 'Flexport token', ['shltm_'], 'shltm_[\\w-]{40}', ['shltm_', mixed(40)]),
  keyRow('fleetbase-key', 'Fleetbase key', ['flb_live_'], 'flb_live_[A-Za-z0-9]{20}', [
    'flb_live_',
    mixed(20),
  ]),
  keyRow('brex-token', 'Brex token', ['bxt_'], 'bxt_[A-Za-z0-9]{36,48}', ['bxt_', mixed(40)]),
  keyRow('clerk-machine-key', 'Clerk machine key', ['ak_'], 'ak_[A-Z0-9]{26}', ['ak_', upper(26)]),
]
