import { CopyButton } from '../../components/copy.tsx';
import { Empty } from '../../components/empty.tsx';

/** Nothing in the range without any query: most likely nothing is sent yet. */
export function GetDataIn() {
  const command = [
    'WARDLINE_APPSEC_ENABLED=true',
    `WARDLINE_URL=${window.location.origin}`,
    'WARDLINE_API_KEY=<your API key>',
    'node --import @wardline/node/register app.js',
  ].join(' \\\n  ');
  return (
    <Empty title="No signals in this time">
      <p>
        Services that run with the agent report attacks here. Install <code>@wardline/node</code> in a Node.js
        service and start it with:
      </p>
      <div className="command">
        <pre className="code-block">{command}</pre>
        <CopyButton text={command} label="Copy the command" />
      </div>
      <p>The API key is the one that the platform printed on its first start. Monitor mode blocks nothing.</p>
    </Empty>
  );
}
