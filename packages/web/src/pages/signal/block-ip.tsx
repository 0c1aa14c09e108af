import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, type BlockedIp } from '../../api/client.ts';
import { Dialog } from '../../components/dialog.tsx';
import { exactTime, length } from '../../lib/time.ts';

/** Seconds. Addresses change hands, so none is for good. */
const DURATIONS = [900, 3_600, 4 * 3_600, 12 * 3_600, 86_400] as const;
const DEFAULT_DURATION = 3_600;
const BLOCKED_IPS = ['blocked-ips'];

/** Blocks an address for a time, and says what came of it. */
export function BlockIp({ ips, reason }: { ips: readonly string[]; reason: string }) {
  const id = useId();
  const client = useQueryClient();
  const [ip, setIp] = useState(ips[0]!);
  const [seconds, setSeconds] = useState(DEFAULT_DURATION);
  const [isAsking, setAsking] = useState(false);
  const blocked = useQuery({
    queryKey: BLOCKED_IPS,
    queryFn: ({ signal }) => api.blockedIps(signal),
    staleTime: 10_000,
  });
  const done = () => void client.invalidateQueries({ queryKey: BLOCKED_IPS });
  const block = useMutation({
    mutationFn: (force: boolean) => api.blockIp(ip, seconds, reason, force),
    onSuccess: () => {
      setAsking(false);
      done();
    },
  });
  const warning = warningOf(block.error);
  const unblock = useMutation({ mutationFn: (value: string) => api.unblockIp(value), onSuccess: done });
  const entry = blocked.data?.find(({ value }) => baseOf(value) === ip);
  return (
    <>
      {entry ? (
        <Blocked entry={entry} isPending={unblock.isPending} onUnblock={() => unblock.mutate(entry.value)} />
      ) : (
        <div className="block-ip">
          {ips.length > 1 ? (
            <select
              className="field"
              aria-label="IP to block"
              value={ip}
              onChange={(event) => setIp(event.target.value)}
            >
              {ips.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          ) : (
            <code>{ip}</code>
          )}
          <label htmlFor={id}>for</label>
          <select
            className="field"
            id={id}
            value={seconds}
            onChange={(event) => setSeconds(Number(event.target.value))}
          >
            {DURATIONS.map((duration) => (
              <option key={duration} value={duration}>
                {length(duration)}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="button"
            onClick={() => {
              block.reset();
              setAsking(true);
            }}
          >
            Block IP
          </button>
        </div>
      )}
      <p className="muted next-note">
        Services in block mode enforce it and answer 403. Services in monitor mode let the address through.
      </p>
      {unblock.error && <p role="alert">Not unblocked: {unblock.error.message}</p>}
      {isAsking && (
        <Dialog title={`Block ${ip} for ${length(seconds)}?`} onClose={() => setAsking(false)}>
          <p>
            Every service in block mode will answer 403 to all requests from this address. Whoever shares it,
            behind a company's or a phone network's gateway, is blocked as well.
          </p>
          <p role="alert" className="block-error">
            {block.error &&
              (warning ? `Not blocked yet: ${warning}.` : `Not blocked: ${block.error.message}`)}
          </p>
          <div className="dialog-actions">
            <button type="button" className="button" onClick={() => setAsking(false)}>
              Cancel
            </button>
            <button
              type="button"
              className="button primary"
              disabled={block.isPending}
              onClick={() => block.mutate(warning !== undefined)}
            >
              {block.isPending ? 'Blocking…' : warning ? 'Block nevertheless' : 'Block'}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Blocked({
  entry,
  isPending,
  onUnblock,
}: {
  entry: BlockedIp;
  isPending: boolean;
  onUnblock: () => void;
}) {
  const until =
    entry.expiresAt === null ? 'until it is unblocked' : `until ${exactTime(Date.parse(entry.expiresAt))}`;
  return (
    <div className="block-ip">
      <p role="status">
        <strong>
          <code>{entry.value}</code> is blocked {until}
        </strong>
        {entry.createdBy !== '' && <span className="muted"> by {entry.createdBy}</span>}
      </p>
      <button type="button" className="button" disabled={isPending} onClick={onUnblock}>
        Unblock
      </button>
    </div>
  );
}

const WARNING =
  /^input_validation_error\(Field 'data\.attributes\.value' is invalid: (.*); to block it nevertheless/;

/** The platform warns of addresses that are most likely one's own, and blocks them only if told again. */
const warningOf = (error: Error | null): string | undefined => WARNING.exec(error?.message ?? '')?.[1];

/** The list may hold a single address as a range of one. */
const baseOf = (value: string): string => value.replace(/\/(?:32|128)$/, '');
