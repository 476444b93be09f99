// The people of the demo as the client's configuration wants them. They come from the table in `pao`
// (PAO_DEMO_PEOPLE: one line each, "word|id|Entra object id|name|about").

function readPeople(table) {
  return table.trim().split('\n').map((line) => {
    const [word, id, aadObjectId, name] = line.split('|');
    return { word, id, aadObjectId, name };
  });
}

function account({ id, aadObjectId, name }) {
  const [givenName, surname = ''] = name.split(' ');
  const email = `${aadObjectId}@hacienda-demo.example.com`;
  return { id, name, givenName, surname, email, userPrincipleName: email, aadObjectId };
}

/**
 * The configuration for one person at the keyboard. The client wants exactly five further people in its
 * directory, none of them the one at the keyboard, and one conversation id a person.
 */
export function clientConfig(word, { table = process.env.PAO_DEMO_PEOPLE, tenantId = process.env.PAO_DEMO_TENANT } = {}) {
  if (!table || !tenantId) throw new Error('PAO_DEMO_PEOPLE and PAO_DEMO_TENANT are not set: start this with ./pao');
  const people = readPeople(table);
  const me = people.find((p) => p.word === word);
  if (!me) throw new Error(`nobody is called ${word}; there are ${people.map((p) => p.word).join(', ')}`);
  return {
    version: '0.1.1',
    tenantId,
    bot: { id: '28:pao-teams', name: 'PAO Teams' },
    currentUser: account(me),
    users: people.filter((p) => p !== me).slice(0, 5).map(account),
    personalChat: { id: `chat-${me.id}` },
    groupChat: { id: `group-${me.id}`, name: 'Grupo' },
    team: { id: 'team-demo', name: 'Equipo', aadGroupId: '00000000-0000-0000-0000-000000000031',
      channels: [{ id: 'channel-demo', name: 'Anuncios' }] },
  };
}
