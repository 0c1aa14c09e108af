import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { nameOf } from '../auth/authenticate.ts';
import { ApiError } from '../http/api-error.ts';
import { plainText, validate } from '../http/validate.ts';
import { type BlockedIp, type BlockList, BlockListFullError } from '../remote-config/block-list.ts';
import { dangerOf, type IpRange, parseIpRange } from '../remote-config/ip-range.ts';

const PATH = '/api/v2/security/blocked_ips';
const TYPE = 'blocked_ips';
const MAX_DURATION_SECONDS = 10 * 365 * 24 * 60 * 60;

const ipRange = z.string().transform((text, context): IpRange => {
  const range = parseIpRange(text);
  if (range) return range;
  context.addIssue({
    code: 'custom',
    message: 'expected an IPv4 or IPv6 address, or a range such as 192.0.2.0/24',
  });
  return z.NEVER;
});

const body = z.object({
  data: z.object({
    type: z.literal(TYPE),
    attributes: z.object({
      value: ipRange,
      reason: plainText(1_000).default(''),
      /** 0, as in Datadog's rules' actions: for good. */
      duration_seconds: z.int().min(0).max(MAX_DURATION_SECONDS).optional(),
      expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
      force: z.boolean().default(false),
    }),
  }),
});
type Attributes = z.output<typeof body>['data']['attributes'];

const parameters = z.object({ '*': ipRange });

/** The list of IPs that agents block: reading, adding, taking off. */
export function registerBlockedIps(
  app: FastifyInstance,
  blockList: BlockList,
  now: () => number = Date.now,
): void {
  app.get(PATH, async () => {
    const entries = await blockList.list();
    return { data: entries.map(resource), meta: { page: { total_count: entries.length } } };
  });

  app.post(PATH, async (request, reply) => {
    const { attributes } = validate(body, request.body).data;
    const { value, reason, force } = attributes;
    const danger = dangerOf(value);
    if (danger && !force) {
      throw new ApiError(
        400,
        `input_validation_error(Field 'data.attributes.value' is invalid: ${danger}; to block it nevertheless, set 'force' to true)`,
      );
    }
    const { entry, isNew } = await blockList
      .block({
        value: value.value,
        reason,
        createdBy: nameOf(request.principal),
        expiresAt: endOf(attributes, now()),
      })
      .catch((error: unknown) => {
        throw error instanceof BlockListFullError ? new ApiError(409, error.message) : error;
      });
    return reply.code(isNew ? 201 : 200).send({ data: resource(entry) });
  });

  // A wildcard, so that a range's slash may come encoded or not. Taking off what isn't on the list is no error.
  app.delete(`${PATH}/*`, async (request, reply) => {
    const { '*': range } = validate(parameters, request.params);
    await blockList.unblock(range.value);
    return reply.code(204).send();
  });
}

function endOf({ duration_seconds: duration, expires_at: end }: Attributes, now: number): Date | null {
  const fault = (field: string, message: string) =>
    new ApiError(400, `input_validation_error(Field 'data.attributes.${field}' is invalid: ${message})`);
  if (duration !== undefined && end != null)
    throw fault('expires_at', "give it or 'duration_seconds', not both");
  if (end != null) {
    const date = new Date(end);
    if (date.getTime() <= now) throw fault('expires_at', 'it has passed');
    return date;
  }
  return duration === undefined || duration === 0 ? null : new Date(now + duration * 1000);
}

function resource({ value, reason, createdBy, createdAt, expiresAt }: BlockedIp) {
  return {
    type: TYPE,
    id: value,
    attributes: {
      value,
      reason,
      created_by: createdBy,
      created_at: createdAt.toISOString(),
      expires_at: expiresAt?.toISOString() ?? null,
    },
  };
}
