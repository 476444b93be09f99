// ./pao demo --playground: opens the client for a person to use. --bot URL --as WORD
import { parseArgs } from 'node:util';
import { startClient } from './client.mjs';
import { clientConfig } from './people.mjs';

const { values } = parseArgs({ options: { bot: { type: 'string' }, as: { type: 'string', default: 'enlace' } } });
const client = await startClient({ botUrl: values.bot, config: clientConfig(values.as), openDesktopBrowser: true });
console.log(`\n  Abra ${client.url} en su navegador. Ctrl-C termina.\n`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => client.stop().then(() => process.exit(0)));
await client.gone;
