import type { ScannerSource } from './scanner.ts';

/** A key of a service, known by how the service writes it. */
const serviceKey = (service: string, name: string, value: string): ScannerSource => ({
  id: `${service.replaceAll('_', '-')}-key`,
  name: `Key: ${name}`,
  type: `${service}_key`,
  value,
  caseSensitive: true,
});

const ENOUGH_FOR_A_SECRET = String.raw`^\s*\S{8,}\s*$`;

/** What opens something. The certain ones, which a value tells by itself, come before those by key. */
export const CREDENTIALS: readonly ScannerSource[] = [
  {
    id: 'private-key',
    name: 'Private key: PEM, OpenPGP, PuTTY, age',
    type: 'private_key',
    value: String.raw`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[1-3]: |\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b`,
    caseSensitive: true,
  },
  {
    id: 'json-web-token',
    name: 'JSON Web Token, signed or encrypted',
    type: 'json_web_token',
    value: String.raw`\beyJ[\w-]{10,}\.(?:eyJ[\w-]{2,}\.[\w-]*|[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+)`,
    caseSensitive: true,
  },
  {
    id: 'connection-string',
    name: 'Connection string with a password: a URL, ADO, JDBC, Azure',
    type: 'connection_string',
    value: String.raw`\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@?#]*:[^\s/@?#]+@[^\s/@]|\b(?:server|data source|host|addr(?:ess)?)\s*=[^;=]+;.*\b(?:password|pwd)\s*=\s*[^\s;]|\bjdbc:[a-z0-9]+:.*[?&;]password=[^&;\s]|\b(?:account|sharedaccess)key=[a-z0-9+/]{40,}=`,
  },
  {
    id: 'otp-secret',
    name: 'Secret of one-time passwords: an otpauth URL',
    type: 'otp_secret',
    value: String.raw`\botpauth://[th]otp/\S*[?&]secret=[a-z2-7]+`,
  },
  serviceKey('aws_access', 'AWS, id of an access key', String.raw`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`),
  {
    id: 'aws-secret-key',
    name: 'Key: AWS, secret access key, by its key',
    type: 'aws_secret_key',
    keys: ['aws secret', 'aws secret key', 'secret access key'],
    value: String.raw`^\s*[A-Za-z0-9/+]{40}\s*$`,
    caseSensitive: true,
  },
  serviceKey(
    'google',
    'Google: API key, OAuth token or client secret',
    String.raw`\bAIza[\w-]{35}(?:$|[^\w-])|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{28}`,
  ),
  serviceKey(
    'azure',
    'Azure: secret of an application, shared access signature',
    String.raw`(?:^|[^\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?:$|[^\w~.-])|[?&]sv=20\d\d-\d\d-\d\d&\S*\bsig=[\w%+/-]{40,}`,
  ),
  serviceKey(
    'github',
    'GitHub, a token',
    String.raw`\bgh[oprsu]_[A-Za-z0-9]{36,251}\b|\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b`,
  ),
  serviceKey(
    'gitlab',
    'GitLab, a token',
    String.raw`\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[\w-]{20,}`,
  ),
  serviceKey(
    'slack',
    'Slack: a token, a webhook',
    String.raw`\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[A-Z0-9]+-\d+-[0-9a-f]{32,}|\bhooks\.slack\.com/(?:services|workflows|triggers)/[A-Z0-9]{8,}/\S{8,}`,
  ),
  serviceKey(
    'discord',
    'Discord: a token of a bot, a webhook',
    String.raw`\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}\b|\bdiscord(?:app)?\.com/api/webhooks/\d{16,20}/[\w-]{60,}`,
  ),
  serviceKey('telegram', 'Telegram, a token of a bot', String.raw`\b\d{8,10}:AA[\w-]{33}\b`),
  serviceKey(
    'stripe',
    'Stripe: a secret key, a secret of a webhook',
    String.raw`\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|\bwhsec_[A-Za-z0-9+/]{32,}`,
  ),
  serviceKey('twilio', 'Twilio, id of an API key', String.raw`\bSK[0-9a-f]{32}\b`),
  serviceKey('sendgrid', 'SendGrid', String.raw`\bSG\.[\w-]{22}\.[\w-]{43}\b`),
  serviceKey(
    'mail_service',
    'Mailgun, Mailchimp, Brevo',
    String.raw`\bkey-[0-9a-f]{32}\b|\b[0-9a-f]{32}-us\d{1,2}\b|\bxkeysib-[0-9a-f]{64}-\w{16}\b`,
  ),
  serviceKey('npm', 'npm, a token', String.raw`\bnpm_[A-Za-z0-9]{36}\b`),
  serviceKey('pypi', 'PyPI, a token', String.raw`\bpypi-AgE[\w-]{50,}`),
  serviceKey('anthropic', 'Anthropic', String.raw`\bsk-ant-[a-z]+\d\d-[\w-]{60,}`),
  serviceKey(
    'openai',
    'OpenAI',
    String.raw`\bsk-(?:proj|svcacct|admin)-[\w-]{40,}|\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}\b`,
  ),
  serviceKey('hugging_face', 'Hugging Face, a token', String.raw`\bhf_[A-Za-z0-9]{34}\b`),
  serviceKey(
    'cloud_platform',
    'DigitalOcean, Heroku, Databricks, Vault, Docker Hub',
    String.raw`\bdo[opr]_v1_[0-9a-f]{64}\b|\bHRKU-[\w-]{36,}|\bdapi[0-9a-f]{32}\b|\bhv[bs]\.[\w-]{24,}|\bdckr_pat_[\w-]{27}`,
  ),
  serviceKey(
    'commerce',
    'Shopify, Square, Braintree',
    String.raw`\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b|\bsq0(?:atp|csp)-[\w-]{22,43}|\baccess_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}\b`,
  ),
  serviceKey(
    'work_tool',
    'Atlassian, Linear, Notion, Postman, Grafana, New Relic, Sentry',
    String.raw`\bATATT3[\w=-]{50,}|\blin_api_[A-Za-z0-9]{40}\b|\b(?:ntn|secret)_[A-Za-z0-9]{43,46}\b|\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b|\bgls?[ca]_[A-Za-z0-9+/_]{32,}|\bNR(?:AK|II|JS)-[\w-]{19,32}|\bsntry[su]_[\w=+/-]{40,}`,
  ),
  {
    id: 'bearer-token',
    name: 'Authorization by a bearer token',
    type: 'bearer_token',
    value: String.raw`^\s*bearer\s+[\w.~+/=-]*[\d._~+/=-][\w.~+/=-]*\s*$|\bbearer\s+[\w.~+/=-]{24,}`,
  },
  {
    id: 'basic-auth',
    name: 'Authorization by name and password, by its key',
    type: 'basic_auth',
    keys: ['authorization', 'proxy authorization', 'auth'],
    value: String.raw`^\s*basic\s+[a-z0-9+/_-]{3,}=*\s*$`,
  },
  {
    id: 'digest-auth',
    name: 'Authorization by a digest',
    type: 'digest_auth',
    value: String.raw`^\s*digest\s+.*\b(?:username|nonce|response)\*?=`,
  },
  {
    id: 'aws-signature',
    name: "Authorization by a signature of AWS's",
    type: 'aws_signature',
    value: String.raw`\bAWS4-HMAC-SHA256\s+Credential=|[?&]X-Amz-Signature=[0-9a-f]{64}`,
  },
  {
    id: 'password',
    name: 'Password, by its key',
    type: 'password',
    keys: [
      ...['password', 'passwd', 'passwort', 'passphrase', 'passcode', 'pwd', 'pass', 'pw'],
      ...['password confirmation', 'password confirm', 'confirm password', 'password repeat'],
      ...['password again', 'password hash', 'mot de passe', 'contrasena', 'contraseña', 'senha'],
      ...['wachtwoord', 'haslo'],
    ],
    value: String.raw`\S`,
  },
  {
    id: 'one-time-code',
    name: 'One-time code, by its key',
    type: 'one_time_code',
    keys: [
      ...['otp', 'totp', 'otp code', 'mfa code', '2fa code', 'one time code', 'two factor code', 'pin'],
      ...['pin code'],
    ],
    value: String.raw`^\s*\d{3}[ -]?\d{1,5}\s*$`,
  },
  {
    id: 'session-id',
    name: 'Id of a session, by its key',
    type: 'session_id',
    keys: [
      ...['session', 'session id', 'sess id', 'sid', 'phpsessid', 'jsessionid', 'asp.net sessionid', 'cfid'],
      ...['cftoken', 'session token', 'laravel session', 'remember me', 'remember token', 'auth session'],
    ],
    value: String.raw`^\s*[\w%.:+/=~!-]{16,}\s*$`,
  },
  {
    id: 'api-key',
    name: 'Key of an API, by its key',
    type: 'api_key',
    keys: [
      ...['api key', 'apikey', 'app key', 'access key', 'account key', 'subscription key', 'secret key'],
      ...['private key', 'encryption key', 'signing key', 'license key'],
    ],
    value: ENOUGH_FOR_A_SECRET,
  },
  {
    id: 'token',
    name: 'Token or secret, by its key',
    type: 'token',
    keys: [
      ...['access token', 'refresh token', 'id token', 'auth token', 'api token', 'bearer token'],
      ...['oauth token', 'token', 'jwt', 'secret', 'client secret', 'app secret', 'shared secret'],
      ...['csrf token', 'xsrf token', 'device token', 'reset token', 'security token', 'authenticity token'],
      ...['client assertion', 'saml response'],
    ],
    value: ENOUGH_FOR_A_SECRET,
  },
];
